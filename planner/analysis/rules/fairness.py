"""The price of fairness: gaps closed when each bucket is guaranteed a coverage, from none to the largest possible.

A rule for each bucket (agency, location, group or competency) guarantees that at least the share s of its need is
closed. Each point is planned with gaps closed as the first level. A plan with a larger guarantee is feasible for a
smaller one and replaces a worse plan there, so that a smaller guarantee never closes fewer gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Final

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.plans.levels_anew import levels_anew
from planner.analysis.scenarios.variants import unique_rule_name, where_of_bucket, with_rules
from planner.batch.begun import Early, begins_anywhere, point_anywhere
from planner.batch.handing_on import handed_on
from planner.batch.inquiry import Inquiry, quick_limits
from planner.batch.points import Point, Result
from planner.batch.taken_over import TakenOver
from planner.domain.objectives import GAPS_CLOSED, Bucket, Level, buckets, levels_of
from planner.domain.rules import Limit, Rule
from planner.domain.scenario import Scenario
from planner.planning import Hints, SearchLimits
from planner.plans.claim import Bounds
from planner.plans.plan import Plan

TENTHS: Final = 1000
"""Guaranteed coverages are multiples of 1/TENTHS, except the largest."""


@dataclass(frozen=True)
class Guarantee:
    """The best plan in which the coverage of every bucket is at least `share`."""

    share: Fraction
    """Guaranteed coverage [0-1]."""
    plan: Plan
    coverage: Fraction
    """Coverage of the worst-off bucket in the plan; at least `share` [0-1]."""
    worst: str
    """The worst-off bucket."""
    value: Fraction
    """Gaps closed [weighted, less penalties]."""
    most: Fraction
    """Proven upper bound of `value`."""
    searched: bool
    """Whether a plan was found for this guarantee; else the plan of a larger guarantee is used."""


@dataclass(frozen=True)
class Fairness:
    """The curve of gaps closed from no guarantee to the largest possible one."""

    by: Bucket
    number: int
    """Number of buckets that have a need."""
    guarantees: tuple[Guarantee, ...]
    """In increasing order; empty if there is no need or no plan was found."""
    largest_possible: Fraction
    """Proven upper bound of the guarantee [0-1]."""
    message: str = ""

    @property
    def price(self) -> Fraction:
        """Gaps lost from no guarantee to the largest one: value(first) - value(last)."""
        return self.guarantees[0].value - self.guarantees[-1].value

    @property
    def largest_kept(self) -> Fraction:
        """The largest coverage that a plan of the curve gives to every bucket, guaranteed or not [0-1]."""
        return max(each.coverage for each in self.guarantees)


def fairness(inquiry: Inquiry, by: Bucket = "agency", steps: int = 8) -> Fairness:
    """Return the curve for the inquiry's scenario, with `steps` guarantees above the coverage without any."""
    number = len(buckets(inquiry.scenario, _coverage_level(by)))
    if not number:
        return Fairness(by, 0, (), Fraction(1))
    asked = _ends(inquiry, by)
    ends = inquiry.solve(asked)
    fair, free = asked[0].scenario, _free(inquiry.scenario)
    first = ends.get("free") or Result("free", inquiry.plan.status, inquiry.plan)
    last = ends["fair"]
    if first.plan is None or last.plan is None:
        return Fairness(by, number, (), Fraction(1), first.message or last.message)
    least, most = coverage(free, first.plan, by)[0], coverage(fair, last.plan, by)[0]
    bound = last.plan.objective[0].bound
    proven = max(most, Fraction(1) if bound is None else Fraction(bound))
    shares = [Fraction(0), *_between(least, most, steps)]
    template = guaranteed(free, by, Fraction(0))
    known = {"0": first, **_known_of_largest(inquiry, free, by, shares, last.plan)}
    points = [
        Point(str(n), guaranteed(free, by, share), Hints(template=template, start=last.plan.decisions(fair)))
        for n, share in enumerate(shares)
        if str(n) not in known
    ]
    results = {**known, **inquiry.solve(points)}
    return Fairness(by, number, _monotone(inquiry, free, by, shares, results, last.plan), proven)


def begin_fairness(inquiry: Inquiry, by: Bucket) -> None:
    """Begin the plans at both ends of the curve, while another question is answered: they take longest."""
    if buckets(inquiry.scenario, _coverage_level(by)):
        inquiry.runner.begin([Early(point, inquiry.quick) for point in _ends(inquiry, by)])


def begun_early(scenario: Scenario, by: Bucket, limits: SearchLimits) -> list[Early]:
    """Return the plan with the largest coverage, if it can be begun before the plan in question is known."""
    if not begins_anywhere(scenario) or not buckets(scenario, _coverage_level(by)):
        return []
    return [Early(point_anywhere("fair", _fair(scenario, by), scenario), quick_limits(scenario, limits))]


def _ends(inquiry: Inquiry, by: Bucket) -> list[Point]:
    """Return the points of the largest coverage and of none, which is the plan in question where it has no other goal
    first."""
    free = _free(inquiry.scenario)
    same = levels_of(free) == levels_of(inquiry.scenario)
    fair = inquiry.opening_point("fair", _fair(inquiry.scenario, by))
    return [fair] if same else [fair, inquiry.point("free", free)]


def _coverage_level(by: Bucket) -> Level:
    return Level(maximize="smallest_coverage", by=by)


def _free(scenario: Scenario) -> Scenario:
    """Return `scenario` with gaps closed first and no coverage among its goals."""
    return scenario.changed(objective=(GAPS_CLOSED, *_other_levels(scenario)))


