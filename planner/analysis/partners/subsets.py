"""Plans without some of the partners: each is solved once per run and replaced by a better known feasible plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.plans.levels_anew import levels_anew
from planner.analysis.plans.moves import classes_of
from planner.analysis.scenarios.fixed_classes import Classes, contained, with_at_most
from planner.analysis.scenarios.variants import without_partners
from planner.batch.begun import Early, begins_anywhere, point_anywhere
from planner.batch.inquiry import GAP_FACTOR, Inquiry, quick_limits, wider_limits
from planner.batch.points import Point, Result
from planner.batch.taken_over import TakenOver
from planner.domain.objectives import gaps_come_first
from planner.domain.scenario import Scenario
from planner.planning import Hints, SearchLimits
from planner.plans.claim import Bounds, tightest
from planner.plans.plan import Plan, Status

Absent = frozenset[str]
"""Ids of absent partners."""

MOST_EARLY: Final = 6
"""Most partners whose subsets are begun before the plan in question is known: it may spare some of them."""

CERTAIN: Final = 0.005
"""Least proven difference that a page shows [weighted gaps]."""


@dataclass(frozen=True)
class SubsetOutcome:
    """The best known result without some partners."""

    absent: Absent
    status: Status | None
    """Status of the plan; infeasible if the rules cannot be kept; None if unknown."""
    plan: Plan | None
    bound: float | None
    """Proven limit of the level of any plan; None if unknown."""
    message: str = ""

    @property
    def level(self) -> Fraction:
        """Weighted gaps closed, less penalties; 0 if there is no plan."""
        return Fraction(0) if self.plan is None else self.plan.gaps_level.value

    @property
    def gaps(self) -> Fraction:
        """Gaps closed; 0 if there is no plan."""
        return Fraction(0) if self.plan is None else self.plan.gaps_closed

    @property
    def unknown(self) -> bool:
        """Whether no plan was found though none is proven impossible."""
        return self.plan is None and self.status != Status.INFEASIBLE

    def may_reach(self, level: Fraction, tolerance: Fraction) -> bool:
        """Return whether it is `level` within the tolerance of the plans, and by what is proven no certain loss."""
        lost = self.bound is not None and float(level) - self.bound > CERTAIN
        return self.level >= level - tolerance and not lost


_Key = tuple[Absent, frozenset[tuple[tuple[str, str], int]] | None]
"""Absent partners, and the classes that may be held; None: any."""


class PartnerSubsets:
    """Plans of a scenario without some of its partners, with any classes or within given classes.

    A plan that uses no money and no seats of the absent partners is feasible without them, whatever it was made for. So
    more partners or more classes never give a worse result. The bound of a scenario that allows more plans holds where
    fewer are allowed, if gaps closed are the first level of the objective.
    """

    def __init__(self, inquiry: Inquiry, year: str = "") -> None:
        self.inquiry = inquiry
        self.year = year
        """The year whose amount absent partners do not pay; empty: they give nothing at all."""
        self._results: dict[_Key, Result] = {}
        self._plans: list[tuple[Plan, Absent, Classes]] = []
        """All known plans with the partners they use and their classes."""
        self._outcomes: dict[tuple[_Key, int], SubsetOutcome] = {}
        self._gaps_first = gaps_come_first(inquiry.scenario)
        plan = inquiry.plan
        self._results[frozenset(), None] = Result("", plan.status, plan)
        self.add(plan)

    def scenario(self, absent: Absent, within: Classes | None = None) -> Scenario:
        """Return the scenario without some partners, in which only the classes of `within` may be held."""
        scenario = without_partners(self.inquiry.scenario, absent, self.year) if absent else self.inquiry.scenario
        return scenario if within is None else with_at_most(scenario, within)

    def add(self, plan: Plan) -> None:
        """Add a plan of this scenario, or of one that allows fewer plans."""
        self._plans.append((plan, self.used(plan), classes_of(plan)))

    def used(self, plan: Plan) -> frozenset[str]:
        """Return the partners whose money or seats a plan uses from now on.

        With a year those whose money of that year it may use.
        """
        if self.year:
            return self._paying(plan)
        used = {row.fund for row in plan.payments if not row.actual}
        used |= {row.fund for row in plan.seats if not row.actual}
        return frozenset(fund.id for fund in self.inquiry.scenario.funds if fund.id in used and not fund.own)

    def _paying(self, plan: Plan) -> frozenset[str]:
        """Return the partners that pay in the year, or later where what it leaves is carried over."""
        scenario = self.inquiry.scenario
        first, last = scenario.places_of_year[self.year]
        used = set()
        for row in plan.payments:
            fund, place = scenario.fund[row.fund], scenario.place_of_period[row.period]
            if not fund.own and first <= place and (fund.carry_over or place <= last):
                used.add(fund.id)
        return frozenset(used)

    def solve(self, absents: Iterable[Absent], within: Classes | None = None) -> None:
        """Make the plans that are not known yet, without each of `absents`.

        Those within given classes and without several partners get a wider gap: bounds of scenarios that allow more
        plans hold for them too.
        """
        by_limits: dict[SearchLimits, list[Absent]] = {}
        for absent in dict.fromkeys(absents):
            if not self._known(absent, within):
                alone = within is None and len(absent) == 1
                by_limits.setdefault(self.inquiry.quick if alone else self.inquiry.wider, []).append(absent)
        self.inquiry.runner.only({_name(absent) for some in by_limits.values() for absent in some})
        for limits, some in by_limits.items():
            points = {absent: self._point(absent, within) for absent in some}
            results = self.inquiry.runner.solve(list(points.values()), limits) if points else {}
            for absent, point in points.items():
                found = results[point.name]
                self._results[_key(absent, within)] = found
                if found.plan is not None:
                    self.add(found.plan)

    def spare_money(self, absents: Iterable[Absent]) -> None:
        """Search the levels below gaps closed anew for those `absents` whose best plan came from another search."""
        taken = {}
        for absent in absents:
            key = _key(absent, None)
            plan, own = self.outcome(absent).plan, self._results.get(key)
            searched = {found.plan.rank for _, found in self._allowing_more(key) if found.plan is not None}
            if plan is not None and plan.rank not in searched:
                taken[_name(absent)] = TakenOver(self.scenario(absent), plan, None if own is None else own.plan)
        for plan in levels_anew(self.inquiry, taken).values():
            self.add(plan)

    def outcome(self, absent: Absent, within: Classes | None = None) -> SubsetOutcome:
        """Return the best known result without `absent`; call `solve` first."""
        key = _key(absent, within)
        if (key, len(self._plans)) not in self._outcomes:
            self._outcomes[key, len(self._plans)] = self._outcome(key, within)
        return self._outcomes[key, len(self._plans)]

    def _point(self, absent: Absent, within: Classes | None) -> Point:
        name = _name(absent)
        if within is None:
            return self.inquiry.opening_point(name, self.scenario(absent))
        return Point(name, self.scenario(absent, within), Hints(start=self.inquiry.decisions))

    def _known(self, absent: Absent, within: Classes | None) -> bool:
        """Return whether this was solved, or the best plan of a scenario that allows more plans is feasible here."""
        if _key(absent, within) in self._results:
            return True
        return any(
            found.plan is not None and self._is_allowed(found.plan, absent, within)
            for (fewer, _), found in self._allowing_more(_key(absent, within))
            if fewer <= absent
        )

    def _allowing_more(self, key: _Key) -> Iterator[tuple[_Key, Result]]:
        """Yield the solved results of scenarios that allow at least as many plans."""
        absent, within = key
        for other, found in self._results.items():
            fewer, theirs = other
            if fewer <= absent and (theirs is None or (within is not None and contained(dict(within), dict(theirs)))):
                yield other, found

    def _is_allowed(self, plan: Plan, absent: Absent, within: Classes | None) -> bool:
        return not self.used(plan) & absent and (within is None or contained(classes_of(plan), within))

    def _outcome(self, key: _Key, within: Classes | None) -> SubsetOutcome:
        absent = key[0]
        own = self._results.get(key)
        known = self._known_bounds(key)
        bound = known.nearest(upper=True)
        possible = [
            plan
            for plan, used, classes in self._plans
            if (self.year or not used & absent) and (within is None or contained(classes, within))
        ]  # of a year, what is carried over may be enough: then it is tried
        made = None if own is None else own.plan
        for plan in sorted(possible, key=lambda plan: (plan.rank, plan is made), reverse=True):
            if plan is made and (not self._gaps_first or known == plan.bounds[0]):
                return SubsetOutcome(absent, plan.status, plan, bound)
            moved = self._adopted(plan, absent, within, (known, *(() if made is None else made.bounds[1:])))
            if moved is not None:
                if absent and within is None:
                    self.inquiry.keep(self.scenario(absent), moved)
                return SubsetOutcome(absent, moved.status, moved, bound)
        if own is None:
            return SubsetOutcome(absent, None, None, bound)
        return SubsetOutcome(absent, own.status if own.plan is None else None, None, bound, own.message)

    def _adopted(self, plan: Plan, absent: Absent, within: Classes | None, known: tuple[Bounds, ...]) -> Plan | None:
        """Return `plan` as a checked plan of this scenario; None if it is infeasible."""
        scenario = self.scenario(absent, within)
        bounds = known if self._gaps_first else ()
        decisions = plan.decisions(scenario)
        return adopt_if_feasible(scenario, decisions, bounds=bounds, tolerance=plan.tolerance, solver=plan.solver)

    def _known_bounds(self, key: _Key) -> Bounds:
        """Return the tightest bound of this scenario and of those that allow more plans.

        Returns no bounds if gaps closed are not the first level, because bounds then depend on the levels above.
        """
        if not self._gaps_first:
            return Bounds()
        plans = [found.plan for _, found in self._allowing_more(key) if found.plan is not None]
        return tightest((plan.bounds[0] for plan in plans), upper=True)


def begun_early(scenario: Scenario, partners: Sequence[str], limits: SearchLimits) -> list[Early]:
    """Return the plans without some of `partners` that can be begun before the plan in question is known."""
    if len(partners) > MOST_EARLY or not begins_anywhere(scenario):
        return []
    quick, wider = quick_limits(scenario, limits), wider_limits(scenario, limits)
    return [
        Early(
            point_anywhere(_name(absent), without_partners(scenario, absent), scenario),
            quick if len(absent) == 1 else wider,
        )
        for absent in all_subsets(partners)
        if absent
    ]


def tolerance(inquiry: Inquiry, level: Fraction) -> Fraction:
    """Return the difference of two levels that may be due to the gap of their plans."""
    return Fraction(GAP_FACTOR * inquiry.quick.gap) * max(Fraction(1), abs(level))


def all_subsets(partners: Sequence[str]) -> list[Absent]:
    """Return all subsets of partners, smaller ones first."""
    return [frozenset(some) for size in range(len(partners) + 1) for some in combinations(partners, size)]


def _name(absent: Absent) -> str:
    return " ".join(("without", *sorted(absent)))


def _key(absent: Absent, within: Classes | None) -> _Key:
    return absent, None if within is None else frozenset((held, n) for held, n in within.items() if n)
