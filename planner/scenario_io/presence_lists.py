"""Participants' lists that came back: who was present, who passed, who left; counted for the actuals of a replan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from openpyxl.utils import get_column_letter

from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _, ngettext
from planner.people.attended import ListedPerson
from planner.people.ids import plain_id
from planner.people.name_books import list_file
from planner.scenario_io.paths import read_bytes
from planner.scenario_io.presence_counts import NamedPerson, PresenceCounts
from planner.scenario_io.problems import Problems, Refused
from planner.scenario_io.tables.hidden_cells import tell_hidden
from planner.scenario_io.tables.sheet import MAX_BYTES, InputRow, RawSheet
from planner.scenario_io.tree import Place

YES: Final = frozenset({"1", "ya", "y", "x", "v", "yes", "true", "hadir", "lulus"})
NO: Final = frozenset({"0", "tidak", "t", "n", "no", "false", "absen", "tidak hadir", "tidak lulus"})
LEFT: Final = frozenset({"keluar", "mundur", "pindah", "left"})
"""Words for somebody who was there and left before the end: not a participant of what happened."""
_BEFORE_GAPS: Final = 6
"""Columns before those of the gaps: number, id, name, agency, unit, present."""
_ID: Final = 1
"""Column of the id."""
_SAYING_WHO: Final = (2, 3, 4)
"""Columns of name, agency and unit: a row that fills one of them is somebody's."""
MOST_LISTED: Final = 20
"""Most rows that are named of one kind of fault."""


def read_presence(
    scenario: Scenario, folder: Path, people: Mapping[str, ListedPerson], named: Iterable[NamedPerson], through: str,
    passed: Collection[tuple[str, str]] = (),
) -> PresenceCounts:  # fmt: skip
    """Count the lists in a folder, of courses that start until `through`.

    `people` tells of each id what is known, `named` who must stand in the lists, in the order in which they were
    written; `passed` are gaps found closed before, by (id, competency).
    Raises InputError with all that is wrong.
    """
    from planner.scenario_io.tables.xlsx_table import read_sheets

    reading = _Reading(scenario, people, passed)
    files = sorted(folder.glob("*.xlsx"))
    if not files:
        raise InputError([Problem(_("this folder holds no lists."), file=str(folder))])
    for file in files:
        try:
            sheets = read_sheets(read_bytes(file, MAX_BYTES, Place(str(file))), str(file), lambda names: names, None)
        except Refused as refused:
            reading.other.append(refused.problem)
            continue
        for sheet in sheets.values():
            if not _is_later(scenario, sheet, through):
                reading.count(sheet)
    last = scenario.place_of_period[through]
    reading.count_closed()
    reading.count_untested()
    reading.miss([one for one in named if scenario.place_of_period[one[2]] <= last], folder)
    reading.raise_any(folder)
    return reading.found


