"""What a search learns where a plan has no attendance patterns: limits that every plan with patterns keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from planner.attendance.best_pattern import TooMany, all_patterns, largest_patterns
from planner.attendance.exact import SeatPrices, relaxed
from planner.attendance.finder import facts_fit, found_for
from planner.attendance.task import Task, task_of
from planner.domain.attendance import EveryPattern, Learnt, LearntLimit, Start
from planner.domain.checks.problem import listed
from planner.domain.decisions import Decisions
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, NoPlanInTime, PlannerError
from planner.locale import _

MOST_PATTERNS: Final = 1500
"""Number of patterns of a group up to which all of them are put into a model."""


def learnt_at_first(scenario: Scenario) -> Learnt:
    """What is known before any plan is: whether single people could attend what has happened."""
    return Learnt(facts_fit=bool(scenario.facts) and facts_fit(scenario))


def learnt_from(scenario: Scenario, decisions: Decisions, known: Learnt) -> Learnt | None:
    """`known` and what `decisions` teach; None where there are patterns for them, or nothing new is learnt."""
    found = found_for(scenario, decisions, briefly=True)
    if found.complete:
        return None
    limits, stuck = list(known.limits), list(found.stuck)
    for seats, narrow in found.prices:
        task, prices = _with_all_that_is_required(scenario, seats, narrow, found.people[seats.group])
        if prices is None:
            stuck.append(task.group)
            continue
        for limit in _limits(scenario, task, prices):
            if limit not in limits:
                limits.append(limit)
    every, spared = list(known.every), dict(known.spared)
    if len(limits) == len(known.limits):
        if not stuck:  # the decisions break limits that the search was told
            return None
        for g in dict.fromkeys(stuck):
            listed = None if any(each.group == g for each in every) else _every_pattern(scenario, scenario.group[g])
            if listed is not None:
                every.append(listed)
            else:
                spared[g] = spared.get(g, 0) + 1
    return replace(known, limits=tuple(limits), every=tuple(every), spared=spared)


def _with_all_that_is_required(
    scenario: Scenario, task: Task, prices: SeatPrices, people: int
) -> tuple[Task, SeatPrices | None]:
    """The task with every start of the programmes that are required, and its prices; None where there are none.

    Prices of those who lack a prerequisite say nothing of people who would finish it in a start without seats.
    """
    group = scenario.group[task.group]
    seats = dict(zip(task.starts, task.counts, strict=True))
    programmes: list[str] = list(dict.fromkeys(p for p, _ in seats))
    starts: dict[Start, int] = {}
    for p in programmes if prices.quotas else ():
        for needed in dict.fromkeys(q for any_of in scenario.programme[p].prerequisites for q in any_of):
            if needed not in programmes:
                programmes.append(needed)  # what it requires in turn is added as well
            starts |= _starts(scenario, group, needed)
    wider = {
        start: 0 for start in starts if start not in seats and (group.id, *start) not in scenario.facts.participants
    }
    if not wider:
        return task, prices
    order = {p.id: number for number, p in enumerate(scenario.programmes)}
    rows = sorted((seats | wider).items(), key=lambda row: (order[row[0][0]], scenario.place_of_period[row[0][1]]))
    task = task_of(scenario, group, dict(rows))
    try:
        found = relaxed(task, people)
    except TooMany:
        return task, None
    return task, found if isinstance(found, SeatPrices) else None


def _starts(scenario: Scenario, group: Group, programme: str) -> dict[Start, int]:
    """The starts of a programme that one person of the group could take."""
    if (group.id, programme) not in scenario.willingness.attending:
        return {}
    found = scenario.programme[programme]
    return {(programme, t): 1 for t in scenario.periods_of(found) if scenario.one_person.fits(group, found, t)}


def _limits(scenario: Scenario, task: Task, prices: SeatPrices) -> Iterator[LearntLimit]:
    """The limit of these prices for the group, and for all others to which it applies as well."""
    weights = {start: price for start, price in zip(task.starts, prices.seats, strict=True) if price}
    yield LearntLimit(task.group, weights, prices.person, prices.ready(task))
    if prices.quotas or min(weights.values(), default=0) < 0 or not weights:
        return
    own = scenario.group[task.group]
    for group in scenario.groups:
        less = own.max_hours is None or (group.max_hours is not None and group.max_hours <= own.max_hours)
        less = less and group.hours_before >= own.hours_before
        if group.id != task.group and less and _may_take_two(scenario, group, weights):
            yield LearntLimit(group.id, weights, prices.person)


def _may_take_two(scenario: Scenario, group: Group, weights: dict[Start, int]) -> bool:
    attending = scenario.willingness.attending
    return len({p for p, _ in weights if (group.id, p) in attending}) > 1


def _every_pattern(scenario: Scenario, group: Group) -> EveryPattern | None:
    """All patterns of a group, whatever is allocated; None where there are too many.

    With what has happened, where single people could attend it.
    """
    starts: dict[Start, int] = {}
    for programme in scenario.programmes:
        starts |= _starts(scenario, group, programme.id)
    if scenario.facts and facts_fit(scenario):
        starts |= {(p, t): 1 for g, p, t in scenario.facts.participants if g == group.id}
    task = task_of(scenario, group, starts)
    try:
        listed = all_patterns(task, MOST_PATTERNS) if task.quotas else largest_patterns(task, MOST_PATTERNS)
    except TooMany:
        return None
    patterns = tuple(tuple(task.starts[s] for s in taken) for taken in listed)
    return EveryPattern(group.id, patterns, covering=not task.quotas)


def unattended(learnt: Learnt) -> PlannerError:
    """Make the error where every plan that keeps the other rules asks more of single people than they can take."""
    if learnt.spared:
        return NoPlanInTime(_("No plan was found that people can attend within what one person can take."))
    groups = dict.fromkeys([*(limit.group for limit in learnt.limits), *(every.group for every in learnt.every)])
    return InfeasibleError(
        _(
            "No plan keeps all rules: people of the groups {groups} would have to take more than one person can"
            " (max_hours, hours_before, working_days, requires)."
        ).format(groups=listed(groups))
    )
