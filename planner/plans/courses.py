"""The classes of a plan one by one, with the days on which, or between which, each is held, as far as they are
known."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from planner.domain.class_dates import Days, dates_by_period
from planner.domain.periods import days_from_to
from planner.domain.running import run_of
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


@dataclass(frozen=True, slots=True)
class HeldClass:
    """One class of a programme, or of a programme without classes all who start it in a period."""

    programme: str
    number: int
    """Place of the class among the programme's classes, in order of time, from 1."""
    of: int
    """Number of classes of the programme in the horizon, or of starts where it has no classes."""
    period: str
    """The period in which it starts."""
    begins: datetime.date | None
    """Its first day, or that of the period; None where the scenario gives neither."""
    ends: datetime.date | None
    """Its last day, or that of the last period of its run; None where the scenario gives neither."""
    classes: int
    """Classes of the programme that start in the period; 0 of a programme without classes."""
    participants: int
    """Participants of the programme that start in the period [people]."""
    dated: bool
    """Whether the scenario fixes its days; otherwise it is held at some time between them."""


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A period in which a programme has more or fewer dates than the plan holds classes."""

    programme: str
    period: str
    held: int
    """Classes that the plan starts; for a programme without classes 1 or 0."""
    dated: int
    """Dates in the period."""
    unused: tuple[Days, ...]
    """Dates that no class gets."""


def courses(scenario: Scenario, plan: Plan) -> tuple[HeldClass, ...]:
    """Return all classes, in the order of programmes and time: within a period those with fixed days first."""
    held = {(row.programme, row.period): row.classes for row in plan.classes}
    people: dict[tuple[str, str], int] = defaultdict(int)
    for row in plan.allocations:
        people[row.programme, row.period] += row.participants
    entries = dict(zip(scenario.horizon, scenario.periods or scenario.horizon, strict=True))
    found = []
    for programme in scenario.programmes:
        starts = [t for t in scenario.horizon if people.get((programme.id, t)) or held.get((programme.id, t))]
        counts = [held.get((programme.id, t), 0) for t in starts]
        dates = dates_by_period(scenario, programme)
        number, total = 0, sum(max(1, count) for count in counts)
        for period, count in zip(starts, counts, strict=True):
            first, last = (days_from_to(entries[t]) for t in (period, run_of(scenario, programme, period)[-1]))
            fixed = dates.get(period, [])
            for place in range(max(1, count)):
                number += 1
                dated = place < len(fixed)
                between = (first[0], last[1]) if first and last else (None, None)
                begins, ends = fixed[place] if dated else between
                who = people.get((programme.id, period), 0)
                found.append(HeldClass(programme.id, number, total, period, begins, ends, count, who, dated))
    return tuple(found)


def other_numbers(scenario: Scenario, found: tuple[HeldClass, ...]) -> tuple[OtherNumber, ...]:
    """Return the periods in which the numbers of dates and of classes differ, for programmes with dates, in their
    order."""
    differing = []
    for programme in scenario.programmes:
        dates = dates_by_period(scenario, programme) if programme.dates else {}
        for period in scenario.horizon if dates else ():
            held = sum(course.programme == programme.id and course.period == period for course in found)
            fixed = dates.get(period, [])
            if held != len(fixed):
                differing.append(OtherNumber(programme.id, period, held, len(fixed), tuple(fixed[held:])))
    return tuple(differing)


def undated_periods(scenario: Scenario, found: tuple[HeldClass, ...]) -> tuple[str, ...]:
    """Return the periods in which courses run but which have no days, in order."""
    missing = set()
    entries = dict(zip(scenario.horizon, scenario.periods or scenario.horizon, strict=True))
    for course in found:
        run = run_of(scenario, scenario.programme[course.programme], course.period)
        missing |= {t for t in run if days_from_to(entries[t]) is None}
    return tuple(t for t in scenario.horizon if t in missing)
