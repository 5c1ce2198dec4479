"""Whole units: payments as good as any others, in which few lots are split between funds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.payments.conditions import CannotSettle, MoneyCondition
from planner.payments.lots import CostLot
from planner.payments.payment import Payment
from planner.payments.settlement import Settlement, settle
from planner.payments.whole_units import WholeUnits
from planner.plans.closings import closings
from planner.plans.rule_measures import breaks_a_limit, penalty, rule_results
from tests.oracle.brute_force import Search
from tests.oracle.generate import tiny_scenarios
from tests.oracle.instance import Instance
from tests.sampled import some
from tests.scenarios.hand import scenario

Plain = dict[str, Any]

OWN: Plain = {"id": "apbd", "kind": "own", "amount": 10_000}


def partner(amount: int, name: str = "unja", **conditions: Any) -> Plain:
    return {"id": name, "kind": "partner", "amount": amount, **conditions}


def per_head(item: str, price: int) -> Plain:
    return {"item": item, "per": "participant", "price": price}


def paid(funds: list[Plain], costs: list[Plain], people: int = 10) -> dict[str, list[tuple[str, int]]]:
    """Who pays how much of each item, for one programme with these cost lines and so many people."""
    read = Scenario.model_validate(scenario(programmes={"costs": costs}, funds=funds))
    assert not find_problems(read)
    found: dict[str, list[tuple[str, int]]] = {}
    for payment in settle(read, Decisions({("a", "bimtek", "TW1"): people})):
        found.setdefault(payment.item, []).append((payment.fund, payment.amount))
    return found


def split(made: Settlement, payments: Sequence[Payment]) -> int:
    """Lots of which some fund pays part of a unit."""
    number = {cell: n for n, lot in enumerate(made.lots) for cell, _cost in lot.cells}
    parts: Counter[tuple[str, int]] = Counter()
    for payment in payments:
        if not payment.actual:
            parts[payment.fund, number[payment.cell]] += payment.amount
    return len({n for (_fund, n), amount in parts.items() if amount % made.lots[n].unit})


def by_fund(payments: Sequence[Payment]) -> Counter[str]:
    spent: Counter[str] = Counter()
    for payment in payments:
        spent[payment.fund] += payment.amount
    return spent


def test_a_fund_pays_whole_costs_and_with_the_rest_whole_people_where_it_can() -> None:
    costs = [per_head("Uang saku", 7), per_head("Konsumsi", 5)]
    assert paid([partner(85), OWN], costs) == {
        "Uang saku": [("unja", 70)],
        "Konsumsi": [("unja", 15), ("apbd", 35)],
    }
    assert paid([partner(64), OWN], costs) == {
        "Uang saku": [("unja", 14), ("apbd", 56)],
        "Konsumsi": [("unja", 50)],
    }


def test_people_of_two_lines_are_exchanged_until_an_amount_comes_out_even() -> None:
    """Rp61 are 3 x 7 + 8 x 5, though neither line alone leaves whole people."""
    assert paid([partner(61), OWN], [per_head("Uang saku", 7), per_head("Konsumsi", 5)]) == {
        "Uang saku": [("unja", 21), ("apbd", 49)],
        "Konsumsi": [("unja", 40), ("apbd", 10)],
    }


def test_a_rest_that_buys_nothing_whole_is_part_of_one_unit() -> None:
    costs = [per_head("Uang saku", 70), per_head("Konsumsi", 50)]
    assert paid([partner(3), OWN], costs) == {
        "Uang saku": [("unja", 3), ("apbd", 697)],
        "Konsumsi": [("apbd", 500)],
    }


def test_people_of_several_groups_are_dealt_out_whole() -> None:
    groups = [{"id": name, "headcount": 5, "gaps": {"keu": 5}} for name in "abc"]
    plain = scenario(groups=groups, programmes={"costs": [per_head("Butir", 7)]}, funds=[partner(61), OWN])
    payments = settle(Scenario.model_validate(plain), Decisions({(g, "bimtek", "TW1"): 5 for g in "abc"}))
    assert [(p.fund, p.group, p.amount) for p in payments] == [
        ("unja", "a", 35), ("unja", "b", 21), ("apbd", "b", 14), ("unja", "c", 5), ("apbd", "c", 30),
    ]  # fmt: skip


def test_no_more_costs_are_split_than_conditions_bind() -> None:
    """Twelve programmes of each of which the partner may pay a share; its amount binds, and one share beside it."""
    dice = random.Random(3)
    programmes = [
        {"id": f"p{n}", "closes": {"keu": 1}, "costs": [per_head("Butir", dice.randint(10**6, 10**7))]}
        for n in range(12)
    ]
    total = sum(p["costs"][0]["price"] for p in programmes)  # type: ignore[index]
    funds = [OWN | {"amount": 10**12}, partner(total // 3, max_share="99%")]
    read = Scenario.model_validate(scenario(programmes=programmes, funds=funds))
    payments = settle(read, Decisions({("a", f"p{n}", "TW1"): 1 for n in range(12)}))
    by_partner = [p for p in payments if p.fund == "unja"]
    assert sum(p.amount for p in by_partner) == total // 3
    shares = {p: ceil(Fraction(99, 100) * each.costs[0].unit_cost()) for p, each in read.programme.items()}
    assert sum(p.amount != shares[str(p.programme)] for p in by_partner) == 1, "the share is used up, but for one rest"


LOTS = tuple(CostLot(pool, 10, ()) for pool in range(2))
SCATTERED = {("apbd", 0): 6, ("apbd", 1): 6, ("unja", 0): 4, ("unja", 1): 4}


def exchanged(*conditions: MoneyCondition, parts: dict[tuple[str, int], int] = SCATTERED) -> dict[tuple[str, int], int]:
    return WholeUnits(LOTS, parts, conditions, list(parts), parts, {"apbd"}).made()


def test_odd_parts_are_exchanged_until_no_condition_is_left_free() -> None:
    assert exchanged() == {("apbd", 0): 10, ("apbd", 1): 2, ("unja", 1): 8}, "what each pays in all stays"
    released = MoneyCondition({("unja", 1): 1}, "<=", 5)
    assert exchanged(released) == {("apbd", 0): 2, ("apbd", 1): 10, ("unja", 0): 8}
    both = [MoneyCondition({("unja", pool): 1}, "<=", 5) for pool in (0, 1)]
    assert exchanged(*both) == SCATTERED, "what makes nothing whole is not changed"


def test_random_budgets_split_no_more_lots_than_there_are_funds_that_share() -> None:
    for seed in some(range(30)):
        made = Settlement(*budget(seed))
        payments = made.payments()
        assert payments == Settlement(*budget(seed)).payments(), "the same input gives the same payments"
        assert split(made, payments) < max(2, len(by_fund(payments))), seed
        kept_as_good(made, payments)


@pytest.mark.parametrize("conditions", ["max_share", "releases", "match"])
def test_conditions_of_a_fund_split_few_lots_more(conditions: str) -> None:
    few = many = 0
    for seed in some(range(12)):
        made = Settlement(*budget(seed, conditions))
        payments = made.payments()
        kept_as_good(made, payments)
        few, many = few + split(made, payments), many + split(made, made.payments(whole_units=False))
        assert split(made, payments) <= len(by_fund(payments)) + shares_used_up(made, payments), seed
    assert few < many * 4 / 5


def shares_used_up(made: Settlement, payments: Sequence[Payment]) -> int:
    """Of how many programmes a fund pays all that its share allows."""
    whole, paid = Counter[str | None](), Counter[tuple[str, str | None]]()
    for payment in payments:
        whole[payment.programme] += payment.amount
        paid[payment.fund, payment.programme] += payment.amount
    share = {fund.id: fund.max_share for fund in made.scenario.funds if fund.max_share < 1}
    return sum(fund in share and amount == ceil(share[fund] * whole[p]) for (fund, p), amount in paid.items())


def budget(seed: int, conditions: str = "") -> tuple[Scenario, Decisions]:
    """Twelve programmes with lines per person, class and programme, paid by one's own fund and a few partners."""
    dice = random.Random(seed)
    programmes = [
        {
            "id": f"p{n}",
            "closes": {"keu": 1},
            "class_size": {"max": 40},
            "costs": [
                {"item": "Konsumsi", "per": "participant", "quantity": 3, "price": 1000 * dice.randint(20, 90)},
                {"item": "Honorarium", "per": "class", "quantity": 24, "price": 1000 * dice.randint(300, 900)},
                {"item": "Kurikulum", "per": "programme", "price": dice.randint(10**6, 10**8)},
            ],
        }
        for n in range(12)
    ]
    groups = [{"id": name, "headcount": 400, "gaps": {"keu": 400}} for name in "abc"]
    people = {(g, f"p{n}", f"TW{dice.randint(1, 2)}"): dice.randint(1, 40) for g in "abc" for n in range(12)}
    classes = {(p, t): dice.randint(1, 4) for _g, p, t in people}
    choices: dict[str, Plain] = {
        "max_share": {"max_share": "40%"},
        "releases": {"releases": {"TW1": "30%", "TW2": "100%"}},
        "match": {"match": {"with": "apbd", "ratio": 0.3}},
    }
    chosen = choices.get(conditions, {})
    partners = [
        partner(dice.randint(10**7, 10**9), f"m{n}", **chosen)
        | {"pays": {"programmes": {"id": dice.sample([f"p{n}" for n in range(12)], dice.randint(3, 12))}}}
        for n in range(dice.randint(1, 5))
    ]
    read = Scenario.model_validate(
        scenario(groups=groups, programmes=programmes, funds=[OWN | {"amount": 10**11}, *partners])
    )
    assert not find_problems(read)
    return read, Decisions(people, classes)


