"""What a plan is to achieve: levels, each kept at its best value while the next is optimised."""

from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from planner.domain.base import Record

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario

Bucket = Literal["agency", "location", "group", "competency"]

Goal = Literal["gaps_closed", "smallest_coverage", "own_cost", "total_cost", ""]
"""What a level maximises or minimises; "" only in a level that is refused."""


class Level(Record):
    """One level of the objective: something to maximise or to minimise."""

    maximize: Literal["gaps_closed", "smallest_coverage"] | None = None
    """gaps_closed (weighted by competency and group, less penalties of soft rules), or
    smallest_coverage: closed / need of the worst-off bucket."""
    minimize: Literal["own_cost", "total_cost"] | None = None
    """own_cost (payments by own funds) or total_cost [rupiah]."""
    by: Bucket | None = None
    """Buckets of smallest_coverage: agency, location, group or competency."""

    @property
    def goal(self) -> Goal:
        """The quantity of the level."""
        return self.maximize or self.minimize or ""


def measured_by(level: Level, value: Fraction, weighted: Fraction) -> Fraction:
    """Return the number to which the gap between bound and value of a level is relative.

    max(1, |value|); for gaps closed, where penalties may outweigh the gaps, at most the `weighted` gaps closed.
    """
    size = min(abs(value), weighted) if level.goal == "gaps_closed" else abs(value)
    return max(Fraction(1), size)


COSTS: Final = ("own_cost", "total_cost")
"""Goals that are minimised; all others are maximised."""

DEFAULT_LEVELS: Final = (Level.model_construct(maximize="gaps_closed"), Level.model_construct(minimize="own_cost"))

GAPS_CLOSED: Final = Level.model_construct(maximize="gaps_closed")
"""The level of weighted gaps closed, less the penalties of soft rules."""


def levels_of(scenario: "Scenario") -> tuple[Level, ...]:
    """Return the levels of the objective, with gaps closed last where the scenario does not name them.

    A plan that could close more gaps without loss in the levels that the planner named would be a poor plan.
    """
    if any(level.goal == "gaps_closed" for level in scenario.objective):
        return scenario.objective
    return (*scenario.objective, GAPS_CLOSED)


def gaps_come_first(scenario: "Scenario") -> bool:
    """Return whether gaps closed are the first level of the objective."""
    return levels_of(scenario)[0].goal == "gaps_closed"


def buckets(scenario: "Scenario", level: Level) -> dict[str, list[tuple[str, str]]]:
    """Return the (group, competency) pairs with a gap by what `level.by` names; groups without it form one bucket.

    smallest_coverage takes the worst of these buckets: agencies, locations, groups or competencies.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for group in scenario.groups:
        for competency, gap in group.needs.items():
            if gap:
                keys = {
                    "agency": group.agency,
                    "location": group.location,
                    "group": group.id,
                    "competency": competency,
                }
                found.setdefault(keys[level.by or "group"] or "", []).append((group.id, competency))
    return found
