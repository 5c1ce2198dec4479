"""What is wrong in a workbook is told at its sheet and cell, all of it at once."""

from __future__ import annotations

import datetime
from typing import Any

import openpyxl
import pytest

from planner.errors import InputError
from planner.scenario_io.scenario_workbook import imported
from tests.unit.scenario_io.scenario_workbook.books import appending, book, setting, told

CELL_FAULTS: list[tuple[str, Any, str]] = [
    ("Groups!H3", None, "Groups!H3: column 'headcount': this cell may not be blank."),
    ("Groups!A3", None, "Groups!A3: column 'id': this cell may not be blank."),
    ("Groups!H3", "120", "Groups!H3: column 'headcount': the number '120' is stored as text. Format the cell as a"),
    ("Programmes!F3", "24,5", "Programmes!F3: column 'hours': the number '24,5' is stored as text."),
    ("Groups!H3", "banyak", "Groups!H3: column 'headcount': 'contoh-analis': expected a number, not 'banyak'."),
    ("Groups!H3", -4, "Groups!H3: column 'headcount': 'contoh-analis': this number cannot be negative (-4)."),
    ("Groups!H3", 1.5, "Groups!H3: column 'headcount': 'contoh-analis': 1.5 is not a whole number."),
    ("Groups!H3", "=60+60", "Groups!H3: this formula has no stored result."),
    ("Groups!H3", "#N/A", "Groups!H3: this cell holds the error #N/A."),
    ("Groups!C3", datetime.date(2027, 1, 1), "Groups!C3: this cell holds a date or a time."),
    ("Groups!B3", True, "Groups!B3: column 'name': this cell holds TRUE or FALSE."),
    ("Groups!F3", "honorer", "Groups!F3: column 'employment': 'honorer' is not one of: 'pns', 'pppk'."),
    ("Groups!J3", 70, "Groups!J3: column 'uptake': 'contoh-analis': a share lies between 0 and 1"),
    ("Groups!L3", None, "Groups!K3: column 'socialization.raises_uptake_to': 'contoh-analis': 'cost' is missing."),
    ("Gaps!C3", 600, "Gaps!C3: column 'Regional financial management': 'contoh-analis' has 600 people with a gap"),
    ("Gaps!A3", "contoh-analisa", "Gaps!A3: column 'group': 'contoh-analisa' is not on the sheet 'Groups'. Did you"),
    ("Gaps!C2", "keuangan", "Gaps!C2: 'keuangan' is not on the sheet 'Competencies'."),
    ("Competencies!C3", "teknik", "Competencies!C3: column 'kind': 'teknik' is not one of: 'technical',"),
    ("Programmes!L3", "TW1; TW8", "Programmes!L3: column 'periods': 'contoh-bimtek' names an unknown period: 'TW8'."),
    ("Programmes!L3", '"TW1; TW2', "Programmes!L3: column 'periods': a double quote in this list is not closed"),
    ("Programmes!M3", "dasar", "Programmes!M3: column 'requires': 'contoh-bimtek' names an unknown programme"),
    ("Programmes!N3", "junior", "Programmes!N3: column 'mentors.pool': 'contoh-bimtek' names an unknown mentor pool"),
    ("Programmes!G3", 50, "Programmes!G3: column 'class_size.min': 'contoh-bimtek' needs at least 50 people but"),
    ("Programmes!Q3", "BPKD", "Programmes!Q3: column 'for.agency': the selector of 'contoh-bimtek' picks no group."),
    ("Closes!C3", None, "Closes!A3: column 'programme': 'contoh-bimtek' closes no competency."),
    ("Closes!C3", 0, "Closes!C3: column 'Regional financial management': "),
    ("Costs!A3", "bimtek", "Costs!A3: column 'programme': 'bimtek' is not on the sheet 'Programmes'."),
    ("Costs!D3", "lusin", "Costs!D3: column 'per': 'lusin' is not one of: 'participant', 'class', 'programme'."),
    ("Costs!G3", None, "Costs!G3: column 'price': this cell may not be blank. Fill in a price, or name a price list."),
    ("Costs!G3", 0.5, "Costs!G3: column 'price': 'contoh-bimtek': 0.5 has a fraction of a rupiah."),
    ("Costs!H3", "Perjalanan dinas", "Costs!H3: column 'price_list': this line has a price and a price list."),
    ("Costs!H4", "Perjalanan", "Costs!H4: column 'price_list': 'Perjalanan' is not on the sheet 'Prices'. Did"),
    ("Prices!D3", "1.000.000", "Prices!D3: column 'price': '1.000.000' has dots between thousands, but no Rp."),
    ("Prices!B4", "agency", "Prices!B4: column 'by': the list 'Perjalanan dinas' depends on something else in"),
    ("Prices!C3", "Kota", "Prices!C4: column 'value': 'Kota' is defined twice."),
    ("Prices!C3", None, "Prices!C3: column 'value': this cell may not be blank."),
    ("Funds!D3", None, "Funds!D3: column 'amount': this cell may not be blank."),
    ("Funds!G3", "unja", "Funds!G3: column 'match.with': 'contoh-apbd' names an unknown fund: 'unja'."),
    ("Funds!AD2", "releases.TW9", "Funds!AD2: 'contoh-apbd' names an unknown period: 'TW9'."),
    ("Seats!A3", "unja", "Seats!A3: column 'fund': 'unja' is not on the sheet 'Funds'."),
    ("Seats!B3", "bimtek", "Seats!B3: column 'programme': 'contoh-kampus' names an unknown programme: 'bimtek'."),
    ("Seats!C3", None, "Seats!C3: column 'seats': this cell may not be blank."),
    ("Rules!A3", None, "Rules!A3: column 'name': this cell may not be blank."),
    ("Rules!D3", "banyak", "Rules!D3: column 'at_least': 'contoh-sasaran': 'banyak' is not an amount"),
    ("Objective!C3", "agency", "Objective!C3: column 'by': 'by' belongs to smallest_coverage"),
    ("Scenario!C3", None, "Scenario!C3: column 'value': 'id' is missing."),
    ("Scenario!C3", "Jambi 2027", "Scenario!C3: column 'value': 'Jambi 2027' may hold only lower-case letters"),
    ("Scenario!B4", "nama", "Scenario!B4: column 'key': unknown key 'nama'."),
    ("Scenario!B4", "agency", "Scenario!B5: column 'key': 'agency' is defined twice."),
    ("Scenario!B4", None, "Scenario!B4: column 'key': this row has a value but no key."),
    ("Groups!H2", "hedcount", "Groups!H2: unknown column 'hedcount'. Did you mean 'headcount'?"),
    ("Groups!C2", "name", "Groups!C2: the column 'name' is there twice; the other is at b.xlsx:Groups!B2."),
    ("Groups!H2", 5, "Groups!H2: the name of a column must be text."),
    ("Groups!Z3", "x", "Groups!Z3: this cell has a value, but its column has no name."),
    ("Groups!XFD1048576", "x", "Groups!XFD1048576: this cell has a value, but its column has no name"),
]  # fmt: skip


