"""The plan in question in the worst case of its assumptions (a corner of their limits), and the plan made for that
case.

The plan is kept: no group, programme, period or class is added to it, nobody beyond its participants attends, and only
groups that it socializes are socialized. Within that, people, free seats and payments are chosen again, since some of
the participants no longer come. Three plans are made at the corner: the kept one with as much own money as it takes,
which says what is missing; the kept one with the funds there are; and the best plan of all. Where the hard rules leave
no such plan, their lower bounds are kept as far as they can be, and the answer names those that are missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.plans.moves import classes_of, seats_of
from planner.analysis.scenarios.fixed_classes import FURTHER, with_at_most, with_further_own_money
from planner.analysis.scenarios.loosened import with_loose_minimums
from planner.analysis.scenarios.variants import unique_rule_name, with_rules
from planner.analysis.sure.limits import Corner
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.decisions import Decisions
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector, ProgrammeSelector
from planner.planning import Aim, Hints
from planner.plans.plan import Plan, Status
from planner.plans.plan_rows import RuleResult

ALL_PAID, LEAST, KEPT, MADE = "kept, all paid", "kept, least money", "kept", "made for the corner"

SLACK: Final = 2e-5
"""What an engine may miss of a target within its tolerances [weighted gaps]."""


@dataclass(frozen=True)
class CornerPlan:
    """A plan at the corner; without one, the status and message of its search."""

    plan: Plan | None
    status: Status | None
    message: str = ""
    missed: tuple[RuleResult, ...] = ()
    """Hard rules that no such plan keeps, and that this one misses from below."""


@dataclass(frozen=True)
class Sure:
    """The plan in question as assumed and at the worst corner, and the plan made for that corner."""

    plan: Plan
    corner: Corner
    all_paid: CornerPlan
    """The plan kept, with as much further own money as it takes."""
    kept: CornerPlan
    """The plan kept, with the funds there are."""
    made: CornerPlan
    """The best plan of the corner."""
    made_as_assumed: Plan | None
    """The plan made for the corner where everything comes as assumed after all; None if it is no plan there."""
    missing: int | None
    """Money that the kept plan lacks [rupiah]; None if unknown."""

    @property
    def must_give(self) -> bool:
        """Whether the kept plan cannot be paid in full."""
        return bool(self.missing)


def sure(inquiry: Inquiry, corner: Corner) -> Sure:
    """Return what is left of the plan of `inquiry` at `corner`."""
    scenario = corner.of(inquiry.scenario)
    kept = within(scenario, inquiry.plan)
    start = _still_willing(scenario, inquiry.decisions)
    points = [
        Point(ALL_PAID, with_further_own_money(kept), Hints(start=start)),
        Point(KEPT, kept, Hints(start=start)),
        Point(MADE, scenario, Hints(start=start)),
    ]
    found = inquiry.solve(points)
    loose = {point.name for point in points if found[point.name].status is Status.INFEASIBLE}
    if loose:
        points = [replace(p, scenario=with_loose_minimums(p.scenario)) if p.name in loose else p for p in points]
        found |= inquiry.solve([point for point in points if point.name in loose])
    loosened = with_loose_minimums(scenario)
    all_paid = _with_least_money(inquiry, found[ALL_PAID], next(p.scenario for p in points if p.name == ALL_PAID))
    missing = None if all_paid.plan is None else _paid_further(all_paid.plan)
    here = {name: _adopted(loosened if name in loose else scenario, found[name]) for name in (KEPT, MADE)}
    if missing == 0 and (ALL_PAID in loose) == (KEPT in loose):
        here[KEPT] = _better(here[KEPT], _adopted(loosened if KEPT in loose else scenario, all_paid))
    if (KEPT in loose) == (MADE in loose):
        here[MADE] = _better(here[MADE], here[KEPT])
    here = {name: _with_missed(inquiry.scenario, each) for name, each in here.items()}
    made = here[MADE].plan
    as_assumed = None
    if made is not None:
        as_assumed = adopt_if_feasible(inquiry.scenario, made.decisions(scenario), tolerance=made.tolerance)
    first = CornerPlan(all_paid.plan, all_paid.status, all_paid.message)
    return Sure(inquiry.plan, corner, first, here[KEPT], here[MADE], as_assumed, missing)


def within(scenario: Scenario, plan: Plan) -> Scenario:
    """Return `scenario` in which only parts of `plan` are allowed."""
    groups = tuple(
        group if group.id in plan.socialized else group.model_copy(update={"socialization": None})
        for group in scenario.groups
    )
    kept = with_at_most(scenario.changed(groups=groups), classes_of(plan))
    for rule in _people_rules(kept, plan):
        kept = with_rules(kept, rule.model_copy(update={"name": unique_rule_name(kept, rule.name)}))
    return kept


def _people_rules(scenario: Scenario, plan: Plan) -> Iterator[Rule]:
    """Yield a rule for the people of each seat of the plan, and one for all others of its programme and period."""
    seats = seats_of(plan)
    for programme in scenario.programmes:
        eligible = {group.id for group in scenario.groups_in(programme.for_)}
        for period in scenario.periods_of(programme):
            attending = {g: number for (g, p, t), number in seats.items() if (p, t) == (programme.id, period)}
            if not attending and programme.class_size is not None:
                continue  # no class may be held, so nobody may attend
            for group, number in attending.items():
                yield _at_most(programme.id, period, (group,), number)
            others = tuple(group.id for group in scenario.groups if group.id in eligible - attending.keys())
            if others:
                yield _at_most(programme.id, period, others, 0)


def _at_most(programme: str, period: str, groups: tuple[str, ...], people: int) -> Rule:
    where = Where(programmes=ProgrammeSelector(id=(programme,)), groups=GroupSelector(id=groups), periods=(period,))
    name = " ".join(("people", programme, period, *groups[:1]))
    return Rule(name=name, measure="participants", where=where, at_most=Limit(value=Fraction(people), is_share=False))


def _still_willing(scenario: Scenario, decisions: Decisions) -> Decisions:
    """Return the decisions with no more people of a group in a programme than are willing now; later ones stay away.

    By the end of each year those in need by then. Those who have come already stay.
    """
    left: dict[tuple[str, str], dict[str, int]] = {}
    people: dict[tuple[str, str, str], int] = {}
    over = scenario.facts.over
    for (g, p, t), number in sorted(decisions.participants.items(), key=lambda seat: seat[0][2] not in over):
        group = scenario.group[g]
        if (g, p) not in left:
            willing = group.willing(g in decisions.socialized)
            years = scenario.years if group.new_gaps else scenario.years[-1:]
            left[g, p] = {y: int(scenario.need(group, scenario.programme[p], y) * willing) for y in years}
        limits = {y: room for y, room in left[g, p].items() if scenario.year_of[t] <= y}
        kept = number if t in over else min(number, *limits.values())
        if kept > 0:
            people[g, p, t] = kept
            left[g, p] |= {y: room - kept for y, room in limits.items()}
    seats = {(f, p, g, t): min(n, people.get((g, p, t), 0)) for (f, p, g, t), n in decisions.seats.items()}
    return replace(decisions, participants=people, seats={key: number for key, number in seats.items() if number})


def _with_least_money(inquiry: Inquiry, all_paid: Result, scenario: Scenario) -> Result:
    """Return the plan that keeps as much as `all_paid` with as little further money as possible.

    With money without end nothing made its search use what partners offer.
    """
    plan = all_paid.plan
    if plan is None or not _paid_further(plan):
        return all_paid
    further = scenario.funds[-1].id
    aim = Aim(at_least=float(plan.gaps_level.value) - SLACK, least=further)
    point = Point(LEAST, scenario, Hints(start=plan.decisions(scenario)), aim)
    found = inquiry.solve([point])[LEAST]
    if found.plan is None or _paid_further(found.plan) >= _paid_further(plan):
        return all_paid
    return found


def _with_missed(scenario: Scenario, found: CornerPlan) -> CornerPlan:
    """Return `found` with the rules that are hard in `scenario` and that its plan misses."""
    hard = {rule.name for rule in scenario.rules if rule.hard}
    missed = () if found.plan is None else tuple(r for r in found.plan.rules if r.rule in hard and not r.held)
    return replace(found, missed=missed)


def _paid_further(plan: Plan) -> int:
    """Return what the added own fund pays [rupiah]."""
    return sum(row.spent for row in plan.funds if row.fund.rstrip("'") == FURTHER)


def _adopted(scenario: Scenario, found: Result) -> CornerPlan:
    """Return the plan found as a checked plan of the corner itself, with its bounds only where it was made for it."""
    if found.plan is None:
        return CornerPlan(None, found.status, found.message)
    if found.plan.scenario_sha256 == scenario.sha256:
        return CornerPlan(found.plan, found.status)
    decisions = found.plan.decisions(scenario)
    adopted = adopt_if_feasible(scenario, decisions, tolerance=found.plan.tolerance, solver=found.plan.solver)
    return CornerPlan(adopted, found.status if adopted is not None else None)


def _better(one: CornerPlan, other: CornerPlan) -> CornerPlan:
    """Return the plan with the better rank; `one` where they are equal."""
    if other.plan is None or (one.plan is not None and one.plan.rank >= other.plan.rank):
        return one
    return other
