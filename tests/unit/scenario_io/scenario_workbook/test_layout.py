"""The workbook has a place for every key of the format, and explains each of them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest

from planner.domain.named_keys import KEYS_OF
from planner.domain.rules import Measure
from planner.locale import LANGUAGES, speaking
from planner.scenario_io.fields import ROOT, Expected
from planner.scenario_io.price_lists.offering import VALIDITY
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from planner.scenario_io.scenario_workbook.beside import BESIDE
from planner.scenario_io.scenario_workbook.columns import Sheet
from planner.scenario_io.scenario_workbook.layout import GUIDE, SHEET, SHEETS, sheet_named
from planner.scenario_io.scenario_workbook.people_sheets import IDENTITY_KEYS
from planner.scenario_io.scenario_workbook.price_codes import all_entries
from planner.scenario_io.scenario_workbook.rows_under import UNDER
from planner.scenario_io.scenario_workbook.validations import ROOM
from planner.scenario_io.words import WORDS, choices, understood
from tests.unit.scenario_io.scenario_workbook.full import FULL, made

ELSEWHERE = {
    "groups": {"gaps"},
    "programmes": {"closes", "costs"},
    "funds": {"releases", "amounts"},
}
"""Keys that have a sheet, or columns, of their own, beside those that a sheet names itself (`under`)."""


def leaves(expected: Expected, prefix: str = "") -> Iterator[str]:
    """The dotted keys of a record that hold values."""
    for key in expected.known_keys():
        below = expected.below(key)
        assert below is not None
        if below.kind == "record":
            yield from leaves(below, f"{prefix}{key}.")
        else:
            yield prefix + key


@pytest.mark.parametrize(
    "key", ["competencies", "groups", "programmes", "mentor_pools", "resources", "funds", "rules", "objective"]
)
def test_every_key_of_a_record_has_a_column(key: str) -> None:
    expected = ROOT.below(key)
    assert expected is not None
    record = expected.below(0)
    assert record is not None
    columns = {column.key for column in SHEET[key].columns}
    below = {sheet.under for sheet in UNDER if sheet.anchor.refers == key}
    there = {leaf for leaf in leaves(record) if leaf not in below | ELSEWHERE.get(key, set())}
    assert there == columns, f"give each key a column of the sheet '{key}', or a sheet whose rows stand `under` it"


def test_every_key_of_a_cost_line_has_a_column() -> None:
    programmes = ROOT.below("programmes")
    assert programmes is not None
    line = Expected("record", programmes.below(0).below("costs").model)  # type: ignore[union-attr]
    assert {column.key for column in SHEET["costs"].columns} == {
        *(set(leaves(line)) - {"listed", "ceiling"}), "programme", "price_list", "price.code", "ceiling.code",
    }  # fmt: skip


@pytest.mark.parametrize("sheet", UNDER, ids=lambda sheet: sheet.key)
def test_a_sheet_whose_rows_stand_below_free_keys_has_a_column_for_each_of_them_and_for_what_they_hold(
    sheet: Sheet,
) -> None:
    there = ROOT.below(sheet.anchor.refers)
    path: tuple[str | int, ...] = (0, sheet.under, *KEYS_OF[sheet.under])
    for step in path:
        assert there is not None
        there = there.below(step)
    assert there is not None
    _owner, *columns = (column.key for column in sheet.columns)
    named = columns[: len(KEYS_OF[sheet.under])]
    held = columns[len(named) :]
    assert [f"{name}s" for name in named] == [one.replace("ies", "ys") for one in KEYS_OF[sheet.under]]
    assert set(held) == set(leaves(there)) if there.model else len(held) == 1


def test_every_key_of_the_identity_has_a_row() -> None:
    identity = ROOT.below("scenario")
    assert identity is not None
    beside = {leaf for leaf in leaves(identity) if leaf.split(".")[0] in BESIDE}
    assert {column.key for column in IDENTITY_KEYS} == set(leaves(identity)) - beside


def test_the_full_scenario_of_the_tests_uses_every_column() -> None:
    scenario = made(FULL)
    dated = [{**entry, VALIDITY: "2027"} for entry in all_entries((), scenario.to_plain()["programmes"])]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(scenario, dated)))
    blank = [
        f"{name}!{cell.value}"
        for name in book.sheetnames
        if name not in GUIDE
        for at, cell in enumerate(book[name][2])
        if not str(cell.value).startswith("#")
        and all(row[at] is None for row in book[name].iter_rows(min_row=3, values_only=True))
    ]
    assert blank == [], "let the full scenario (full.py, beside this file) fill these columns"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_drop_downs_notes_and_an_example_row(language: str) -> None:
    with speaking(language):
        book = openpyxl.load_workbook(io.BytesIO(workbook_bytes()))
        assert book.sheetnames == [
            GUIDE[LANGUAGES.index(language)],
            *(sheet.name for sheet in SHEETS if not sheet.optional),
        ]
        for sheet in (each for each in SHEETS if not each.optional):
            worksheet = book[sheet.name]
            heads = {str(cell.value): cell for cell in worksheet[2] if cell.value}
            assert {column.key for column in sheet.columns} <= heads.keys()
            assert worksheet.freeze_panes is not None
            assert worksheet.max_row >= 3, (
                f"no example on {sheet.name}: add one in planner/scenario_io/scenario_workbook/example.py"
            )
            for column in sheet.columns:
                at = heads[column.key].column_letter
                if column.note:
                    assert worksheet[f"{at}1"].comment is not None, column.key
                if column.kind == "choice":
                    lists = [
                        rule.formula1
                        for rule in worksheet.data_validations.dataValidation
                        if rule.type == "list" and f"{at}{2 + ROOM}" in rule.sqref
                    ]
                    assert lists == ['"' + ",".join(choices(column.words)) + '"'], column.key


def test_a_matrix_shows_the_name_of_each_id_and_does_not_read_it() -> None:
    with speaking("id"):
        data = workbook_bytes()
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    for matrix, there in (("Kesenjangan", "Kelompok"), ("Penutupan", "Program")):
        assert shown[matrix]["B2"].value == "#"
        assert shown[matrix]["B3"].value == shown[there]["B3"].value
        looked_up = f"=IFERROR(INDEX('{there}'!$B$3:$B$20002,MATCH($A3,'{there}'!$A$3:$A$20002,0))&\"\",\"\")"
        assert formulas[matrix]["B3"].value == looked_up
        assert formulas[matrix].freeze_panes == "C3"
    formulas["Kesenjangan"]["B3"] = "apa saja"
    file = io.BytesIO()
    formulas.save(file)
    assert imported(file.getvalue(), "b.xlsx").scenario.sha256 == imported(data, "b.xlsx").scenario.sha256


def test_the_template_is_a_scenario_that_can_be_read_as_it_is() -> None:
    loaded = imported(workbook_bytes(), "buku.xlsx")
    assert loaded.scenario.id == "contoh"
    assert loaded.warnings == ()


def test_the_words_of_a_drop_down_are_understood_in_both_languages_and_are_all_the_words_there_are() -> None:
    for vocabulary, words in WORDS.items():
        for language in LANGUAGES:
            with speaking(language):
                assert [understood(vocabulary, word.upper()) for word in choices(vocabulary)] == list(words)
    assert list(WORDS["measure"]) == list(Measure.__args__)  # type: ignore[attr-defined]
    assert understood("per", "lusin") is None


def test_a_sheet_is_found_by_either_of_its_names() -> None:
    assert sheet_named(" kelompok") is sheet_named("GROUPS") is SHEET["groups"]
    assert sheet_named("Kelompok 2") is None
