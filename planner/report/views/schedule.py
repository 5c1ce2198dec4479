"""The schedule: classes by period, and their participants."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import Final

from planner.domain.programmes import Programme
from planner.locale import _, ngettext
from planner.report.charts.calendar import Session, calendar
from planner.report.material import Material
from planner.report.views.choices import choices_table
from planner.report.views.days import days_table
from planner.report.views.heading import Heading
from planner.report.views.month_calendar import class_dates, month_calendars
from planner.report.views.resources import resource_table
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING

MOST_ROWS: Final = 60
"""Maximum number of programmes in the calendar, by number of participants; the table shows all."""


@dataclass(frozen=True)
class Schedule:
    """The section on classes and participants by period."""

    heading: Heading
    intro: str
    calendar: Figure | None
    months: tuple[Table, ...]
    """The month calendar, where periods have days."""
    dates: Table | None
    """The classes of which the scenario fixes the days."""
    resources: Table | None
    """What there is of places, trainers and rooms, and what is used."""
    choices: Table | None
    """Relations between programmes, and which of them run."""


def schedule(material: Material, heading: Heading) -> Schedule:
    running = [material.scenario.programme[programme] for programme in material.measures.running]
    return Schedule(
        heading=heading,
        intro=_("Figures in bold are numbers of classes; below them are numbers of participants.")
        if running
        else _("No programme is held."),
        calendar=_calendar(material, running) if running else None,
        months=month_calendars(material),
        dates=class_dates(material),
        resources=resource_table(material) if material.scenario.resources else None,
        choices=choices_table(material),
    )


def _calendar(material: Material, running: list[Programme]) -> Figure:
    scenario, measures, formats = material.scenario, material.measures, material.formats
    by_people = measures.participants_by_programme
    largest = set(sorted(by_people, key=lambda programme: -by_people[programme])[:MOST_ROWS])
    drawn = [programme for programme in running if programme.id in largest]
    held, people = measures.classes_by_programme_and_period, measures.participants_by_programme_and_period
    most = max(people.values())
    sessions = {}
    for r, programme in enumerate(drawn):
        for t, period in enumerate(scenario.horizon):
            key = (programme.id, period)
            if number := people.get(key, 0):
                classes = held.get(key, 0)
                sessions[r, t] = Session(
                    formats.count(classes) if programme.class_size else "",
                    formats.count(number),
                    1 + min(3, isqrt(16 * number // most)),
                    _("{programme}, {period}: {happens}").format(
                        programme=programme.label, period=period, happens=_happens(material, programme, classes, number)
                    ),
                )
    title = _("Classes and participants by programme and period")
    drawings = calendar(
        "chart-calendar",
        title,
        _("Rows are programmes, columns periods; a filled cell is a programme that begins in that period."),
        [programme.label for programme in drawn],
        scenario.horizon,
        sessions,
    )
    note = ""
    if len(drawn) < len(running):
        note = _("The chart shows the {shown} programmes with the most participants of {all}; the table shows all.")
        note = note.format(shown=len(drawn), all=len(running))
    tables = (_by_period(material, running, title), days_table(material))
    return Figure(tuple(drawings), tuple(each for each in tables if each is not None), note)


def _happens(material: Material, programme: Programme, classes: int, people: int) -> str:
    """Return "2 classes, 78 participants"; a programme without classes has participants only."""
    shown = ngettext("{number} participant", "{number} participants", people).format(
        number=material.formats.count(people)
    )
    if programme.class_size is None:
        return shown
    held = ngettext("{number} class", "{number} classes", classes).format(number=material.formats.count(classes))
    return f"{held}, {shown}"


def _by_period(material: Material, running: list[Programme], title: str) -> Table:
    scenario, measures = material.scenario, material.measures
    held, people = measures.classes_by_programme_and_period, measures.participants_by_programme_and_period

    def cell(programme: Programme, period: str) -> str:
        number = people.get((programme.id, period), 0)
        return _pair(material, held.get((programme.id, period), 0), number, programme.class_size is not None)

    return table(
        "table-calendar",
        _("{title}: classes / participants").format(title=title),
        [
            Column(_("Programme"), "name"),
            *(Column(period, "number") for period in scenario.horizon),
            Column(_("Total"), "number"),
        ],
        [
            (
                programme.label,
                *(cell(programme, period) for period in scenario.horizon),
                _pair(
                    material,
                    measures.classes_by_programme[programme.id],
                    measures.participants_by_programme[programme.id],
                    programme.class_size is not None,
                ),
            )
            for programme in running
        ],
        total=(
            _("Total"),
            *(
                _pair(material, measures.classes_by_period[t], measures.participants_by_period[t], measures.classes > 0)
                for t in scenario.horizon
            ),
            _pair(material, measures.classes, measures.participants, measures.classes > 0),
        ),
    )


def _pair(material: Material, classes: int, people: int, has_classes: bool) -> str:
    if not people:
        return NOTHING
    return f"{material.formats.count(classes) if has_classes else NOTHING} / {material.formats.count(people)}"
