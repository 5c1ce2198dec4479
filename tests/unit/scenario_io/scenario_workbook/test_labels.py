"""Labels above the grey heads, and names of sheets, that a planner has changed."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from tests.unit.scenario_io.scenario_workbook.books import book, setting, told


@pytest.mark.parametrize(
    ("place", "label", "words"),
    [
        ("Funds!D1", "Amount (ribuan)", "'ribuan': by this remark amounts of the column are in thousands or millions"),
        ("Funds!D1", "Amount (USD)", "'USD': by this remark amounts of the column are in a foreign currency"),
        (
            "Gaps!C1",
            "Orang (ribuan)",
            "'ribuan': by this remark numbers of the column are in thousands or millions, but people",
        ),
    ],
)
def test_a_label_by_which_figures_would_be_others_is_refused(place: str, label: str, words: str) -> None:
    found = told(book(setting(place, label)))
    assert any(f"b.xlsx:{place}: {words}" in text for text in found), found


def test_a_sheet_that_is_missing_is_told_with_those_that_are_not_known() -> None:
    found = told(book(lambda workbook: setattr(workbook["Groups"], "title", "Pegawai")))
    assert "has no sheet 'Groups'. If it is one of these, rename it: 'Pegawai'. Otherwise add it." in found[0]


@pytest.mark.parametrize(("sheet", "called"), [("Costs", "Rincian Biaya"), ("Closes", "Efek"), ("Rules", "Ketentuan")])
def test_a_sheet_with_the_columns_of_one_that_is_missing_is_told(sheet: str, called: str) -> None:
    def renamed(workbook: Workbook) -> None:
        workbook[sheet].title = called

    found = told(book(renamed))
    if sheet == "Closes":  # one that must be there is told as missing
        assert any("has no sheet 'Closes'. If it is one of these, rename it: 'Efek'." in text for text in found), found
    else:
        words = f"b.xlsx:{called}: this sheet has the columns of '{sheet}', which is missing. Call it '{sheet}'."
        assert any(words in text for text in found), found


def test_a_copy_of_a_sheet_that_is_there_is_a_note() -> None:
    def copied(workbook: Workbook) -> None:
        workbook.copy_worksheet(workbook["Costs"]).title = "Biaya lama"

    assert not any("has the columns of" in text for text in told(book(copied, setting("Groups!H3", "banyak"))))


def test_a_label_that_names_another_competency_than_the_id_below_it_is_refused() -> None:
    def two(workbook: Workbook) -> None:
        workbook["Competencies"].append(["kom", "Komunikasi", "managerial"])
        workbook["Gaps"]["D1"], workbook["Gaps"]["D2"] = "Regional financial management", "kom"

    found = told(book(two))
    words = "b.xlsx:Gaps!D1: 'Regional financial management' stands above 'kom', but is the name of another competency."
    assert any(words in text for text in found), found


@pytest.mark.parametrize(
    ("number_format", "refused"),
    [
        ('#,##0" juta"', True),
        ('"Rp"0.0" jt"', True),
        ('#,##0".000"', True),
        ("#,##0\\.\\0\\0\\0", True),
        ('#,##0,," juta"', False),
        ('"Rp"#,##0', False),
    ],
)
def test_a_cell_that_shows_millions_which_it_does_not_hold_is_refused(number_format: str, refused: bool) -> None:
    def shown(workbook: Workbook) -> None:
        workbook["Funds"]["D3"].number_format = number_format

    found = told(book(shown, setting("Groups!H3", "banyak")))
    words = "b.xlsx:Funds!D3: column 'amount': this cell shows its number with '"
    assert any(words in text for text in found) is refused


def test_no_number_is_read_that_its_cell_shows_in_thousands() -> None:
    """Of whatever kind its column is: quantities and JP too."""
    scaled = {
        "Costs!quantity": '0".000"',
        "Programmes!hours": '0" rb"',
        "Programmes!class_size.max": '0" ribu"',
        "Groups!headcount": '0" juta"',
        "Groups!weight": '0".000"',
        "Groups!max_hours": '0" jt"',
        "Funds!max_share": '0" rb"',
        "Rules!at_least": '0".000"',
    }
    places: dict[str, str] = {}

    def shown(workbook: Workbook) -> None:
        for column, number_format in scaled.items():
            sheet, _mark, key = column.partition("!")
            at = next(head.column for head in workbook[sheet][2] if head.value == key)
            cell = workbook[sheet].cell(3, at, 1)
            cell.number_format, places[column] = number_format, f"b.xlsx:{sheet}!{cell.coordinate}: "

    found = [text for text in told(book(shown)) if "this cell shows its number with '" in text]
    assert all(any(text.startswith(place) for text in found) for place in places.values()), found
