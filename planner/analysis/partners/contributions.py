"""The contribution of each partner: gaps closed, own money freed, and its fair share of the joint result.

The plan in question is compared with a plan without the partner, for which everything is planned anew: the one plan of
that scenario, as every other question has it too. Which groups change is told by the plan without the partner that is
nearest to the plan in question, of those that close the most, so that only the effect of the partner differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from planner.analysis.partners.paid_for import PaidProgramme, paid_for
from planner.analysis.partners.partner_roles import PartnerRoles, partner_roles
from planner.analysis.partners.shapley import shapley
from planner.analysis.partners.subsets import Absent, PartnerSubsets, SubsetOutcome, all_subsets, tolerance
from planner.analysis.plans.moves import classes_of
from planner.analysis.scenarios.fixed_classes import contained, with_further_own_money
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point
from planner.planning import Aim, Hints
from planner.plans.plan import Plan

MONEY_GAP: Final = 0.0005
"""Relative gap of the search for the least own cost in larger scenarios."""


@dataclass(frozen=True)
class OwnMoney:
    """Own money that replaces a partner at the same gaps closed."""

    freed: int
    """Least own cost for as many gaps closed without the partner, less own cost with it [rupiah]."""
    beyond: bool
    """Whether own funds do not have that much; unlimited own money for any purpose and time was assumed then."""


@dataclass(frozen=True)
class GapChange:
    """Gaps of a group in a competency that are closed with and without a partner."""

    group: str
    competency: str
    closed_with: Fraction
    closed_without: Fraction

    @property
    def gained(self) -> Fraction:
        return self.closed_with - self.closed_without


@dataclass(frozen=True)
class Contribution:
    """The contribution of one partner."""

    partner: str
    with_it: SubsetOutcome
    without: SubsetOutcome
    """Best result without this partner and with all others."""
    compared: Plan | None
    """Plan without it that is nearest to the plan with it; None if there is none."""
    changes: tuple[GapChange, ...]
    """Differences between the plan with it and `compared`, in file order."""
    paid: tuple[PaidProgramme, ...]
    """What its money and free seats pay for in the plan with it."""
    own_money: OwnMoney | None
    """None if no amount of own money closes as many gaps."""
    share: Fraction
    """Fair share of the level that all varied partners add together."""

    @property
    def plan_without(self) -> Plan | None:
        """The plan without the partner: the same for every question that comes to it."""
        return self.without.plan

    @property
    def gained(self) -> Fraction:
        """Gaps closed with it less gaps closed without it."""
        return self.with_it.gaps - (Fraction(0) if self.plan_without is None else self.plan_without.gaps_closed)

    @property
    def in_tolerance(self) -> bool:
        """Whether the plans with and without it may close the same, as far as they are proven: no loss is certain."""
        return self.plan_without is not None and self.certain is not None and self.certain[0] <= 0

    @property
    def own_money_short(self) -> Fraction:
        """By how much less the plan behind its own money closes than the plan with it [weighted gaps, less penalties].

        The difference is within the tolerance of the plans, so to close exactly as many may take more own money.
        """
        replaced = self.own_money is not None and not self.own_money.beyond
        return max(Fraction(0), self.level_gained) if replaced else Fraction(0)

    @property
    def trained(self) -> frozenset[str]:
        """Groups that it pays for."""
        return frozenset(group.group for programme in self.paid for group in programme.groups)

    def gained_in(self, *, paid_for: bool) -> Fraction:
        """Return gaps closed more with it, in the groups that it pays for, or in all others."""
        return sum((c.gained for c in self.changes if (c.group in self.trained) == paid_for), Fraction(0))

    @property
    def level_gained(self) -> Fraction:
        """Level with it less the best level without it [weighted gaps, less penalties]."""
        return self.with_it.level - self.without.level

    @property
    def certain(self) -> tuple[float, float] | None:
        """Proven limits of `level_gained`; None if a bound is missing."""
        if self.without.plan is None or self.with_it.bound is None or self.without.bound is None:
            return None
        least = float(self.with_it.level) - self.without.bound
        most = self.with_it.bound - float(self.without.level)
        return max(0.0, least) if self.level_gained >= 0 else least, most


@dataclass(frozen=True)
class Partners:
    """The contributions of all varied partners."""

    plan: Plan
    roles: PartnerRoles
    contributions: tuple[Contribution, ...]
    """In file order."""
    outcomes: tuple[SubsetOutcome, ...]
    """Results without each subset of the varied partners, starting with none absent."""

    @property
    def joint(self) -> Fraction:
        """Level with all varied partners less the level with none of them."""
        return self.outcomes[0].level - self.outcomes[-1].level

    @property
    def unknown(self) -> int:
        """Number of subsets without a plan for which none is proven impossible; they count 0."""
        return sum(outcome.unknown for outcome in self.outcomes)


def partners(inquiry: Inquiry, asked: Sequence[str] = (), known: PartnerSubsets | None = None) -> Partners:
    """Return the contributions of the partners `asked` for, or of all partners that offer something."""
    subsets = PartnerSubsets(inquiry) if known is None else known
    roles = partner_roles(inquiry.scenario, inquiry.plan, asked)
    absents = all_subsets(roles.varied)
    alone = [frozenset({partner}) for partner in roles.varied]
    subsets.solve(absents)
    subsets.solve(alone, within=inquiry.decisions.classes)
    compared = dict(zip(roles.varied, _nearest(subsets, alone), strict=True))
    beyond = _replaced(subsets, roles.varied)
    subsets.spare_money(absents)
    outcomes = {absent: subsets.outcome(absent) for absent in absents}
    everyone = frozenset(roles.varied)
    shares = shapley(roles.varied, {everyone - absent: outcome.level for absent, outcome in outcomes.items()})
    contributions = []
    for partner in roles.varied:
        with_it, without = outcomes[frozenset()], outcomes[frozenset({partner})]
        plan = compared[partner]
        changes = () if plan is None or with_it.plan is None else tuple(_changes(with_it.plan, plan))
        paid = paid_for(inquiry.scenario, inquiry.plan, partner)
        contributions.append(
            Contribution(
                partner, with_it, without, plan, changes, paid, _own_money(partner, outcomes, beyond), shares[partner]
            )
        )
    return Partners(inquiry.plan, roles, tuple(contributions), tuple(outcomes.values()))


def _nearest(subsets: PartnerSubsets, alone: Sequence[Absent]) -> list[Plan | None]:
    """Return, for each partner, the plan without it that is nearest to the plan in question.

    It starts from a plan whose classes are among those of the plan in question, if that loses no more gaps than the
    tolerance; else from the best plan. Then the distance of participants is minimised, within the tolerance too.
    """
    inquiry = subsets.inquiry
    starts = {absent: _start_plan(subsets, absent) for absent in alone}
    points = []
    for absent, plan in starts.items():
        if plan is None or plan.allocations == inquiry.plan.allocations:
            continue
        scenario = subsets.scenario(absent)
        level = float(plan.gaps_level.value)
        enough = level - inquiry.limits.gap * max(1.0, abs(level))
        seats = inquiry.decisions.participants
        aim = Aim(at_least=enough, seats=seats, as_started=True)
        points.append(Point(_point_name("near", absent), scenario, Hints(start=plan.decisions(scenario)), aim))
    results = inquiry.runner.solve(points, inquiry.quick) if points else {}
    plans = []
    for absent, plan in starts.items():
        found = results.get(_point_name("near", absent))
        nearer = None if found is None else found.plan
        if nearer is not None:
            subsets.add(nearer)
        plans.append(nearer or plan)
    return plans


def _start_plan(subsets: PartnerSubsets, absent: Absent) -> Plan | None:
    """Return the plan from which the search for the nearest one starts."""
    free, classes = subsets.outcome(absent), subsets.inquiry.decisions.classes
    if free.plan is not None and contained(classes_of(free.plan), classes):
        return free.plan  # it is the best of those with these classes, too
    kept = subsets.outcome(absent, classes)
    if kept.plan is None:
        return free.plan
    return kept.plan if kept.level >= free.level - tolerance(subsets.inquiry, free.level) else free.plan


def _replaced(subsets: PartnerSubsets, varied: Sequence[str]) -> dict[str, Plan | None]:
    """Search the least own money that replaces each partner.

    Where as much is closed without it, the plan found is one of `subsets` from then on, so that the plan without the
    partner costs what its own money says. Return the plans of the others, for which own funds do not have enough; None
    where no amount would do.
    """
    inquiry = subsets.inquiry
    with_all = subsets.outcome(frozenset()).plan
    assert with_all is not None
    level = with_all.gaps_level.value
    limits = replace(inquiry.quick, gap=max(MONEY_GAP, inquiry.quick.gap))
    points: dict[str, Point] = {}
    beyond: dict[str, Plan | None] = {}
    for partner in varied:
        absent = frozenset({partner})
        outcome, scenario = subsets.outcome(absent), subsets.scenario(absent)
        if partner not in subsets.used(with_all):
            continue
        if outcome.plan is not None and outcome.may_reach(level, tolerance(inquiry, level)):
            aim = Aim(at_least=float(outcome.level), own_cost=True, alone=True, bounded=False)
            hints = Hints(start=outcome.plan.decisions(scenario))
        else:
            beyond[partner] = None
            aim = Aim(at_least=float(level), own_cost=True, alone=True, bounded=False)
            scenario, hints = with_further_own_money(scenario), Hints(start=inquiry.decisions)
        points[partner] = Point(_point_name("own", absent), scenario, hints, aim)
    results = inquiry.runner.solve(list(points.values()), limits) if points else {}
    for partner, point in points.items():
        plan = results[point.name].plan
        if partner in beyond:
            beyond[partner] = plan
        elif plan is not None:
            subsets.add(plan)
    return beyond


def _own_money(
    partner: str, outcomes: Mapping[Absent, SubsetOutcome], beyond: Mapping[str, Plan | None]
) -> OwnMoney | None:
    """Return the own money that replaces a partner; None if no amount does."""
    with_all, without = outcomes[frozenset()].plan, outcomes[frozenset({partner})].plan
    replacing = beyond.get(partner, without)
    if replacing is None or with_all is None:
        return None
    return OwnMoney(max(0, replacing.own_cost - with_all.own_cost), partner in beyond)


def _point_name(kind: str, absent: Absent) -> str:
    return " ".join((kind, "without", *sorted(absent)))


def _changes(with_it: Plan, without: Plan) -> Iterator[GapChange]:
    closed = {(row.group, row.competency): row.closed for row in without.closings}
    for row in with_it.closings:
        if row.closed != closed[row.group, row.competency]:
            yield GapChange(row.group, row.competency, row.closed, closed[row.group, row.competency])
