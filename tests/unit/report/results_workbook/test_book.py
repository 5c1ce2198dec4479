"""The workbook as a file: what opens, prints and repeats; and that text of users stays text."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from typing import Any

import pytest

from planner.errors import InputError
from planner.plans.plan import Plan
from planner.report.results_workbook import workbook_bytes
from planner.report.results_workbook.book import address
from planner.spreadsheets.new_workbook import ensure_available
from tests.sampled import sampled
from tests.scenarios.builders import SMALL, plan, scenario
from tests.scenarios.hostile import HOSTILE, with_text_everywhere
from tests.unit.report.results_workbook.cases import SHEETS, case
from tests.unit.report.results_workbook.evaluator import Spreadsheet

DANGEROUS = [
    *("=1+1", "+62", "-x", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1+1}", '=HYPERLINK("http://example.org")'),
    *("http://example.org", "mailto:a@example.org", "internal:Sheet1!A1", "123", "1e5", "5.1.02", "TRUE", "#REF!"),
    *("*", "?", "<>", ">0", "&P &D &[File] &&", "&10Besar", "a\u3164b", "_x0041_"),
]


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info).decode() for info in archive.infolist()}


@pytest.mark.parametrize("text", sampled([*DANGEROUS, *HOSTILE], 4))
def test_text_of_a_scenario_is_text_in_every_cell_and_nothing_acts(text: str) -> None:
    built = with_text_everywhere(text)
    made = plan(built)
    content = workbook_bytes(built, made, "en")
    book = Spreadsheet(content)
    assert len([*book.cells_with_formulas()]) == len([*case("by hand").book.cells_with_formulas()])
    for place in book.cells_with_formulas():
        assert book.computed(*place) == pytest.approx(book.stored(*place), abs=1e-9)
    cells: list[Any] = [
        cell
        for sheet in book.formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type != "f"
    ]
    carrying = [cell for cell in cells if isinstance(cell.value, str) and text in cell.value]
    if "\u3164" in text:
        assert any("[U+3164]" in str(cell.value) for cell in cells)
    else:
        assert len(carrying) > 20
    for cell in carrying:
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        if str(cell.value)[0] in "=+-@":
            assert cell.quotePrefix
    files = parts(content)
    assert not [name for name in files if "externalLink" in name or "vba" in name.lower()]
    assert "hyperlink" not in "".join(text for name, text in files.items() if "sheet" in name)


def test_text_in_headers_cannot_give_commands_to_the_printer() -> None:
    built = scenario(scenario={"agency": "Dinas A&B &P", "name": "Rencana & lainnya " + "&" * 150})
    files = parts(workbook_bytes(built, plan(built)))
    header = re.findall(r"<oddHeader>(.*?)</oddHeader>", files["xl/worksheets/sheet1.xml"])[0].replace("&amp;", "&")
    assert header.startswith("&LDinas A&&B &&P&RRencana && lainnya")
    assert len(header) < 255


@pytest.mark.parametrize("text", ["=1+1\nbaris dua", "\tx", "x" * 40_000])
def test_long_text_and_text_of_several_lines_is_kept_in_its_cell(text: str) -> None:
    built = scenario(scenario={"description": text})
    book = Spreadsheet(workbook_bytes(built, plan(built), "en"))
    rows = {row[3]: row[2] for row in book.shown["Scenario"].iter_rows(values_only=True)}
    shown = str(rows["scenario.description"])
    assert shown == (text.strip() if len(text) < 32_767 else "x" * 32_766 + "…")


def test_amounts_beyond_what_a_spreadsheet_keeps_are_written_in_full() -> None:
    funds = [dict(fund) for fund in SMALL["funds"]]
    funds[0]["amount"] = 999_999_999_999_999
    built = scenario(funds=funds)
    book = Spreadsheet(workbook_bytes(built, plan(built), "en"))
    limits = [row[3] for row in book.shown["Funding"].iter_rows(min_row=5, max_row=8, values_only=True)]
    assert limits == [999_999_999_999_999, 60_000_000, 0, "1,000,000,059,999,999"]


def test_the_same_plan_gives_the_same_bytes_also_when_read_back() -> None:
    again = Plan.from_plain(json.loads(plan().to_json()))
    assert workbook_bytes(scenario(), plan()) == workbook_bytes(scenario(), plan()) == workbook_bytes(scenario(), again)


def test_the_date_of_the_file_is_the_fiscal_year_and_not_today() -> None:
    properties = parts(case("by hand").content)["docProps/core.xml"]
    assert re.findall(r">([\dT:Z-]+)</dcterms:", properties) == ["2027-01-01T00:00:00Z"] * 2


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_set_up_to_be_read_and_printed(name: str) -> None:
    sheet: Any = case("by hand").book.formulas[name]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.orientation == ("landscape" if name != "Summary" else sheet.page_setup.orientation)
    assert "BPSDM Provinsi Jambi" in sheet.oddHeader.left.text
    assert "Page &P of &N" in sheet.oddFooter.right.text
    assert sheet.column_dimensions["A"].width > 4
    if name in ("Allocation", "Classes", "Budget lines", "Unit prices", "Gaps", "Rules"):
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes.endswith("5")
        assert sheet.auto_filter.ref.startswith("A4:")


def test_rupiah_has_marks_of_thousands_and_shares_are_percent() -> None:
    book = case("by hand").book.formulas
    lines: Any = book["Budget lines"]
    assert {lines.cell(row, 6).number_format for row in range(5, 12)} == {"#,##0"}
    form: Any = book["RKA"]
    assert {
        cell.number_format for row in form.iter_rows(min_col=7, max_col=7) for cell in row if cell.data_type == "f"
    } == {"#,##0.00"}
    assert book["Funding"]["G5"].number_format.endswith(";0.0%")
    assert book["Gaps"]["H5"].number_format == "#,##0.0"


def test_there_are_native_charts_of_gaps_and_of_funds() -> None:
    files = parts(case("by hand").content)
    charts = [text for name, text in files.items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert "Gaps needed and closed by competency" in charts[0]
    assert "'Summary'!" in charts[0] or "Summary!" in charts[0]
    assert all("descr=" in text for name, text in files.items() if name.startswith("xl/drawings/drawing"))


def test_without_the_library_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(InputError, match=r"planner\[xlsx\]") as caught:
        ensure_available()
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_addresses_are_those_of_a_spreadsheet(column: int, letters: str) -> None:
    assert address(6, column) == f"{letters}7"
    assert address(6, column, fixed=True) == f"${letters}$7"


def test_the_values_of_the_scenario_have_readable_names_and_are_not_printed() -> None:
    sheet: Any = Spreadsheet(workbook_bytes(scenario(), plan(scenario()), "id")).formulas["Skenario"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    group = scenario().groups[0]
    assert [f"Kelompok: {group.label}", "jumlah ASN", group.headcount, f"groups.{group.id}.headcount"] in rows
    first, last = (int("".join(filter(str.isdigit, part))) for part in sheet.print_area.split("!")[1].split(":"))
    assert (first, last < 15) == (1, True)
