"""The price of fairness: how many gaps are closed when each bucket is guaranteed a coverage, from none to the most.

A coverage s is guaranteed by a rule for each bucket (agency, location, group or competency) that at least the share s
of its need is closed. Each point is planned with gaps closed first. A plan that guarantees more guarantees less too, so
it is handed down where it is better: less fairness never closes fewer gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Final

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.scenarios.variants import unique_rule_name, with_rules
from planner.batch.carry_over import handed_on
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.objectives import Bucket, Level
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import CompetencySelector, GroupSelector
from planner.model.objective import GAPS_CLOSED, buckets, levels_of
from planner.planning import Hints
from planner.plans.plan import Plan

POINT_SECONDS: Final = 60.0
"""Most time for one point: guarantees near the largest possible can keep a search busy for very long [seconds]."""

TENTHS: Final = 1000
"""Guaranteed coverages are tenths of a percent, but for the largest."""


@dataclass(frozen=True)
class Guarantee:
    """The best plan in which every bucket is covered at least so far."""

    share: Fraction
    """The coverage guaranteed [0-1]."""
    plan: Plan
    coverage: Fraction
    """The coverage of the worst-off bucket in the plan; at least the share [0-1]."""
    worst: str
    """That bucket."""
    value: Fraction
    """Gaps closed, weighted and less penalties."""
    most: Fraction
    """What is proven that no plan with this guarantee exceeds."""
    searched: bool
    """Whether a search of its own gave a plan here; else a plan with a larger guarantee stands in."""


@dataclass(frozen=True)
class Fairness:
    """The curve from no guarantee to the largest possible one."""

    by: Bucket
    number: int
    """Buckets that have a need."""
    guarantees: tuple[Guarantee, ...]
    """From none up; none at all where nothing is needed, or no plan was found."""
    largest_possible: Fraction
    """What is proven that no plan guarantees more [0-1]."""
    message: str = ""

    @property
    def price(self) -> Fraction:
        """Gaps lost from no guarantee to the largest: value(first) - value(last)."""
        return self.guarantees[0].value - self.guarantees[-1].value


def fairness(inquiry: Inquiry, by: Bucket = "agency", steps: int = 8) -> Fairness:
    """The curve for the scenario of `inquiry`, with `steps` guarantees above what is covered without any."""
    scenario = inquiry.scenario
    level = Level(maximize="smallest_coverage", by=by)
    number = len(buckets(scenario, level))
    if not number:
        return Fairness(by, 0, (), Fraction(1))
    unfair = tuple(each for each in levels_of(scenario) if each.goal not in ("smallest_coverage", "gaps_closed"))
    free = scenario.changed(objective=(GAPS_CLOSED, *unfair))
    fair = scenario.changed(objective=(level, GAPS_CLOSED, *unfair))
    seconds = inquiry.limits.time_limit
    briefly = replace(inquiry.quick, time_limit=min(POINT_SECONDS, seconds or POINT_SECONDS))
    ends = inquiry.crew.solve([inquiry.point("free", free), inquiry.point("fair", fair)], briefly)
    first, last = ends["free"], ends["fair"]
    if first.plan is None or last.plan is None:
        return Fairness(by, number, (), Fraction(1), first.message or last.message)
    least, most = coverage(free, first.plan, by)[0], coverage(fair, last.plan, by)[0]
    bound = last.plan.objective[0].bound
    proven = max(most, Fraction(1) if bound is None else Fraction(bound))
    shares = [Fraction(0), *_between(least, most, steps)]
    mould = guaranteed(free, by, Fraction(0))
    points = [
        Point(str(n), guaranteed(free, by, share), Hints(mould=mould, start=last.plan.decisions(fair)))
        for n, share in enumerate(shares[1:], start=1)
    ]
    results = {"0": first, **inquiry.crew.solve(points, briefly)}
    return Fairness(by, number, _monotone(free, by, shares, results, last.plan), proven)


def guaranteed(scenario: Scenario, by: Bucket, share: Fraction) -> Scenario:
    """`scenario` with the rules that every bucket is covered at least to `share`."""
    rules = []
    for bucket, gaps in buckets(scenario, Level(maximize="smallest_coverage", by=by)).items():
        if by == "competency":
            where = Where(competencies=CompetencySelector(id=(bucket,)))
        else:
            where = Where(groups=GroupSelector(id=tuple(dict.fromkeys(g for g, _ in gaps))))
        name, limit = unique_rule_name(scenario, f"coverage {bucket}"), Limit(value=share, is_share=True)
        rules.append(Rule(name=name, measure="gaps_closed", where=where, at_least=limit))
    return with_rules(scenario, *rules)


def coverage(scenario: Scenario, plan: Plan, by: Bucket) -> tuple[Fraction, str]:
    """The coverage of the worst-off bucket of a plan, and which one it is: of equals the first [0-1]."""
    closed = {(row.group, row.competency): row.closed for row in plan.closings}
    covered = {}
    for bucket, gaps in buckets(scenario, Level(maximize="smallest_coverage", by=by)).items():
        need = sum(scenario.group[g].gaps[c] for g, c in gaps)
        covered[bucket] = sum((closed.get(key, Fraction(0)) for key in gaps), Fraction(0)) / need
    worst = min(covered, key=covered.__getitem__)
    return covered[worst], worst


def _between(least: Fraction, most: Fraction, steps: int) -> list[Fraction]:
    """Shares from above `least` to `most`, in tenths of a percent but for the last."""
    shares = []
    for step in range(1, steps):
        share = Fraction(floor((least + (most - least) * step / steps) * TENTHS), TENTHS)
        if least < share < most and share not in shares:
            shares.append(share)
    return [*shares, most] if most > least else []


def _monotone(
    free: Scenario, by: Bucket, shares: Sequence[Fraction], results: Mapping[str, Result], fairest: Plan
) -> tuple[Guarantee, ...]:
    """The points from the fairest down, each with the best plan known that guarantees as much; and then their bounds
    from none up, for what no plan exceeds with a small guarantee none does with a larger."""
    made: list[Guarantee] = []
    known = fairest
    for n in range(len(shares) - 1, -1, -1):
        scenario = guaranteed(free, by, shares[n])
        own = _as_guaranteed(scenario, results[str(n)].plan)
        plan = handed_on(scenario, own, known) or own
        if plan is None:
            continue
        known = plan
        covered, worst = coverage(free, plan, by)
        made.append(
            Guarantee(shares[n], plan, covered, worst, plan.gaps_level.value, plan.gaps_ceiling, own is not None)
        )
    made.reverse()
    most: Fraction | None = None
    for place, each in enumerate(made):
        most = each.most if most is None else min(most, each.most)
        made[place] = replace(each, most=max(most, each.value))
    return tuple(made)


def _as_guaranteed(scenario: Scenario, plan: Plan | None) -> Plan | None:
    """Return `plan` as a checked plan of the scenario with its guarantees; None if there is none."""
    if plan is None:
        return None
    decisions = plan.decisions(scenario)
    return adopt_if_feasible(scenario, decisions, bounds=plan.bounds, tolerance=plan.tolerance, solver=plan.solver)
