"""The rule families of the model: each entry of planner.domain.rule_families with the functions that make its rows.

The docstring of such a function is the only home of the mathematics: meaning first, then the formula with its unit,
then the reason.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from planner.domain.rule_families import RULE_FAMILIES
from planner.model.ingredients import Parts
from planner.model.rows import Row

MakeRows = Callable[[Parts], Iterator[Row]]
"""Makes the rows of one family."""

Families = Mapping[str, MakeRows]
"""Functions by the name of their rows, in the order of the rows."""

FAMILIES: Final[Families] = MappingProxyType(
    {
        rows.name: getattr(import_module(f"planner.model.rules.{family.name}"), rows.name)
        for family in RULE_FAMILIES
        for rows in family.rows
    }
)
"""Every family of rows of the product."""


def documentation(name: str) -> str:
    """Return the meaning, mathematics and reason of a family of rows."""
    return inspect.getdoc(FAMILIES[name]) or ""


def meaning(name: str) -> str:
    """Return the meaning of a family of rows, in one sentence."""
    return documentation(name).partition("\n")[0]


def mathematics(name: str) -> tuple[str, ...]:
    """Return the formulas of a family of rows, one a line, in the notation of docs/model.md."""
    return tuple(line.strip() for line in documentation(name).splitlines() if line.startswith("    "))
