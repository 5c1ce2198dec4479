"""How many costs of a plan are split between funds: few, and why no fewer."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import gcd

import pytest

from planner.domain.scenario import Scenario
from planner.payments.conditions import MoneyCondition
from planner.payments.lots import CostLot
from planner.payments.rounding import RoundedParts
from planner.payments.settlement import Settlement
from planner.payments.whole_units import WholeUnits
from planner.planning import plan as planned
from planner.plans.budget_lines import budget_lines
from tests.pages.samples import SAMPLES, kept
from tests.scenarios.least import BASE

Parts = dict[tuple[str, int], int]


def exchanged(units: list[int], parts: Parts, *conditions: MoneyCondition) -> Parts:
    """The parts after all exchanges, of lots that are each a pool of their own."""
    lots = [CostLot(pool, unit, ()) for pool, unit in enumerate(units)]
    return WholeUnits(lots, parts, conditions, list(parts), parts, {"apbd"}).made()


def test_units_of_four_other_lots_together_make_an_amount_come_out_even() -> None:
    """A rupiah is 105 a + 70 b + 42 c + 30 d in whole units of 210, and of no three of the four."""
    units = [210, 105, 70, 42, 30]
    parts = {(fund, n): 10 * unit for fund in ("apbd", "unja") for n, unit in enumerate(units)}
    parts |= {("apbd", 0): 2101, ("unja", 0): 2099}
    made = exchanged(units, parts)
    assert all(amount % units[n] == 0 for (_fund, n), amount in made.items())
    assert sum(amount for (fund, _n), amount in made.items() if fund == "unja") == 2099 + 10 * (105 + 70 + 42 + 30)


def test_odd_parts_are_joined_where_other_funds_swap_whole_units_to_make_room() -> None:
    """Of lots 0 and 2 each fund may pay no more: apbd pays the rest of lot 0 once tjsl pays a unit of lot 2 for it."""
    parts = {("apbd", 0): 6, ("unja", 0): 4, ("apbd", 1): 6, ("unja", 1): 4}
    others = {("apbd", 2): 50, ("tjsl", 2): 50, ("apbd", 3): 50, ("tjsl", 3): 50}
    first = [MoneyCondition({("apbd", 0): 1, ("apbd", 2): 1}, "<=", 56), MoneyCondition({("unja", 0): 1}, "<=", 4)]
    second = MoneyCondition({("unja", 1): 1}, "<=", 8)
    made = exchanged([10, 10, 50, 50], parts | others, *first, second, MoneyCondition({("apbd", 1): 1}, "<=", 6))
    assert made == {
        ("apbd", 0): 10, ("apbd", 1): 2, ("unja", 1): 8, ("tjsl", 2): 100, ("apbd", 3): 100,
    }  # fmt: skip


def test_parts_that_others_make_room_for_by_a_swap_are_joined_after_it() -> None:
    """Lots 0 and 1 of tjsl and bank come out once tjsl pays no lot 5: the swap that joins parts of lots 2 and 3.

    On its own the swap is not allowed for them: of 50 rupiah of lot 2 and 4 of lot 4 apbd must pay as much as before.
    """
    parts = {(fund, n): by for n in (0, 1) for fund, by in (("tjsl", 6), ("bank", 4))}
    parts |= {(fund, n): by for n in (2, 3) for fund, by in (("apbd", 6), ("unja", 4))}
    parts |= {(fund, n): 50 for n in (4, 5) for fund in ("apbd", "tjsl")}
    least = MoneyCondition({("apbd", 2): 50, ("apbd", 4): 4}, ">=", 500)
    most = [
        ({("tjsl", 0): 1, ("tjsl", 5): 1}, 56), ({("bank", 0): 1}, 4), ({("bank", 1): 1}, 8), ({("tjsl", 1): 1}, 6),
        ({("apbd", 2): 1, ("apbd", 4): 1}, 56), ({("unja", 2): 1}, 4), ({("unja", 3): 1}, 8), ({("apbd", 3): 1}, 6),
    ]  # fmt: skip
    made = exchanged([10] * 4 + [50, 50], parts, least, *(MoneyCondition(terms, "<=", room) for terms, room in most))
    assert made == {
        ("tjsl", 0): 10, ("tjsl", 1): 2, ("bank", 1): 8, ("apbd", 2): 10, ("apbd", 3): 2, ("unja", 3): 8,
        ("tjsl", 4): 100, ("apbd", 5): 100,
    }  # fmt: skip


def test_of_lots_that_would_stay_split_one_fund_pays_as_many_as_are_too_many() -> None:
    """Four lots of two funds, of which apbd may pay no more anywhere: unja pays its parts of the first two as well."""
    parts = {(fund, n): amount for n in range(4) for fund, amount in (("apbd", 3), ("unja", 7))}
    made = exchanged([10] * 4, parts, *(MoneyCondition({("apbd", n): 1}, "<=", 3) for n in range(4)))
    assert made == {
        ("unja", 0): 10, ("unja", 1): 10, ("apbd", 2): 3, ("unja", 2): 7, ("apbd", 3): 3, ("unja", 3): 7,
    }  # fmt: skip


def test_no_more_is_joined_than_lots_are_split_beyond_the_funds_that_pay_in_them() -> None:
    """A lot that is whole is none too many, and a fund that pays nothing counts for none."""
    parts = {(fund, n): amount for n in range(2) for fund, amount in (("apbd", 3), ("unja", 7))} | {("unja", 2): 10}
    least = [MoneyCondition({("apbd", n): 1}, "<=", 3) for n in range(4)]
    assert exchanged([10] * 3, parts, *least[:2]) == parts
    parts = {(fund, n): amount for n in range(4) for fund, amount in (("apbd", 3), ("unja", 7))} | {("tjsl", 0): 0}
    made = exchanged([10] * 4, parts, *least, MoneyCondition({("tjsl", 0): 1}, "<=", 0))
    assert [n for n in range(4) if ("apbd", n) in made] == [2, 3]


def forced(made: Settlement) -> set[tuple[str, str]]:
    """(partner, year) of partners whose whole amount of the year is no sum of whole units of what they may pay then."""
    read, found = made.scenario, set()
    units: dict[tuple[str, str], int] = defaultdict(int)
    for lot in made.lots:
        for fund in made.pools.members[lot.pool].payers:
            key = fund, read.year_of[lot.cells[0][0].period]
            units[key] = gcd(units[key], lot.unit)
    spent: Counter[tuple[str, str]] = Counter()
    for payment in made.payments():
        spent[payment.fund, read.year_of[payment.period]] += payment.amount
    for giver in read.funds:
        for year, amount in (giver.amounts or {read.years[0]: giver.amount}).items():
            key = giver.id, year
            if not giver.own and spent[key] == amount and amount % (units[key] or 1):
                found.add(key)
    return found


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_shipped_plan_splits_no_more_costs_in_a_year_than_funds_pay_then(sample: str) -> None:
    read, plan = kept(sample)
    lines = budget_lines(read, plan)
    funds = {(line.fund, line.year) for line in lines}
    split: dict[str, set[object]] = defaultdict(set)
    for line in lines:
        if line.rest:
            split[line.year].add(line.cost)
    for year, costs in split.items():
        assert len(costs) <= sum(of == year for _fund, of in funds), year


def test_most_splits_of_three_years_are_of_amounts_that_whole_units_do_not_make() -> None:
    """Each of these partners pays for programmes of its own, so that each has a split cost of its own: five of nine."""
    read, plan = kept("jambi-2027-2029")
    lines = [line for line in budget_lines(read, plan) if line.rest]
    must = forced(Settlement(read, plan.decisions(read)))
    assert must == {
        ("lan", "2027"), ("lan", "2028"), ("tjsl", "2028"), ("tjsl", "2029"), ("bank-jambi", "2028"),
    }  # fmt: skip
    assert must <= {(line.fund, line.year) for line in lines}
    assert len({line.cost for line in lines}) <= 9


def rounded(units: list[int], parts: Parts, step: int, *conditions: MoneyCondition, own: str = "apbd") -> Parts:
    lots = [CostLot(pool, unit, ()) for pool, unit in enumerate(units)]
    return RoundedParts(WholeUnits(lots, parts, conditions, list(parts), parts, {own}), step, units).made()


def test_on_request_partners_pay_parts_in_thousands_and_own_funds_the_rest() -> None:
    parts = {("apbd", 0): 30_714, ("unja", 0): 64_286, ("unja", 1): 50_000, ("tjsl", 1): 50_000}
    assert rounded([95_000, 100_000], parts, 1_000) == parts | {("apbd", 0): 31_000, ("unja", 0): 64_000}


def test_a_part_is_rounded_up_where_the_fund_that_pays_the_rest_may_pay_no_more() -> None:
    limit = MoneyCondition({("apbd", 0): 1}, "<=", 30_714)
    made = rounded([95_001], {("apbd", 0): 30_714, ("unja", 0): 64_287}, 1_000, limit)
    assert made == {("apbd", 0): 30_001, ("unja", 0): 65_000}


def test_a_part_that_no_condition_lets_be_rounded_stays_as_it_is() -> None:
    limits = [MoneyCondition({("apbd", 0): 1}, "<=", 30_714), MoneyCondition({("unja", 0): 1}, "<=", 64_286)]
    parts = {("apbd", 0): 30_714, ("unja", 0): 64_286}
    assert rounded([95_000], parts, 1_000, *limits) == parts


def test_a_part_that_one_limit_holds_is_rounded_with_that_of_another_cost() -> None:
    """The partner gives all it has, and of the first cost as much as its share allows."""
    all_of_it = {("unja", 0): 1, ("unja", 1): 1}
    limits = [
        MoneyCondition({("unja", 0): 1}, "<=", 67_501),
        MoneyCondition(all_of_it, ">=", 100_000),
        MoneyCondition(all_of_it, "<=", 100_000),
    ]
    parts = {("apbd", 0): 67_501, ("unja", 0): 67_501, ("apbd", 1): 67_501, ("unja", 1): 32_499}
    made = rounded([135_002, 100_000], parts, 1_000, *limits)
    assert made == {("apbd", 0): 68_002, ("unja", 0): 67_000, ("apbd", 1): 67_000, ("unja", 1): 33_000}
    limits.append(MoneyCondition({("apbd", 0): 1}, "<=", 67_501))
    assert rounded([135_002, 100_000], parts, 1_000, *limits) == parts


def test_a_scenario_asks_for_it_and_its_payments_pass_the_check() -> None:
    """Nine people at Rp150,001 of which a partner pays half: Rp675,005, a person more than four and Rp75,001."""
    funds = [
        {"id": "apbd", "kind": "own", "amount": 2_000_000},
        {"id": "unja", "kind": "partner", "amount": 2_000_000, "max_share": "50%"},
    ]
    costs = [{"item": "Konsumsi", "per": "participant", "price": 150_001}]
    data = BASE | {
        "groups": [{"id": "g", "headcount": 9, "gaps": {"k": 9}}],
        "programmes": [{"id": "p", "closes": {"k": 1}, "costs": costs}],
        "funds": funds,
    }
    for step, part in ((None, 75_001), (1_000, 75_000)):
        read = Scenario.model_validate(data | {"scenario": BASE["scenario"] | ({"round_to": step} if step else {})})
        made = planned(read, inline=True).plan  # raises where the independent check does not hold
        rests = {line.fund: line.amount for line in budget_lines(read, made) if line.rest}
        assert rests == {"apbd": 150_001 - part, "unja": part}


def three_programmes(*funds: dict[str, object]) -> Scenario:
    """Three programmes for nine people each, of which the first fund may pay 35%."""
    costs = [{"item": "Konsumsi", "per": "participant", "price": 150_001}]
    more = [{"id": f"p{n}", "closes": {f"k{n}": 1}, "costs": costs} for n in range(3)]
    data: dict[str, object] = {
        "competencies": [{"id": f"k{n}", "kind": "technical"} for n in range(3)],
        "groups": [{"id": "g", "headcount": 9, "gaps": {f"k{n}": 9 for n in range(3)}}],
        "programmes": more,
        "funds": [*funds],
    }
    return Scenario.model_validate(BASE | data)


def splits(read: Scenario) -> tuple[int, dict[str, int]]:
    """How many costs are split, and what each fund pays in all."""
    made = planned(read, inline=True).plan  # raises where the independent check does not hold
    lines = budget_lines(read, made)
    paid: Counter[str] = Counter()
    for line in lines:
        paid[line.fund] += line.amount
    return len({line.cost for line in lines if line.rest}), dict(paid)


def test_partners_with_shares_of_many_programmes_split_no_more_costs_than_there_are_funds() -> None:
    """35% of nine people are three and a part of one: the first partner leaves the part to the other one, but twice."""
    first = {"id": "unja", "kind": "partner", "amount": 9_000_000, "max_share": "35%"}
    found, paid = splits(three_programmes(first, {"id": "tjsl", "kind": "partner", "amount": 9_000_000}))
    assert found == 2
    assert paid["unja"] == 9 * 150_001 + 2 * (472_504 - 3 * 150_001)


@pytest.mark.parametrize("levels", [["gaps_closed"], ["gaps_closed", "own_cost"], ["gaps_closed", "total_cost"]])
def test_what_own_funds_would_have_to_pay_for_stays_split(levels: list[str]) -> None:
    """A partner that paid whole people alone would pay less, and the own fund more, whatever the objective is."""
    first = {"id": "unja", "kind": "partner", "amount": 9_000_000, "max_share": "35%"}
    read = three_programmes({"id": "apbd", "kind": "own", "amount": 9_000_000}, first)
    kinds = {"gaps_closed": "maximize"}
    objective = [{kinds.get(goal, "minimize"): goal} for goal in levels]
    # Where no level spares own money, of equal payments those of the fund that comes first in the file are taken.
    data = read.to_plain() | {"funds": list(reversed(read.to_plain()["funds"])), "objective": objective}
    found, paid = splits(Scenario.model_validate(data))
    assert found == 3
    assert paid["unja"] == 3 * 472_504


def test_exchanges_that_add_up_change_what_a_fund_pays_by_less_than_a_unit() -> None:
    """Of ten equal costs the first partner may pay half: it leaves one half to the other partner, not eight."""
    first = {"id": "unja", "kind": "partner", "amount": 100_000_000, "max_share": "50%"}
    costs = [{"item": "Modul", "per": "programme", "price": 20_000_000}]
    data = BASE | {
        "competencies": [{"id": f"k{n}", "kind": "technical"} for n in range(10)],
        "groups": [{"id": "g", "headcount": 9, "gaps": {f"k{n}": 9 for n in range(10)}}],
        "programmes": [{"id": f"p{n}", "closes": {f"k{n}": 1}, "costs": costs} for n in range(10)],
        "funds": [first, {"id": "tjsl", "kind": "partner", "amount": 400_000_000}],
        "objective": [{"maximize": "gaps_closed"}],
    }
    found, paid = splits(Scenario.model_validate(data))
    assert (found, paid) == (9, {"unja": 90_000_000, "tjsl": 110_000_000})
