"""Actuals that cannot be right: in the wrong period, given twice, or about something that does not exist.

Facts may break rules; then they stand, and the report names the breach. Refused here is only what was written wrongly.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from planner.domain.actuals import Actuals
from planner.domain.checks.problem import DomainProblem, Path
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.units.said import decimal_said


def actual_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield all problems of the actuals of a scenario whose names are known."""
    actuals = scenario.actuals
    if actuals is None or actuals.through not in scenario.place_of_period:
        return
    yield from _out_of_time(scenario, actuals)
    yield from _doubled(actuals)
    yield from _measured(scenario, actuals)
    yield from _without_classes(scenario, actuals)


def _out_of_time(scenario: Scenario, actuals: Actuals) -> Iterator[DomainProblem]:
    """Yield facts in periods that are not over, and commitments in periods that are, or in which no class may start."""
    last = scenario.place_of_period[actuals.through]
    for name in ("attended", "held", "paid", "seats"):
        for number, row in enumerate(getattr(actuals, name)):
            if scenario.place_of_period.get(row.period, 0) > last:
                yield DomainProblem(
                    ("actuals", name, number, "period"),
                    _("{period} is after {through}, the last period of the actuals.").format(
                        period=row.period, through=actuals.through
                    ),
                    _("Remove the row, give a later 'through', or write promised classes under 'committed'."),
                )
    for number, row in enumerate(actuals.committed):
        path: Path = ("actuals", "committed", number, "period")
        if scenario.place_of_period.get(row.period, last + 1) <= last:
            yield DomainProblem(
                path,
                _("{period} is over: its classes were held and are no longer committed.").format(period=row.period),
                _("Write them under 'held'."),
            )
        elif (
            row.programme in scenario.programme
            and row.period in scenario.place_of_period
            and row.period not in scenario.periods_of(scenario.programme[row.programme])
        ):
            yield DomainProblem(
                path,
                _("'{programme}' cannot start in {period}, but classes are committed then.").format(
                    programme=row.programme, period=row.period
                ),
                _("Name a period of the programme, or allow it this one."),
            )


def _doubled(actuals: Actuals) -> Iterator[DomainProblem]:
    """Yield rows that repeat an earlier one."""
    yield from _twice("attended", ((row.programme, row.period, row.group) for row in actuals.attended))
    yield from _twice("held", ((row.programme, row.period) for row in actuals.held))
    yield from _twice("paid", ((r.fund, r.programme, r.group, r.item, r.account, r.period) for r in actuals.paid))
    yield from _twice("committed", ((row.programme, row.period) for row in actuals.committed))
    yield from _twice("seats", ((row.fund, row.programme, row.group, row.period) for row in actuals.seats))


def _twice(name: str, keys: Iterable[tuple[Hashable, ...]]) -> Iterator[DomainProblem]:
    first: dict[tuple[Hashable, ...], int] = {}
    for number, key in enumerate(keys):
        other = first.setdefault(key, number)
        if other != number:
            yield DomainProblem(
                ("actuals", name, number),
                _("this row repeats an earlier row: {what}.").format(
                    what=", ".join(str(part) for part in key if part is not None)
                ),
                _("Add both up in one row."),
                other=("actuals", name, other),
            )


def _measured(scenario: Scenario, actuals: Actuals) -> Iterator[DomainProblem]:
    """Yield measured closings that are not whole, exceed the participants, or that the programme cannot close."""
    for number, row in enumerate(actuals.attended):
        if row.programme not in scenario.programme:
            continue
        for competency, closed in row.closed.items():
            path: Path = ("actuals", "attended", number, "closed", competency)
            if closed.denominator != 1:
                yield DomainProblem(
                    path,
                    _("{value} is not a whole number.").format(value=decimal_said(closed)),
                    _("Count those of the participants who reach the standard now."),
                )
            elif closed > row.participants:
                yield DomainProblem(
                    path,
                    _(
                        "{closed} gaps (measured or expected) are closed, "
                        "more than the {participants} people who attended."
                    ).format(closed=decimal_said(closed), participants=row.participants),
                    _("Count those of the participants who reach the standard now."),
                )
            if competency in scenario.competency and competency not in scenario.programme[row.programme].closes:
                yield DomainProblem(
                    path,
                    _("'{programme}' does not close '{competency}', but closed gaps are given for it.").format(
                        programme=row.programme, competency=competency
                    ),
                    _("Leave it empty, or add the competency to 'closes' of the programme."),
                    of_key=True,
                )


def _without_classes(scenario: Scenario, actuals: Actuals) -> Iterator[DomainProblem]:
    """Yield classes of programmes that have none."""
    for name in ("held", "committed"):
        for number, row in enumerate(getattr(actuals, name)):
            programme = scenario.programme.get(row.programme)
            if programme is not None and programme.class_size is None and row.classes:
                yield DomainProblem(
                    ("actuals", name, number, "classes"),
                    _("'{programme}' has no class_size, so it has no classes.").format(programme=row.programme),
                    _("Remove the row, or add class_size to the programme."),
                )
