"""Numbers are exact or refused: nothing is rounded, guessed or read through a float."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from planner.scenario_io import read_scenario
from tests.unit.scenario_io.minimal import MINIMAL, changed, only, write

LONG = "9" * 5_000

FAULTS = [
    # (old, new, line, column, path, words)
    ("amount: 10_000_000", "amount: .nan", 15, 35, "funds[0].amount", ["'.nan' is not a number"]),
    ("amount: 10_000_000", "amount: .inf", 15, 35, "funds[0].amount", ["'.inf' is not a number"]),
    ("amount: 10_000_000", "amount: -.Inf", 15, 35, "funds[0].amount", ["'-.Inf' is not a number"]),
    ("amount: 10_000_000", "amount: nan", 15, 35, "funds[0].amount", ["'nan' is not an amount"]),
    ("amount: 10_000_000", "amount: 1e400", 15, 35, "funds[0].amount", ["'1e400' is ambiguous"]),
    ("amount: 10_000_000", f"amount: {LONG}", 15, 35, "funds[0].amount", ["this number has 5000 characters"]),
    ("amount: 10_000_000", f"amount: '{LONG}'", 15, 35, "funds[0].amount", ["too long"]),
    ("amount: 10_000_000", "amount: 1.000.000", 15, 35, "funds[0].amount", ["no Rp", " 1000000 ", "Rp1.000.000"]),
    ("amount: 10_000_000", "amount: '1,000,000'", 15, 35, "funds[0].amount", ["English marks", "Rp1.000.000"]),
    ("amount: 10_000_000", "amount: '1.500.000,50'", 15, 35, "funds[0].amount", ["fraction of a rupiah"]),
    ("amount: 10_000_000", "amount: 900.000", 15, 35, "funds[0].amount", ["two ways", " 900000 "]),
    ("amount: 10_000_000", "amount: 10.5", 15, 35, "funds[0].amount", ["fraction of a rupiah"]),
    ("amount: 10_000_000", "amount: -1", 15, 35, "funds[0].amount", ["cannot be negative"]),
    ("amount: 10_000_000", "amount: true", 15, 35, "funds[0].amount", ["not yes or no"]),
    ("amount: 10_000_000", "amount: 1_000_000_000_000_000", 15, 35, "funds[0].amount", ["10^15 or more"]),
    ("headcount: 100", "headcount: 100.5", 7, 16, "groups[0].headcount", ["not a whole number"]),
    ("headcount: 100", "headcount: 1.200", 7, 16, "groups[0].headcount", ["two ways", " 1200 "]),
    ("headcount: 100", "headcount: -3", 7, 16, "groups[0].headcount", ["cannot be negative"]),
    ("headcount: 100", "headcount: '100'", 7, 16, "groups[0].headcount", ["expected a number, not '100'"]),
    ("headcount: 100", "headcount: 1_000_000_000", 7, 16, "groups[0].headcount", ["10^9 or more"]),
    ("headcount: 100", "headcount: '\u0661\u0660'", 7, 16, "groups[0].headcount", ["expected a number"]),
    ("amount: 10_000_000", "amount: '\uff11\uff10'", 15, 35, "funds[0].amount", ["is not an amount"]),
    ("amount: 10_000_000", "amount: Rp\u0661.\u0660\u0660\u0660", 15, 35, "funds[0].amount", ["is not an amount"]),
    ("keu: 0.8", "keu: \uff18\uff10%", 11, 19, "programmes[0].closes.keu", ["is not a share"]),
    ("kind: technical", "kind: technical, weight: 0", 4, 40, "competencies[0].weight", ["must be greater than 0"]),
    ("headcount: 100", "headcount: 100\n    weight: 0", 8, 13, "groups[0].weight", ["must be greater than 0"]),
    ("closes:", "lasts: 0\n    closes:", 11, 12, "programmes[0].lasts", ["at least 1"]),
    ("closes:", "class_size: {min: 0, max: 9}\n    closes:", 11, 23, "programmes[0].class_size.min", ["at least 1"]),
    ("keu: 0.8", "keu: 80", 11, 19, "programmes[0].closes.keu", ["between 0 and 1", "80"]),
    ("keu: 0.8", "keu: 80 %%", 11, 19, "programmes[0].closes.keu", ["'80 %%' is not a share"]),
    ("keu: 0.8", "keu: '15'", 11, 19, "programmes[0].closes.keu", ["'15' is not a share. Write 15%."]),
    ("keu: 0.8", "keu: '11,5'", 11, 19, "programmes[0].closes.keu", ["Write 11.5%."]),
    ("keu: 0.8", "keu: '0,7'", 11, 19, "programmes[0].closes.keu", ["Write 70% or 0.7%, as it is meant."]),
    ("keu: 0.8", "keu: '115'", 11, 19, "programmes[0].closes.keu", ["Write 0.7 or 70%."]),
    ("keu: 0.8", "keu: [1]", 11, 19, "programmes[0].closes.keu", [": a list is not a share."]),
    ("headcount: 100", "headcount: [1]", 7, 16, "groups[0].headcount", ["expected a number, not a list."]),
    ("keu: 0.8", "keu: 0", 11, 19, "programmes[0].closes.keu", ["closes 0 of the gaps"]),
    ("price: 50_000", "price: 50_000, quantity: 1.500", 13, 66, "programmes[0].costs[0].quantity", ["1500 or 1.5"]),
    ("price: 50_000", "price: 5, quantity: 0.3", 13, 48, "programmes[0].costs[0].price", ["1.5", "not whole rupiah"]),
    ("format: 1", "format: 2", 1, 9, "format", ["2 is not one of: 1"]),
    ("format: 1", "format: 1.0", 1, 9, "format", ["1.0 is not one of: 1"]),
    ("format: 1", "format: true", 1, 9, "format", ["true is not one of: 1"]),
    ("format: 1", "format: '1'", 1, 9, "format", ["'1' is not one of: 1"]),
    ("fiscal_year: 2027", "fiscal_year: 20270", 2, 37, "scenario.fiscal_year", ["20270 must be at most 2200"]),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "path", "words"), FAULTS, ids=[fault[1][:40] for fault in FAULTS]
)
def test_a_number_that_cannot_be_meant_is_refused(
    tmp_path: Path, old: str, new: str, line: int, column: int, path: str, words: list[str]
) -> None:
    problem = only(write(tmp_path, changed(old, new)))

    assert (problem.line, problem.column, problem.path) == (line, column, path), str(problem)
    for word in words:
        assert word in str(problem)
    assert len(str(problem)) < 500


@pytest.mark.parametrize("amount", [2**53 - 1, 2**53 + 1, 999_999_999_999_999])
def test_large_amounts_are_exact(tmp_path: Path, amount: int) -> None:
    text = changed("10_000_000", str(min(amount, 999_999_999_999_999)))

    assert read_scenario(write(tmp_path, text)).fund["apbd"].amount == min(amount, 999_999_999_999_999)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0.7", Fraction(7, 10)),
        ("70%", Fraction(7, 10)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("'12,5%'", Fraction(1, 8)),
        ("0.3333333333333333333333333333333", Fraction(3333333333333333333333333333333, 10**31)),
    ],
)
def test_shares_are_exact(tmp_path: Path, written: str, meant: Fraction) -> None:
    assert read_scenario(write(tmp_path, changed("keu: 0.8", f"keu: {written}"))).programmes[0].closes["keu"] == meant


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("2_500_000_000", 2_500_000_000),
        ("Rp2.500.000.000", 2_500_000_000),
        ("Rp 2.500.000.000", 2_500_000_000),
        ("'2,5 miliar'", 2_500_000_000),
        ("750 juta", 750_000_000),
        ("1.5e", None),
        ("0", 0),
    ],
)
def test_rupiah_is_read_as_planners_write_it(tmp_path: Path, written: str, rupiah: int | None) -> None:
    path = write(tmp_path, changed("10_000_000", written))
    if rupiah is None:
        assert "is not an amount in rupiah" in only(path).message
    else:
        assert read_scenario(path).fund["apbd"].amount == rupiah


def test_zero_budget_and_zero_gaps_are_a_valid_scenario(tmp_path: Path) -> None:
    text = changed("10_000_000", "0", changed("keu: 60", "keu: 0"))

    assert read_scenario(write(tmp_path, text)).total_need == 0


def test_funds_that_reach_a_thousand_trillion_together_are_refused(tmp_path: Path) -> None:
    more = "\n".join(f"  - {{id: f{i}, kind: partner, amount: 900 triliun}}" for i in range(2))
    problem = only(write(tmp_path, MINIMAL + more + "\n"))

    assert (problem.line, problem.path) == (14, "funds")
    assert "Rp1,800,000,010,000,000" in problem.message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{item: Honor, per: participant, price: 900 triliun}", "could cost Rp54,000,000,000,000,000"),
        ("{item: Honor, per: programme, quantity: 2, price: 900 triliun}", "costs Rp1,800,000,000,000,000 each"),
    ],
)
def test_a_cost_that_could_reach_a_thousand_trillion_is_refused(tmp_path: Path, line: str, words: str) -> None:
    problem = only(write(tmp_path, changed("{item: Honor, per: participant, price: 50_000}", line)))

    assert problem.path == "programmes[0].costs[0].price"
    assert words in problem.message