HIDDEN_BY_OTHERS = {("Gaps!C3", 600), ("Gaps!A3", "contoh-analisa"), ("Programmes!Q3", "BPKD")}
"""Faults that are seen only where the sheets they refer to are right."""


def workbooks() -> list[list[tuple[str, Any, str]]]:
    """The faults, at most one on a sheet: as few workbooks as hold them all."""
    books: list[list[tuple[str, Any, str]]] = []
    sheets: list[set[str]] = []
    for fault in CELL_FAULTS:
        sheet = "all" if fault[:2] in HIDDEN_BY_OTHERS else fault[0].split("!")[0]
        number = next((n for n, held in enumerate(sheets) if not held & {sheet, "all"} and sheet != "all"), len(books))
        if number == len(books):
            books.append([])
            sheets.append(set())
        books[number].append(fault)
        sheets[number].add(sheet)
    return books


@pytest.mark.parametrize("faults", workbooks(), ids=lambda faults: " ".join(f"{f[0]}={f[1]}" for f in faults)[:60])
def test_a_fault_names_its_sheet_and_cell(faults: list[tuple[str, Any, str]]) -> None:
    found = told(book(*(setting(place, value) for place, value, _words in faults)))
    for _place, _value, words in faults:
        assert any(text.startswith(f"b.xlsx:{words}") for text in found), (words, found)


