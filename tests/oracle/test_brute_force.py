"""The oracle itself: cases solved by hand, and every short cut held against the long way."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from tests.oracle.brute_force import Search, count, solve
from tests.oracle.dates import every_date
from tests.oracle.generate import tiny_scenarios
from tests.oracle.instance import Instance
from tests.oracle.judge import accepts
from tests.oracle.measures import Charge, Key, charges
from tests.oracle.plan_data import Decision, level_values, plan_data
from tests.sampled import few, sampled, some
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]


def values(plain: Plain) -> list[str]:
    """The values of the optimum by level, as exact text; none if there is no plan."""
    best = solve(plain)
    return [str(value) for value in best.values] if best else []


def test_everybody_is_trained_where_nothing_stands_in_the_way() -> None:
    assert values(scenario()) == ["10", "0"]


def test_money_buys_what_it_can_and_partners_pay_first() -> None:
    # Rp3 a head, Rp10 of the partner and Rp6 of one's own: 5 people, Rp5 of one's own
    funds = [{"id": "apbd", "kind": "own", "amount": 6}, {"id": "unja", "kind": "partner", "amount": 10}]
    assert values(scenario(programmes=costing("participant", 3), funds=funds)) == ["5", "5"]


def test_classes_run_full_or_not_at_all() -> None:
    # classes of 4 at Rp5, Rp9 to spend: one class
    programmes = costing("class", 5) | {"class_size": {"min": 4, "max": 4}}
    assert values(scenario(programmes=programmes, funds={"amount": 9})) == ["4", "5"]


@pytest.mark.parametrize(
    ("conditions", "rule", "reached"),
    [
        # Rp3 a head, Rp4 of one's own: half of Rp9 is Rp4.50, so that the partner pays Rp5 of it
        ({"max_share": "50%"}, {}, ["3", "4"]),
        ({"max_share": "49%"}, {}, ["3", "4"]),
        ({"max_share": "0%"}, {}, ["1", "3"]),
        # half of Rp3 is Rp1.50: Rp2; half of Rp4 is Rp2; a quarter of Rp1 is a rupiah begun
        ({"match": {"with": "apbd", "ratio": 0.5}}, {}, ["2", "4"]),
        ({"match": {"with": "apbd", "ratio": 1.25}}, {}, ["3", "4"]),
        ({"match": {"with": "apbd", "ratio": 0}}, {}, ["1", "3"]),
        # 55% of Rp9 is Rp4.95: at most Rp5, at least Rp4
        ({}, {"where": {"funds": {"id": "unja"}}, "at_most": "55%"}, ["3", "4"]),
        ({}, {"where": {"funds": {"id": "apbd"}}, "at_least": "55%"}, ["3", "4"]),
        # of Rp12 it is Rp6.60 and so Rp7, while one's own Rp4 leave Rp8 to pay: a quarter of a gap for the one too many
        ({}, {"where": {"funds": {"id": "unja"}}, "at_most": "55%", "soft": {"penalty": 0.25}}, ["15/4", "4"]),
    ],
)
def test_shares_of_money_give_way_to_whole_rupiah(conditions: Plain, rule: Plain, reached: list[str]) -> None:
    funds = [{"id": "apbd", "kind": "own", "amount": 4}, {"id": "unja", "kind": "partner", "amount": 8, **conditions}]
    plain = scenario(programmes=costing("participant", 3), funds=funds)
    if rule:
        plain["rules"] = [{"name": "Porsi", "measure": "cost"} | rule]
    assert values(plain) == reached


def test_seventy_and_thirty_per_cent_of_an_odd_price_are_paid() -> None:
    funds = [
        {"id": "apbd", "kind": "own", "amount": 10**7, "max_share": "70%"},
        {"id": "unja", "kind": "partner", "amount": 10**7, "max_share": "30%"},
    ]
    plain = scenario(groups={"headcount": 3, "gaps": {"keu": 3}}, programmes=costing("participant", 1371), funds=funds)
    # 30% of Rp4,113 is Rp1,233.90
    assert values(plain) == ["3", str(4113 - 1234)]


def test_socialization_is_bought_where_it_pays() -> None:
    plain = scenario(groups={"uptake": "50%", "socialization": {"raises_uptake_to": "80%", "cost": 4}})
    assert values(plain) == ["8", "4"]
    plain["funds"][0]["amount"] = 3
    assert values(plain) == ["5", "0"]


def test_a_hard_rule_nobody_can_keep_leaves_no_plan_and_a_goal_has_its_price() -> None:
    rule: Plain = {"name": "Aturan", "measure": "participants", "at_least": 11}
    assert values(scenario(rules=[rule])) == []
    assert values(scenario(rules=[rule | {"soft": {"penalty": 0.25}}])) == ["39/4", "0"]


def test_gaps_closed_come_last_where_no_level_names_them() -> None:
    plain = scenario(programmes=costing("participant", 3), objective=[{"minimize": "total_cost"}])
    best = solve(plain)
    assert best is not None
    assert best.goals == ("total_cost", "gaps_closed")
    assert values(plain) == ["0", "0"]


@pytest.mark.parametrize("batch", sampled(range(4), 4, 1))
def test_short_cuts_find_what_the_long_way_finds(batch: int) -> None:
    tried = 0
    for seed in some(range(batch * 30, batch * 30 + 30)):
        plain = tiny_scenarios(seed, most_plans=30)
        found = long_way(plain)
        if found is not None:
            best = solve(plain)
            assert (best.values if best else ()) == found, seed
            tried += 1
    assert tried > few(8)


def long_way(plain: Plain, most: int = 600) -> tuple[Fraction, ...] | None:
    """The best values over all placements, classes, seats and payments cell by cell, each judged as a whole plan.

    () if there is no plan, None if there are more than `most` to try.
    """
    instance = Instance(plain)
    best: tuple[Fraction, ...] | None = None
    for decision, payments in every_plan(instance):
        most -= 1
        if most < 0:
            return None
        values = level_values(instance, decision, payments)
        better = tuple(-v if goal.endswith("cost") else v for (goal, _by), v in values.items())
        if (best is None or better > best) and accepts(plain, plan_data(instance, decision, payments, ""), ""):
            best = better
    if best is None:
        return ()
    return tuple(-v if goal.endswith("cost") else v for (goal, _by), v in zip(instance.levels, best, strict=True))


def every_plan(instance: Instance) -> Iterator[tuple[Decision, dict[tuple[str, Key], int]]]:
    """Every combination of numbers, whether it keeps the rules or not."""
    slots = [(g, p, t) for g, of_group in instance.slots.items() for p, t in of_group]
    able = [g for g, group in instance.groups.items() if group.get("socialization")]
    agreeing = [f for f in instance.funds if instance.agreement(f)]
    for numbers in product(*(range(instance.need(g, p) + 1) for g, p, _t in slots)):
        people = {slot: n for slot, n in zip(slots, numbers, strict=True) if n}
        for socialized, agreed in product(subsets(able), subsets(agreeing)):
            for classes, seats in product(every_class(instance, people), every_seat(instance, people)):
                for when in every_date(instance, people, socialized, seats, agreed):
                    due = charges(instance, people, classes, socialized, seats, agreed, when)
                    for chosen in product(*map(list, map(splits, due))):
                        payments = {
                            (f, charge.key): n for charge, split in zip(due, chosen, strict=True) for f, n in split
                        }
                        yield Decision(people, classes, socialized, seats), payments


def subsets(things: list[str]) -> list[frozenset[str]]:
    return [frozenset(chosen) for n in range(len(things) + 1) for chosen in combinations(things, n)]


def every_class(instance: Instance, people: dict[tuple[str, str, str], int]) -> list[dict[tuple[str, str], int]]:
    held = list(dict.fromkeys((p, t) for _g, p, t in people if instance.programmes[p].get("class_size")))
    most = [sum(n for (_g, p, t), n in people.items() if (p, t) == key) for key in held]
    return [dict(zip(held, numbers, strict=True)) for numbers in product(*(range(1, n + 1) for n in most))]


def every_seat(
    instance: Instance, people: dict[tuple[str, str, str], int]
) -> list[dict[tuple[str, str, str, str], int]]:
    places = [(f, p, g, t) for f, fund in instance.funds.items() for g, p, t in people if fund.get("seats", {}).get(p)]
    given = product(*(range(people[g, p, t] + 1) for _f, p, g, t in places))
    found = [{place: n for place, n in zip(places, numbers, strict=True) if n} for numbers in given]
    # more seats than participants would make a negative cost
    return [
        seats
        for seats in found
        if all(sum(n for (_f, *seat), n in seats.items() if seat == [p, g, t]) <= people[g, p, t] for g, p, t in people)
    ]


def splits(charge: Charge) -> Iterator[list[tuple[str, int]]]:
    """Every way to divide the cost of a cell over those who may pay it."""
    for parts in product(*(range(charge.cost + 1) for _f in charge.payers)):
        if sum(parts) == charge.cost:
            yield [(f, n) for f, n in zip(charge.payers, parts, strict=True) if n]


def test_the_second_opinion_and_the_checker_accept_what_the_oracle_finds() -> None:
    for seed in some(range(200)):
        plain = tiny_scenarios(seed, most_plans=2000)
        sha256 = Scenario.model_validate(plain).sha256
        best = solve(plain, sha256)
        if best is not None:
            assert accepts(plain, best.plan, sha256), seed
            assert check_plan(Scenario.model_validate(plain), best.plan).passed, seed


def test_the_work_is_bounded_by_what_was_counted() -> None:
    for seed in some(range(100)):
        plain = tiny_scenarios(seed, most_plans=500)
        placements = {
            (tuple(people.items()), socialized)
            for _hope, people, socialized, _classes in Search(Instance(plain)).candidates()
        }
        assert len(placements) <= count(plain) <= 500
