"""Codes of a price list in the workbook: drop-downs of real codes, and cost lines that name them."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io.price_lists import Entry, offered_prices
from planner.scenario_io.scenario_workbook import imported, workbook_bytes
from planner.scenario_io.scenario_workbook.validations import ROOM
from tests.unit.scenario_io.price_lists.lists import ATK, HONOR, plain_list, saved, sipd, template
from tests.unit.scenario_io.scenario_workbook.books import changed
from tests.unit.scenario_io.scenario_workbook.full import FULL, made

CODE = "1.1.12.03.01.0001"


OFFERED: list[Entry] = [
    {"from": "ssh-2027", "code": CODE, "name": "Narasumber", "spec": "standar", "unit": "OJ", "price": 900_000,
     "accounts": [HONOR], "group": "SSH"},
    {"from": "ssh-2027", "code": "1.2", "name": "Kertas", "unit": "Rim", "price": 55_000, "accounts": [ATK]},
]  # fmt: skip


@cache
def listed() -> bytes:
    """The template with a price list."""
    with speaking("en"):
        return workbook_bytes(None, OFFERED)


def filled(**cells: Any) -> bytes:
    """The template with a price list, in which the first cost line has other cells."""

    def fill(book: openpyxl.Workbook) -> None:
        costs = book["Costs"]
        heads = {str(cell.value): get_column_letter(at) for at, cell in enumerate(costs[2], 1)}
        for key, value in cells.items():
            costs[f"{heads[key.replace('_code', '.code')]}3"] = value

    return changed(listed(), fill)


def told(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        imported(data, "b.xlsx")
    return "\n".join(map(str, caught.value.problems))


def test_the_list_stands_on_a_sheet_and_its_codes_in_a_drop_down() -> None:
    book = openpyxl.load_workbook(io.BytesIO(listed()))
    rows = [[cell.value for cell in row] for row in book["Price list"].iter_rows(min_row=3)]
    assert rows[0] == [CODE, "Narasumber", "standar", "OJ", 900_000, HONOR, "ssh-2027", "SSH", None]
    costs = book["Costs"]
    heads = {str(cell.value): get_column_letter(at) for at, cell in enumerate(costs[2], 1)}
    for key in ("price.code", "ceiling.code"):
        at = heads[key]
        rules = [rule for rule in costs.data_validations.dataValidation if f"{at}{2 + ROOM}" in rule.sqref]
        assert [(rule.type, rule.formula1) for rule in rules] == [("list", "'Price list'!$A$3:$A$2002")]
    assert str(costs[f"{heads['#name']}3"].value).startswith("=IF(")


def test_a_cost_line_takes_the_price_with_unit_and_account() -> None:
    data = filled(price_code=CODE, price=None, unit=None, account=None)
    item = imported(data, "b.xlsx").scenario.programmes[0].costs[0]
    assert (item.price, item.unit, item.account) == (900_000, "OJ", HONOR)
    assert (item.listed[0].from_, item.listed[0].code) == ("ssh-2027", CODE)
    data = filled(price_code="1.1.12.3.1.1", price=None)
    assert imported(data, "b.xlsx").scenario.programmes[0].costs[0].listed[0].code == CODE


def test_mistakes_are_named_at_their_cells() -> None:
    both = told(filled(price_code=CODE))
    assert "Costs!J3" in both
    assert "a price and the code of one" in both
    assert "has no code '1.1.12.03.01.0002'. Near it are: '1.1.12.03.01.0001' (Narasumber)" in told(
        filled(price_code="1.1.12.03.01.0002", price=None)
    )
    assert "above the ceiling Rp55,000" in told(filled(ceiling_code="1.2", unit="Rim", account=ATK))
    assert "does not allow. Allowed: '5.1.02.01.01.0024'" in told(filled(price_code="1.2", price=None, unit=None))
    assert "counted in 'OH'" in told(filled(price_code=CODE, price=None, unit="OH"))


def test_a_code_that_two_lists_have_names_its_list() -> None:
    offered = [*OFFERED, *(dict(entry) | {"from": "sbu"} for entry in OFFERED)]
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(None, offered)))
    for text, words in ((CODE, "several lists have the code"), (f"sbu: {CODE}", "")):
        book["Costs"]["G3"], book["Costs"]["J3"] = None, text
        file = io.BytesIO()
        book.save(file)
        if words:
            assert words in told(file.getvalue())
        else:
            assert imported(file.getvalue(), "b.xlsx").scenario.programmes[0].costs[0].listed[0].from_ == "sbu"


def test_a_scenario_that_uses_a_list_comes_back_identical_beside_another() -> None:
    scenario = made(FULL)
    assert imported(workbook_bytes(scenario, OFFERED), "b.xlsx").scenario.sha256 == scenario.sha256


def test_prices_that_nobody_could_use_are_left_out_and_told(tmp_path: Path) -> None:
    rows = sipd(
        (CODE, "a", "OJ", 900_000), (CODE, "a", "OJ", 950_000), ("1.2", "b", "OJ", 0), ("1.3", "c", "OJ", 7),
        ("1.4", "d", "OJ", 7.5), ("1.5", "e", "OJ", 7, "5.1.02.01.01.00521"), ("1.6", "Kelompok", "", ""),
    )  # fmt: skip
    found, doubts = offered_prices(saved(tmp_path, rows, "ssh.xlsx"))
    assert [entry["code"] for entry in found] == ["1.3"]
    messages = "\n".join(map(str, doubts))
    for place in ("SSH!E3", "SSH!E4", "SSH!E6", "SSH!F7"):
        assert place in messages
    with pytest.raises(InputError, match="no price that can be used"):
        offered_prices(saved(tmp_path, template()))


def test_a_list_of_more_prices_than_a_drop_down_had_room_for_is_offered_whole(tmp_path: Path) -> None:
    rows = plain_list(*((f"1.1.{n // 100}.{n % 100:02d}", f"Barang {n}", "Buah", n + 1) for n in range(2_500)))
    found, doubts = offered_prices(saved(tmp_path, rows))
    assert (len(found), doubts) == (2_500, [])
    data = workbook_bytes(None, found)
    with ZipFile(io.BytesIO(data)) as parts:  # openpyxl would make a cell of each price, which takes long
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert any("<formula1>'Price list'!$A$3:$A$2502</formula1>" in sheet for sheet in sheets)


ACTIVITIES: list[Entry] = [
    {"code": "5.04.02.1.02.0007", "name": "Pimpinan", "indicator": "Jumlah ASN"}, {"code": "5.04.02.1.01.0003"},
]  # fmt: skip


def test_activities_to_choose_from_are_read_only_where_a_programme_names_them() -> None:
    with speaking("en"):
        book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(None, (), ACTIVITIES)))
    programmes = book["Programmes"]
    at = next(get_column_letter(n) for n, cell in enumerate(programmes[2], 1) if cell.value == "activity")
    rules = [rule for rule in programmes.data_validations.dataValidation if f"{at}{2 + ROOM}" in rule.sqref]
    assert [rule.formula1 for rule in rules] == ["'Activities'!$A$3:$A$2002"]
    programmes[f"{at}3"] = "5.4.2.1.2.7"
    file = io.BytesIO()
    book.save(file)
    scenario = imported(file.getvalue(), "b.xlsx").scenario
    assert [(each.code, each.name, each.indicator) for each in scenario.activities] == [
        ("5.04.02.1.02.0007", "Pimpinan", "Jumlah ASN")
    ]
    assert scenario.programmes[0].activity == "5.04.02.1.02.0007"
    programmes[f"{at}3"] = "5.04.02.1.02.0008"
    file = io.BytesIO()
    book.save(file)
    assert imported(file.getvalue(), "b.xlsx").scenario.activities == ()  # a scenario that lists none may name any


def test_activities_of_a_scenario_come_back_beside_those_to_choose_from() -> None:
    scenario = made(FULL)
    assert imported(workbook_bytes(scenario, (), ACTIVITIES), "b.xlsx").scenario.sha256 == scenario.sha256
