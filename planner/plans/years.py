"""The gaps of a plan year by year: those that exist by the end of each year, new ones, and what is closed of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.scenario import Scenario
from planner.plans.closings import closings
from planner.plans.plan import Plan
from planner.plans.plan_rows import Closing


@dataclass(frozen=True, slots=True)
class YearGaps:
    """Gaps in some part of the plan by the end of a year."""

    need: int
    """Gaps that exist by then [people]."""
    new: int
    """Of these, gaps that did not exist by the end of the year before; none in the first year."""
    closed: Fraction
    """Closed by then, with the courses that have ended [expected people]."""

    @property
    def left(self) -> Fraction:
        """Gaps that are still open: need - closed."""
        return self.need - self.closed

    @property
    def share(self) -> Fraction:
        """closed / need [0-1]; 1 where nothing is needed."""
        return self.closed / self.need if self.need else Fraction(1)


@dataclass(frozen=True)
class YearOfPlan:
    """One year with a row for each gap that exists by its end, in file order."""

    year: str
    rows: tuple[Closing, ...]
    before: tuple[Closing, ...] | None
    """The rows of the year before; None in the first."""

    @property
    def total(self) -> YearGaps:
        return self.by(lambda row: None, [None])[None]

    def by[K: Hashable](self, key: Callable[[Closing], K], order: Iterable[K] = ()) -> dict[K, YearGaps]:
        """Return gaps summed over the rows of each key; keys of `order` come first, with zeros if need be."""
        need: dict[K, int] = dict.fromkeys(order, 0)
        closed: dict[K, Fraction] = dict.fromkeys(need, Fraction(0))
        earlier: dict[K, int] = {}
        for row in self.rows:
            need[key(row)] = need.get(key(row), 0) + row.need
            closed[key(row)] = closed.get(key(row), Fraction(0)) + row.closed
        for row in self.rows if self.before is None else self.before:
            earlier[key(row)] = earlier.get(key(row), 0) + row.need
        return {k: YearGaps(n, n - earlier.get(k, 0), closed[k]) for k, n in need.items()}


def years_of_plan(scenario: Scenario, plan: Plan) -> tuple[YearOfPlan, ...]:
    """Return the years of a plan of several years; none for a plan of one year."""
    found: list[YearOfPlan] = []
    decisions = plan.decisions(scenario)
    for year in scenario.years if len(scenario.years) > 1 else ():
        rows = closings(scenario, decisions, year)
        found.append(YearOfPlan(year, rows, found[-1].rows if found else None))
    return tuple(found)