def _fair(scenario: Scenario, by: Bucket) -> Scenario:
    """Return `scenario` with the smallest coverage first."""
    return scenario.changed(objective=(_coverage_level(by), GAPS_CLOSED, *_other_levels(scenario)))


def _other_levels(scenario: Scenario) -> tuple[Level, ...]:
    return tuple(each for each in levels_of(scenario) if each.goal not in ("smallest_coverage", "gaps_closed"))


def _known_of_largest(
    inquiry: Inquiry, free: Scenario, by: Bucket, shares: Sequence[Fraction], fairest: Plan
) -> dict[str, Result]:
    """Return the result of the largest guarantee if the fairest plan is it already, as near as compared plans come.

    Its gaps closed are bounded for all plans that are as fair, and those are the plans with this guarantee.
    """
    if len(shares) < 2 or fairest.relative_gap > inquiry.quick.gap or fairest.objective[0].value > shares[-1]:
        return {}
    bounds = [replace(each, above=each.above[1:]) for each in fairest.bounds[1:]]
    plan = _as_guaranteed(guaranteed(free, by, shares[-1]), fairest, bounds)
    name = str(len(shares) - 1)
    return {} if plan is None else {name: Result(name, plan.status, plan)}


def guaranteed(scenario: Scenario, by: Bucket, share: Fraction) -> Scenario:
    """Return `scenario` with rules that the coverage of every bucket is at least `share`."""
    rules = []
    for bucket, gaps in buckets(scenario, _coverage_level(by)).items():
        where = where_of_bucket(by, bucket, gaps)
        name, limit = unique_rule_name(scenario, f"coverage {bucket}"), Limit(value=share, is_share=True)
        rules.append(Rule(name=name, measure="gaps_closed", where=where, at_least=limit))
    return with_rules(scenario, *rules)


def coverage(scenario: Scenario, plan: Plan, by: Bucket) -> tuple[Fraction, str]:
    """Return the coverage of the worst-off bucket of a plan [0-1] and the bucket; of equals the first."""
    closed = {(row.group, row.competency): row.closed for row in plan.closings}
    covered = {}
    for bucket, gaps in buckets(scenario, _coverage_level(by)).items():
        need = sum(scenario.group[g].needs[c] for g, c in gaps)
        covered[bucket] = sum((closed.get(key, Fraction(0)) for key in gaps), Fraction(0)) / need
    worst = min(covered, key=covered.__getitem__)
    return covered[worst], worst


def _between(least: Fraction, most: Fraction, steps: int) -> list[Fraction]:
    """Return shares from above `least` to `most`, rounded down except the last."""
    shares = []
    for step in range(1, steps):
        share = Fraction(floor((least + (most - least) * step / steps) * TENTHS), TENTHS)
        if least < share < most and share not in shares:
            shares.append(share)
    return [*shares, most] if most > least else []


def _monotone(
    inquiry: Inquiry,
    free: Scenario,
    by: Bucket,
    shares: Sequence[Fraction],
    results: Mapping[str, Result],
    fairest: Plan,
) -> tuple[Guarantee, ...]:
    """Return the points, each with the best known plan for its guarantee and the tightest bound.

    Plans of larger guarantees replace worse ones of smaller, with their own money searched anew; bounds of smaller
    guarantees hold for larger ones.
    """
    scenarios = [guaranteed(free, by, share) for share in shares]
    own = [_as_guaranteed(scenario, results[str(n)].plan) for n, scenario in enumerate(scenarios)]
    plans = _handed_down(scenarios, own, fairest)
    taken = {
        str(n): TakenOver(scenarios[n], plan, found)
        for n, (plan, found) in enumerate(zip(plans, own, strict=True))
        if plan is not None and found is not None and plan is not found  # what failed is not searched again
    }
    if cheaper := levels_anew(inquiry, taken):
        plans = _handed_down(scenarios, [cheaper.get(str(n), plan) for n, plan in enumerate(plans)], fairest)
    made: list[Guarantee] = []
    for n, plan in enumerate(plans):
        if plan is not None:
            covered, worst = coverage(free, plan, by)
            value = plan.gaps_level.value
            made.append(Guarantee(shares[n], plan, covered, worst, value, plan.gaps_ceiling, own[n] is not None))
    most: Fraction | None = None
    for place, each in enumerate(made):
        most = each.most if most is None else min(most, each.most)
        made[place] = replace(each, most=max(most, each.value))
    return tuple(made)


def _handed_down(scenarios: Sequence[Scenario], own: Sequence[Plan | None], fairest: Plan) -> list[Plan | None]:
    """Return the best known plan of each scenario: its own, or that of a larger guarantee; the largest comes last."""
    plans, known = list(own), fairest
    for n in range(len(scenarios) - 1, -1, -1):
        better = handed_on(scenarios[n], own[n], known, strictly=not n)  # without a guarantee: only what closes more
        plans[n] = better or own[n]
        known = plans[n] or known
    return plans


def _as_guaranteed(scenario: Scenario, plan: Plan | None, bounds: Sequence[Bounds] | None = None) -> Plan | None:
    """Return `plan`, with these bounds if they are not its own, as a checked plan of the scenario with its guarantees.

    None if there is none.
    """
    if plan is None:
        return None
    decisions, known = plan.decisions(scenario), plan.bounds if bounds is None else bounds
    return adopt_if_feasible(scenario, decisions, bounds=known, tolerance=plan.tolerance, solver=plan.solver)
