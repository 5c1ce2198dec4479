"""The cut-proof list: contained, monotone, and never better than what a budget alone allows."""

from __future__ import annotations

import copy
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from planner.analysis.cuts.cut_proof import Cuts, cuts
from planner.analysis.cuts.nested_part import nested_part
from planner.analysis.cuts.nesting import budgets
from planner.plans.measures import Measures
from tests.oracle.brute_force import Search
from tests.oracle.instance import Instance
from tests.oracle.plain import number
from tests.sampled import few, some
from tests.scenarios.builders import scenario as small
from tests.scenarios.hand import read
from tests.scenarios.hand import scenario as by_hand
from tests.scenarios.workshop import workshop
from tests.unit.analysis.plans import assert_passes, inquiry, tiny_ones

THIRDS = (Fraction(1, 3), Fraction(2, 3), Fraction(1))


def fates(answer: Cuts) -> list[tuple[str, int, Fraction | None]]:
    return [(item.programme, item.number, item.lost_at) for item in answer.items]


def test_a_list_by_hand() -> None:
    """Rp110: everything. Less 20%: Rp88 holds the large class and a small one. Less 50%: Rp55 holds two small ones.

    Downwards: 14 gaps at Rp88, then of these only a small class for Rp55: 4 where 8 were possible. Upwards the two
    small classes of Rp55 stay, and Rp88 cannot add the large one: 8 where 14 were possible. So downwards.
    """
    answer = cuts(inquiry(workshop(110)), (Fraction(1, 5), Fraction(1, 2)))
    assert [budget.amount for budget in answer.budgets] == [110, 88, 55]
    assert [budget.free and budget.free.gaps_closed for budget in answer.budgets] == [18, 14, 8]
    assert answer.direction == "down"
    assert [budget.nested and budget.nested.gaps_closed for budget in answer.budgets] == [18, 14, 4]
    assert [answer.lost, answer.other_lost] == [4, 6]
    assert fates(answer) == [
        ("kecil", 1, Fraction(1, 5)),
        ("besar", 1, Fraction(1, 2)),
        ("kecil", 1, None),
    ]


def test_upwards_is_taken_where_that_gives_up_less() -> None:
    """Rp85: the large class and a small one, 14. Less 30%: Rp59 two small ones, 8. Less 35% and 40%: the same two.

    Downwards a small class alone is left at three budgets: 3 x 4 gaps given up. Upwards the two small classes stay and
    the full budget cannot add the large one: 6 given up.
    """
    answer = cuts(inquiry(workshop(85)), (Fraction(3, 10), Fraction(35, 100), Fraction(4, 10)))
    assert answer.direction == "up"
    assert [budget.nested and budget.nested.gaps_closed for budget in answer.budgets] == [8, 8, 8, 8]
    assert [answer.lost, answer.other_lost] == [6, 12]
    assert fates(answer) == [("kecil", 2, None)]


def free_optima(plain: dict[str, Any], shares: tuple[Fraction, ...]) -> list[Fraction | None]:
    """The most that each budget allows, found without the program; None without a plan."""
    best = []
    for share in (Fraction(0), *shares):
        cut = copy.deepcopy(plain)
        for fund in cut["funds"]:
            if fund["kind"] == "own":
                fund["amount"] = int(number(fund["amount"]) * (1 - share))
        search = Search(Instance(cut))
        values = [
            search.rank(*found)[0]
            for _hope, people, socialized, classes in search.candidates()
            for found in search.funded(people, socialized, classes)
        ]
        best.append(max(values, default=None))
    return best


def test_plans_are_contained_and_monotone_and_no_better_than_each_budget_allows() -> None:
    lists = 0
    for plain, asked in tiny_ones(some(range(10))):
        answer = cuts(asked, THIRDS)
        scenarios = budgets(asked.scenario, [budget.cut for budget in answer.budgets])
        optima = free_optima(plain, THIRDS)
        for budget, scenario, best in zip(answer.budgets, scenarios, optima, strict=True):
            assert (budget.free is None) == (best is None)
            if budget.free is not None:
                assert budget.free.gaps_level.value == best
            if budget.nested is not None:
                assert best is not None
                assert_passes(scenario, budget.nested)
                assert budget.nested.gaps_level.value <= best
                assert budget.lost == best - budget.nested.gaps_level.value
        made = [(s, b.nested) for s, b in zip(scenarios, answer.budgets, strict=True) if b.nested is not None]
        for (_rich, larger), (_poor, smaller) in pairwise(made):
            assert nested_part(larger).contains(nested_part(smaller))
            assert larger.gaps_level.value >= smaller.gaps_level.value
        lists += 1
    assert lists > few(5)


