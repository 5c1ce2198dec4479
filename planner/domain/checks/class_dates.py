"""Dates of classes that are impossible, and those that no plan could use."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from planner.domain.checks.problem import DomainProblem, Doubt
from planner.domain.class_dates import dates_by_period, period_of
from planner.domain.periods import days_from_to
from planner.domain.programmes import Programme
from planner.domain.running import days_of, run_of
from planner.domain.scenario import Scenario
from planner.locale import _


def class_date_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield dates outside the periods in which their programme starts and runs, and several dates without classes."""
    for number, programme in enumerate(scenario.programmes):
        for position in range(len(programme.dates)):
            problem = _problem(scenario, programme, position)
            if problem is not None:
                yield DomainProblem(("programmes", number, "dates", position), *problem)
        if programme.class_size is None and any(
            len(days) > 1 for days in dates_by_period(scenario, programme).values()
        ):
            yield DomainProblem(
                ("programmes", number, "dates"),
                _("'{id}' has no classes, but several dates in one period.").format(id=programme.id),
                _("Give one date from the first to the last day, or add 'class_size'."),
            )


def _problem(scenario: Scenario, programme: Programme, position: int) -> tuple[str, str] | None:
    """Return what is wrong with one date and what to do; None where nothing is."""
    days = programme.dates[position]
    period = period_of(scenario, days.first)
    if period is None:
        message = _("'{id}': {day} lies in no period that has a first and a last day.").format(
            id=programme.id, day=days.first
        )
        return message, _("Give the period its first and last day (from, to), or correct the date.")
    run = run_of(scenario, programme, period)
    if period not in (programme.periods or scenario.horizon) or len(run) < programme.lasts:
        message = _("'{id}' has a class on {day}, but does not start in '{period}'.").format(
            id=programme.id, day=days.first, period=period
        )
        return message, _("Correct the date, or the periods of the programme.")
    end = days_from_to((scenario.periods or scenario.horizon)[scenario.place_of_period[run[-1]]])
    if end is not None and days.last > end[1]:
        message = _(
            "'{id}' has a class that lasts until {day}, but a class that starts in '{period}' must end by {end}."
        ).format(id=programme.id, day=days.last, period=period, end=end[1])
        return message, _("Correct the date, or let the programme last longer (lasts).")
    return None


def doubtful_dates(scenario: Scenario) -> Iterator[Doubt]:
    """Yield dates with fewer days than the training takes, and more dates than there may be classes."""
    for number, programme in enumerate(scenario.programmes):
        needed = ceil(sum(days_of(scenario, programme)))
        for position, days in enumerate(programme.dates):
            if days.number < needed:
                message = _("'{id}' takes {needed} training days, but this class has {days} days.").format(
                    id=programme.id, needed=needed, days=days.number
                )
                yield Doubt(("programmes", number, "dates", position), message)
        most = programme.classes.max
        if most is not None and programme.class_size is not None and len(programme.dates) > most:
            message = _("'{id}' has dates of {dates} classes, but at most {most} classes.").format(
                id=programme.id, dates=len(programme.dates), most=most
            )
            yield Doubt(("programmes", number, "dates"), message)
