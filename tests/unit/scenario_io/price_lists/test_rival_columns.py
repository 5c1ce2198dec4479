"""A price list with two columns that could be the prices asks which; none of them is chosen in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputError
from planner.scenario_io.price_lists import offered_prices
from planner.scenario_io.problems import Refused
from tests.unit.scenario_io.price_lists.lists import reading, saved

CODE = "1.1.12.03.01.0001"
LINE = f"price: {{from: ssh, code: {CODE}}}"


def beside(head: str, value: Any, at: int = 4) -> list[list[Any]]:
    """A plain list with another column beside that of the prices."""
    rows: list[list[Any]] = [["Kode", "Uraian", "Satuan", "Harga"], [CODE, "Kertas", "Rim", 55_000]]
    for row, cell in zip(rows, (head, value), strict=True):
        row.insert(at, cell)
    return rows


@pytest.mark.parametrize("name", ["ssh.csv", "ssh.xlsx"])
@pytest.mark.parametrize(
    "head",
    ["Harga Netto", "Harga + PPN", "Harga termasuk pajak", "Setelah PPN", "Tarif", "Harga 2026", "Netto", "Bruto"],
)
@pytest.mark.parametrize("at", [3, 4])
def test_a_second_column_of_prices_is_asked_for(tmp_path: Path, head: str, name: str, at: int) -> None:
    saved(tmp_path, beside(head, 61_050, at), name)
    with pytest.raises(InputError) as caught:
        reading(tmp_path, LINE, f"{{ssh: {{table: {name}}}}}")
    (problem,) = caught.value.problems
    assert f"'{head}'" in problem.message
    assert "'Harga'" in problem.message
    assert "chooses one. For the template: --prices-column." in problem.remedy
    for column, price in (("Harga", 55_000), (head, 61_050)):
        chosen = reading(tmp_path, LINE, f"{{ssh: {{table: {name}, column: '{column}'}}}}")
        assert chosen.scenario.programmes[0].costs[0].price == price
    with pytest.raises((InputError, Refused), match="--prices-column"):
        offered_prices(tmp_path / name)
    assert offered_prices(tmp_path / name, column="Harga")[0][0]["price"] == 55_000


@pytest.mark.parametrize(
    ("head", "value"),
    [("Keterangan harga", "survei pasar"), ("Kenaikan harga (%)", 4), ("Nilai TKDN", 40), ("Harga Netto", "")],
)
def test_columns_without_amounts_are_no_prices(tmp_path: Path, head: str, value: Any) -> None:
    saved(tmp_path, beside(head, value))
    assert reading(tmp_path, LINE).scenario.programmes[0].costs[0].price == 55_000


def noticed(folder: Path, head: str, value: Any) -> str:
    saved(folder, beside(head, value), "ssh.xlsx")
    read = reading(folder, LINE, "{ssh: {table: ssh.xlsx}}")
    assert read.scenario.programmes[0].costs[0].price == 55_000
    return "\n".join(map(str, read.warnings))


@pytest.mark.parametrize(
    ("head", "value"),
    [("Zona II", 60_000), (2026, 50_000), ("Total", 61_050), ("Batas Tertinggi", 70_000), ("Diskon", "10%")],
)
def test_further_columns_with_amounts_like_prices_are_told(tmp_path: Path, head: Any, value: Any) -> None:
    assert f"beside 'Harga' the column '{head}' is not read." in noticed(tmp_path, head, value)


@pytest.mark.parametrize(("head", "value"), [("Tahun", 2027), ("TKDN", 40), ("Id", 12345678), ("Keterangan", "baru")])
def test_other_columns_are_no_matter(tmp_path: Path, head: str, value: Any) -> None:
    assert "not read" not in noticed(tmp_path, head, value)
