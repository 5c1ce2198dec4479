"""The variables of the model by family: one list of the families, and of which are whole numbers.

All variables are at least 0. Solver names are short ASCII of our own (x17): user text never reaches a solver.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

import pulp

from planner.domain.one_off import OneOff
from planner.locale import N_
from planner.model.free_seats import SeatProfile
from planner.model.sets import Seat


@dataclass(frozen=True, slots=True)
class VariableFamily:
    """Variables of one meaning."""

    symbol: str
    """Letter in the mathematics, and first letter of the names that a solver sees."""
    index: str
    """What the variables stand for, in index letters."""
    domain: Literal["integer", "0/1", "real", "0..1"]
    meaning: str
    """Meaning with its unit; translated when shown."""
    exists: str = ""
    """Where such variables exist, if not everywhere."""
    decided: bool = True
    """Whether its values are decisions of a plan rather than consequences of others."""

    @property
    def whole(self) -> bool:
        """Whether the variables are whole numbers."""
        return self.domain in ("integer", "0/1")


VARIABLE_FAMILIES: Final = {
    "participants": VariableFamily(
        "x", "g,p,t", "integer", N_("participants of the group in the programme in the period [people]")
    ),
    "trained": VariableFamily(
        "n",
        "g,p",
        "integer",
        N_("participants of the group in the programme over all periods [people]"),
        "where there are several periods",
        decided=False,
    ),
    "classes": VariableFamily("y", "p,t", "integer", N_("classes of the programme held in the period")),
    "runs": VariableFamily(
        "o",
        "p",
        "0/1",
        N_("1 if the programme runs at all"),
        "where something is due once, several classes are required, or a programme or rule depends on it",
    ),
    "in_period": VariableFamily(
        "h",
        "p,t",
        "0/1",
        N_("1 if the programme runs in the period"),
        "where a programme uses a resource as a whole",
        decided=False,
    ),
    "present": VariableFamily(
        "L",
        "g,p,t",
        "0/1",
        N_("1 if people of the group start the programme in the period"),
        "where a programme takes no few people of a group",
        decided=False,
    ),
    "socialized": VariableFamily("s", "g", "0/1", N_("1 if the group receives socialization")),
    "used": VariableFamily(
        "a", "f", "0/1", N_("1 if the fund is used"), "for funds with a minimum or an agreement cost"
    ),
    "due": VariableFamily(
        "d",
        "i,t",
        "0/1",
        N_("1 if the one-off cost is paid in the period"),
        "where it matters when it is paid",
    ),
    "free_seats": VariableFamily(
        "v", "f,profile", "integer", N_("free seats of the fund among seats that cost alike [people]")
    ),
    "paid": VariableFamily("z", "f,q", "real", N_("paid by the fund for the cost pool [money units]")),
    "closed": VariableFamily("k", "g,c", "real", N_("expected gaps closed of the group in the competency [people]")),
    "full": VariableFamily(
        "b",
        "g,c,d",
        "0/1",
        N_("1 if the last chances of the group in the competency are in programmes that close the share d"),
        "where a rule caps gaps closed",
        decided=False,
    ),
    "tried": VariableFamily(
        "w",
        "g,p,c",
        "real",
        N_("participants of the group whose gap in the competency has its chance in the programme [people]"),
        "where an agency shares chances of different worth",
    ),
    "tried_by": VariableFamily(
        "q",
        "g,p,c,Y",
        "real",
        N_(
            "of them, those whose courses end in year Y or earlier, and in or after the first year with so "
            "many gaps [people]"
        ),
        "where people fall below the standard in a later year",
        decided=False,
    ),
    "closed_by": VariableFamily(
        "K",
        "g,c,Y",
        "real",
        N_("expected gaps closed of the group in the competency by the end of the year [people]"),
        "where a rule counts gaps closed in some years",
        decided=False,
    ),
    "tried_until": VariableFamily(
        "W",
        "g,p,c,Y,Y'",
        "real",
        N_(
            "participants in courses ended by year Y' whose gap would have its chance if the plan ended with"
            " year Y [people]"
        ),
        "where a rule counts gaps closed in some years",
        decided=False,
    ),
    "limit_worth": VariableFamily(
        "l",
        "limit",
        "real",
        N_("weighted gaps that one more chance within the limit would close"),
        "where chances of several years, or by the end of one, are counted group by group or capped",
        decided=False,
    ),
    "limit_full": VariableFamily(
        "i",
        "limit",
        "0/1",
        N_("1 if the limit on chances is reached, or the chances are used at all"),
        "where chances of several years, or by the end of one, are counted group by group or capped",
        decided=False,
    ),
    "left": VariableFamily(
        "e",
        "g,p,c",
        "real",
        N_("chances of the agency in the competency that are left after the group in the programme [people]"),
        "where chances that an agency shares are counted group by group",
        decided=False,
    ),
    "tight": VariableFamily(
        "j",
        "g,p,c,at",
        "0/1",
        N_("1 if this limit on the chances of the group in the programme is reached"),
        "where chances that an agency shares are counted group by group",
        decided=False,
    ),
    "attendees": VariableFamily(
        "A",
        "g",
        "integer",
        N_("people of the group who attend anything [people]"),
        "where groups of an agency share the willing",
        decided=False,
    ),
    "followers": VariableFamily(
        "F",
        "g,S",
        "integer",
        N_("people of the group who follow the pattern [people]"),
        "where a search lists the patterns of a group",
        decided=False,
    ),
    "exceeding": VariableFamily(
        "f",
        "row",
        "0/1",
        N_("1 if more than what has happened already is allowed"),
        "where facts exceed a limit that several socializations raise, or a share of the plan",
        decided=False,
    ),
    "missed": VariableFamily("m", "n,side,of", "real", N_("by how much the soft rule misses its bound")),
    "worst": VariableFamily("u", "level", "0..1", N_("coverage of the worst-off bucket [0-1]")),
}
"""Every family, in the order in which they are listed."""

DECISION_FAMILIES: Final = tuple(name for name, family in VARIABLE_FAMILIES.items() if family.whole and family.decided)
"""The whole numbers that are the decisions of a plan: they are read from a point, and their number is the size of a
model."""


@dataclass
class Variables:
    """The variables by family; keys are ids (or pools and profiles) of the scenario."""

    problem: pulp.LpProblem
    prefix: str = field(default="", init=False)
    """Prefix of the names of the variables, where several models share a problem."""
    facts: dict[str, float] = field(default_factory=dict, init=False)
    """The part of a variable's value that has happened already, by its name, where it is not 0."""
    participants: dict[Seat, pulp.LpVariable] = field(default_factory=dict)
    trained: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    classes: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    runs: dict[str, pulp.LpVariable] = field(default_factory=dict)
    in_period: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    present: dict[Seat, pulp.LpVariable] = field(default_factory=dict)
    socialized: dict[str, pulp.LpVariable] = field(default_factory=dict)
    used: dict[str, pulp.LpVariable] = field(default_factory=dict)
    due: dict[tuple[OneOff, str], pulp.LpVariable] = field(default_factory=dict)
    free_seats: dict[tuple[str, SeatProfile], pulp.LpVariable] = field(default_factory=dict)
    paid: dict[tuple[str, int], pulp.LpVariable] = field(default_factory=dict)
    closed: dict[tuple[str, str], pulp.LpVariable] = field(default_factory=dict)
    full: dict[tuple[Any, ...], pulp.LpVariable] = field(default_factory=dict)
    tried: dict[tuple[str, str, str], pulp.LpVariable] = field(default_factory=dict)
    tried_by: dict[tuple[str, str, str, str], pulp.LpVariable] = field(default_factory=dict)
    closed_by: dict[tuple[str, str, str], pulp.LpVariable] = field(default_factory=dict)
    tried_until: dict[tuple[str, str, str, str, str], pulp.LpVariable] = field(default_factory=dict)
    limit_worth: dict[tuple[str, ...], pulp.LpVariable] = field(default_factory=dict)
    limit_full: dict[tuple[str, ...], pulp.LpVariable] = field(default_factory=dict)
    left: dict[tuple[str, str, str], pulp.LpVariable] = field(default_factory=dict)
    tight: dict[tuple[str, str, str, str], pulp.LpVariable] = field(default_factory=dict)
    attendees: dict[str, pulp.LpVariable] = field(default_factory=dict)
    followers: dict[tuple[str, int], pulp.LpVariable] = field(default_factory=dict)
    exceeding: dict[tuple[Hashable, ...], pulp.LpVariable] = field(default_factory=dict)
    missed: dict[tuple[int, str, str | None], pulp.LpVariable] = field(default_factory=dict)
    worst: dict[int, pulp.LpVariable] = field(default_factory=dict)

    def add[K: Hashable](self, family: str, key: K, most: float | None) -> pulp.LpVariable:
        """Add a variable of `family` in [0, most], named prefix + symbol + number."""
        kind = VARIABLE_FAMILIES[family]
        self.forget_numbers()
        members: dict[K, pulp.LpVariable] = getattr(self, family)
        members[key] = variable = self.problem.add_variable(
            f"{self.prefix}{kind.symbol}{len(members)}", 0, most, "Integer" if kind.whole else "Continuous"
        )
        return variable

    def happened(self, variable: pulp.LpVariable, value: float, *, all_of_it: bool = True) -> None:
        """State that `value` of a variable is a fact: its whole value (`all_of_it`), or its minimum."""
        self.facts[variable.name] = value
        variable.lowBound = value
        if all_of_it:
            variable.upBound = value

    def families(self) -> dict[str, dict[Hashable, pulp.LpVariable]]:
        """Return all variables by family and key."""
        return {name: getattr(self, name) for name in VARIABLE_FAMILIES}

    @cached_property
    def numbers(self) -> dict[str, dict[Hashable, int]]:
        """The ids of all variables by family and key, read once: to ask PuLP for each takes long."""
        return {
            name: {key: variable.id for key, variable in members.items()} for name, members in self.families().items()
        }

    def forget_numbers(self) -> None:
        """Read the ids anew when they are needed next, since other variables are held from here on."""
        vars(self).pop("numbers", None)

    @property
    def decisions(self) -> int:
        """The number of whole numbers that a plan decides."""
        return sum(len(getattr(self, name)) for name in DECISION_FAMILIES)
