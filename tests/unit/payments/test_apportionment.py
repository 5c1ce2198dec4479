"""Amounts divided in whole rupiah, funds with a little less, and payments dealt out to lots."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.cells import Cell, Funding
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.payments.apportionment import apportioned
from planner.payments.conditions import CannotSettle
from planner.payments.lots import CostLot, dealt
from planner.payments.pools import CostPools
from planner.payments.settlement import Settlement, settle
from planner.payments.withholding import withholding
from tests.scenarios.hand import read, scenario


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, {"a": 1, "b": 1, "c": 1}, {"a": 34, "b": 33, "c": 33}),
        (10, {"a": 3, "b": 0, "c": 4}, {"a": 4, "b": 0, "c": 6}),
        (7, {"a": 2, "b": 5}, {"a": 2, "b": 5}),
        (1, {"a": 1, "b": 9}, {"a": 0, "b": 1}),
        (5, {"a": 0}, {}),
    ],
)
def test_parts_sum_to_the_amount_and_the_largest_remainder_is_served_first(
    amount: int, weights: dict[str, int], parts: dict[str, int]
) -> None:
    assert apportioned(amount, weights) == parts


def fund_of(withheld: int, **fund: Any) -> tuple[Scenario, Scenario]:
    plain = read(scenario(funds={"amount": 10, **fund}))
    return plain, withholding(plain, withheld)


@pytest.mark.parametrize(("withheld", "left"), [(0, 10), (3, 7), (9, 4)])
def test_money_is_withheld_down_to_the_minimum_of_a_fund(withheld: int, left: int) -> None:
    plain, less = fund_of(withheld, kind="partner", minimum=4)
    assert (plain.funds[0].amount, less.funds[0].amount) == (10, left)


def test_part_of_a_lot_is_paid_where_the_rest_is_whole_units() -> None:
    cell = Cell(programme="p", group=None, item="i", account="5.1.02.01.01.0001", period="T1")
    threes, fives = CostLot(0, 3, ((cell, 9),)), CostLot(0, 5, ((cell, 15),))
    assert dealt([threes, fives], {("f", 0): 5}) == {("f", 1): 5}
    assert dealt([threes, fives], {("f", 0): 6}) == {("f", 0): 6}
    assert dealt([threes, fives], {("f", 0): 14}) == {("f", 0): 9, ("f", 1): 5}
    assert dealt([threes, fives], {("f", 0): 7}) == {("f", 0): 7}


def test_a_rule_for_each_programme_does_not_bind_one_that_does_not_run() -> None:
    line = {"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": 2}
    programmes = [{"id": name, "hours": 1, "closes": {"keu": 1}, "costs": [line]} for name in ("satu", "dua")]
    rule = {"name": "paling sedikit", "measure": "cost", "per": "programme", "at_least": 6}
    read_one = read(scenario(programmes=programmes, rules=[rule]))
    period = read_one.horizon[0]
    made = settle(read_one, Decisions({("a", "satu", period): 3}))
    assert [(row.programme, row.amount) for row in made] == [("satu", 6)]
    with pytest.raises(CannotSettle):
        settle(read_one, Decisions({("a", "satu", period): 2}))


@pytest.mark.parametrize(("growth", "chosen"), [("0%", False), ("10%", True)])
def test_when_a_one_off_cost_is_paid_matters_where_its_price_grows(growth: str, chosen: bool) -> None:
    once = {"item": "Kurikulum", "account": "5.1.02.01.01.0001", "per": "programme", "price": 100}
    programme = {"id": "p", "hours": 1, "closes": {"keu": 1}, "costs": [once]}
    periods = [{"id": "T1", "year": 2027}, {"id": "T2", "year": 2028}]
    plain = scenario(programmes=[programme], periods=periods, price_growth=growth)
    plain["groups"] = [{"id": "a", "headcount": 9, "gaps": {"keu": 9}}]
    plain["scenario"] = {**plain["scenario"], "fiscal_year": 2027}
    found = CostPools(Funding(read(plain))).periods_of_one_off
    assert list(found.values()) == ([("T1", "T2")] if chosen else [])


@pytest.mark.parametrize(("goals", "times"), [(["gaps_closed", "own_cost"], 1), (["gaps_closed", "total_cost"], 0)])
def test_own_money_is_held_where_it_matters(goals: list[str], times: int) -> None:
    line = {"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": 3}
    funds = [{"id": "apbd", "kind": "own", "amount": 100}, {"id": "mitra", "kind": "partner", "amount": 100}]
    levels = [{"maximize": goals[0]}, {"minimize": goals[1]}]
    plain = read(scenario(programmes={"costs": [line]}, funds=funds, objective=levels))
    made = Settlement(plain, Decisions({("a", "bimtek", "TW1"): 3}))
    held = made._money.held(made._paid)
    assert sum(condition.sense == "==" for condition in held) == times
