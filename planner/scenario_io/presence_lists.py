"""Participants' lists that came back: who was present, who passed, who left; counted for the actuals of a replan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.paths import read_bytes
from planner.scenario_io.problems import Problems, Refused
from planner.scenario_io.tables.sheet import MAX_BYTES, InputRow, RawSheet
from planner.scenario_io.tree import Place

YES: Final = frozenset({"1", "ya", "y", "x", "v", "yes", "true", "hadir", "lulus"})
NO: Final = frozenset({"0", "tidak", "t", "n", "no", "false", "absen", "tidak hadir", "tidak lulus"})
LEFT: Final = frozenset({"keluar", "mundur", "pindah", "left"})
"""Words for somebody who was there and left before the end: not a participant of what happened."""
_BEFORE_GAPS: Final = 6
"""Columns before those of the gaps: number, id, name, agency, unit, present."""


@dataclass
class PresenceCounts:
    """What the lists say, by (programme, period, group); classes by (programme, period)."""

    attended: dict[tuple[str, str, str], int] = field(default_factory=dict)
    closed: dict[tuple[str, str, str], dict[str, int]] = field(default_factory=dict)
    held: dict[tuple[str, str], int] = field(default_factory=dict)
    absent: int = 0
    left: int = 0
    passed: int = 0
    """Gaps found closed."""
    not_passed: int = 0

    def rows(self) -> Mapping[str, list[Mapping[str, Any]]]:
        """The sheets `attended` and `held` of the actuals."""
        attended: list[Mapping[str, Any]] = [
            {"programme": p, "period": t, "group": g, "participants": n}
            | {f"closed:{c}": number for c, number in self.closed.get((p, t, g), {}).items()}
            for (p, t, g), n in self.attended.items()
        ]
        held: list[Mapping[str, Any]] = [{"programme": p, "period": t, "classes": n} for (p, t), n in self.held.items()]
        return {"attended": attended, "held": held}


def read_presence(scenario: Scenario, folder: Path, group_of: Mapping[str, str], through: str) -> PresenceCounts:
    """Count the lists in a folder, of courses that start until `through`; `group_of` tells the group of each id.

    Raises InputError with all that is wrong.
    """
    from planner.scenario_io.tables.xlsx_table import read_sheets

    problems, found = Problems(), PresenceCounts()
    seen: set[tuple[str, str, str]] = set()
    files = sorted(folder.glob("*.xlsx"))
    if not files:
        raise InputError([Problem(_("this folder holds no lists."), file=str(folder))])
    for file in files:
        try:
            sheets = read_sheets(read_bytes(file, MAX_BYTES, Place(str(file))), str(file), lambda names: names, [])
        except Refused as refused:
            problems.extend([refused.problem])
            continue
        for sheet in sheets.values():
            if not _is_later(scenario, sheet, through):
                _count(scenario, sheet, group_of, seen, found, problems)
    problems.raise_any()
    return found


def _count(
    scenario: Scenario,
    sheet: RawSheet,
    group_of: Mapping[str, str],
    seen: set[tuple[str, str, str]],
    found: PresenceCounts,
    problems: Problems,
) -> None:
    code = next((code for row in sheet.rows if (code := _code(row)) is not None), None)
    if code is None or code[0] not in scenario.programme or code[1] not in scenario.horizon:
        problems.add(sheet.place, _("this sheet is no participants' list of the plan."), _("Remove it."))
        return
    p, t = code
    competencies = list(scenario.programme[p].closes)
    people = list(_people(sheet))
    examined = {c for at, c in enumerate(competencies) if any(_word(row, _BEFORE_GAPS + at) for row in people)}
    present_here = 0
    for row in people:
        identifier, present = str(_value(row, 1)), _word(row, _BEFORE_GAPS - 1)
        group = group_of.get(identifier)
        if group is None:
            problems.add(row.place, _("this id is not in the list of people."), _("Correct it, or remove the row."))
        elif (p, t, identifier) in seen:
            problems.add(row.place, _("this person is in the lists of the programme twice."), _("Remove the row."))
        elif present in LEFT:
            found.left += 1
        elif present in NO:
            found.absent += 1
        elif present not in YES:
            problems.add(row.place, _("whether this person was present is not said."), _("Write ya, tidak or keluar."))
        else:
            present_here += 1
            key = (p, t, group)
            found.attended[key] = found.attended.get(key, 0) + 1
            _results(row, competencies, examined, found, key, problems)
        seen.add((p, t, identifier))
    if present_here and scenario.programme[p].class_size is not None:
        found.held[p, t] = found.held.get((p, t), 0) + 1


def _results(
    row: InputRow,
    competencies: list[str],
    examined: set[str],
    found: PresenceCounts,
    key: tuple[str, str, str],
    problems: Problems,
) -> None:
    """Add the results of one person in what was examined: all who were present have one, or nobody."""
    for at, c in enumerate(competencies):
        if c not in examined:
            continue
        result = _word(row, _BEFORE_GAPS + at)
        if result not in YES | NO:
            message = _("whether '{name}' was passed is not said.").format(name=c)
            problems.add(row.place, message, _("Write ya or tidak."))
            continue
        closed = found.closed.setdefault(key, {})
        closed[c] = closed.get(c, 0) + (result in YES)
        found.passed += result in YES
        found.not_passed += result in NO


def _is_later(scenario: Scenario, sheet: RawSheet, through: str) -> bool:
    """Whether a list is of a course that starts after `through`: nobody can have filled it in."""
    code = next((code for row in sheet.rows if (code := _code(row)) is not None), None)
    place = scenario.place_of_period
    return code is not None and code[1] in place and place[code[1]] > place[through]


def _code(row: InputRow) -> tuple[str, str] | None:
    """Programme and period, as the list itself says in the line under its title."""
    cell = row.cells.get(0)
    if cell is None or not isinstance(cell.value, str) or not cell.value.startswith("["):
        return None
    try:
        code = json.loads(cell.value)
        return str(code[0]), str(code[1])
    except (ValueError, IndexError, TypeError):
        return None


def _people(sheet: RawSheet) -> Iterator[InputRow]:
    for row in sheet.rows:
        if type(_value(row, 0)) is int and _value(row, 1) is not None:
            yield row


def _value(row: InputRow, at: int) -> Any:
    cell = row.cells.get(at)
    return None if cell is None else cell.value


def _word(row: InputRow, at: int) -> str:
    value = _value(row, at)
    return "" if value is None else str(value).strip().casefold()
