"""Sweeps: a row for each point whatever becomes of it, the best that each allows, and the table of them."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner.analysis.sweep.grid import Sweep, sweep
from planner.analysis.sweep.table import sweep_table
from planner.analysis.sweep.vary import read_grid
from planner.analysis.table_bytes import csv_bytes, parquet_bytes
from planner.batch.inquiry import Inquiry
from planner.planning import SearchLimits
from planner.scenario_io import read_located
from tests.oracle.plain import number
from tests.sampled import few, some
from tests.scenarios.sweep_file import SCENARIO
from tests.unit.analysis.budgets import best_at, best_value, own_total
from tests.unit.analysis.failing_batch import failing
from tests.unit.analysis.plans import inquiry, tiny_ones

FIGURES = ["status", "gaps_closed", "weighted_gaps_closed", "total_cost", "own_cost", "relative_gap"]
TIDY = SCENARIO.replace("quantity: 1.5, ", "").replace("1_000_002", "1_000_000").replace("55_001", "50_000")
"""A class of 10 costs Rp1,5 juta and closes 5 gaps; the partner pays Rp1.000.001 and gives 5 seats."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "skenario.yaml"
    path.write_text(TIDY, encoding="utf-8")
    return path


def ask(file: Path, *asked: str, changes: tuple[str, ...] = ()) -> tuple[Inquiry, Sweep]:
    made = inquiry(read_located(file, changes).scenario)
    return made, sweep(made, read_grid(file, changes, asked))


def written(tmp_path: Path, plain: dict[str, Any]) -> Path:
    path = tmp_path / "acak.yaml"
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def test_each_point_is_the_best_that_trying_every_plan_finds_and_more_money_never_closes_less(tmp_path: Path) -> None:
    sweeps = 0
    for plain, asked in tiny_ones(some(range(40, 80))):
        total, soft = own_total(plain), any("soft" in rule for rule in plain.get("rules", []))
        if not total or soft:
            continue
        answer = sweep(asked, read_grid(written(tmp_path, plain), [], ["own-budget=0%;50%;100%;200%"]))
        known = []
        for row in answer.rows:
            amount = row.values[0].number
            assert amount is not None
            assert row.weighted_gaps_closed == best_at(plain, int(amount))
            assert (row.state == "infeasible") == (row.weighted_gaps_closed is None)
            if row.weighted_gaps_closed is not None:
                known.append(row.weighted_gaps_closed)
        assert known == sorted(known)
        sweeps += len(set(known)) > 1
    assert sweeps > few(2)