def test_all_faults_are_told_at_once_in_the_order_of_the_workbook() -> None:
    found = told(
        book(
            setting("Funds!D3", "x"), setting("Groups!H3", None), setting("Closes!C3", 2), setting("Costs!D3", "x"),
            setting("Scenario!C3", None), setting("Groups!J3", 70), appending("Gaps", "hantu", None, 3),
        )
    )  # fmt: skip
    places = [text.split(": ")[0] for text in found]
    assert places == [
        f"b.xlsx:{place}"
        for place in ("Scenario!C3", "Groups!H3", "Groups!J3", "Gaps!A4", "Closes!C3", "Costs!D3", "Funds!D3")
    ]


def test_duplicates_name_both_places() -> None:
    found = told(
        book(appending("Groups", "Contoh-Analis", *[None] * 6, 3), appending("Gaps", "contoh-analis", None, 1))
    )
    assert found == [
        "b.xlsx:Groups!A4: column 'id': 'Contoh-Analis' and 'contoh-analis' differ only in case, spaces or form of"
        " letters. The other is at b.xlsx:Groups!A3. Rename or remove one of them.",
        "b.xlsx:Gaps!A4: column 'group': 'contoh-analis' is defined twice. The other is at"
        " b.xlsx:Gaps!A3. Remove one of them.",
    ]


def test_a_price_that_is_wrong_is_told_once_however_many_lines_use_it() -> None:
    line = ["contoh-bimtek", "Uang saku", None, "participant", None, None, None, "Perjalanan dinas"]
    assert len(told(book(appending("Costs", *line), setting("Prices!D3", "x")))) == 1


def test_a_needed_sheet_that_is_missing_is_named_and_an_unneeded_one_is_noticed() -> None:
    def without(name: str) -> bytes:
        return book(lambda workbook: workbook.remove(workbook[name]))

    assert "b.xlsx: the workbook has no sheet 'Funds'. Add it." in told(without("Funds"))
    loaded = imported(without("Rules"), "b.xlsx")
    assert loaded.scenario.rules == ()
    assert "b.xlsx: the workbook has no sheet 'Rules'; the scenario is made without it." in map(str, loaded.warnings)


def test_a_sheet_that_is_nearly_one_of_ours_is_not_passed_over() -> None:
    def renamed(workbook: openpyxl.Workbook) -> None:
        workbook["Rules"].title = "Rulez"

    assert any("b.xlsx:Rulez: unknown sheet 'Rulez'. Did you mean 'Rules'?" in text for text in told(book(renamed)))


def test_sheets_and_columns_of_the_planner_are_not_read() -> None:
    data = book(
        lambda workbook: workbook.create_sheet("Pivot saya").append(["=1+1"]),
        lambda workbook: workbook.create_sheet("#Hitungan").append(["=1+1"]),
        setting("Groups!P2", "#catatan"), setting("Groups!P3", "lihat lampiran"),
    )  # fmt: skip
    loaded = imported(data, "b.xlsx")
    assert [str(warning) for warning in loaded.warnings] == ["b.xlsx:Pivot saya: this sheet is not read."]


def test_in_columns_of_the_planner_anything_may_stand_and_beside_them_its_faults_are_told() -> None:
    changes = [setting("Groups!P2", "#catatan"), setting("Scenario!D4", "=1+1")]
    changes += [setting(f"Groups!P{row}", value) for row, value in enumerate(ANYTHING, start=3)]
    assert imported(book(*changes), "b.xlsx").scenario.groups[0].headcount == 120
    assert told(book(*changes, setting("Groups!O3", "=1+1"))) == [
        "b.xlsx:Groups!O3: this formula has no stored result."
        " Open and save the workbook in Excel or LibreOffice, or put in the value."
    ]


ANYTHING = ["=1+1", datetime.date(2027, 1, 1), datetime.time(12, 30), "#N/A", 10**20, True]


