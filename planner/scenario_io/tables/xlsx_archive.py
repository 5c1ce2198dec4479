"""What an XLSX file must be before a parser may see it: a plain zip of harmless XML, not a bomb."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from typing import Final

from planner.locale import _
from planner.office_archive import DAMAGED, MAX_EXPANDED, OLD_OR_LOCKED, SMALL, TYPES, is_harmless, is_xml, unpacked
from planner.scenario_io.file_kinds import ZIP, refuse_other_kinds
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.sheet import MAX_CELLS
from planner.scenario_io.tree import Place

MAX_RATIO: Final = 100
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s/>]")
_KEPT: Final = re.compile(
    rb"<(?:\w+:)?(?:xf|font|fill|border|numFmt|cellStyle|dxf|definedName|mergeCell|sheet|Relationship|Override)\b"
)
_MOST_KEPT: Final = 70_000
"""Styles, names and merged cells of which a reader makes a record each; Excel has 65,490 styles at most."""
_MOST_TAGS: Final = 8 * MAX_CELLS


def check_archive(data: bytes, file: str) -> None:
    """Refuse `data` unless it is a workbook that can be parsed within bounds; raises Refused."""
    place = Place(file)
    save = _("Save it as XLSX with Excel or LibreOffice.")
    if data.startswith(OLD_OR_LOCKED):
        raise Refused(located(place, _("this is an old XLS workbook, or one with a password."), save))
    refuse_other_kinds(data, place)
    if not data.startswith(ZIP):
        raise Refused(located(place, _("this is not an XLSX workbook, whatever its name says."), save))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive, place)
            _check_parts(archive, place)
    except DAMAGED:
        raise Refused(located(place, _("the workbook is damaged or was cut off."), save)) from None


def _check_sizes(archive: zipfile.ZipFile, place: Place) -> None:
    expanded, packed, is_bomb = unpacked(archive, MAX_RATIO)
    is_bomb = is_bomb or (expanded > SMALL and expanded > MAX_RATIO * packed)
    if expanded > MAX_EXPANDED and not is_bomb:
        message = _("the workbook has {size} MB of cells; at most {most} MB are read.").format(
            size=-(-expanded // 10**6), most=MAX_EXPANDED // 10**6
        )
        raise Refused(located(place, message, _("Save the table as CSV or Parquet.")))
    if is_bomb:
        raise Refused(
            located(
                place,
                _("the workbook would unpack to {size} MB out of {packed} MB and is refused as a zip bomb.").format(
                    size=-(-expanded // 10**6), packed=-(-packed // 10**6)
                ),
                _("Copy the table into a new workbook, or save it as CSV."),
            )
        )
    names = set(archive.namelist())
    if len({name.replace("\\", "/").lstrip("/").casefold() for name in names}) < len(archive.infolist()):
        message = _("the workbook holds one of its parts twice, and programs may read either.")
        raise Refused(located(place, message, _("Save it again with Excel or LibreOffice.")))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(located(place, _("the workbook holds macros."), _("Save it as XLSX, without macros.")))
    if TYPES not in names:
        raise Refused(
            located(place, _("this is a zip file but not an XLSX workbook."), _("Save it as XLSX, or as CSV."))
        )
    if b"macroenabled" in _beginning(archive, TYPES, names).lower():
        message = _("this is a workbook for macros or a binary one (XLSM, XLSB).")
        raise Refused(located(place, message, _("Save it as XLSX, without macros.")))


def _beginning(archive: zipfile.ZipFile, part: str, names: Collection[str]) -> bytes:
    """Return the first bytes of a part; nothing where it is not there."""
    if part not in names:
        return b""
    with archive.open(part) as opened:
        return opened.read(SMALL)


def _check_parts(archive: zipfile.ZipFile, place: Place) -> None:
    tags = 0
    for part in archive.infolist():
        content = archive.read(part)
        if not is_xml(content):
            continue
        if not is_harmless(content):
            raise Refused(
                located(
                    place,
                    _("the part '{part}' of the workbook declares entities or a foreign encoding.").format(
                        part=part.filename[:80]
                    ),
                    _("Copy the table into a new workbook, or save it as CSV."),
                )
            )
        tags += content.count(b"<")
    if tags > _MOST_KEPT:  # what is counted below are some of the tags
        _check_counts(archive, tags, place)


def _check_counts(archive: zipfile.ZipFile, tags: int, place: Place) -> None:
    cells = kept = 0
    for part in archive.infolist():
        content = archive.read(part)
        if is_xml(content):
            cells += len(_CELL.findall(content))
            kept += len(_KEPT.findall(content))
    if kept > _MOST_KEPT or tags > _MOST_TAGS:
        message = _("the workbook has more styles, names and merged cells than are read.")
        raise Refused(located(place, message, _("Copy the table into a new workbook, or save it as CSV.")))
    if cells > MAX_CELLS:
        raise Refused(
            located(
                place,
                _("the workbook has {count} cells, more than the {most} that are read.").format(
                    count=cells, most=MAX_CELLS
                ),
                _("Keep only the table in it, or save the table as CSV or Parquet."),
            )
        )