def test_a_setting_is_planned_like_the_file_with_that_setting(tmp_path: Path) -> None:
    tried = 0
    for plain, asked in tiny_ones(some(range(40, 80))):
        fund = plain["funds"][0]
        if any("soft" in rule for rule in plain.get("rules", [])) or number(fund.get("minimum", 0)):
            continue
        amounts = [0, int(number(fund["amount"])) // 2]
        grid = read_grid(written(tmp_path, plain), [], [f"funds.{fund['id']}.amount={amounts[0]},{amounts[1]}"])
        for row in sweep(asked, grid).rows:
            changed = copy.deepcopy(plain)
            assert row.values[0].number is not None
            changed["funds"][0]["amount"] = int(row.values[0].number)
            assert row.weighted_gaps_closed == best_value(changed)
            tried += 1
    assert tried > few(15)


def test_figures_by_hand(file: Path) -> None:
    """12 people have a gap, and half of each is closed: 6 at most, for which money is enough at Rp10 juta."""
    asked, answer = ask(file, "own-budget=0;100%;10 juta")
    assert [row.state for row in answer.rows] == ["proven"] * 3
    assert [row.today for row in answer.rows] == [False, True, False]
    today = answer.rows[1]
    assert (today.gaps_closed, today.total_cost, today.own_cost) == (
        asked.plan.gaps_closed,
        asked.plan.total_cost,
        asked.plan.own_cost,
    )
    assert answer.rows[2].gaps_closed == 6
    assert answer.rows[0].own_cost == 0


MUST = "rules=[{name: Wajib, measure: participants, at_least: 12}]"


def test_points_without_a_plan_are_rows_without_figures(file: Path) -> None:
    asked = inquiry(read_located(file, [MUST]).scenario)
    answer = sweep(asked, read_grid(file, [MUST], ["own-budget=0;100%", "partners=0%,100%"]))
    assert [row.state for row in answer.rows] == ["infeasible", "infeasible", "infeasible", "proven"]
    assert "'Wajib'" in answer.rows[0].message
    table = sweep_table(answer)
    assert list(table["status"]) == ["infeasible"] * 3 + ["proven"]
    assert table[FIGURES[1:]].isna().sum(axis=1).tolist() == [5, 5, 5, 0]


def test_a_combination_that_is_no_scenario_is_a_row(file: Path) -> None:
    _asked, answer = ask(file, "groups.analis.headcount=10,20", "groups.analis.gaps.keu=5,15")
    assert [row.state for row in answer.rows] == ["proven", "invalid", "proven", "proven"]
    assert "15" in answer.rows[1].message


def test_a_point_that_fails_is_a_row_and_takes_no_other_with_it(file: Path) -> None:
    asked = inquiry(read_located(file).scenario)
    answer = sweep(failing(asked, "1", "3"), read_grid(file, [], ["own-budget=0;1 juta;2 juta;3 juta;100%"]))
    assert [row.state for row in answer.rows] == ["proven", "failed", "proven", "failed", "proven"]
    assert [row.message for row in answer.rows] == ["", "mati", "", "mati", ""]
    assert answer.rows[1].gaps_closed is None


def test_a_point_that_is_searched_badly_takes_the_better_plan_of_a_smaller_budget(file: Path) -> None:
    """With a tolerance of all of it any plan will do; none is worse than one that a neighbour has."""
    asked = inquiry(read_located(file).scenario)
    rough = replace(asked, limits=SearchLimits(gap=0.9))
    answer = sweep(rough, read_grid(file, [], ["own-budget=0%:400%:50%"]))
    closed = [row.gaps_closed for row in answer.rows]
    assert all(value is not None for value in closed)
    assert closed == sorted(value for value in closed if value is not None)
    assert all((value or 0) >= asked.plan.gaps_closed for value in closed[2:])


def test_the_columns_are_what_was_varied_and_the_figures(file: Path) -> None:
    _asked, answer = ask(file, "own-budget=0%,100%", "partner:kampus=0%,50%", "periods=[TW1,TW2],[TW2,TW1]")
    table = sweep_table(answer)
    assert list(table.columns) == ["own-budget", "partner:kampus", "periods", *FIGURES]
    assert len(table) == 8
    assert [str(kind) for kind in table.dtypes[:3]] == ["Int64", "Float64", "str"]
    assert table["own-budget"].tolist() == [0] * 4 + [2_500_001] * 4
    assert table["partner:kampus"].tolist() == [0, 0, 0.5, 0.5] * 2
    assert table["periods"].tolist() == ["[TW1,TW2]", "[TW2,TW1]"] * 4
    assert table["total_cost"].tolist() == [row.total_cost for row in answer.rows]
    assert [Fraction(value) for value in table["gaps_closed"]] == [row.gaps_closed for row in answer.rows]


def test_csv_and_parquet_read_back_as_the_same_table(file: Path) -> None:
    _asked, answer = ask(file, "own-budget=0;100%", "groups.analis.headcount=12,20", changes=(MUST.replace("12", "1"),))
    table = sweep_table(answer)
    pd.testing.assert_frame_equal(pd.read_parquet(BytesIO(parquet_bytes(table))), table)
    again = pd.read_csv(BytesIO(csv_bytes(table)), dtype={name: str(kind) for name, kind in table.dtypes.items()})
    pd.testing.assert_frame_equal(again, table)
    assert csv_bytes(table).splitlines()[0].decode() == ",".join(("own-budget", "groups.analis.headcount", *FIGURES))


def test_a_text_that_a_spreadsheet_would_calculate_is_marked_in_the_csv(file: Path) -> None:
    _asked, answer = ask(file, "scenario.name==1+1,Ya,é")
    text = csv_bytes(sweep_table(answer))
    assert text.startswith("\ufeff".encode())
    assert [line.split(",")[0] for line in text.decode("utf-8-sig").splitlines()[1:]] == ["'=1+1", "Ya", "é"]


def test_equal_scenarios_are_planned_once(file: Path) -> None:
    asked = inquiry(read_located(file).scenario)
    answer = sweep(failing(asked, "1"), read_grid(file, [], ["partner:lan=0%,100%", "own-budget=100%;1 juta"]))
    assert [row.today for row in answer.rows] == [True, False, True, False]
    assert [row.state for row in answer.rows] == ["proven"] * 4
    assert answer.rows[1].gaps_closed == answer.rows[3].gaps_closed
