"""Aims: what a search minimises among good plans, instead of the scenario's own objective."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from planner.domain.rules import SIDES, Side
from planner.errors import InputError, Problem
from planner.locale import _

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario

_KEYS: Final = {
    "people": ("group", "programme"),
    "seats": ("group", "programme", "period"),
    "classes": ("programme", "period"),
    "avoided": ("group", "programme"),
}
"""What the keys of each mapping of an aim name."""


@dataclass(frozen=True)
class Aim:
    """What a search minimises among the plans that reach `at_least`; parts left empty count for nothing.

    The value that is minimised [people, or rupiah for the last two lines]:

        sum over (g,p) of |n[g,p] - people[g,p]|  +  sum over (g,p,t) of |x[g,p,t] - seats[g,p,t]|
        + sum over (p,t) of |y[p,t] - classes[p,t]|                    nearness to a given plan
        + sum over (g,p) of weight[g,p] * n[g,p]                       difference from plans already known
        + m[n,side]                                                    the least by which soft rule n is missed
        + sum over own funds f of z[f,q]                               the least that own funds pay
        + A[f], with spent by f until the end of t <= releases[f,t] * A[f] for all t     the least that fund f must have

    with n[g,p] = sum over t of x[g,p,t]. Where a mapping is given, what it does not name has the target 0.
    """

    at_least: float | None = None
    """Weighted gaps closed, less the penalties of soft rules, that the plan must reach."""
    people: Mapping[tuple[str, str], int] | None = None
    """Participants of (group, programme) to come near to [people]."""
    seats: Mapping[tuple[str, str, str], int] | None = None
    """Participants of (group, programme, period) to come near to [people]."""
    classes: Mapping[tuple[str, str], int] | None = None
    """Classes of (programme, period) to come near to."""
    avoided: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Weight of (group, programme) that are to be avoided, per participant."""
    missed: tuple[int, Side] | None = None
    """(index, side) of a soft rule that is to be missed by as little as possible."""
    least: str | None = None
    """Id of the fund whose amount is minimised; it releases the same shares of that amount as in the scenario."""
    own_cost: bool = False
    """Whether own funds are to pay as little as possible."""
    as_started: bool = False
    """Whether classes, socialization and the use of funds stay as in the decisions that the search starts from, so that
    it changes only people and payments. For larger models, in which nearness alone would take too long."""
    alone: bool = False
    """Whether the aim stands alone: the scenario's objective is not optimised, and where there is no plan, no reason is
    worked out. With no other part set, the search accepts any plan."""
    bounded: bool = True
    """Whether a lower bound of the aim is proven too; not needed where only the plan is asked for."""

    def ensure_valid(self, scenario: Scenario) -> None:
        """Raise InputError with every part that has the wrong form or names what `scenario` does not have."""
        problems = [
            Problem(_("aim.{name} cannot be {value!r}.").format(name=n, value=v)) for n, v in self._wrong(scenario)
        ]
        if problems:
            raise InputError(problems)

    def _wrong(self, scenario: Scenario) -> Iterator[tuple[str, Any]]:
        """Yield (name, value) of each part or entry that is invalid."""
        known: dict[str, Mapping[str, Any]] = {
            "group": scenario.group,
            "programme": scenario.programme,
            "period": scenario.place_of_period,
        }
        for part in fields(self):
            name, value = part.name, getattr(self, part.name)
            if value is None and part.default is None:
                continue
            if name in _KEYS:
                entries: Any = value.items() if isinstance(value, Mapping) else ((value, None),)
                for key, number in entries:
                    if not (_names(key, [known[kind] for kind in _KEYS[name]]) and _is_number(number) and number >= 0):
                        yield name, value if number is None else {key: number}
            elif name == "missed":
                if not (isinstance(value, tuple) and len(value) == 2 and value[0] in range(len(scenario.rules))
                        and value[1] in SIDES):  # fmt: skip
                    yield name, value
            elif name == "least":
                if not _names((value,), [scenario.fund]):
                    yield name, value
            elif not (_is_number(value) if name == "at_least" else isinstance(value, bool)):
                yield name, value


def _names(key: Any, known: list[Mapping[str, Any]]) -> bool:
    """Return whether `key` is a tuple with one known name for each of `known`."""
    fits = isinstance(key, tuple) and len(key) == len(known)
    return fits and all(isinstance(name, str) and name in names for name, names in zip(key, known, strict=True))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
