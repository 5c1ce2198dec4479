"""One problem or doubt about a scenario: its place, and how messages show quantities and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice
from typing import Any, NamedTuple

from planner.locale import _, language_in_force
from planner.units.said import decimal_said, rupiah_said

Path = tuple[str | int, ...]
"""Way from the scenario to a value: keys as in the file, positions from 0."""


class DomainProblem(NamedTuple):
    """What is wrong, where in the scenario, and what to do.

    `path` leads from the scenario to the value: keys as in the file, positions from 0.
    """

    path: Path
    message: str
    remedy: str = ""
    of_key: bool = False
    """Whether the last key itself is wrong, such as an unknown competency in `gaps`."""
    other: tuple[str | int, ...] | None = None
    """Place of the other one, where two things clash."""


class Doubt(NamedTuple):
    """Something allowed that is probably a mistake."""

    path: Path
    message: str
    remedy: str = ""


def written(path: Sequence[str | int]) -> str:
    """Return `path` as planners read it: programmes[2].class_size.max"""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def rupiah(amount: int) -> str:
    """Return an amount as problems show it: Rp2.500.000 in Indonesian."""
    return rupiah_said(amount)


def rupiah_to_type(amount: int) -> str:
    """Return an amount as it can be typed into a scenario: Rp2.500.000 in Indonesian, Rp2500000 in English.

    English thousands commas are not read in a scenario.
    """
    return rupiah(amount) if language_in_force() == "id" else f"Rp{amount}"


def percent(share: Fraction) -> str:
    """Return a share as problems show it: 12,5% in Indonesian."""
    return decimal_said(share * 100) + "%"


def listed(names: Iterable[str], most: int = 5) -> str:
    """Return the first few names in quotes, with dots where more follow."""
    first = list(islice(names, most + 1))
    return ", ".join(f"'{name}'" for name in first[:most]) + (", …" if len(first) > most else "")


def value_shown(value: Any) -> str:
    """Return a value as a message shows it, cut where it is too long for one."""
    if isinstance(value, dict):
        return _("a mapping")
    if isinstance(value, list | tuple):
        return _("a list")
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    text = text if len(text) <= 60 else text[:57] + "…"
    return f"'{text}'" if isinstance(value, str) else text