def kept_as_good(made: Settlement, payments: Sequence[Payment]) -> None:
    """Whole units change no level of the objective, no amount that is due, and break no rule."""
    read, decisions, plain = made.scenario, made.decisions, made.payments(whole_units=False)
    assert all(payment.amount > 0 for payment in payments)
    assert split(made, payments) <= split(made, plain)
    due = {cell: cost for lot in made.lots for cell, cost in lot.cells}
    found: Counter[Any] = Counter()
    for payment in payments:
        found[payment.cell] += 0 if payment.actual else payment.amount
    moved = {cell for cell in due if cell.programme is None}  # agreements are dated by what their funds pay
    assert {c: n for c, n in found.items() if c not in moved and n} == {c: n for c, n in due.items() if c not in moved}
    if any(level.goal == "own_cost" for level in read.objective):
        own = [sum(p.amount for p in each if read.fund[p.fund].own) for each in (payments, plain)]
        assert own[0] == own[1]
    closed = closings(read, decisions)
    results, before = (rule_results(read, decisions, each, closed) for each in (payments, plain))
    assert penalty(read, results) <= penalty(read, before)
    assert not breaks_a_limit(read, decisions, payments, closed, results)


def test_random_decisions_are_paid_as_well_in_whole_units() -> None:
    seen = 0
    for seed in some(range(200)):
        plain = tiny_scenarios(seed, most_plans=300)
        read = Scenario.model_validate(plain)
        if find_problems(read):
            continue
        for _hope, people, socialized, classes in [*Search(Instance(plain)).candidates()][-2:]:
            used = frozenset(fund.id for fund in read.funds if fund.conditional and seed % 2)
            decided = Decisions({k: n for k, n in people.items() if n}, dict(classes), frozenset(socialized), used=used)
            try:
                made = Settlement(read, decided)
            except CannotSettle:
                continue
            kept_as_good(made, made.payments())
            seen += 1
    assert seen > 20
