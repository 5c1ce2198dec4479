"""Workbooks with names: assignments, a line for each person, participants' lists for each class, an annex for
agencies."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Final

from planner.domain.groups import Group
from planner.domain.people import MentorPair, UnnamedSeats
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.people.seat_rows import BETWEEN_IDS
from planner.spreadsheets.new_workbook import new_workbook
from planner.units.texts import name_key

MOST_ROWS: Final = 200_000
"""Most rows of a workbook; beyond them only Parquet is written."""
TITLE: Final = 31
"""Most characters of the name of a sheet."""

_BAD: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


class NameBook:
    """A workbook in memory whose cells are text or numbers, never formulas."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._book = new_workbook(self._bytes)
        self._head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._title = self._book.add_format({"bold": True, "font_size": 13})
        self._box = self._book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
        self._names: set[str] = set()

    def sheet(
        self, name: str, titles: Sequence[str], heads: Sequence[str], widths: Sequence[int],
        rows: Iterable[Sequence[Any]], *, boxed: bool = False, below: Sequence[str] = (), code: str = "",
    ) -> None:  # fmt: skip
        """Add a sheet with titles, a table, and lines under it; a boxed one is printed for signing.

        The `code` by which the sheet is recognised when it comes back is in a hidden row under the titles.
        """
        sheet = self._book.add_worksheet(self._free(name))
        at = 0
        for title in titles:
            sheet.write_string(at, 0, _plain(title), self._title)
            at += 1
        if code:
            sheet.write_string(at, 0, code)
            sheet.set_row(at, None, None, {"hidden": True})
            at += 1
        at += 1 if titles else 0
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.write_string(at, column, head, self._head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(at + 1, 0)
        sheet.repeat_rows(at)
        for row in rows:
            at += 1
            if boxed:
                sheet.set_row(at, 24)
            for column, cell in enumerate(row):
                self._write(sheet, at, column, cell, self._box if boxed else None)
        for number, line in enumerate(below):
            sheet.write_string(at + 2 + number, max(0, len(heads) - 2), line)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def content(self) -> bytes:
        """Return the workbook as bytes."""
        self._book.close()
        return self._bytes.getvalue()

    def _write(self, sheet: Any, row: int, column: int, cell: Any, form: Any) -> None:
        if cell is None:
            sheet.write_blank(row, column, None, form)
        elif isinstance(cell, bool):
            sheet.write_string(row, column, _("yes") if cell else _("no"), form)
        elif isinstance(cell, str):
            sheet.write_string(row, column, _plain(cell), form)
        else:
            sheet.write_number(row, column, float(cell), form)

    def _free(self, name: str) -> str:
        """Return a free name for a sheet: at most 31 characters, none that Excel refuses."""
        wished = _BAD.sub(" ", name).strip()[:TITLE].strip() or "-"
        found, number = wished, 1
        while found.casefold() in self._names:
            number += 1
            found = f"{wished[: 30 - len(str(number))]} {number}"
        self._names.add(found.casefold())
        return found


def _plain(text: str) -> str:
    """Return text on one line without control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]", " ", text).split())


def assignments_book(
    scenario: Scenario,
    seats: Iterable[Sequence[Any]],
    lines: Iterable[Sequence[Any]],
    pairs: Iterable[MentorPair] = (),
    unnamed: Sequence[UnnamedSeats] = (),
) -> bytes:
    """Return a workbook with who attends what, a line for each person, seats without names, and who mentors whom."""

    def called(programme: str) -> str:
        return scenario.programme[programme].name or programme

    grouped = group_names(scenario).__getitem__

    @cache
    def lacking(ids: str) -> str:
        return "; ".join(scenario.competency[c].name or c for c in ids.split(BETWEEN_IDS)) if ids else ""

    book = NameBook()
    heads = [_("Id"), _("Name"), _("Agency"), _("Work unit"), _("Group"), _("Programme"), _("Period"), _("Class")]
    begun = [_("Attended already")] if scenario.facts.over else []
    book.sheet(
        _("Assignments"),
        (),
        [*heads, *begun],
        (21, 28, 24, 24, 30, 24, 10, 8, *(10 for _head in begun)),
        ((*row[:4], grouped(row[4]), called(row[5]), *row[6 : 8 + len(begun)]) for row in seats),
    )
    jp_heads = _jp_heads(scenario.years)
    heads = [
        _("Id"), _("Name"), _("Agency"), _("Work unit"), _("Location"), _("Level"), _("Employment"), _("Group"),
        _("Attends"), *jp_heads, _("Gaps before the plan"), _("Gaps left"),
    ]  # fmt: skip
    book.sheet(
        _("People"),
        (),
        heads,
        (21, 28, 24, 24, 14, 14, 10, 30, 40, *(8 for _head in jp_heads), 40, 60),
        (
            (*row[:6], row[6] and row[6].upper(), grouped(row[7]), *row[8:-2], lacking(row[-2]), row[-1])
            for row in lines
        ),
    )
    if unnamed:
        heads = [_("Agency"), _("Group"), _("Programme"), _("Period"), _("Class"), _("People"), *begun]
        rows = (
            (scenario.group[g].agency, grouped(g), called(p), t, number, people, *([happened] if begun else []))
            for g, p, t, number, people, happened in unnamed
        )
        widths = (24, 30, 24, 10, 8, 8, *(10 for _head in begun))
        book.sheet(_("Seats without names"), (_("Groups beside the list of people"),), heads, widths, rows)
    if paired := list(pairs):
        heads = [_("Programme"), _("Period"), _("Mentee"), _("Mentor")]
        told = ((called(pair.programme), pair.period, *_paired(grouped, pair)) for pair in paired)
        book.sheet(_("Mentors"), (), heads, (30, 10, 36, 36), told)
    return book.content()


def group_names(scenario: Scenario) -> dict[str, str]:
    """Return what lists call each group: its name, with its agency or else its id where others have the same name."""
    named = Counter(name_key(group.label) for group in scenario.groups)
    of_agency = Counter((name_key(group.label), group.agency) for group in scenario.groups)

    def told(group: Group) -> str:
        if named[name_key(group.label)] == 1:
            return group.label
        alone = group.agency is not None and of_agency[name_key(group.label), group.agency] == 1
        return f"{group.label} ({group.agency if alone else group.id})"

    return {group.id: told(group) for group in scenario.groups}


def _paired(grouped: Callable[[str], str], pair: MentorPair) -> tuple[str, str]:
    """Return mentee and mentor as a list tells them: by id, or as people of a group without names."""
    mentee, mentor = pair.mentee, pair.mentor
    if not mentee:
        mentee = _("a person of '{group}', without a name").format(group=grouped(pair.mentee_group))
    if pair.number:
        sentence = _("person {number} of '{group}', without a name")
        mentor = sentence.format(number=pair.number, group=grouped(pair.mentor_group))
    return mentee, mentor or _("no mentor is free")


def _jp_heads(years: Sequence[str]) -> list[str]:
    """Return the headings of the columns with the JP of one person, in the order of `jp_columns`."""
    if len(years) == 1:
        return [_("JP planned"), _("JP before"), _("JP together"), _("Target reached")]
    planned, together, reached = _("JP planned {year}"), _("JP together {year}"), _("Target reached {year}")
    heads = [planned.format(year=year) for year in years] + [_("JP before {year}").format(year=years[0])]
    return heads + [each.format(year=year) for each in (together, reached) for year in years]


def participants_books(
    scenario: Scenario, seats: Iterable[Sequence[Any]], unnamed: Iterable[UnnamedSeats] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield a workbook for each programme and period, with a sheet for each class: its participants' list.

    The columns after the name come back filled in: present, and whether each gap is closed. Above the list of a class
    stands how many of each group without names are in it too.
    """
    groups = group_names(scenario)
    courses: dict[tuple[str, str], dict[int | None, list[Sequence[Any]]]] = {}
    for (p, t, number), of_class in groupby(seats, key=lambda row: (row[5], row[6], row[7])):
        courses.setdefault((p, t), {}).setdefault(number, []).extend(of_class)
    others: dict[tuple[str, str, int | None], list[UnnamedSeats]] = {}
    for each in unnamed:
        others.setdefault((each.programme, each.period, each.number), []).append(each)
        courses.setdefault((each.programme, each.period), {}).setdefault(each.number, [])
    for (p, t), classes in courses.items():
        programme = scenario.programme[p]
        book = NameBook()
        closes = [scenario.competency[c].name or c for c in programme.closes]
        heads = [_("No."), _("Id"), _("Name"), _("Agency"), _("Work unit"), _("Present"), *closes, _("Signature")]
        widths = (5, 21, 28, 24, 24, 8, *(12 for _c in closes), 24)
        for number, rows in sorted(classes.items(), key=lambda each: each[0] or 0):
            titles = [_("Participants' list"), f"{programme.name or p} · {t}"]
            name = _("Participants") if number is None else _("Class {number}").format(number=number)
            titles += [name, *(unnamed_words(scenario, each, groups) for each in others.get((p, t, number), ()))]
            listed = [
                (n, row[0], row[1], row[2], row[3], None, *(None for _c in closes), None)
                for n, row in enumerate(rows, start=1)
            ]
            code = json.dumps([p, t, number], ensure_ascii=False)
            below = (_("Organiser,"), "", "", "", "(.........................................)", "NIP")
            book.sheet(name, titles, heads, widths, listed, boxed=True, below=below, code=code)
        yield list_file(p, t), book.content()


def unnamed_words(scenario: Scenario, seats: UnnamedSeats, groups: Mapping[str, str]) -> str:
    """Return how many people of a group without names attend; `groups` are called as `group_names` says."""
    sentence = ngettext(
        "And {count} person of '{group}', without a name",
        "And {count} people of '{group}', without names",
        seats.people,
    ).format(count=seats.people, group=groups[seats.group])
    if seats.happened and scenario.programme[seats.programme].class_size is not None:
        return _("{sentence}; in which class is not known").format(sentence=sentence)
    return sentence


def titles_apart(names: Iterable[str]) -> dict[str, str]:
    """Return names for sheets as far as Excel takes them: of those that begin alike, the beginning and the end."""
    plain = {name: " ".join(_BAD.sub(" ", name).split()) for name in names}
    begins = Counter(text[:TITLE].casefold() for text in plain.values())
    half = (TITLE - 3) // 2
    return {
        name: f"{text[:half].strip()} … {text[-half:].strip()}"
        if len(text) > TITLE and begins[text[:TITLE].casefold()] > 1
        else text
        for name, text in plain.items()
    }


def agencies_book(scenario: Scenario, seats: Iterable[Sequence[Any]], unnamed: Iterable[UnnamedSeats] = ()) -> bytes:
    """Return a workbook with a sheet for each agency: whom it sends, to what and when; those without names are
    counted."""
    book, groups = NameBook(), group_names(scenario)
    rest = [
        ("", unnamed_words(scenario, each, groups), scenario.group[each.group].agency, "", each.group, *each[1:4])
        for each in unnamed
    ]
    by_agency = [
        *sorted(seats, key=lambda row: (row[2] or "", row[1] or "", row[0])),
        *sorted(rest, key=lambda row: row[2] or ""),
    ]
    by_agency.sort(key=lambda row: row[2] or "")
    heads = [_("No."), _("Id"), _("Name"), _("Work unit"), _("Programme"), _("Period"), _("Class"), _("JP")]
    called = titles_apart(dict.fromkeys(row[2] or _("without an agency") for row in by_agency))
    for agency, rows in groupby(by_agency, key=lambda row: row[2] or ""):
        of_agency = _("Annex: participants of {agency}").format(agency=agency)
        titles = [
            of_agency if agency else _("Annex: participants without an agency"),
            scenario.scenario.name or scenario.id,
        ]
        listed = [
            (n, row[0], row[1], row[3], scenario.programme[row[5]].name or row[5], row[6], row[7],
             scenario.programme[row[5]].hours)
            for n, row in enumerate(rows, start=1)
        ]  # fmt: skip
        book.sheet(called[agency or _("without an agency")], titles, heads, (5, 21, 28, 28, 36, 10, 8, 8), listed)
    return book.content()


def list_file(programme: str, period: str) -> str:
    """Return the name of the workbook with the participants' lists of a programme in a period."""
    return (re.sub(r"[^0-9A-Za-z._-]+", "-", f"{programme}-{period}").strip("-.")[:80] or "daftar") + ".xlsx"
