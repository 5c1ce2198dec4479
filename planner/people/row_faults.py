"""Every way in which a row of a table of people can be unreadable, as SQL, each with a remedy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planner.domain.people import UNREAD
from planner.locale import N_, _
from planner.people.columns import PeopleCells
from planner.people.database import literal
from planner.people.ids import NIP
from planner.units.sum_words import BEGINS_SUM, WHOLE_SUM

_UNUSUAL: Final = f"[\\t\\n\\r]|^[#{UNREAD}]|{NIP}"
"""What no name of an agency, a place or a level contains."""
_DAY_NUMBER: Final = "[1-7][0-9]{4}([.,][0-9]+)?"
"""A day, and its time, as spreadsheets count them from 1900; some from 1904, so that it is not read."""
HOLDS_ID: Final = N_("'{name}' holds an id")
"""Reason for leaving out rows that would show somebody's id in plans, reports or other people's lists."""

IS_SUM: Final = N_("the row is a sum or a mean of others")
"""Reason for leaving out rows that would become people named after the word for a sum; nothing else is said of them."""


@dataclass(frozen=True)
class RowTrouble:
    """One way in which a row can be unreadable."""

    where: str
    """SQL of whether it is unreadable for this reason."""
    reason: str
    """What is wrong, in English; its `{name}` is that of the field."""
    remedy: str = ""
    name: str = ""
    shown: str = ""
    """SQL of what is shown of the cell, never the cell itself; empty where the reason says all."""
    unless: str = ""
    """SQL of a quick test: rows that pass it do not have the fault."""


def any_of(faults: Sequence[RowTrouble]) -> str:
    """Return SQL of whether a row has any of some faults; faults with one quick test are checked where it fails."""
    tests: dict[str, list[str]] = {}
    for fault in faults:
        tests.setdefault(fault.unless, []).append(f"({fault.where})")
    found = [(quick, " OR ".join(wheres)) for quick, wheres in tests.items()]
    return (
        " OR ".join(f"CASE WHEN {quick} THEN false ELSE {all_} END" if quick else all_ for quick, all_ in found)
        or "false"
    )


def row_faults(columns: PeopleCells, programmes: Collection[str] | None, *, nip: bool) -> list[RowTrouble]:
    """Return every way in which a row can be unreadable, each with a remedy."""
    identifier, unread = columns.text("id"), columns.unread("id")
    sound = _sound_nip(columns) if nip else ""
    no_id = _("Fill it in, or remove the row.")
    found = [RowTrouble(sum_row(columns), IS_SUM, _("Delete it."), unless=sound)]
    found.append(RowTrouble(f"{identifier} IS NULL", N_("the row has no id"), no_id, unless=sound))
    as_text = _("Keep NIP as text: a spreadsheet loses its last figures. For other ids set nip: false.")
    found.append(RowTrouble(unread, N_("'{name}' cannot be read"), as_text, "id", columns.kind("id"), sound))
    if nip:
        found += _nip_faults(columns, f"CASE WHEN NOT {unread} THEN {identifier} END", sound)
    else:
        bad = f"length({identifier}) > 60 AND NOT {unread}"
        found.append(RowTrouble(bad, N_("the id is longer than 60 characters")))
        others = [f"{columns.said(name)} IS NULL" for name in columns.heads if name != "id"]
        if others:
            alone = f"contains({identifier}, ' ') AND {' AND '.join(others)}"
            told = _("Delete it, if it is a note below the list.")
            found.append(RowTrouble(alone, N_("the row has nothing but a text where its id belongs"), told))
    slipped = _("The columns may have slipped; ids belong in the column of ids alone.")
    for name in ("agency", "location", "level", "tags"):
        if columns.has(name):
            text = columns.text(name)
            usual = f"{text} IS NULL OR strlen({text}) <= 150 AND NOT regexp_matches({text}, {literal(_UNUSUAL)})"
            breaks = " OR ".join(f"contains({text}, chr({code}))" for code in (9, 10, 13))
            bad = f"strlen({text}) > 150 OR {breaks}"
            found.append(RowTrouble(bad, N_("'{name}' is too long or has line breaks"), name=name, unless=usual))
            found.append(RowTrouble(_holds_nip(text), HOLDS_ID, slipped, name, unless=usual))
            if not nip:
                found.append(RowTrouble(_is_id(columns, text), HOLDS_ID, slipped, name))
            remedy = _("Correct the formula, or write the value.")
            cannot = N_("'{name}' cannot be read")
            found.append(RowTrouble(columns.unread(name), cannot, remedy, name, columns.kind(name), usual))
    if columns.has("unit"):
        text = columns.text("unit")
        quick = f"{text} IS NULL OR strlen({text}) < 18"
        found.append(RowTrouble(_holds_nip(text), HOLDS_ID, slipped, "unit", unless=quick))
    if columns.has("completed") and programmes is not None:
        found.append(_unknown_programme(columns, programmes))
    if columns.has("employment"):
        bad = f"{columns.text('employment')} IS NOT NULL AND {columns.value('employment')} IS NULL"
        remedy = _("Write PNS or PPPK, or say under values what the words mean.")
        found.append(
            RowTrouble(
                bad, N_("the kind of employment is neither PNS nor PPPK"), remedy, shown=columns.kind("employment")
            )
        )
    if columns.has("hours"):
        found.append(_unreadable(columns, "hours", _("Write a number of JP.")))
        remedy = _("Write 1200 or 1,2: no mark of thousands, and at most two decimals.")
        two = N_("'{name}' could be read in two ways, as 1.200 could")
        found.append(RowTrouble(columns.of_two_readings("hours"), two, remedy, "hours"))
    if columns.has("last_training"):
        remedy = _("Write it as 31-12-2026.")
        unread_day = _unreadable(columns, "last_training", remedy)
        number = f"regexp_full_match({columns.text('last_training')}, {literal(_DAY_NUMBER)})"
        found.append(replace(unread_day, where=f"{unread_day.where} AND NOT {number}"))
        counted = N_("'{name}' has the number by which a spreadsheet counts days, not a date")
        remedy = _("Format the column as dates in the spreadsheet, and save it again.")
        found.append(RowTrouble(f"{unread_day.where} AND {number}", counted, remedy, "last_training"))
    for c in columns.competencies("gap"):
        remedy = _("Write 1 or 0, yes or no; or say under values what the words mean.")
        found.append(_unreadable(columns, f"gap:{c}", remedy))
    for kind in ("measured", "standard"):
        for c in columns.competencies(kind):
            found.append(_unreadable(columns, f"{kind}:{c}", _("Write a level.")))
    return found


def sum_row(columns: PeopleCells) -> str:
    """Return SQL of whether a row names a sum in place of its id, or, without an id, in place of a name or in the first
    column."""

    def says(text: str) -> str:
        return f"coalesce(regexp_full_match({text}, {literal(WHOLE_SUM)}, 'i'), false)"

    def begins(text: str) -> str:
        return f"coalesce(regexp_matches({text}, {literal('^' + BEGINS_SUM + '[.]?[ :]')}, 'i'), false)"

    identifier = columns.text("id")
    texts = [columns.text(name) for name in ("name", "unit", "agency") if name in columns.heads]
    named = " OR ".join([*map(says, [*texts, columns.first]), begins(columns.first)])
    # most ids begin with a figure, which is quick to see
    return (
        f"CASE WHEN {identifier} IS NULL THEN {named} WHEN {identifier} < 'A' THEN false"
        f" ELSE {says(identifier)} OR {begins(identifier)} END"
    )


def _holds_nip(text: str) -> str:
    """Return SQL of whether a NIP is in a cell that plans, reports or lists of others show."""
    return f"regexp_matches({text}, {literal(NIP)})"


def _is_id(columns: PeopleCells, text: str) -> str:
    """Return SQL of whether a cell that plans and reports show is the id of somebody else, and not a NIP.

    An id of a few digits, such as a running number, may equally be a level.
    """
    ids = f"SELECT {columns.text('id')} FROM {columns.relation} WHERE length({columns.text('id')}) > 4"
    return f"NOT {_holds_nip(text)} AND coalesce({text} IN ({ids}), false)"


def _unknown_programme(columns: PeopleCells, programmes: Collection[str]) -> RowTrouble:
    """Return the fault that programmes attended before are not in the scenario."""
    space = "[\\s\u00a0]*"
    named = f"regexp_split_to_array(trim({columns.text('completed')}, ' \u00a0'), {literal(f'{space};{space}')})"
    known = ", ".join(map(literal, ["", *programmes]))
    reason = N_("'{name}' names a programme that the scenario does not have")
    remedy = _("Write ids of programmes, with semicolons between them.")
    where = f"NOT coalesce(list_has_all([{known}], {named}), true)"
    return RowTrouble(where, reason, remedy, "completed", columns.kind("completed"))


def _unreadable(columns: PeopleCells, name: str, remedy: str) -> RowTrouble:
    return RowTrouble(columns.faulty(name), N_("'{name}' cannot be read"), remedy, name, columns.kind(name))


def _sound_nip(columns: PeopleCells) -> str:
    """Return SQL of whether a NIP is certainly valid, by a quick test; some valid ones fail it."""
    year, month, day, appointed, of_month = _parts_of_nip(columns)
    return (
        f"{_is_nip(columns)} AND {year} BETWEEN 1900 AND 2100 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND 28"
        f" AND {appointed} BETWEEN {year} + 15 AND {columns.last_appointed} AND {of_month} BETWEEN 1 AND 12"
    )


def _is_nip(columns: PeopleCells) -> str:
    """Return SQL of whether an id is 18 digits; 1.980010120050E+17 is a number of 18 digits too."""
    number = columns.value("id")
    return f"({number} BETWEEN {10**17} AND {10**18 - 1} AND {number}::VARCHAR = {columns.text('id')})"


def _parts_of_nip(columns: PeopleCells) -> tuple[str, ...]:
    """Return SQL of year, month and day of birth, year and month of appointment."""
    number = columns.value("id")
    places = ((14, 4), (12, 2), (10, 2), (6, 4), (4, 2))
    return tuple(f"({number} // {10**place} % {10**width})" for place, width in places)


def _nip_faults(columns: PeopleCells, identifier: str, sound: str) -> list[RowTrouble]:
    """Return what can be wrong with a NIP: 18 digits; birth date; year of appointment, and for PNS its month.

    For a PPPK only the year is reliable, and nothing more is checked where the employment is unknown.
    """
    figures = _is_nip(columns)
    year, month, day, appointed, of_month = _parts_of_nip(columns)
    leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
    last = f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} <> 2 THEN 31 WHEN {leap} THEN 29 ELSE 28 END"
    born = f"{year} BETWEEN 1900 AND 2100 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND {last}"
    found = [
        RowTrouble(
            f"{identifier} IS NOT NULL AND NOT coalesce({figures}, false)",
            N_("the id is not a NIP of 18 figures"),
            _("Take it from its source again. For other ids set nip: false."),
            shown=columns.kind("id"),
            unless=sound,
        ),
        RowTrouble(
            f"{figures} AND NOT ({born})",
            N_("the first eight figures of the NIP are no date of birth"),
            unless=sound,
        ),
        RowTrouble(
            f"{figures} AND {born} AND {appointed} NOT BETWEEN {year} + 15 AND {columns.last_appointed}",
            N_("figures 9 to 12 of the NIP are no year of appointment"),
            unless=sound,
        ),
    ]
    if columns.has("employment"):
        found.append(
            RowTrouble(
                f"{figures} AND {columns.value('employment')} = 'pns' AND {of_month} NOT BETWEEN 1 AND 12",
                N_("figures 13 and 14 of the NIP are no month of appointment"),
                unless=sound,
            )
        )
    return found