def test_columns_are_found_by_name_wherever_they_stand_and_may_be_left_out() -> None:
    def reordered(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Groups"]
        rows = [[cell.value for cell in row][:15] for row in sheet.iter_rows(max_row=3)]
        workbook.remove(sheet)
        again = workbook.create_sheet("Kelompok")
        for row in rows:
            again.append([row[n] for n in (7, 2, 4, 3, 0, 13)])

    group = imported(book(reordered), "b.xlsx").scenario.groups[0]
    assert (group.id, group.headcount, group.agency) == ("contoh-analis", 120, "BPKAD")
    assert group.max_hours == 40
    assert group.uptake == 1


def test_the_row_of_heads_may_stand_lower_and_must_be_there() -> None:
    def lower(workbook: openpyxl.Workbook) -> None:
        workbook["Groups"].insert_rows(1)
        workbook["Groups"]["A1"] = "Kelompok ASN Kabupaten Contoh"

    assert imported(book(lower), "b.xlsx").scenario.groups[0].headcount == 120
    found = told(book(lambda workbook: workbook["Groups"].delete_rows(2)))
    assert any(text.startswith("b.xlsx:Groups: the row of heads is missing: id, name, agency") for text in found)


def test_a_bound_that_its_cell_shows_as_a_percentage_is_a_share() -> None:
    def share(workbook: openpyxl.Workbook) -> None:
        workbook["Rules"]["D3"] = 1
        workbook["Rules"]["D3"].number_format = "0.00%"

    rule = imported(book(share), "b.xlsx").scenario.rules[0]
    assert rule.at_least is not None
    assert rule.at_least.is_share
    plain = imported(book(setting("Rules!D3", 1)), "b.xlsx").scenario.rules[0]
    assert plain.at_least is not None
    assert not plain.at_least.is_share


def test_a_share_beyond_all_is_told_as_its_cell_shows_it() -> None:
    def uptake(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Groups"]
        at = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "uptake")
        row = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "id") + 1
        sheet.cell(row, at).value = 61
        sheet.cell(row, at).number_format = "0%"

    found = told(book(uptake))
    assert any("this says 6100%. Write 61% if that is meant." in text for text in found), found


def test_a_percent_sign_that_a_format_only_shows_makes_no_share() -> None:
    def shown(workbook: openpyxl.Workbook) -> None:
        workbook["Rules"]["D3"] = 40
        workbook["Rules"]["D3"].number_format = '0" orang (100%)"'

    rule = imported(book(shown), "b.xlsx").scenario.rules[0]
    assert rule.at_least is not None
    assert rule.at_least.value == 40


def test_money_may_be_typed_in_words_and_codes_as_numbers() -> None:
    data = book(
        setting("Funds!D3", "2,5 miliar"), setting("Prices!D3", "150 ribu"), setting("Rules!D3", "40"),
        setting("Groups!E3", 3), setting("Mentors!G3", 3), setting("Groups!G3", 7),
    )  # fmt: skip
    scenario = imported(data, "b.xlsx").scenario
    assert scenario.funds[0].amount == 2_500_000_000
    assert (scenario.groups[0].level, scenario.groups[0].tags) == ("3", ("7",))


def test_a_flood_of_faults_is_cut_short() -> None:
    rows = [appending("Groups", f"g{n}", *[None] * 6, "x") for n in range(600)]
    found = told(book(*rows))
    assert len(found) == 201
    assert found[-1] == "there are more problems; only the first 200 are shown."


def test_a_flood_of_cells_that_cannot_be_read_is_not_taken_for_a_damaged_workbook() -> None:
    day = datetime.date(2027, 1, 1)
    found = told(book(*[appending("Groups", day, day) for _n in range(150)]))
    assert len(found) == 201
    assert found[0].startswith("b.xlsx:Groups!A4: this cell holds a date or a time.")


def test_what_is_no_scenario_at_all_is_refused() -> None:
    def strange(workbook: openpyxl.Workbook) -> None:
        for name in workbook.sheetnames[1:]:
            workbook.remove(workbook[name])

    def emptied(workbook: openpyxl.Workbook) -> None:
        for sheet in workbook.worksheets[1:]:
            sheet.delete_rows(3, 60)

    with pytest.raises(InputError, match="none of the sheets of a scenario"):
        imported(book(strange), "b.xlsx")
    assert "b.xlsx:Groups: at least one entry is needed." in told(book(emptied))
