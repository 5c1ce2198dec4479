"""Why a group does or does not take a programme, whether it could, and what that would cost.

First, the conditions that exclude it, without a search, and whether one person's hours or days leave room for it beside
the plan. Then the most people of the group who can take the programme under all rules and limits; if that is 0, the
limits that clash with one person taking it. Otherwise the best plans in which one more person, a class of the smallest
size, and all who could attend take it; and of the best of these, the plan nearest to the plan in question, which shows
whose seats are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final, Literal

from planner.analysis.plans.losses import Loss, loss
from planner.analysis.plans.moves import Moves, classes_of, moves, people_of, seats_of
from planner.analysis.plans.nearly_best import nearly_best
from planner.analysis.repairs.adjustable import with_least_violation
from planner.analysis.repairs.smallest import Repairs, RepairSearch
from planner.analysis.scenarios.variants import at_least_people, with_rules
from planner.analysis.sweep.grid import State, state_of
from planner.analysis.why_not.exclusion_kinds import Exclusion
from planner.analysis.why_not.exclusions import ExclusionFinder
from planner.analysis.why_not.gap_detail import GapDetail, gap_detail
from planner.analysis.why_not.one_person import PersonLimit, person_limits
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.checks.did_you_mean import suggestion
from planner.domain.checks.problem import Path
from planner.domain.rules import Limit, Rule
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.model.sets import make_sets
from planner.planning import Aim
from planner.plans.plan import Plan, Status
from planner.solve.infeasible import clashing_limits, summarised
from planner.solve.limits_set_aside import Clash, RemovableLimit, families, without

FORCED_RULE: Final = "forced"
"""Name of the rule that requires people of the group in the programme."""

MOST_REPAIR_PLANS: Final = 40
"""Plans after which the search for repairs ends: counted, so that the answer is the same on any machine."""

MOST_CLASHES: Final = 4
"""Most clashes that are searched one after the other."""


ForcedKind = Literal["one", "class", "all", "none"]


@dataclass(frozen=True)
class ForcedPlan:
    """The best plan in which at least `people` of the group take the programme; with kind none, nobody does."""

    people: int
    kind: ForcedKind
    """one: one more person; class: a class of the smallest size; all: all who could attend; none."""
    status: Status | None
    plan: Plan | None
    loss: Loss | None
    message: str = ""


@dataclass(frozen=True)
class WhyAnswer:
    """The answer for one group and one programme."""

    group: str
    programme: str
    base: Plan
    exclusions: tuple[Exclusion, ...] = ()
    obstacles: tuple[Exclusion, ...] = ()
    clashes: tuple[tuple[Clash, ...], ...] = ()
    """Sets of limits that clash with one person taking the programme; each remains when those before are set aside."""
    beyond: tuple[Clash, ...] = ()
    """Rules and limits that clash with one person more than the plan in question gives, where nobody more can come."""
    repairs: Repairs | None = None
    """Changes with which one person can take it."""
    unknown: bool = False
    """Whether it is unknown if anybody can take it."""
    state: State = "no_plan_in_time"
    """Reason why it is unknown."""
    seated: int = 0
    """People of the group who take the programme in the plan in question."""
    most: int = 0
    """Most people of the group for whom a plan was found."""
    most_proven: bool = False
    """Whether more people are proven impossible."""
    forced: tuple[ForcedPlan, ...] = ()
    dropped: ForcedPlan | None = None
    """Best plan in which nobody of the group takes it; None if nobody does in the plan in question."""
    nearest: Plan | None = None
    """Of the best plans with `nearest_people`, the one nearest to the plan in question."""
    nearest_people: int = 0
    moved: Moves | None = None
    """Changes from the plan in question to `nearest`."""
    gap: GapDetail | None = None
    person_limits: tuple[PersonLimit, ...] = ()
    """Limits of one person that exclude one more of the group beside what the plan in question gives."""
    places: Mapping[Path, str] = field(default_factory=dict)
    """File and line of the values, by path; set by the caller who has read the files."""

    @property
    def possible(self) -> bool:
        return self.most > 0


def why(inquiry: Inquiry, group: str, programme: str, competency: str | None = None) -> WhyAnswer:
    """Return why `group` does or does not take `programme` in the inquiry's plan, and what more would cost.

    Raises InputError for ids that the scenario does not have.
    """
    scenario = inquiry.scenario
    _refuse_unknown_ids(scenario, group, programme, competency)
    finder = ExclusionFinder(scenario)
    those, that = scenario.group[group], scenario.programme[programme]
    detail = None if competency is None else gap_detail(scenario, inquiry.plan, finder, group, competency)
    answer = WhyAnswer(
        group,
        programme,
        inquiry.plan,
        exclusions=finder.exclusions(those, that),
        seated=people_of(inquiry.plan).get((group, programme), 0),
        gap=detail,
    )
    if answer.exclusions:
        return answer
    answer = replace(answer, obstacles=finder.obstacles(those, that))
    if answer.obstacles:
        return answer
    answer = replace(answer, person_limits=person_limits(scenario, inquiry.plan, those, that))
    return _from_searches(inquiry, answer)


def _refuse_unknown_ids(scenario: Scenario, group: str, programme: str, competency: str | None) -> None:
    problems = [
        Problem(message.format(id=name), suggestion(name, known))
        for message, name, known in (
            (_("the scenario has no group '{id}'."), group, scenario.group),
            (_("the scenario has no programme '{id}'."), programme, scenario.programme),
            (_("the scenario has no competency '{id}'."), competency, scenario.competency),
        )
        if name is not None and name not in known
    ]
    if problems:
        raise InputError(problems)


def _from_searches(inquiry: Inquiry, answer: WhyAnswer) -> WhyAnswer:
    """Return the answer with what only searches can find."""
    answer = _with_most_people(inquiry, answer)
    if not answer.possible:
        if not answer.unknown:
            answer = replace(answer, clashes=tuple(_clashes(inquiry.scenario, answer)))
            answer = replace(answer, repairs=_repairs(inquiry, answer))
        return answer
    if answer.most_proven and answer.most == answer.seated:
        answer = replace(answer, beyond=next(_clashes(inquiry.scenario, answer), ()))
    answer = _with_costs(inquiry, answer)
    return _with_nearest(inquiry, answer)


def _with_most_people(inquiry: Inquiry, answer: WhyAnswer) -> WhyAnswer:
    """Return the answer with the most people of the group in the programme under all rules and limits.

    The violation of a soft rule that all who could attend take it is minimised.
    """
    sets = make_sets(inquiry.scenario)
    pair = answer.group, answer.programme
    could = min(sets.trainable[pair], sum(sets.seats[seat] for seat in sets.of_pair[pair]))
    scenario, aim = with_least_violation(inquiry.scenario, at_least_people(FORCED_RULE, *pair, could), "at_least")
    result = inquiry.solve([inquiry.point("most", scenario, aim)])["most"]
    most = answer.seated
    if result.plan is not None:
        most = max(most, people_of(result.plan).get(pair, 0))
    bound = -1.0 if result.aim_bound is None else result.aim_bound
    proven = result.status == Status.INFEASIBLE or could - most < bound + 1 - 1e-6
    state: State = "no_plan_in_time" if result.plan is not None else state_of(None, result.status)
    unknown = not most and not proven
    return replace(answer, most=most, most_proven=most == could or proven, unknown=unknown, state=state)


def _clashes(scenario: Scenario, answer: WhyAnswer) -> Iterator[tuple[Clash, ...]]:
    """Yield the clashes that exclude one person more than the most, each with those before it set aside."""
    people = answer.most + 1
    forced = with_rules(scenario, at_least_people(FORCED_RULE, answer.group, answer.programme, people))
    aside: list[RemovableLimit] = []
    known = {limit.clash.path: limit for family in families(forced) for limit in family}
    rule = ("rules", len(scenario.rules), "at_least")
    for turn in range(MOST_CLASHES):
        found = clashing_limits(without(forced, aside), sure=not turn)
        members = [limit for limit in found.members if limit.clash.path != rule]
        if not members:
            return
        yield summarised(members)
        aside += [known[limit.clash.path] for limit in members]


def _repairs(inquiry: Inquiry, answer: WhyAnswer) -> Repairs:
    """Return the smallest changes with which one person of the group can take the programme."""
    forced = with_rules(inquiry.scenario, at_least_people(FORCED_RULE, answer.group, answer.programme, 1))
    rule: Path = ("rules", len(inquiry.scenario.rules), "at_least")
    limits = [limit.clash.path for limit in clashing_limits(forced, sure=True).members]
    search = RepairSearch(forced, limits, inquiry.limits, fixed=[rule], most_plans=MOST_REPAIR_PLANS)
    search.run(inquiry.runner)
    return search.found()


def _with_costs(inquiry: Inquiry, answer: WhyAnswer) -> WhyAnswer:
    """Return the answer with the best plans for increasing numbers of people, and for nobody."""
    scenario, pair = inquiry.scenario, (answer.group, answer.programme)
    sizes: dict[int, ForcedKind] = {}
    size = scenario.programme[answer.programme].class_size
    wanted: list[tuple[ForcedKind, int]] = [
        ("one", answer.seated + 1),
        ("class", size.min if size else 0),
        ("all", answer.most),
    ]
    for kind, people in wanted:
        if answer.seated < people <= answer.most:
            sizes[people] = kind
    points = [
        inquiry.point(str(people), with_rules(scenario, at_least_people(FORCED_RULE, *pair, people)))
        for people in sizes
    ]
    if answer.seated:
        points.append(inquiry.point("0", with_rules(scenario, _nobody_rule(*pair))))
    results = inquiry.solve(points)
    forced = tuple(_forced_plan(inquiry, results[str(people)], people, kind) for people, kind in sorted(sizes.items()))
    dropped = _forced_plan(inquiry, results["0"], 0, "none") if answer.seated else None
    return replace(answer, forced=_never_cheaper(forced), dropped=dropped)


def _nobody_rule(group: str, programme: str) -> Rule:
    rule = at_least_people(FORCED_RULE, group, programme, 0)
    return rule.model_copy(update={"at_least": None, "at_most": Limit(value=Fraction(0), is_share=False)})


def _forced_plan(inquiry: Inquiry, result: Result, people: int, kind: ForcedKind) -> ForcedPlan:
    lost = None if result.plan is None else loss(inquiry.plan, result.plan)
    return ForcedPlan(people, kind, result.status, result.plan, lost, result.message)


def _never_cheaper(forced: tuple[ForcedPlan, ...]) -> tuple[ForcedPlan, ...]:
    """Return the plans with each replaced by a better one for more people, so that more people never cost less."""
    made = list(forced)
    for place in range(len(made) - 2, -1, -1):
        fewer, more = made[place], made[place + 1]
        if more.plan is None or more.loss is None or (fewer.loss is not None and fewer.loss.found <= more.loss.found):
            continue
        lost = more.loss if fewer.loss is None else replace(more.loss, least=min(fewer.loss.least, more.loss.found))
        made[place] = replace(fewer, status=more.status, plan=more.plan, loss=lost)
    return tuple(made)


def _with_nearest(inquiry: Inquiry, answer: WhyAnswer) -> WhyAnswer:
    """Return the answer with the nearest plan for a class of the smallest size, or else for one more person."""
    chosen = next(
        (each for kind in ("class", "one", "all") for each in answer.forced if each.kind == kind and each.plan), None
    )
    if chosen is None or chosen.plan is None:
        return answer
    forced = with_rules(inquiry.scenario, at_least_people(FORCED_RULE, answer.group, answer.programme, chosen.people))
    best = nearly_best(replace(inquiry, scenario=forced, plan=chosen.plan), Fraction(repr(inquiry.limits.gap)))
    aim = Aim(at_least=best.asked, seats=seats_of(answer.base), classes=classes_of(answer.base))
    result = inquiry.solve([Point("nearest", best.scenario, aim=aim)])["nearest"]
    plan = chosen.plan
    if result.plan is not None and best.holds(result.plan):
        plan = min(result.plan, plan, key=lambda each: moves(answer.base, each).all_changes)
    return replace(answer, nearest=plan, nearest_people=chosen.people, moved=moves(answer.base, plan))
