"""What each partner brings: gaps closed, own money freed, and its fair share of what all partners achieve together.

With a partner there is the plan in question. Without it, everything is planned anew; of the plans that then close the
most gaps, the one nearest to the plan in question is held against it, so that what differs is the partner's doing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from planner.analysis.partners.partners_varied import Presence, presence
from planner.analysis.partners.shapley import shapley
from planner.analysis.partners.subsets import Absent, Outcome, Subsets, all_subsets, slack
from planner.analysis.scenarios.fixed_classes import with_further_own_money
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.planning import Aim, Hints
from planner.plans.plan import Plan

MONEY_GAP: Final = 0.0005
"""Relative gap to which the least own cost is sought in larger scenarios."""


@dataclass(frozen=True)
class OwnMoney:
    """What own funds would have to pay for the same gaps closed without a partner."""

    freed: int
    """Least own cost without the partner at which as many gaps are closed, less own cost with it [rupiah]."""
    beyond: bool
    """Whether own funds do not have that much: then more own money, for anything and at any time, was assumed."""


@dataclass(frozen=True)
class Change:
    """Gaps of a group in a competency, closed with the partner and without it."""

    group: str
    competency: str
    closed_with: Fraction
    closed_without: Fraction

    @property
    def gained(self) -> Fraction:
        return self.closed_with - self.closed_without


@dataclass(frozen=True)
class Brief:
    """What one partner brings."""

    partner: str
    with_it: Outcome
    without: Outcome
    """The best without this partner, all others being there."""
    compared: Plan | None
    """The plan without it that is nearest to the plan with it; None where there is none."""
    changes: tuple[Change, ...]
    """What differs between the plan with it and `compared`, in file order."""
    own_money: OwnMoney | None
    """None where not even more own money closes as many gaps."""
    share: Fraction
    """Its fair share of the level that all varied partners add together."""

    @property
    def plan_without(self) -> Plan | None:
        """The plan that is held against the one with it: as good as the best one but for the tolerance, and nearer."""
        return self.without.plan if self.compared is None else self.compared

    @property
    def gained(self) -> Fraction:
        """Gaps closed with it less gaps closed without it."""
        return self.with_it.gaps - (Fraction(0) if self.plan_without is None else self.plan_without.gaps_closed)

    @property
    def level_gained(self) -> Fraction:
        """The level with it less the best without it: weighted gaps, less penalties."""
        return self.with_it.level - self.without.level

    @property
    def certain(self) -> tuple[float, float] | None:
        """What `level_gained` is at least and at most, from what is proven; None where something is not."""
        if self.without.plan is None or self.with_it.bound is None or self.without.bound is None:
            return None
        least = float(self.with_it.level) - self.without.bound
        most = self.with_it.bound - float(self.without.level)
        return max(0.0, least) if self.level_gained >= 0 else least, most


@dataclass(frozen=True)
class Partners:
    """The answer."""

    plan: Plan
    presence: Presence
    briefs: tuple[Brief, ...]
    """In file order."""
    outcomes: tuple[Outcome, ...]
    """Without every set of the varied partners, none absent first."""

    @property
    def joint(self) -> Fraction:
        """The level that all varied partners add together: that with all less that with none."""
        return self.outcomes[0].level - self.outcomes[-1].level

    @property
    def unknown(self) -> int:
        """Sets without which no plan was found, though there may be one; they count 0."""
        return sum(outcome.unknown for outcome in self.outcomes)


def partners(inquiry: Inquiry, asked: Sequence[str] = (), known: Subsets | None = None) -> Partners:
    """What each of the partners `asked` for brings, or each of all partners that offer something."""
    subsets = Subsets(inquiry) if known is None else known
    there = presence(inquiry.scenario, inquiry.plan, asked)
    absents = all_subsets(there.varied)
    alone = [frozenset({partner}) for partner in there.varied]
    subsets.solve(absents)
    subsets.solve(alone, within=inquiry.decisions.classes)
    compared = dict(zip(there.varied, _nearest(subsets, alone), strict=True))
    outcomes = {absent: subsets.outcome(absent) for absent in absents}
    everyone = frozenset(there.varied)
    shares = shapley(there.varied, {everyone - absent: outcome.level for absent, outcome in outcomes.items()})
    money = _own_money(subsets, outcomes, there.varied)
    briefs = []
    for partner in there.varied:
        with_it, without = outcomes[frozenset()], outcomes[frozenset({partner})]
        plan = compared[partner]
        changes = () if plan is None or with_it.plan is None else tuple(_changes(with_it.plan, plan))
        briefs.append(Brief(partner, with_it, without, plan, changes, money[partner], shares[partner]))
    return Partners(inquiry.plan, there, tuple(briefs), tuple(outcomes.values()))


def _nearest(subsets: Subsets, alone: Sequence[Absent]) -> list[Plan | None]:
    """For each partner, the plan without it that is nearest to the plan in question.

    Its classes are among those of the plan in question, if that costs no gaps beyond what is proven at all; else they
    are those of the best plan. Then participants are brought as near as possible to those there are, at no loss of
    gaps beyond the tolerance.
    """
    inquiry = subsets.inquiry
    begun = {absent: _begun(subsets, absent) for absent in alone}
    points = []
    for absent, plan in begun.items():
        if plan is None or plan.allocations == inquiry.plan.allocations:
            continue
        scenario = subsets.scenario(absent)
        level = float(plan.gaps_level.value)
        enough = level - inquiry.limits.gap * max(1.0, abs(level))
        seats = inquiry.decisions.participants
        aim = Aim(at_least=enough, seats=seats, as_started=True)
        points.append(Point(_name("near", absent), scenario, Hints(start=plan.decisions(scenario)), aim))
    results = inquiry.runner.solve(points, inquiry.quick) if points else {}
    plans = []
    for absent, plan in begun.items():
        found = results.get(_name("near", absent))
        nearer = None if found is None else found.plan
        if nearer is not None:
            subsets.add(nearer)
        plans.append(nearer or plan)
    return plans


def _begun(subsets: Subsets, absent: Absent) -> Plan | None:
    """The plan from which the nearest one is sought."""
    free, kept = subsets.outcome(absent), subsets.outcome(absent, subsets.inquiry.decisions.classes)
    if kept.plan is None:
        return free.plan
    return kept.plan if kept.level >= free.level - slack(subsets.inquiry, free.level) else free.plan


def _own_money(subsets: Subsets, outcomes: dict[Absent, Outcome], varied: Sequence[str]) -> dict[str, OwnMoney | None]:
    """For each partner, what own funds would have to pay in its place; those that need no search first."""
    inquiry = subsets.inquiry
    with_all = outcomes[frozenset()]
    assert with_all.plan is not None
    limits = replace(inquiry.quick, gap=max(MONEY_GAP, inquiry.quick.gap))
    points, beyond = [], set()
    for partner in varied:
        absent = frozenset({partner})
        outcome, scenario = outcomes[absent], subsets.scenario(absent)
        if partner not in subsets.used(with_all.plan):
            continue
        if outcome.plan is not None and outcome.level >= with_all.level - slack(inquiry, with_all.level):
            aim = Aim(at_least=float(outcome.level), own_cost=True)
            hints = Hints(start=outcome.plan.decisions(scenario))
        else:
            beyond.add(partner)
            aim = Aim(at_least=float(with_all.level), own_cost=True)
            scenario, hints = with_further_own_money(scenario), Hints(start=inquiry.decisions)
        points.append(Point(_name("own", absent), scenario, hints, aim))
    results = inquiry.runner.solve(points, limits) if points else {}
    found: dict[str, OwnMoney | None] = {}
    for partner in varied:
        absent = frozenset({partner})
        result = results.get(_name("own", absent))
        plans = [None if result is None else result.plan, None if partner in beyond else outcomes[absent].plan]
        costs = [plan.own_cost for plan in plans if plan is not None]
        freed = max(0, min(costs) - with_all.plan.own_cost) if costs else 0
        found[partner] = OwnMoney(freed, partner in beyond) if costs else None
    return found


def _name(kind: str, absent: Absent) -> str:
    return " ".join((kind, "without", *sorted(absent)))


def _changes(with_it: Plan, without: Plan) -> Iterator[Change]:
    closed = {(row.group, row.competency): row.closed for row in without.closings}
    for row in with_it.closings:
        if row.closed != closed[row.group, row.competency]:
            yield Change(row.group, row.competency, row.closed, closed[row.group, row.competency])


__all__ = ["Brief", "Change", "OwnMoney", "Partners", "partners"]
