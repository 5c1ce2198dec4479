"""What a search learns where a plan has no attendance patterns: limits that every plan with patterns keeps."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Final

from planner.attendance.best_pattern import TooMany, all_patterns, largest_patterns
from planner.attendance.finder import facts_fit, found_for
from planner.attendance.limits import limits_of, open_task
from planner.domain.attendance import EveryPattern, Learnt, LearntLimit
from planner.domain.checks.problem import listed
from planner.domain.decisions import Decisions
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, NoPlanInTime, PlannerError
from planner.locale import _

MOST_PATTERNS: Final = 1500
"""Number of patterns of a group up to which all of them are put into a model."""


def learnt_at_first(scenario: Scenario) -> Learnt:
    """Return what is known before any plan is found: whether single people could have attended what has happened."""
    return Learnt(facts_fit=bool(scenario.facts) and facts_fit(scenario))


def learnt_from(scenario: Scenario, decisions: Decisions, known: Learnt) -> Learnt | None:
    """Return `known` with what `decisions` teach; None where there are patterns for them, or nothing new is learnt."""
    found = found_for(scenario, decisions, briefly=True)
    if found.complete:
        return None
    limits, stuck = {_told(limit): limit for limit in known.limits}, list(found.stuck)
    for g, those in limits_of(scenario, found.prices):
        for limit in those:
            limits.setdefault(_told(limit), limit)
        if not those:
            stuck.append(g)
    every, spared = list(known.every), dict(known.spared)
    if len(limits) == len(known.limits):
        if not stuck:  # the decisions break limits that the search already had
            return None
        for g in dict.fromkeys(stuck):
            listed = None if any(each.group == g for each in every) else _every_pattern(scenario, scenario.group[g])
            if listed is not None:
                every.append(listed)
            else:
                spared[g] = spared.get(g, 0) + 1
    return replace(known, limits=tuple(limits.values()), every=tuple(every), spared=spared)


def _told(limit: LearntLimit) -> Hashable:
    """Return what identifies a limit."""
    return limit.group, frozenset(limit.weights.items()), limit.each, limit.ready


def _every_pattern(scenario: Scenario, group: Group) -> EveryPattern | None:
    """Return all patterns of a group, whatever is allocated; None where there are too many."""
    task = open_task(scenario, group)
    try:
        listed = all_patterns(task, MOST_PATTERNS) if task.quotas else largest_patterns(task, MOST_PATTERNS)
    except TooMany:
        return None
    patterns = tuple(tuple(task.starts[s] for s in taken) for taken in listed)
    return EveryPattern(group.id, patterns, covering=not task.quotas)


def unattended(learnt: Learnt) -> PlannerError:
    """Return the error for scenarios where every plan that keeps the other rules asks more of people than they can
    take."""
    if learnt.spared:
        return NoPlanInTime(_("No plan was found whose courses fit into the JP and working days of single people."))
    groups = dict.fromkeys([*(limit.group for limit in learnt.limits), *(every.group for every in learnt.every)])
    return InfeasibleError(
        _(
            "No plan keeps all rules: people of the groups {groups} would have to take more than one person can"
            " (max_hours, hours_before, working_days, requires)."
        ).format(groups=listed(groups))
    )
