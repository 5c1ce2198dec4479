"""Hostile and broken workbooks: refused before they are parsed, or told at their cell."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.worksheet.dimensions import RowDimension

from planner.errors import InputError
from planner.locale import speaking
from planner.report import results_workbook as results
from planner.scenario_io.scenario_workbook import imported
from tests.scenarios.builders import plan, scenario
from tests.unit.scenario_io.scenario_workbook.books import book, repacked, setting, template, told

ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def bomb(size: int) -> bytes:
    return repacked(template(), lambda _name, content: content, {"xl/media/x.xml": b"<x>" + b" " * size + b"</x>"})


def with_entities(name: str, content: bytes) -> bytes:
    return ENTITIES + content.split(b"?>", 1)[-1] if name.endswith("sheet5.xml") else content


def behind_blanks(name: str, content: bytes) -> bytes:
    """The entities far from the beginning of the part, which no declaration begins."""
    return content.replace(b"<", b" " * 300 + ENTITIES.split(b"?>", 1)[-1] + b"<", 1) if "sheet5" in name else content


def for_macros(name: str, content: bytes) -> bytes:
    ordinary = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return content.replace(ordinary, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")


def strict(name: str, content: bytes) -> bytes:
    return content.replace(b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")


def opendocument() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return file.getvalue()


def twice(pattern: bytes) -> bytes:
    """The template in which a part of the sheet of groups stands twice, the second time with 7 people."""

    def change(name: str, content: bytes) -> bytes:
        found = re.search(pattern, content, re.DOTALL) if name.endswith("worksheets/sheet5.xml") else None
        again = found[0].replace(b"<v>120</v>", b"<v>7</v>") if found else b""
        return content.replace(found[0], found[0] + again) if found else content

    return repacked(template(), change)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (lambda: bomb(60 * 2**20), "refused as a zip bomb"),
    "steep ratio": (lambda: bomb(5 * 2**20), "refused as a zip bomb"),
    "entity bomb": (lambda: repacked(template(), with_entities), "declares entities or a foreign encoding"),
    "entity bomb behind blanks": (
        lambda: repacked(template(), lambda name, content: behind_blanks(name, content.split(b"?>", 1)[-1])),
        "declares entities or a foreign encoding",
    ),
    "macros": (lambda: repacked(template(), lambda _n, c: c, {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "for macros": (lambda: repacked(template(), for_macros), "a workbook for macros or a binary one (XLSM, XLSB)"),
    "strict": (
        lambda: repacked(template(), strict),
        "no sheets that can be read; it may be in the format Strict Open XML",
    ),
    "opendocument": (opendocument, "this is an OpenDocument workbook (ODS)"),
    "old xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old XLS workbook"),
    "csv by another name": (lambda: b"id,headcount\na,1\n", "this is not an XLSX workbook, whatever its name says"),
    "empty": (lambda: b"", "this is not an XLSX workbook"),
    "truncated": (lambda: template()[:9_000], "damaged or was cut off"),
    "another zip": (
        lambda: repacked(template(), lambda _n, c: c)[:0] + b"PK\x05\x06" + b"\0" * 18,
        "not an XLSX workbook",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_no_time_and_by_name(name: str) -> None:
    build, words = REFUSED[name]
    data = build()
    began = time.perf_counter()
    found = told(data)
    assert time.perf_counter() - began < 5
    assert len(found) == 1
    assert found[0].startswith("b.xlsx: ")
    assert words in found[0]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_workbook_of_results_is_told_from_one_to_fill_in(language: str) -> None:
    (found,) = told(results.workbook_bytes(scenario(), plan(), language))
    assert found.startswith(
        "b.xlsx: this is a workbook of results, which shows a plan; it is not one to fill in. Write"
    )
    own = book(lambda workbook: workbook.create_sheet("RKA").append(["catatan"]))
    assert [str(warning) for warning in imported(own, "b.xlsx").warnings] == ["b.xlsx:RKA: this sheet is not read."]


@pytest.mark.parametrize("pattern", [rb'<c r="H3"[^>]*><v>120</v></c>', rb'<row r="3".*?</row>'])
def test_a_cell_that_stands_twice_is_not_read_as_either(pattern: bytes) -> None:
    (found,) = told(twice(pattern))
    assert re.fullmatch(r"b\.xlsx:Groups![AH]3: this cell is in the file twice\. Save it again .*", found)


def test_a_hidden_sheet_is_read_and_listed() -> None:
    def hidden(workbook: openpyxl.Workbook) -> None:
        workbook["Rules"].sheet_state = "veryHidden"

    loaded = imported(book(hidden), "b.xlsx")
    assert len(loaded.scenario.rules) == 1
    assert [str(warning) for warning in loaded.warnings] == ["b.xlsx:Rules: this sheet is hidden, and was read."]


def test_a_sheet_that_claims_to_be_endless_is_read_as_far_as_it_goes() -> None:
    def claims(name: str, content: bytes) -> bytes:
        return (
            re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content)
            if "sheet" in name
            else content
        )

    assert imported(repacked(template(), claims), "b.xlsx").scenario.id == "contoh"


def test_a_formula_counts_with_its_stored_result() -> None:
    def formula(name: str, content: bytes) -> bytes:
        old, new = rb'(<c r="H3"[^>]*>)<v>120</v>', rb"\1<f>60+60</f><v>130</v>"
        return re.sub(old, new, content) if name.endswith("sheet5.xml") else content

    data = repacked(template(), formula)
    assert imported(data, "b.xlsx").scenario.groups[0].headcount == 130


def test_merged_cells_are_refused_and_hidden_and_blank_rows_are_listed() -> None:
    assert "b.xlsx:Groups!A3:A4: these cells are merged. Unmerge them and fill in each cell." in told(
        book(lambda workbook: workbook["Groups"].merge_cells("A3:A4"))
    )

    def hidden(workbook: openpyxl.Workbook) -> None:
        groups = workbook["Groups"]
        groups.row_dimensions[3] = RowDimension(groups, index=3, hidden=True)
        workbook["Periods"].insert_rows(5)

    warnings = [str(warning) for warning in imported(book(hidden), "b.xlsx").warnings]
    assert "b.xlsx:Groups: 1 hidden row was read: 3." in warnings
    assert "b.xlsx:Periods: 1 blank row within the table was passed over." in warnings


def test_text_that_looks_like_a_formula_is_a_text_cell() -> None:
    data = book(setting("Groups!B3", "x"))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Groups"]
    sheet["B3"].value = '=HYPERLINK("http://x")'
    sheet["B3"].data_type = "s"
    file = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(file)
    assert imported(file.getvalue(), "b.xlsx").scenario.groups[0].name == '=HYPERLINK("http://x")'


def test_invisible_characters_are_refused_at_their_cell() -> None:
    found = told(book(setting("Groups!B3", "a\u202eb")))
    assert found == [
        "b.xlsx:Groups!B3: column 'name': 'contoh-analis': the text has an invisible control character (U+202E)."
        " Remove it."
    ]


def test_the_same_faults_are_told_in_indonesian_by_the_names_of_the_sheets() -> None:
    with speaking("id"), pytest.raises(InputError) as caught:
        imported(book(setting("Gaps!A3", "hantu")), "b.xlsx")
    assert [str(problem) for problem in caught.value.problems] == [
        "b.xlsx:Gaps!A3: kolom 'group': 'hantu' tidak ada pada lembar 'Groups'. Yang ada: 'contoh-analis'"
        " (Financial analysts)."
    ]
