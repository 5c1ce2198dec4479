"""Values typed over the formulas of the template are refused with both values: nobody would read them."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from planner.scenario_io.scenario_workbook.example import example_scenario
from tests.unit.scenario_io.scenario_workbook.books import changed

CODE = "1.1.12"
OFFERED = [
    {"from": "ssh", "code": CODE, "name": "Narasumber", "unit": "OJ", "price": 900_000, "accounts": []},
    {"from": "ssh", "code": "1.2", "name": "Kertas", "unit": "Rim", "price": 55_000, "accounts": []},
]


@pytest.fixture(scope="module")
def template() -> bytes:
    with speaking("en"):
        return workbook_bytes(None, OFFERED)


def costs(template: bytes, **cells: Any) -> bytes:
    """The template whose first cost line takes a code and has other cells."""

    def change(book: Any) -> None:
        sheet = book["Costs"]
        heads = {str(cell.value): cell.column for cell in sheet[2]}
        for key, value in cells.items():
            sheet.cell(3, heads[key.replace("_code", ".code").replace("listed_", "#")]).value = value

    return changed(template, change)


def told(data: bytes) -> str:
    with speaking("en"), pytest.raises(InputError) as caught:
        imported(data, "b.xlsx")
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("head", "typed", "words"),
    [
        (
            "listed_price",
            750_000,
            "says 'Rp900,000' of the code '1.1.12', but this cell says 'Rp750,000' and is not read.",
        ),
        ("listed_unit", "OH", "says 'OJ' of the code '1.1.12', but this cell says 'OH'"),
        ("listed_name", "Moderator", "says 'Narasumber' of the code '1.1.12', but this cell says 'Moderator'"),
    ],
)
def test_a_value_typed_over_what_the_list_says_is_refused_with_both(
    template: bytes, head: str, typed: object, words: str
) -> None:
    assert words in told(costs(template, price_code=CODE, price=None, unit=None, **{head: typed}))


def test_the_same_value_and_a_formula_without_result_are_no_fault(template: bytes) -> None:
    for typed in (900_000, "Rp900.000", "=1+1"):
        data = costs(template, price_code=CODE, price=None, unit=None, listed_price=typed)
        assert imported(data, "b.xlsx").scenario.programmes[0].costs[0].price == 900_000


def test_a_price_in_the_column_of_the_list_without_a_code_is_not_lost(template: bytes) -> None:
    text = told(costs(template, price=None, listed_price=750_000))
    assert "this cell says 'Rp750,000' and is not read. Write it into the column 'price'." in text
    assert "Rp750,000" in told(costs(template, price=800_000, listed_price=750_000))
    data = costs(template, price=750_000, listed_price=750_000)
    assert imported(data, "b.xlsx").scenario.programmes[0].costs[0].price == 750_000


def test_the_name_of_another_record_beside_an_id_is_refused(template: bytes) -> None:
    first, second = example_scenario().programmes[:2]

    def name(text: str) -> bytes:
        def change(book: Any) -> None:
            sheet = book["Closes"]
            at = next(cell.column for cell in sheet[2] if cell.value == "#")
            row = next(row for row in range(3, 20) if sheet.cell(row, 1).value == first.id)
            sheet.cell(row, at, text)

        return changed(template, change)

    assert f"this cell names '{second.label}', but the row is that of '{first.id}'" in told(name(second.label))
    assert imported(name(first.label), "b.xlsx").scenario.programmes
    assert imported(name("belum lengkap"), "b.xlsx").scenario.programmes


def test_messages_name_sheets_as_the_workbook_does() -> None:
    with speaking("id"):
        data = workbook_bytes(None, OFFERED)

    def change(book: Any) -> None:
        del book["Aturan"], book["Kompetensi"]
        book["Biaya"].cell(3, 1, "tidak-ada")

    text = told(changed(data, change))
    assert "the workbook has no sheet 'Kompetensi'" in text
    assert "'tidak-ada' is not on the sheet 'Program'." in text
    with speaking("en"):
        notices = imported(changed(data, lambda book: book.remove(book["Aturan"])), "b.xlsx").noticed
    assert "the workbook has no sheet 'Aturan'" in "\n".join(map(str, notices))
