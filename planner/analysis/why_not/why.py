"""Why is a group not in a programme, or why is it: whether it could be, and what that would cost.

First what excludes it, without any search. Then the most of its people who can take the programme when all rules and
limits are kept; where that is nobody, what clashes with it, and what clashes besides. Where it is possible, the best
plans in which one person more, a class of the smallest size, and everybody who could come take it; and the plan nearest
to the one in question among the best of these, which shows whose seats it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from planner.analysis.plans.losses import Loss, loss
from planner.analysis.plans.moves import Moves, classes_of, moves, people_of, seats_of
from planner.analysis.plans.nearly_best import nearly_best
from planner.analysis.repairs.adjustable import Path, missed_least
from planner.analysis.repairs.smallest import Repairs, RepairSearch
from planner.analysis.scenarios.variants import at_least_people, with_rules
from planner.analysis.why_not.exclusions import Excluder, Exclusion
from planner.analysis.why_not.gap_story import GapStory, gap_story
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.domain.checks.did_you_mean import suggestion
from planner.domain.rules import Limit, Rule
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.model.sets import make_sets
from planner.planning import Aim
from planner.plans.plan import Plan, Status
from planner.solve.infeasible import clashing_limits, summarised
from planner.solve.limits_set_aside import Clash, RemovableLimit, families, without

FORCED: Final = "forced"
"""What the rule is called that seats people."""

REPAIR_SECONDS: Final = 30.0
"""Time for what would have to be changed [seconds]."""

MOST_CLASHES: Final = 4
"""Clashes that are told one after the other."""


@dataclass(frozen=True)
class Forced:
    """The best plan in which at least so many people of the group take the programme; or, of none, in which none do."""

    people: int
    kind: str
    """one, class, all, or none."""
    status: Status | None
    plan: Plan | None
    loss: Loss | None
    message: str = ""


@dataclass(frozen=True)
class Why:
    """The answer about one group and one programme."""

    group: str
    programme: str
    base: Plan
    exclusions: tuple[Exclusion, ...] = ()
    obstacles: tuple[Exclusion, ...] = ()
    clashes: tuple[tuple[Clash, ...], ...] = ()
    """Limits that cannot hold together with one person of the group in the programme; of several such sets each
    remains when those before are set aside."""
    repairs: Repairs | None = None
    """What would have to be changed for one person to take it."""
    unknown: bool = False
    """Whether time did not suffice to see whether anybody can take it."""
    seated: int = 0
    """People of the group who take the programme in the plan in question."""
    most: int = 0
    """The most that a plan was found for."""
    most_proven: bool = False
    """Whether more are proven impossible."""
    forced: tuple[Forced, ...] = ()
    dropped: Forced | None = None
    """The best plan in which nobody of the group takes it, where the plan in question has somebody."""
    nearest: Plan | None = None
    """Among the best plans with `nearest_people`, the one nearest to the plan in question."""
    nearest_people: int = 0
    moved: Moves | None = None
    """What changes from the plan in question to it."""
    gap: GapStory | None = None
    places: Mapping[Path, str] = field(default_factory=dict)
    """Where in which file the values stand, by path; given by whoever has read the files."""

    @property
    def possible(self) -> bool:
        return self.most > 0


def why(inquiry: Inquiry, group: str, programme: str, competency: str | None = None) -> Why:
    """Why the plan of `inquiry` gives `group` what it gives of `programme`, and what more would cost.

    InputError where an id is not in the scenario.
    """
    scenario = inquiry.scenario
    _known(scenario, group, programme, competency)
    excluder = Excluder(scenario)
    those, that = scenario.group[group], scenario.programme[programme]
    story = None if competency is None else gap_story(scenario, inquiry.plan, excluder, group, competency)
    answer = Why(
        group,
        programme,
        inquiry.plan,
        exclusions=excluder.exclusions(those, that),
        seated=people_of(inquiry.plan).get((group, programme), 0),
        gap=story,
    )
    if answer.exclusions:
        return answer
    answer = replace(answer, obstacles=excluder.obstacles(those, that))
    return answer if answer.obstacles else _solved(inquiry, answer)


def _known(scenario: Scenario, group: str, programme: str, competency: str | None) -> None:
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


def _solved(inquiry: Inquiry, answer: Why) -> Why:
    """The answer where only solving can tell."""
    answer = _most(inquiry, answer)
    if not answer.possible:
        if not answer.unknown:
            answer = replace(answer, clashes=tuple(_clashes(inquiry.scenario, answer)))
            answer = replace(answer, repairs=_repairs(inquiry, answer))
        return answer
    answer = _costs(inquiry, answer)
    return _nearest(inquiry, answer)


def _most(inquiry: Inquiry, answer: Why) -> Why:
    """The most people of the group in the programme, all else kept: the soft rule that all who could come do so, missed
    by as little as can be."""
    sets = make_sets(inquiry.scenario)
    pair = answer.group, answer.programme
    could = min(sets.trainable[pair], sum(sets.seats[seat] for seat in sets.of_pair[pair]))
    scenario, aim = missed_least(inquiry.scenario, at_least_people(FORCED, *pair, could), "at_least")
    result = inquiry.solve([inquiry.point("most", scenario, aim)])["most"]
    most = answer.seated
    if result.plan is not None:
        most = max(most, people_of(result.plan).get(pair, 0))
    bound = -1.0 if result.aim_bound is None else result.aim_bound
    proven = result.status == Status.INFEASIBLE or could - most < bound + 1 - 1e-6
    return replace(answer, most=most, most_proven=most == could or proven, unknown=not most and not proven)


def _clashes(scenario: Scenario, answer: Why) -> Iterator[tuple[Clash, ...]]:
    """What keeps even one person out: clash after clash, each with those before it set aside."""
    forced = with_rules(scenario, at_least_people(FORCED, answer.group, answer.programme, 1))
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


def _repairs(inquiry: Inquiry, answer: Why) -> Repairs:
    """The least changes with which one person of the group can take the programme."""
    forced = with_rules(inquiry.scenario, at_least_people(FORCED, answer.group, answer.programme, 1))
    rule: Path = ("rules", len(inquiry.scenario.rules), "at_least")
    limits = [limit.clash.path for limit in clashing_limits(forced, sure=True).members]
    search = RepairSearch(forced, limits, inquiry.limits, REPAIR_SECONDS, kept=[rule])
    search.run(inquiry.crew)
    return search.found()


def _costs(inquiry: Inquiry, answer: Why) -> Why:
    """The best plans with more and more people, and with nobody."""
    scenario, pair = inquiry.scenario, (answer.group, answer.programme)
    sizes: dict[int, str] = {}
    size = scenario.programme[answer.programme].class_size
    wanted = [("one", answer.seated + 1), ("class", size.min if size else 0), ("all", answer.most)]
    for kind, people in wanted:
        if answer.seated < people <= answer.most:
            sizes[people] = kind
    points = [
        inquiry.point(str(people), with_rules(scenario, at_least_people(FORCED, *pair, people))) for people in sizes
    ]
    if answer.seated:
        points.append(inquiry.point("0", with_rules(scenario, _nobody(*pair))))
    results = inquiry.solve(points)
    forced = tuple(_forced(inquiry, results[str(people)], people, kind) for people, kind in sorted(sizes.items()))
    dropped = _forced(inquiry, results["0"], 0, "none") if answer.seated else None
    return replace(answer, forced=_never_cheaper(forced), dropped=dropped)


def _nobody(group: str, programme: str) -> Rule:
    rule = at_least_people(FORCED, group, programme, 0)
    return rule.model_copy(update={"at_least": None, "at_most": Limit(value=Fraction(0), is_share=False)})


def _forced(inquiry: Inquiry, result: Result, people: int, kind: str) -> Forced:
    lost = None if result.plan is None else loss(inquiry.plan, result.plan)
    return Forced(people, kind, result.status, result.plan, lost, result.message)


def _never_cheaper(forced: tuple[Forced, ...]) -> tuple[Forced, ...]:
    """Seating more never loses less: where a plan for more people was found to be better, it serves for fewer too."""
    made = list(forced)
    for place in range(len(made) - 2, -1, -1):
        fewer, more = made[place], made[place + 1]
        if more.plan is None or more.loss is None or (fewer.loss is not None and fewer.loss.found <= more.loss.found):
            continue
        kept = more.loss if fewer.loss is None else replace(more.loss, least=min(fewer.loss.least, more.loss.found))
        made[place] = replace(fewer, status=more.status, plan=more.plan, loss=kept)
    return tuple(made)


def _nearest(inquiry: Inquiry, answer: Why) -> Why:
    """Whose seats a class of the smallest size takes, or one person where there are no such classes."""
    chosen = next(
        (each for kind in ("class", "one", "all") for each in answer.forced if each.kind == kind and each.plan), None
    )
    if chosen is None or chosen.plan is None:
        return answer
    forced = with_rules(inquiry.scenario, at_least_people(FORCED, answer.group, answer.programme, chosen.people))
    best = nearly_best(replace(inquiry, scenario=forced, plan=chosen.plan), Fraction(repr(inquiry.limits.gap)))
    aim = Aim(at_least=best.asked, seats=seats_of(answer.base), classes=classes_of(answer.base))
    result = inquiry.solve([Point("nearest", best.scenario, aim=aim)])["nearest"]
    plan = chosen.plan
    if result.plan is not None and best.holds(result.plan):
        plan = min(result.plan, plan, key=lambda each: moves(answer.base, each).all_changes)
    return replace(answer, nearest=plan, nearest_people=chosen.people, moved=moves(answer.base, plan))
