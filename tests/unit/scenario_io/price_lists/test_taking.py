"""Prices are taken by code alone, in whatever spelling; what the list does not say is refused at its row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.errors import InputError
from planner.scenario_io import read_scenario, read_text
from planner.scenario_io.writing import scenario_text
from tests.unit.scenario_io.price_lists.lists import ATK, DIKLAT, HONOR, plain_list, reading, saved, sipd, text_of

CODE = "1.1.12.03.01.0001"
LINE = f"price: {{from: ssh, code: {CODE}}}"


def refusal(folder: Path, line: str, lists: str = "{ssh: {table: ssh.csv}}") -> str:
    with pytest.raises(InputError) as caught:
        reading(folder, line, lists)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (CODE, "1.1.12.3.1.1"),
        (CODE + " ", CODE),
        ("1.1.12.3.1.1", CODE),
        (CODE + ".", CODE),
        (CODE, "111203010001"),
        ("111203010001", CODE),
        ("SSH-0012", "ssh-0012"),
        ("012", "'012'"),
        ("012", "12"),
        (12, "'012'"),
        (111203010001, CODE),
    ],
)
@pytest.mark.parametrize("name", ["ssh.csv", "ssh.xlsx"])
def test_spellings_of_one_code_are_one(tmp_path: Path, written: Any, asked: str, name: str) -> None:
    saved(tmp_path, sipd((written, "a", "OJ", 900_000), ("1.1.12.03.01.0002", "b", "OJ", 1)), name)
    loaded = reading(tmp_path, f"price: {{from: ssh, code: {asked}}}", f"{{ssh: {{table: {name}}}}}")
    assert loaded.scenario.programmes[0].costs[0].price == 900_000


def test_codes_are_never_matched_by_their_name(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "Narasumber", "OJ", 900_000)))
    assert "has no code 'Narasumber'" in refusal(tmp_path, "price: {from: ssh, code: Narasumber}")


def test_codes_that_differ_in_where_their_dots_stand_are_two(tmp_path: Path) -> None:
    saved(tmp_path, sipd(("1.11", "a", "OJ", 1_000), ("11.1", "b", "OJ", 2_000)))
    for code, price in (("1.11", 1_000), ("11.1", 2_000)):
        assert reading(tmp_path, f"price: {{from: ssh, code: {code}}}").scenario.programmes[0].costs[0].price == price
    assert "has no code '111'" in refusal(tmp_path, "price: {from: ssh, code: 111}")


def test_an_unknown_code_names_those_near_it(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "Narasumber eselon III", "OJ", 900_000), ("1.1.13.01.01.0001", "b", "OJ", 1)))
    told = refusal(tmp_path, "price: {from: ssh, code: 1.1.12.03.01.0009}")
    assert f"no code '1.1.12.03.01.0009'. Near it are: '{CODE}' (Narasumber eselon III)" in told
    assert "programmes[0].costs[0].price.code" in told
    assert "there is no price list 'sssh'" in refusal(tmp_path, "price: {from: sssh, code: 1.1.1}")


def test_two_prices_of_one_code_are_refused_with_both_rows(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000), ("1.2", "c", "OJ", 5), ("1.1.12.3.1.1", "a", "OJ", 950_000)))
    told = refusal(tmp_path, LINE)
    assert "ssh.csv:4:5" in told
    assert "ssh.csv:2:5" in told
    assert "Rp950,000 for one 'OJ' here, Rp900,000 for one 'OJ'" in told
    loaded = reading(tmp_path, "price: {from: ssh, code: '1.2'}")  # not used: the plan does not depend on it
    assert ["another price" in notice.message for notice in loaded.noticed] == [True]
    assert loaded.noticed[0].line == 4


def test_rows_of_one_code_that_say_the_same_are_one_with_the_accounts_of_all(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000, HONOR), (CODE, "a", "oj", 900_000, DIKLAT)))
    assert reading(tmp_path, LINE).scenario.programmes[0].costs[0].listed[0].accounts == (HONOR, DIKLAT)
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000), (CODE, "a", "OH", 900_000)))
    assert "for one 'OH' here" in refusal(tmp_path, LINE)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (0, "Rp0"), ("", "there is no price"), ("12500,50", "fraction of a rupiah"),
        ("12500.5", "fraction of a rupiah"), ("1.5e6", "power of ten"), ("-5", "negative"), ("gratis", "not an amount"),
        ("55.000", "two ways"), ("1,000", "two ways"), ("1.250.000", "but no Rp"), ("50000/hari", "names a unit"),
        ("-", "there is no price"), ("=5*2", "formula"), ("####", "too narrow"),
    ],
)  # fmt: skip
def test_prices_that_are_none_are_refused_at_their_cell(tmp_path: Path, price: Any, words: str) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", price), ("1.2", "b", "OJ", 7)))
    told = refusal(tmp_path, LINE)
    assert all(part in told for part in ("ssh.csv:2:5", words, CODE))
    assert reading(tmp_path, "price: {from: ssh, code: '1.2'}").scenario.programmes[0].costs[0].price == 7


@pytest.mark.parametrize("price", [900_000, "900000", "900000,00", "900000.00", "Rp900.000", "Rp 900.000,00"])
def test_prices_are_read_as_they_are_written(tmp_path: Path, price: Any) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", price)))
    assert reading(tmp_path, LINE).scenario.programmes[0].costs[0].price == 900_000


@pytest.mark.parametrize(("price", "words"), [(12500.5, "12500.5"), (0, "Rp0"), (True, "not yes or no"), ("=1/0", "")])
def test_numbers_of_a_workbook_that_are_no_price_are_refused(tmp_path: Path, price: Any, words: str) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", price)), "ssh.xlsx")
    told = refusal(tmp_path, LINE, "{ssh: {table: ssh.xlsx}}")
    assert "ssh.xlsx:SSH!E2" in told
    assert words in told


def test_a_price_that_a_formula_left_crumbs_on_is_read_as_shown(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 0.1 * 3 * 3_000_000)), "ssh.xlsx")  # 900000.0000000001
    assert reading(tmp_path, LINE, "{ssh: {table: ssh.xlsx}}").scenario.programmes[0].costs[0].price == 900_000


def test_codes_that_excel_made_numbers_of_are_told(tmp_path: Path) -> None:
    path = saved(tmp_path, sipd((1.1, "a", "OJ", 900_000), ("1.2", "b", "OJ", 7)), "ssh.xlsx")
    lists = "{ssh: {table: ssh.xlsx}}"
    told = refusal(tmp_path, "price: {from: ssh, code: '1.1'}", lists)
    assert "has no code '1.1'. The codes of these rows are numbers that lost digits, and are not used: 2." in told
    loaded = reading(tmp_path, "price: {from: ssh, code: '1.2'}", lists)
    assert "numbers that lost digits" in loaded.noticed[0].message
    saved(tmp_path, sipd(("1,11203E+11", "a", "OJ", 900_000), ("1.2", "b", "OJ", 7)))
    assert "lost digits" in reading(tmp_path, "price: {from: ssh, code: '1.2'}").noticed[0].message
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active["A2"].value, book.active["A2"].number_format = 12, "000"
    book.save(path)
    assert reading(tmp_path, "price: {from: ssh, code: '012'}", lists).scenario.programmes[0].costs[0].price == 900_000


@pytest.mark.parametrize(
    "account", [ATK, "5.1.2.1.1.24", "510201010024", ATK + " ", ATK + " Belanja ATK", 510201010024]
)
def test_accounts_of_the_list_are_read_in_every_spelling(tmp_path: Path, account: Any) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000, account)))
    assert (
        reading(tmp_path, LINE).scenario.programmes[0].costs[0].account == ATK
    )  # the only one: it comes with the price


def test_an_account_with_a_digit_too_many_is_refused_with_its_value(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000, HONOR, "5.1.02.01.01.00521")))
    told = refusal(tmp_path, LINE)
    assert all(part in told for part in ("ssh.csv:2:7", "5.1.02.01.01.00521", "digit too many"))


def test_prices_by_location_and_ceilings_come_from_lists_too(tmp_path: Path) -> None:
    saved(tmp_path, sipd(("1.1", "Uang harian Kerinci", "OH", 150_000), ("1.2", "Uang harian lain", "OH", 110_000)))
    by = "price: {by: location, default: {from: ssh, code: '1.2'}, Kerinci: {from: ssh, code: '1.1'}, Tebo: 90000}"
    text = text_of(by).replace("per: class", "per: participant")
    (item,) = read_text(text, folder=tmp_path).programmes[0].costs
    assert not isinstance(item.price, int)
    assert (item.price.default, item.price.prices) == (110_000, {"Kerinci": 150_000, "Tebo": 90_000})
    assert [(entry.of, entry.code) for entry in item.listed] == [("default", "1.2"), ("Kerinci", "1.1")]
    own = "price: {by: location, default: 110_000, Kerinci: %d}, ceiling: [{from: ssh, code: '1.2', of: default},"
    own += " {from: ssh, code: '1.1', of: Kerinci}]"
    fits = text_of(own % 150_000).replace("per: class", "per: participant")
    assert read_text(fits, folder=tmp_path).programmes[0].costs[0].ceiling[1].price == 150_000
    with pytest.raises(InputError, match=r"Rp150,001, which is above the ceiling Rp150,000 of '1\.1'"):
        read_text(text_of(own % 150_001).replace("per: class", "per: participant"), folder=tmp_path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("price: {from: ssh}", "needs 'code'"),
        ("price: {code: '1.1'}", "needs 'from'"),
        ("price: {from: ssh, code: [1]}", "'code' must be a name"),
        ("price: {from: ssh, code: '1.1', unit: OJ}", "unknown key 'unit'"),
        ("price: {by: location, from: ssh, code: '1.1', default: 5}", "cannot stand beside 'by'"),
        ("price: 5, ceiling: [5]", "names the list and the code"),
        ("price: 5, ceiling: {from: ssh, code: '9.9'}", "has no code '9.9'"),
        ("price: 5, ceiling: 9", "ceiling"),
    ],
)
def test_references_that_say_too_little_or_too_much_are_refused(tmp_path: Path, line: str, words: str) -> None:
    saved(tmp_path, sipd(("1.1", "a", "OJ", 900_000)))
    assert words in refusal(tmp_path, line)


def test_another_list_laid_over_gives_other_prices(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000)))
    saved(tmp_path, plain_list((CODE, "a", "OJ", 950_000)), "ssh-2028.csv")
    (tmp_path / "dasar.yaml").write_text(text_of(LINE), encoding="utf-8")
    over = tmp_path / "lanjut.yaml"
    over.write_text("extends: dasar.yaml\nprice_lists: {ssh: {table: ssh-2028.csv}}\n", encoding="utf-8")
    assert read_scenario(over).programmes[0].costs[0].price == 950_000
    changed = read_scenario(tmp_path / "dasar.yaml", ["price_lists.ssh={table: ssh-2028.csv}"])
    assert changed.programmes[0].costs[0].price == 950_000
    own = read_scenario(tmp_path / "dasar.yaml", ["programmes.p.costs.Butir.price=800_000"])
    assert (own.programmes[0].costs[0].price, own.programmes[0].costs[0].listed) == (800_000, ())
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000), ("1.2", "b", "OJ", 7)))
    other = read_scenario(tmp_path / "dasar.yaml", ["programmes.p.costs.Butir.price.code=1.2"])
    assert other.programmes[0].costs[0].price == 7


def test_a_scenario_keeps_what_it_took_and_needs_the_list_no_more(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000, HONOR), ("1.2", "b", "OJ", 950_000)))
    scenario = reading(tmp_path, LINE + ", ceiling: {from: ssh, code: '1.2'}").scenario
    again = read_text(scenario_text(scenario))
    assert again == scenario
    assert again.sha256 == scenario.sha256
    with pytest.raises(InputError, match=r"costs Rp910,000, but '1.1.12.03.01.0001' of the list 'ssh' is Rp900,000"):
        read_text(scenario_text(scenario), ["programmes.p.costs.Butir.price=910_000"])


def test_cost_tables_may_name_codes(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000), ("1.2", "b", "OJ", 950_000)))
    rows = [["item", "per", "price.from", "price.code", "price", "ceiling.from", "ceiling.code"]]
    rows += [["Satu", "class", "ssh", CODE, "", "", ""], ["Dua", "class", "", "", "940000", "ssh", "1.2"]]
    text = text_of("x").replace("costs:\n      - {item: Butir, per: class, x}", "costs: {table: biaya.csv}")
    saved(tmp_path, [row[:4] for row in rows[:2]], "biaya.csv")
    assert read_text(text, folder=tmp_path).programmes[0].costs[0].price == 900_000
    saved(tmp_path, [[row[n] for n in (0, 1, 4, 5, 6)] for row in (rows[0], rows[2])], "biaya.csv")
    assert read_text(text, folder=tmp_path).programmes[0].costs[0].ceiling[0].price == 950_000


def test_a_list_that_nothing_is_taken_from_is_noticed(tmp_path: Path) -> None:
    saved(tmp_path, sipd((CODE, "a", "OJ", 900_000)))
    assert "no price is taken" in reading(tmp_path, "price: 5").noticed[0].message


@pytest.mark.parametrize(("cell", "shown"), [(True, "TRUE"), (False, "FALSE")])
def test_a_name_that_is_a_truth_value_stands_as_excel_shows_it(tmp_path: Path, cell: bool, shown: str) -> None:
    saved(tmp_path, plain_list((CODE, cell, "Rim", 55_000)), "ssh.xlsx")
    read = reading(tmp_path, LINE, "{ssh: {table: ssh.xlsx}}").scenario
    [entry] = [entry for programme in read.programmes for line in programme.costs for entry in line.listed]
    assert entry.name == shown
