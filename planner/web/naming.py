"""Names for the plan of a scenario, for whoever may see them; every look is written down before anything is shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from planner.errors import CheckFailed, InputError
from planner.locale import _, language_in_force
from planner.people.ids import plain_id
from planner.people.seat_rows import rows_of
from planner.report.open_gap_words import reasons_of_open_gaps
from planner.store.name_lists import NameTables, name_tables
from planner.store.stored_plan import PLAN_FILE
from planner.web.acting import actor
from planner.web.bench import bench
from planner.web.passed import CheckedPlan
from planner.web.rights import Forbidden
from planner.web.workspace import ScenarioFile

if TYPE_CHECKING:
    from planner.domain.people import UnnamedSeats
    from planner.domain.scenario import Scenario

type Course = tuple[str, str, int | None]
"""Programme, period and class; no class where the programme has none."""

_KEPT: Final = 2
"""Of how many plans the names are kept in memory."""
_MADE: Final[OrderedDict[tuple[Any, ...], NameTables]] = OrderedDict()
_MAKING: Final = Lock()


def ensure_open_names(file: ScenarioFile, kept: CheckedPlan) -> None:
    """Raise Forbidden where a plan, or a table of its people, is not of an agency whose names the user may see."""
    if actor().agencies("names") is None:
        return
    scenario = kept.stored.scenario
    tables = [PurePosixPath(each.table).name for each in scenario.people.tables] if scenario.people else []
    others = bench().workspace.naming(tables, file)
    if not all(actor().may("names", agency) for agency in (scenario.scenario.agency or "", *others)):
        raise Forbidden(_("These people are also those of a scenario that is not open to your account."))


def courses_of(kept: CheckedPlan) -> list[Course]:
    """Return every class of a plan in its order, and courses that have none."""
    data = kept.stored.data
    classes = {(row["programme"], row["period"]): row["classes"] for row in data["classes"]}
    held = dict.fromkeys((row["programme"], row["period"]) for row in data["allocations"] if row["participants"])
    return [
        (p, t, number)
        for p, t in held
        for number in (range(1, classes[p, t] + 1) if classes.get((p, t)) else (None,))
    ]  # fmt: skip


def course_name(scenario: Scenario, course: Course) -> str:
    """Return a class as planners call it."""
    programme, period, number = course
    name = f"{scenario.programme[programme].name or programme}, {period}"
    return name if number is None else _("{course}, class {number}").format(course=name, number=number)


def agencies_of(scenario: Scenario) -> list[str]:
    """Return the agencies that groups belong to."""
    return sorted({group.agency for group in scenario.groups if group.agency})


def attended_before(scenario: Scenario) -> bool:
    """Return whether somebody has attended something already, so that lists must say who."""
    return any(group in scenario.listed_groups for group, _p, _t in scenario.facts.participants)


def names_of(kept: CheckedPlan, folder: Path, lists: Path | None = None) -> NameTables:
    """Return the names of a plan, made from the tables in `folder` and recounted; raises InputError where that cannot
    be.

    Of a plan of what is left the participants' lists that came back, in the folder `lists`, say who has attended.
    """
    scenario = kept.stored.scenario
    came_back = sorted(lists.glob("*.xlsx")) if lists is not None and attended_before(scenario) else []
    if attended_before(scenario) and not came_back:
        raise InputError(_("Send the participants' lists that came back first: they say who has attended until now."))
    tables = () if scenario.people is None else tuple(each.table for each in scenario.people.tables)
    states = tuple(_state(path) for path in (kept.folder / PLAN_FILE, *(folder / each for each in tables)))
    key = (kept.folder, language_in_force(), *states, *map(_state, came_back))
    with _MAKING:
        if key not in _MADE:
            try:
                _MADE[key] = name_tables(
                    kept.stored, folder, reasons_of_open_gaps(kept.stored), lists=lists if came_back else None
                )
            except CheckFailed:  # what it says may name people
                words = _("The names do not agree with the plan, so none are shown: plan anew.")
                raise InputError(words) from None
            while len(_MADE) > _KEPT:
                _MADE.popitem(last=False)
        _MADE.move_to_end(key)
        return _MADE[key]


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def person_in(names: NameTables, typed: str) -> tuple[dict[str, Any] | None, list[tuple[Any, ...]]]:
    """Return the line of a person by id as it was typed, and their seats; (None, []) where nobody has it."""
    wanted = plain_id(typed)
    lines = list(_where(names.lines, "id", wanted))
    if not lines:
        return None, []
    return dict(zip(names.lines.column_names, lines[0], strict=True)), list(_where(names.seats, "id", wanted))


def people_of(names: NameTables, agency: str) -> list[dict[str, Any]]:
    """Return the lines of an agency."""
    return [dict(zip(names.lines.column_names, row, strict=True)) for row in _where(names.lines, "agency", agency)]


def participants_of(names: NameTables, course: Course) -> list[dict[str, Any]]:
    """Return who attends a class."""
    columns = names.seats.column_names
    rows = (dict(zip(columns, row, strict=True)) for row in _where(names.seats, "programme", course[0]))
    return [row for row in rows if (row["period"], row["class"]) == course[1:]]


def is_in(seats: UnnamedSeats, course: Course) -> bool:
    """Return whether seats without names are of a class, or may be."""
    return (seats.programme, seats.period) == course[:2] and seats.number in (None, course[2])


def _where(table: Any, column: str, value: str) -> Iterator[tuple[Any, ...]]:
    import pyarrow.compute as compute

    return rows_of(table.filter(compute.equal(table[column], value)))


def note_look(file: ScenarioFile, what: str, whom: str = "") -> None:
    """Record that names are looked at: those of an agency, of a class, or of everybody; never which people."""
    bench().archive.write("looked", file.name, what=what, **({"whom": whom} if whom else {}))
