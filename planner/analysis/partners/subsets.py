"""Plans without some of the partners: each solved once in a run, and none worse than what is known to be possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Final

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.plans.moves import classes_of
from planner.analysis.scenarios.fixed_classes import Classes, contained, with_at_most
from planner.analysis.scenarios.variants import without_partners
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.scenario import Scenario
from planner.planning import Hints
from planner.plans.claim import Bounds, tightest
from planner.plans.plan import Plan, Status

Absent = frozenset[str]
"""Ids of partners that are not there."""

WIDER: Final = 2
"""Plans of given classes, and those without several partners, are sought to so many times the gap asked for. What is
proven where more is allowed bounds them as well; and proving the last bit takes longest."""


@dataclass(frozen=True)
class Outcome:
    """What can be reached without some partners."""

    absent: Absent
    status: Status | None
    """That of the plan; infeasible where the rules cannot be kept; None where it is not known for want of a plan."""
    plan: Plan | None
    bound: float | None
    """The most that any plan could reach: weighted gaps closed, less penalties. None where nothing is proven."""
    message: str = ""

    @property
    def level(self) -> Fraction:
        """Weighted gaps closed, less penalties; 0 without a plan."""
        return Fraction(0) if self.plan is None else self.plan.gaps_level.value

    @property
    def gaps(self) -> Fraction:
        """Gaps closed; 0 without a plan."""
        return Fraction(0) if self.plan is None else self.plan.gaps_closed

    @property
    def unknown(self) -> bool:
        """Whether there may be a plan that was not found."""
        return self.plan is None and self.status != Status.INFEASIBLE


_Key = tuple[Absent, frozenset[tuple[tuple[str, str], int]] | None]
"""Who is absent, and the classes that may be held; None for any."""


class Subsets:
    """Plans of a scenario without some of its partners, with free classes or within classes that are given.

    A plan that uses no money and no seats of those absent is a plan without them too, whatever it was made for: so
    more partners, and more classes, never come out worse than fewer. What is proven where more is allowed bounds what
    is possible where less is, if gaps closed come first among the goals.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self._results: dict[_Key, Result] = {}
        self._plans: list[tuple[Plan, Absent, Classes]] = []
        """Every plan known, the partners that it uses, and its classes."""
        self._outcomes: dict[tuple[_Key, int], Outcome] = {}
        self._gaps_first = inquiry.scenario.objective[0].goal == "gaps_closed"
        plan = inquiry.plan
        self._results[frozenset(), None] = Result("", plan.status, plan)
        self.add(plan)

    def scenario(self, absent: Absent, within: Classes | None = None) -> Scenario:
        """The scenario without some partners, in which no classes but those of `within` may be held."""
        scenario = without_partners(self.inquiry.scenario, absent) if absent else self.inquiry.scenario
        return scenario if within is None else with_at_most(scenario, within)

    def add(self, plan: Plan) -> None:
        """Make a plan known that was made elsewhere for this scenario, or for one that allows less."""
        self._plans.append((plan, self.used(plan), classes_of(plan)))

    def used(self, plan: Plan) -> frozenset[str]:
        """Partners whose money or seats a plan uses."""
        used = {row.fund for row in plan.funds if row.spent} | {row.fund for row in plan.seats}
        return frozenset(fund.id for fund in self.inquiry.scenario.funds if fund.id in used and not fund.own)

    def solve(self, absents: Iterable[Absent], within: Classes | None = None) -> None:
        """Make the plans that are not known yet."""
        wanted = [absent for absent in dict.fromkeys(absents) if not self._known(absent, within)]
        quick = self.inquiry.quick
        wider = replace(quick, gap=WIDER * quick.gap)
        first = [absent for absent in wanted if within is None and len(absent) == 1]
        for limits, some in ((quick, first), (wider, [absent for absent in wanted if absent not in first])):
            points = {absent: self._point(absent, within) for absent in some}
            results = self.inquiry.crew.solve(list(points.values()), limits) if points else {}
            for absent, point in points.items():
                found = results[point.name]
                self._results[_key(absent, within)] = found
                if found.plan is not None:
                    self.add(found.plan)

    def outcome(self, absent: Absent, within: Classes | None = None) -> Outcome:
        """The best that is known without `absent`, checked; to be solved before."""
        key = _key(absent, within)
        if (key, len(self._plans)) not in self._outcomes:
            self._outcomes[key, len(self._plans)] = self._outcome(key, within)
        return self._outcomes[key, len(self._plans)]

    def _point(self, absent: Absent, within: Classes | None) -> Point:
        name = " ".join(("without", *sorted(absent)))
        if within is None:
            return self.inquiry.point(name, self.scenario(absent))
        return Point(name, self.scenario(absent, within), Hints(start=self.inquiry.decisions))

    def _known(self, absent: Absent, within: Classes | None) -> bool:
        """Whether this was solved, or a plan that is best where more is allowed is possible here too."""
        if _key(absent, within) in self._results:
            return True
        return any(
            found.plan is not None and self._allows(found.plan, absent, within)
            for (fewer, _), found in self._above(_key(absent, within))
            if fewer <= absent
        )

    def _above(self, key: _Key) -> Iterator[tuple[_Key, Result]]:
        """What was solved with all that is allowed here, and perhaps more."""
        absent, within = key
        for other, found in self._results.items():
            fewer, theirs = other
            if fewer <= absent and (theirs is None or (within is not None and contained(dict(within), dict(theirs)))):
                yield other, found

    def _allows(self, plan: Plan, absent: Absent, within: Classes | None) -> bool:
        return not self.used(plan) & absent and (within is None or contained(classes_of(plan), within))

    def _outcome(self, key: _Key, within: Classes | None) -> Outcome:
        absent = key[0]
        own = self._results.get(key)
        known = self._known_bounds(key)
        bound = known.nearest(upper=True)
        possible = [
            plan
            for plan, used, classes in self._plans
            if not used & absent and (within is None or contained(classes, within))
        ]
        made = None if own is None else own.plan
        for plan in sorted(possible, key=lambda plan: (plan.rank, plan is made), reverse=True):
            if plan is made and (not self._gaps_first or known == plan.bounds[0]):
                return Outcome(absent, plan.status, plan, bound)
            moved = self._moved(plan, absent, within, known)
            if moved is not None:
                return Outcome(absent, moved.status, moved, bound)
        if own is None:
            return Outcome(absent, None, None, bound)
        return Outcome(absent, own.status if own.plan is None else None, None, bound, own.message)

    def _moved(self, plan: Plan, absent: Absent, within: Classes | None, known: Bounds) -> Plan | None:
        """Return `plan` as a checked plan of this scenario; None if it is infeasible."""
        scenario = self.scenario(absent, within)
        bounds = (known,) if self._gaps_first else ()
        decisions = plan.decisions(scenario)
        return adopt_if_feasible(scenario, decisions, bounds=bounds, tolerance=plan.tolerance, solver=plan.solver)

    def _known_bounds(self, key: _Key) -> Bounds:
        """The least of what is known here and wherever as much or more is allowed.

        Where other goals come before gaps closed, nothing is known of these but under those.
        """
        if not self._gaps_first:
            return Bounds()
        plans = [found.plan for _, found in self._above(key) if found.plan is not None]
        return tightest((plan.bounds[0] for plan in plans), upper=True)


def slack(inquiry: Inquiry, level: Fraction) -> Fraction:
    """The difference of two levels that is none, as far as plans are proven."""
    return Fraction(WIDER * inquiry.limits.gap) * max(Fraction(1), abs(level))


def all_subsets(partners: Sequence[str]) -> list[Absent]:
    """Every set of partners, smaller ones first."""
    return [frozenset(some) for size in range(len(partners) + 1) for some in combinations(partners, size)]


def _key(absent: Absent, within: Classes | None) -> _Key:
    return absent, None if within is None else frozenset((held, n) for held, n in within.items() if n)