@dataclass
class _Reading:
    """One reading of all lists: what they say, and what is wrong with them."""

    scenario: Scenario
    people: Mapping[str, ListedPerson]
    passed_before: Collection[tuple[str, str]] = ()
    """Gaps found closed before these lists, by (id, competency)."""
    found: PresenceCounts = field(default_factory=PresenceCounts)
    other: list[Problem] = field(default_factory=list)
    kinds: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    """Places of each kind of fault of a row: (what is wrong, what to do)."""
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    lists: set[tuple[str, str, int | None]] = field(default_factory=set)
    """(programme, period, class) of the lists that came back."""
    examined: dict[tuple[str, str, str, str], bool] = field(default_factory=dict)
    """Whether those of (programme, period, group) who were present, and lack a competency, were examined in it."""
    lacking_nothing: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    """People of (programme, period, group) who were present and do not lack a competency that somebody of it lacks."""

    passes: dict[tuple[str, str], list[tuple[str, str, str]]] = field(default_factory=dict)
    """Courses, by (programme, period, group), after which somebody was found to have closed a gap, by (id,
    competency)."""

    def wrong(self, place: Place, message: str, remedy: str) -> None:
        """Note a fault of a row."""
        self.kinds.setdefault((message, remedy), []).append(place)

    def count(self, sheet: RawSheet) -> None:
        """Count one list."""
        scenario, found = self.scenario, self.found
        code = next((code for row in sheet.rows if (code := _code(row)) is not None), None)
        if code is None or code[0] not in scenario.programme or code[1] not in scenario.horizon:
            self.wrong(sheet.place, _("this sheet is no participants' list of the plan."), _("Remove it."))
            return
        p, t, _number = code
        self.lists.add(code)
        self._tell_hidden(sheet)
        competencies = list(scenario.programme[p].closes)
        people = list(self._people(sheet))
        examined = {c for at, c in enumerate(competencies) if any(_word(row, _BEFORE_GAPS + at) for row in people)}
        present_here = 0
        for row in people:
            identifier, present = self._id(row), _word(row, _BEFORE_GAPS - 1)
            listed = self.people.get(identifier)
            if listed is None:
                self.wrong(row.place, *_stranger(row))
            elif (p, t, identifier) in self.seen:
                message = _("this person is in the lists of the programme twice.")
                self.wrong(row.place, message, _("Remove the row."))
            elif present in LEFT | NO and (passed := self._passed(row, competencies)) is not None:
                self.wrong(row.place, *passed)
            elif present in LEFT:
                found.left += 1
            elif present in NO:
                found.absent += 1
            elif present not in YES:
                message = _("it is not stated whether this person was present.")
                self.wrong(row.place, message, _("Write yes, no or left."))
            else:
                present_here += 1
                found.seats.append((identifier, p, t, code[2]))
                found.attended[p, t, listed.group] = found.attended.get((p, t, listed.group), 0) + 1
                for at, c in enumerate(competencies):
                    key = p, t, listed.group, c
                    self._result(row, _BEFORE_GAPS + at, key, identifier, listed, examined=c in examined)
            self.seen.add((p, t, identifier))
        if present_here and scenario.programme[p].class_size is not None:
            found.held[p, t] = found.held.get((p, t), 0) + 1

    def _result(
        self, row: InputRow, at: int, key: tuple[str, str, str, str], identifier: str, listed: ListedPerson, *,
        examined: bool,
    ) -> None:  # fmt: skip
        """Add the result of somebody who was present: all of a group who lack it have one, or nobody.

        Of a group whose people lack different things, only those who lack it close a gap.
        """
        p, t, group, c = key
        name = self.scenario.competency[c].name or c
        result = _word(row, at)
        if not self.scenario.group[group].gaps.get(c):
            self.found.without_gap += result in YES
            return
        if listed.lacks is not None and c not in listed.lacks:
            self.found.without_gap += result in YES
            self.lacking_nothing[key] += 1
            if examined:
                self.found.closed.setdefault((p, t, group), {}).setdefault(c, 0)
            return
        if self.examined.setdefault(key, examined) != examined:
            message = _("'{name}' was tested in one class and not in another, and people of one group are in both.")
            remedy = _("Fill in the results of all classes, or of none: then they count as expected.")
            self.wrong(row.place, message.format(name=name), remedy)
        elif examined and result not in YES | NO:
            message = _("it is not stated whether '{name}' was passed.").format(name=name)
            self.wrong(row.place, message, _("Write yes or no."))
        elif examined:
            self.found.closed.setdefault((p, t, group), {}).setdefault(c, 0)
            if (identifier, c) in self.passed_before:
                self.found.without_gap += result in YES
                return
            if result in YES:
                self.passes.setdefault((identifier, c), []).append((p, t, group))
            self.found.results[identifier, c] = result in YES or self.found.results.get((identifier, c), False)

    def count_closed(self) -> None:
        """Count each gap that was found closed once, in the first course after which it was."""
        place = self.scenario.place_of_period
        for (_one, c), courses in self.passes.items():
            first = min(courses, key=lambda course: (place[course[1]], course[0]))
            closed = self.found.closed[first]
            closed[c] = closed.get(c, 0) + 1
            self.found.without_gap += len(courses) - 1

    def count_untested(self) -> None:
        """Note who of a mixed group lacks nothing where nobody was examined."""
        for (p, t, group, c), people in self.lacking_nothing.items():
            if c not in self.found.closed.get((p, t, group), {}):
                self.found.untested[p, t, group, c] = people

    def _passed(self, row: InputRow, competencies: list[str]) -> tuple[str, str] | None:
        """Return what is wrong where somebody who was not there has passed, and what to do."""
        for at, c in enumerate(competencies, start=_BEFORE_GAPS):
            if (result := _word(row, at)) in YES:
                name = self.scenario.competency[c].name or c
                message = _("{present} says '{absent}', and {competency} says '{passed}'.")
                there, here = get_column_letter(_BEFORE_GAPS), get_column_letter(at + 1)
                titles = {"present": f"{_('Present')} ({there})", "competency": f"{name} ({here})"}
                told = message.format(**titles, absent=_word(row, _BEFORE_GAPS - 1), passed=result)
                return told, _("Correct one of the two cells: who was absent or left has passed nothing.")
        return None

    def _people(self, sheet: RawSheet) -> Iterator[InputRow]:
        """Yield the rows under the heads that have an id, whatever their number is; a row without one is noted.

        A row that begins with # is not read, as in every table.
        """
        at = next(at for at, row in enumerate(sheet.rows) if _code(row) is not None)
        for row in sheet.rows[at + 2 :]:
            if row.marked:
                continue
            if self._id(row):
                yield row
            elif any(_word(row, column) for column in _SAYING_WHO):
                self.wrong(row.place, _("this row has no id."), _("Fill in the id, or remove the row."))

    def _tell_hidden(self, sheet: RawSheet) -> None:
        """Note what nobody sees of a list; the row of its code is hidden when it is sent."""
        rows = [row for row in sheet.rows if _code(row) is None and not row.marked]
        columns = {at + 1 for row in rows for at in row.cells}
        tell_hidden(sheet.hidden(), {row.number for row in rows}, columns, sheet.place, self.found.notices)

    def _id(self, row: InputRow) -> str:
        """Return an id as the list of people has it, also where it was typed with spaces or an apostrophe."""
        cell = row.cells.get(_ID)
        typed = plain_id((cell.digits if cell is not None else "") or str(_value(row, _ID) or ""))
        return typed if typed in self.people else "".join(typed.split())

    def miss(self, named: Iterable[NamedPerson], folder: Path) -> None:
        """Note the lists that did not come back, and the people who were named and stand on no row."""
        missing: dict[tuple[str, str, int | None], list[int]] = {}
        places: Counter[tuple[str, str, int | None]] = Counter()
        for identifier, p, t, number in named:
            places[p, t, number] += 1
            if (p, t, identifier) not in self.seen:
                missing.setdefault((p, t, number), []).append(places[p, t, number])
        for (p, t, number), rows in missing.items():
            parts = [self.scenario.programme[p].name or p, t]
            parts += [] if number is None else [_("Class {number}").format(number=number)]
            what, file = " · ".join(parts), str(folder / list_file(p, t))
            if (p, t, number) not in self.lists:
                message = _("the participants' list {list} is missing.").format(list=what)
                remedy = _("Put it back; write no for everybody where the class was not held.")
            else:
                some = ", ".join(map(str, rows[:MOST_LISTED])) + (", …" if len(rows) > MOST_LISTED else "")
                message = ngettext(
                    "{list}: {count} person who was named stands on no row: No. {rows}.",
                    "{list}: {count} people who were named stand on no row: No. {rows}.",
                    len(rows),
                ).format(list=what, count=len(rows), rows=some)
                remedy = _("Put the rows back, and write no or left for who did not attend.")
            self.other.append(Problem(message, remedy, file=file))

    def raise_any(self, folder: Path) -> None:
        """Raise InputError with what is wrong: of each kind the first rows, and how many there are."""
        problems = Problems()
        problems.extend(self.other)
        for (message, remedy), places in self.kinds.items():
            for place in places[:MOST_LISTED]:
                problems.add(place, message, remedy)
            if len(places) > MOST_LISTED:
                total = ngettext("{reason}: {count} row in all.", "{reason}: {count} rows in all.", len(places))
                told = total.format(reason=message.removesuffix("."), count=len(places))
                problems.extend([Problem(told, file=str(folder))])
        problems.raise_any()


