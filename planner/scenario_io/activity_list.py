"""Lists of activities (daftar kegiatan, sub kegiatan) as offices have them: a name, and a code in one cell or six.

The columns of the six may have heads of their own (Urusan, Bidang Urusan, Program, Kegiatan, Sub Kegiatan), and a code
may stand in one cell with its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from planner.domain.codes import ACTIVITY_WIDTHS, in_one_cell, read_activity
from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.paths import read_bytes
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.hidden_cells import tell_hidden
from planner.scenario_io.tables.layout import HEADS_WITHIN
from planner.scenario_io.tables.sheet import MAX_BYTES, InputRow, RawSheet, TextRow
from planner.scenario_io.tree import Place

_HEADS: Final = {
    "code": ("kode", "code", "kode_kegiatan", "kode_sub_kegiatan", "kode_rekening", "kode_nomenklatur"),
    "name": (
        "nama", "name", "uraian", "nomenklatur", "kegiatan", "sub_kegiatan", "nama_kegiatan", "nama_sub_kegiatan",
        "nomenklatur_urusan", "uraian_sub_kegiatan",
    ),
    "indicator": ("indikator", "indicator", "indikator_kinerja"),
    "target_unit": ("satuan", "unit", "target_unit"),
}  # fmt: skip
_ROLE: Final = {head.replace("_", ""): role for role, heads in _HEADS.items() for head in heads}
_LEVELS: Final = ("urusan", "bidang", "bidangurusan", "program", "kegiatan", "subkegiatan")
"""Heads of columns that each hold a level of the code."""
_LEVEL: Final = re.compile(r"(?:[0-9]{1,6}(?:\.[0-9]{2})?|[xX]{1,2})\.?\Z")
"""One level, or the two of a kegiatan: 1.02."""
_CODE_AND_NAME: Final = re.compile(
    r"((?:[0-9]+|[xX]{1,2})(?:\.[0-9xX]+){5,})\.?\s*[-\u2013:]?\s+(.*[^\W\d_].*)\Z", re.DOTALL
)
_TOLD: Final = 5


def role_of(text: str) -> str | None:
    """Return what the column under a head holds; None for a head that says nothing of an activity."""
    head = _letters(text)
    return _ROLE.get(head) or ("name" if head.startswith("nomenklatur") else None)


def _letters(head: str) -> str:
    return re.sub("[^a-z]", "", re.sub(r"\([^)]*\)", "", head.casefold()))


def offered_activities(file: Path) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return the sub kegiatan of the list in a file, each once, and what is dubious; raises Refused.

    Rows of urusan, program and kegiatan, whose codes have fewer levels, are heads of groups.
    """
    from planner.scenario_io.tables.long_lists import long_lists

    place = Place(str(file))
    for sheet in long_lists(read_bytes(file, MAX_BYTES, place), file, None, place, (), role_of):
        if (head := _head(sheet)) is not None:
            return _read(sheet, *head)
    message = _("this is no list of activities: no row has the heads of a code and a name.")
    raise Refused(located(place, message, _("Its columns are called for example Kode and Nama.")))


def _head(sheet: RawSheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of the heads, and the column of each role."""
    for at, row in enumerate(sheet.rows[:HEADS_WITHIN]):
        columns: dict[str, int] = {}
        for position, value in row.values.items():
            if isinstance(value, str) and (role := role_of(value)) is not None:
                columns.setdefault(role, position)
        if spread := _levels(row):
            return at, columns | spread
        if {"code", "name"} <= columns.keys():
            return at, columns
        only = columns.get("code", columns.get("name"))
        if only is not None and any(_CODE_AND_NAME.match(str(each.values.get(only))) for each in sheet.rows[at + 1 :]):
            return at, columns | {"code": only, "name": only}
    return None


def _levels(row: InputRow) -> dict[str, int]:
    """Return the first column of the code, and that of the name, where levels of the code have columns of their own."""
    heads = {at: _letters(value) for at, value in row.values.items() if isinstance(value, str)}
    levels = [at for at, head in heads.items() if head.removeprefix("kode") in _LEVELS]
    names = [at for at, value in row.values.items() if at not in levels and role_of(str(value)) == "name"]
    behind = [at for at in names if levels and at > max(levels)]
    whole = {"kode", "code"} & set(heads.values())  # then the levels are names
    return {"code": min(levels), "name": behind[0]} if len(levels) > 2 and behind and not whole else {}


def _read(sheet: RawSheet, head: int, columns: dict[str, int]) -> tuple[list[dict[str, Any]], list[Problem]]:
    found: dict[str, dict[str, Any]] = {}
    doubts: list[Problem] = []
    for row in sheet.rows[head + 1 :]:
        if row.marked or not (written := _code_cells(row, columns)):
            continue
        try:
            code = read_activity(written[0] if len(written) == 1 else _joined(written))
        except ValueError as error:
            if any(character.isdigit() for character in str(written[0])) or columns["name"] in row.values:
                doubts.append(located(_place(row, columns["code"]), str(error)))
            continue
        if code.count(".") + 1 < len(ACTIVITY_WIDTHS):
            continue
        texts = {role: " ".join(str(row.values[at]).split()) for role, at in columns.items() if at in row.values}
        if columns["name"] == columns["code"]:
            texts["name"] = match[2] if (match := _CODE_AND_NAME.match(texts["name"])) else ""
        entry = {"code": code, **{role: text for role, text in texts.items() if role != "code" and text}}
        if found.setdefault(code, entry) != entry:
            message = _("the activity '{code}' is there twice with another name; the first is offered.")
            doubts.append(located(_place(row, columns["code"]), message.format(code=code)))
    tell_hidden(sheet.hidden(), {row.number for row in sheet.rows[head + 1 :]}, {at + 1 for at in columns.values()},
                sheet.place, doubts)  # fmt: skip
    if not found:
        message = _("this list has no sub kegiatan: no code has six levels.")
        raise InputError([*doubts[:_TOLD], located(sheet.place, message)])
    return list(found.values()), doubts[:_TOLD]


def _code_cells(row: InputRow, columns: dict[str, int]) -> Sequence[object]:
    """Return the cell of the code, or the cells before the name that hold its levels."""
    first = columns["code"]
    last = columns["name"] if columns["name"] > first else first + 1
    cells = [row.values[at] for at in range(first, last) if row.values.get(at) is not None]
    spread = len(cells) > 1 and all(isinstance(cell, Decimal) or _LEVEL.match(str(cell)) for cell in cells)
    return cells if spread else cells[:1]


def _joined(cells: Sequence[object]) -> str:
    """Return the levels of a code in several cells as one text; ValueError for the number 1.1, which may have been
    1.10."""
    for cell in cells:
        if isinstance(cell, Decimal) and not re.search(r"\.[0-9]{2}\Z", str(cell)):
            message = _("'{value}' is a number that may have lost a zero. Format the cell as text and type it again.")
            raise ValueError(message.format(value=cell))
    return in_one_cell(cells)


def _place(row: InputRow, at: int) -> Place:
    return row.place_in(at) if isinstance(row, TextRow) else row.place
