"""The classes of a plan one by one, and between which days each is held, as far as the scenario says."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from planner.domain.periods import days_from_to
from planner.domain.running import run_of
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


@dataclass(frozen=True, slots=True)
class HeldClass:
    """One class of a programme, or of a programme without classes all who start it in a period."""

    programme: str
    number: int
    """Which of the programme's classes it is, in order of time, from 1."""
    of: int
    """How many classes the programme has in the horizon, or starts of one without classes."""
    period: str
    """The period in which it starts."""
    begins: datetime.date | None
    """First day of that period; None where the scenario does not give it."""
    ends: datetime.date | None
    """Last day of the last period of the run; None where the scenario does not give it."""
    classes: int
    """Classes of the programme that start in the period; 0 of a programme without classes."""
    participants: int
    """Participants of the programme that start in the period [people]."""


def courses(scenario: Scenario, plan: Plan) -> tuple[HeldClass, ...]:
    """All of them, in the order of programmes and time. A course lies between its days; a plan names no days itself."""
    held = {(row.programme, row.period): row.classes for row in plan.classes}
    people: dict[tuple[str, str], int] = defaultdict(int)
    for row in plan.allocations:
        people[row.programme, row.period] += row.participants
    entries = dict(zip(scenario.horizon, scenario.periods or scenario.horizon, strict=True))
    found = []
    for programme in scenario.programmes:
        starts = [t for t in scenario.horizon if people.get((programme.id, t)) or held.get((programme.id, t))]
        counts = [held.get((programme.id, t), 0) for t in starts]
        number, total = 0, sum(max(1, count) for count in counts)
        for period, count in zip(starts, counts, strict=True):
            first, last = (days_from_to(entries[t]) for t in (period, run_of(scenario, programme, period)[-1]))
            for _each in range(max(1, count)):
                number += 1
                begins, ends = (first[0], last[1]) if first and last else (None, None)
                who = people.get((programme.id, period), 0)
                found.append(HeldClass(programme.id, number, total, period, begins, ends, count, who))
    return tuple(found)


def undated_periods(scenario: Scenario, found: tuple[HeldClass, ...]) -> tuple[str, ...]:
    """The periods in which courses run that have no days, in order."""
    missing = set()
    entries = dict(zip(scenario.horizon, scenario.periods or scenario.horizon, strict=True))
    for course in found:
        run = run_of(scenario, scenario.programme[course.programme], course.period)
        missing |= {t for t in run if days_from_to(entries[t]) is None}
    return tuple(t for t in scenario.horizon if t in missing)