def _is_later(scenario: Scenario, sheet: RawSheet, through: str) -> bool:
    """Return whether a list is of a course that starts after `through`: nobody can have filled it in."""
    code = next((code for row in sheet.rows if (code := _code(row)) is not None), None)
    place = scenario.place_of_period
    return code is not None and code[1] in place and place[code[1]] > place[through]


def _code(row: InputRow) -> tuple[str, str, int | None] | None:
    """Return the programme, period and class, as the list itself says in the line under its title."""
    cell = row.cells.get(0)
    if cell is None or not isinstance(cell.value, str) or not cell.value.startswith("["):
        return None
    try:
        programme, period, number = json.loads(cell.value)
        return str(programme), str(period), None if number is None else int(number)
    except (ValueError, TypeError):
        return None


def _stranger(row: InputRow) -> tuple[str, str]:
    """Return what is wrong with an id that the list of people does not have, and what to do: the cell itself is never
    told."""
    cell = row.cells[_ID]
    if cell.fault is not None:
        return _("the id must be text: {reason}").format(reason=cell.fault[0]), cell.fault[1]
    if isinstance(cell.value, int | Decimal):
        message = _("this id is a number and must be text: of more than 15 digits the rest is lost.")
        return message, _("Format the cell as text, and copy the id from the list that was sent.")
    return _("this id is not in the list of people."), _("Correct it, or remove the row.")


def _value(row: InputRow, at: int) -> Any:
    cell = row.cells.get(at)
    return None if cell is None else cell.value


def _word(row: InputRow, at: int) -> str:
    value = _value(row, at)
    return "" if value is None else str(value).strip().casefold()