def test_the_items_are_what_the_plans_hold() -> None:
    asked = inquiry(small())
    answer = cuts(asked)
    assert [budget.cut for budget in answer.budgets] == [0, Fraction(1, 10), Fraction(2, 10), Fraction(3, 10)]
    for place, budget in enumerate(answer.budgets):
        later = [b.cut for b in answer.budgets[place + 1 :]]
        assert budget.nested is not None
        held = nested_part(budget.nested)
        left = [item for item in answer.items if item.lost_at is None or item.lost_at in later]
        assert sum(item.number for item in left if not item.people) == sum(held.classes.values())
        assert sum(item.number for item in left if item.people) == sum(held.people(asked.scenario).values())
    places = [answer.budgets[-1].cut + 1 if item.lost_at is None else item.lost_at for item in answer.items]
    assert places == sorted(places)


def test_all_own_funds_are_cut_in_whole_rupiah_and_partners_are_not() -> None:
    funds = [
        {"id": "apbd", "kind": "own", "amount": 101},
        {"id": "blud", "kind": "own", "amount": 9},
        {"id": "mitra", "kind": "partner", "amount": 50},
    ]
    answer = cuts(inquiry(workshop(0, funds=funds)), (Fraction(1, 10),))
    assert answer.budgets[1].amounts == {"apbd": 90, "blud": 8}


def test_a_budget_without_a_plan_is_said_and_the_others_go_on() -> None:
    rules = [{"name": "Wajib", "measure": "classes", "where": {"programmes": {"id": "besar"}}, "at_least": 1}]
    answer = cuts(inquiry(workshop(110, rules=rules)), (Fraction(1, 5), Fraction(1, 2)))
    assert [budget.nested is None for budget in answer.budgets] == [False, False, True]
    assert answer.budgets[2].free is None
    assert "Wajib" in answer.budgets[2].message
    assert fates(answer) == [("kecil", 1, Fraction(1, 5)), ("besar", 1, None), ("kecil", 1, None)]


@pytest.mark.parametrize("amount", [0, 110])
def test_nothing_to_cut_is_an_answer_too(amount: int) -> None:
    funds = [{"id": "mitra", "kind": "partner", "amount": amount}]
    answer = cuts(inquiry(workshop(0, funds=funds)), (Fraction(1, 2),))
    assert answer.lost == 0
    assert all(item.lost_at is None for item in answer.items)


TWO_CLASSES = by_hand(
    groups={"headcount": 20, "gaps": {"keu": 20}},
    programmes=[
        {"id": "penuh", "closes": {"keu": 1}, "class_size": {"max": 10},
         "costs": [{"item": "Kelas", "per": "class", "price": 50}]},
        {"id": "hemat", "closes": {"keu": "50%"}, "class_size": {"max": 10}, "costs": [
            {"item": "Kelas", "per": "class", "price": 10}, {"item": "Makan", "per": "participant", "price": 4}]},
    ],
    funds={"amount": 82},
)  # fmt: skip


def test_a_class_that_stays_takes_no_people_of_one_that_goes() -> None:
    """Rp82: a full course for 10 at Rp50, and a cheap one of Rp10 + 5 x Rp4: 10 + 2,5 gaps.

    Half of it, Rp41, would pay the cheap course for 7, two more than the list asked for before the cut: 3,5 gaps. The
    list keeps the 5 who stood on it: 2,5.
    """
    answer = cuts(inquiry(read(TWO_CLASSES)), (Fraction(1, 2),))
    assert answer.direction == "down"
    assert [budget.free and budget.free.gaps_closed for budget in answer.budgets] == [Fraction(25, 2), Fraction(7, 2)]
    held = [Measures(read(TWO_CLASSES), b.nested) for b in answer.budgets if b.nested is not None]
    assert [m.participants_by_programme for m in held] == [{"penuh": 10, "hemat": 5}, {"penuh": 0, "hemat": 5}]
    assert answer.lost == 1


def test_a_deeper_cut_asks_nowhere_for_more_of_what_the_list_prints() -> None:
    lists = 0
    for _plain, asked in tiny_ones(some(range(10))):
        answer = cuts(asked, THIRDS)
        held = [Measures(asked.scenario, b.nested) for b in answer.budgets if b.nested is not None]
        for larger, smaller in pairwise(held):
            for printed in ("classes_by_programme", "participants_by_programme", "cost_by_programme", "cost_by_fund"):
                more, less = getattr(larger, printed), getattr(smaller, printed)
                assert all(less[key] <= more[key] for key in less), printed
            people = {(row.group, row.programme, row.period): row.participants for row in larger.plan.allocations}
            for row in smaller.plan.allocations:
                assert row.participants <= people[row.group, row.programme, row.period]
            lists += 1
    assert lists > few(5)
