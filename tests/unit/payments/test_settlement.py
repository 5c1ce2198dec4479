"""Settlement by hand: who pays what in whole rupiah, for decisions already made."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.decisions import Decisions
from planner.domain.one_off import OneOff
from planner.domain.scenario import Scenario
from planner.payments import optimisation
from planner.payments.conditions import CannotSettle
from planner.payments.optimisation import _gentler
from planner.payments.payment import Payment
from planner.payments.settlement import settle
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]


def fund(name: str, amount: int, kind: str = "partner", **conditions: Any) -> Plain:
    return {"id": name, "kind": kind, "amount": amount, **conditions}


def own(amount: int, **conditions: Any) -> Plain:
    return fund("apbd", amount, "own", **conditions)


def paid(
    funds: list[Plain],
    cost: int,
    people: Mapping[str, int] | None = None,
    used: tuple[str, ...] = (),
    **changes: Any,
) -> dict[str, int]:
    """What each fund pays when `people` (by period; one in TW1 unless said) take a programme of `cost` a head."""
    plain = scenario(programmes=costing("participant", cost), funds=funds, **changes)
    read = Scenario.model_validate(plain)
    assert not find_problems(read)
    seats = {("a", "bimtek", period): number for period, number in (people or {"TW1": 1}).items()}
    payments = settle(read, Decisions(seats, used=frozenset(used)))
    assert all(payment.amount > 0 for payment in payments)
    assert sum(p.amount for p in payments if p.item == "Butir") == cost * sum((people or {"TW1": 1}).values())
    spent: Counter[str] = Counter()
    for payment in payments:
        spent[payment.fund] += payment.amount
    return dict(spent)


def test_one_fund_pays_it_all() -> None:
    assert paid([own(100)], 7) == {"apbd": 7}


def test_partners_pay_before_ones_own_money() -> None:
    assert paid([own(100), fund("unja", 5)], 7) == {"unja": 5, "apbd": 2}


def test_of_two_partners_the_first_in_the_file_pays() -> None:
    assert paid([own(100), fund("unja", 50), fund("lan", 50)], 7) == {"unja": 7}
    assert paid([own(100), fund("lan", 50), fund("unja", 50)], 7) == {"lan": 7}


def test_what_was_settled_before_is_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is anything else taken for it: another amount, order, owner or goal is another settlement."""
    asked = [
        ([own(100), fund("unja", 5), fund("lan", 3)], 7, {"apbd": 0, "unja": 5, "lan": 2}),
        ([own(100), fund("unja", 4), fund("lan", 3)], 7, {"apbd": 0, "unja": 4, "lan": 3}),
        ([own(100), fund("lan", 3), fund("unja", 5)], 7, {"apbd": 0, "unja": 4, "lan": 3}),
        ([own(100), fund("unja", 5, "own"), fund("lan", 3)], 7, {"apbd": 4, "unja": 0, "lan": 3}),
        ([own(100), fund("unja", 5), fund("lan", 3)], 9, {"apbd": 1, "unja": 5, "lan": 3}),
    ]
    optimisation._paid.cache_clear()
    for funds, cost, expected in asked:
        assert paid(funds, cost) == {name: amount for name, amount in expected.items() if amount}
    assert optimisation._paid.cache_info().currsize == len(asked)
    monkeypatch.delattr(optimisation, "_solved")
    for funds, cost, expected in asked:
        assert paid(funds, cost) == {name: amount for name, amount in expected.items() if amount}


def test_what_cannot_be_settled_cannot_be_settled_again() -> None:
    for _time in range(2):
        with pytest.raises(CannotSettle):
            paid([own(3), fund("unja", 3)], 7)


@pytest.mark.parametrize("size", [1, 90, 900, 999_999, 1_000_001, 10**9])
def test_amounts_of_every_size_are_settled_by_as_many_steps_as_they_take(size: int) -> None:
    assert paid([own(10 * size), fund("unja", 2 * size), fund("lan", size)], 4 * size) == {
        "unja": 2 * size, "lan": size, "apbd": size,
    }  # fmt: skip


def test_a_share_of_an_odd_cost_is_rounded_up() -> None:
    assert paid([own(100), fund("unja", 100, max_share="50%")], 7) == {"unja": 4, "apbd": 3}
    assert paid([own(900), fund("unja", 900, max_share="33.3%")], 1000) == {"unja": 333, "apbd": 667}
    assert paid([own(900), fund("unja", 900, max_share="33.3%")], 999) == {"unja": 333, "apbd": 666}
    assert paid([own(100), fund("unja", 100, max_share="10%")], 9) == {"unja": 1, "apbd": 8}
    assert paid([own(100), fund("unja", 100, max_share="0%")], 9) == {"apbd": 9}


def test_two_halves_pay_an_odd_cost_and_what_falls_short_of_it_does_not() -> None:
    halves = [own(100, max_share="50%"), fund("unja", 100, max_share="50%")]
    assert paid(halves, 8) == {"apbd": 4, "unja": 4}
    assert paid(halves, 7) == {"apbd": 3, "unja": 4}
    with pytest.raises(CannotSettle):  # 49% of Rp100 twice, and Rp2 are left
        paid([own(100, max_share="49%"), fund("unja", 100, max_share="49%")], 100)


def test_seventy_and_thirty_per_cent_of_an_odd_price() -> None:
    # 30% of Rp2,554,113 are Rp766,233.90
    funds = [own(10**9, max_share="70%"), fund("unja", 10**9, max_share="30%")]
    assert paid(funds, 851_371, {"TW1": 3}) == {"unja": 766_234, "apbd": 1_787_879}


def test_a_share_counts_the_whole_programme_and_not_each_item() -> None:
    """Half of 3 + 3 is 3, though half of each 3, rounded up, is 2."""
    items = [{"item": "A", "per": "participant", "price": 3}, {"item": "B", "per": "participant", "price": 3}]
    plain = scenario(programmes={"costs": items}, funds=[own(100), fund("unja", 100, max_share="50%")])
    payments = settle(Scenario.model_validate(plain), Decisions({("a", "bimtek", "TW1"): 1}))
    assert sum(p.amount for p in payments if p.fund == "unja") == 3


@pytest.mark.parametrize(
    ("ratio", "cost", "partner"),
    [
        (1, 7, 3), (0.5, 9, 3), (0.5, 10, 3), (2, 10, 6), (0.333, 1000, 250), (1.37, 1000, 578), (0, 7, 0),
        # Rp3 bring Rp1.50 and so Rp2; Rp4 bring Rp1.33 and so Rp2; Rp1 brings a rupiah if it brings anything
        (0.5, 5, 2), (0.3333333333333333, 6, 2), (0.3333333333333333, 4, 1), (0.000001, 3, 1), (123456.789, 9, 8),
    ],
)  # fmt: skip
def test_a_match_is_at_most_the_ratio_of_what_the_other_pays(ratio: float, cost: int, partner: int) -> None:
    spent = paid([own(10_000), fund("unja", 10_000, match={"with": "apbd", "ratio": ratio})], cost)
    assert spent.get("unja", 0) == partner
    assert spent["apbd"] == cost - partner


def test_money_is_spent_when_it_is_there() -> None:
    late = fund("unja", 10, releases={"TW1": "30%", "TW2": "100%"})
    assert paid([own(100), late], 2, {"TW1": 4, "TW2": 4}) == {"unja": 10, "apbd": 6}
    assert paid([own(100), late], 2, {"TW1": 4}) == {"unja": 3, "apbd": 5}
    assert paid([own(100), late], 2, {"TW2": 4}) == {"unja": 8}


def test_a_release_that_is_no_whole_rupiah_is_rounded_down() -> None:
    assert paid([own(100), fund("unja", 11, releases={"TW1": "50%"})], 7) == {"unja": 5, "apbd": 2}


def test_a_minimum_is_reached_or_the_fund_stays_away() -> None:
    asked = [own(100), fund("unja", 10, max_share="50%", minimum=5)]
    assert paid(asked, 10, used=("unja",)) == {"unja": 5, "apbd": 5}
    assert paid(asked, 9, used=("unja",)) == {"unja": 5, "apbd": 4}
    assert paid(asked, 10) == {"apbd": 10}
    with pytest.raises(CannotSettle):
        paid(asked, 8, used=("unja",))


def test_an_agreement_is_paid_by_own_funds_and_only_if_the_fund_pays() -> None:
    asked = [own(100), fund("unja", 10, agreement_cost={"amount": 4})]
    assert paid(asked, 7, used=("unja",)) == {"unja": 7, "apbd": 4}
    with pytest.raises(CannotSettle):
        paid([own(3), *asked[1:]], 7, used=("unja",))
    with pytest.raises(CannotSettle):  # nothing that the partner may pay costs anything
        paid([own(100), *asked[1:]], 0, used=("unja",))


def test_a_used_fund_pays_a_rupiah_at_least() -> None:
    """Ratio 0 to a fund that pays nothing: it cannot be used."""
    asked = [own(100), fund("unja", 10, agreement_cost={"amount": 1}, match={"with": "apbd", "ratio": 0})]
    with pytest.raises(CannotSettle):
        paid(asked, 7, used=("unja",))


def test_an_agreement_is_paid_in_a_year_in_which_its_fund_pays_whatever_seats_others_give() -> None:
    """The only seat of 2027 is free, given by a bank: unja pays something in 2028 alone."""
    plain = scenario(
        periods=[{"id": "S1", "year": 2027}, {"id": "S2", "year": 2028}],
        programmes=costing("participant", 7),
        funds=[
            {"id": "apbd", "kind": "own", "amounts": {2027: 50, 2028: 50}},
            fund("unja", 10, agreement_cost={"amount": 4}),
            fund("bank", 0, seats={"bimtek": 1}),
        ],
    )
    people = {("a", "bimtek", period): 1 for period in ("S1", "S2")}
    agreement = OneOff(None, None, "agreement:unja", None)
    free = {("bank", "bimtek", "a", "S1"): 1}
    read = Scenario.model_validate(plain)
    paid_in = {
        period: Decisions(people, seats=free, used=frozenset(["unja"]), due={agreement: period})
        for period in ("S1", "S2")
    }
    with pytest.raises(CannotSettle):
        settle(read, paid_in["S1"])
    assert {(p.fund, p.period, p.amount) for p in settle(read, paid_in["S2"])} == {("unja", "S2", 7), ("apbd", "S2", 4)}


def test_hard_rules_on_money_are_kept_and_goals_are_met_before_money_is_saved() -> None:
    rule: Plain = {"name": "Mitra", "measure": "cost", "where": {"funds": {"id": "unja"}}, "at_most": 3}
    funds = [own(100), fund("unja", 10)]
    assert paid(funds, 7, rules=[rule]) == {"unja": 3, "apbd": 4}
    goal = rule | {"at_most": 1, "soft": {"penalty": 0.001}}
    assert paid(funds, 7, rules=[goal]) == {"unja": 1, "apbd": 6}
    share = {"name": "APBD", "measure": "cost", "where": {"funds": {"kind": "own"}}, "at_least": "30%"}
    assert paid(funds, 7, rules=[share]) == {"apbd": 2, "unja": 5}, "30% of Rp7 is Rp2.10"


def test_a_goal_of_the_smallest_price_is_met_beside_one_that_is_missed_dearly() -> None:
    cheap: Plain = {"measure": "cost", "where": {"funds": {"id": "unja"}}, "at_most": 1, "soft": {"penalty": 1e-6}}
    dear: Plain = {"measure": "cost", "at_most": 1, "soft": {"penalty": 1}}
    rules = [{"name": "Murah"} | cheap, {"name": "Mahal"} | dear]
    assert paid([own(100), fund("unja", 10)], 7, rules=rules) == {"unja": 1, "apbd": 6}


@pytest.mark.parametrize("soft", [None, {"penalty": 1}])
@pytest.mark.parametrize(
    ("bounds", "spent"),
    [
        # of Rp1001: 33% are Rp330.33, 67% Rp670.67
        ({"where": {"funds": {"id": "unja"}}, "at_most": "33%"}, {"apbd": 670, "unja": 331}),
        ({"where": {"funds": {"id": "apbd"}}, "at_least": "67%"}, {"apbd": 670, "unja": 331}),
        ({"where": {"funds": {"id": "unja"}}, "at_least": "33%", "at_most": "33%"}, {"apbd": 670, "unja": 331}),
    ],
)
def test_a_share_of_cost_is_rounded_in_favour_of_the_plan(bounds: Plain, spent: Plain, soft: Plain | None) -> None:
    rule = {"name": "Porsi", "measure": "cost"} | bounds | ({"soft": soft} if soft else {})
    assert paid([own(10_000), fund("unja", 10_000)], 1001, rules=[rule]) == spent


def test_rules_that_leave_a_rupiah_nowhere_to_go_cannot_be_settled() -> None:
    def halves(share: str) -> list[Plain]:
        return [
            {"name": name, "measure": "cost", "where": {"funds": {"id": name}}, "at_most": share}
            for name in ("unja", "apbd")
        ]

    funds = [own(100), fund("unja", 100)]
    assert paid(funds, 8, rules=halves("50%")) == {"apbd": 4, "unja": 4}
    assert paid(funds, 7, rules=halves("50%")) == {"apbd": 3, "unja": 4}
    with pytest.raises(CannotSettle):
        paid(funds, 100, rules=halves("49%"))


def test_with_costs_first_in_the_objective_the_same_money_is_saved() -> None:
    levels = [{"minimize": "own_cost"}, {"maximize": "gaps_closed"}]
    goal = {"name": "M", "measure": "cost", "where": {"funds": {"id": "unja"}}, "at_most": 1, "soft": {"penalty": 1}}
    assert paid([own(100), fund("unja", 10)], 7, rules=[goal], objective=levels) == {"unja": 7}


@pytest.mark.parametrize("cost", [99_999_999_999_999, 33_333_333_333_334, 10**13])
def test_amounts_near_the_largest_come_out_to_the_rupiah(cost: int) -> None:
    funds = [own(cost), fund("unja", cost // 3, match={"with": "apbd", "ratio": 0.5}), fund("lan", 999, max_share="1%")]
    spent = paid(funds, cost)
    assert sum(spent.values()) == cost
    # least own money first: the partners pay what lan has and half, rounded up, of the rest; then unja before lan
    least = next(own for own in range((cost - 999) * 2 // 3 - 3, cost) if own + -(-own // 2) + 999 >= cost)
    assert spent["apbd"] == least
    assert spent["unja"] == min(-(-least // 2), cost // 3)
    assert spent["lan"] == cost - least - spent["unja"] >= 998


@pytest.mark.parametrize("ratio", [0.333333, 0.3333333333333333, 0.1428571, 12.345678, 1.000001, 0.000001, 987654.321])
def test_a_match_of_many_decimals_comes_out_to_the_rupiah(ratio: float) -> None:
    """With coefficients of seven digits and more, a millionth of a rupiah too much passed for none."""
    exact = Fraction(str(ratio))
    dice = random.Random(5)
    for cost in [*(dice.randint(1, 10 ** dice.randint(1, 14)) for _ in range(30)), 3 * 10**13 + 1, 4, 5, 912]:
        spent = paid([own(cost), fund("unja", cost, match={"with": "apbd", "ratio": ratio})], cost)
        mine = spent["apbd"]
        assert spent.get("unja", 0) == cost - mine <= ceil(exact * mine), cost
        assert cost - (mine - 1) > ceil(exact * (mine - 1)), (cost, "a rupiah less of one's own money would do")


def test_a_match_says_the_same_with_smaller_coefficients() -> None:
    dice = random.Random(8)
    for _ in range(400):
        ratio = Fraction(dice.randint(1, 10**7), 10 ** dice.randint(0, 9))
        den, num = ratio.denominator, ratio.numerator
        part, other = sorted(dice.choices(range(-25, 26), k=2)), sorted(dice.choices(range(-25, 26), k=2))
        room = dice.randint(-20, 20) * dice.choice([den, num]) + dice.choice([0, 1, -1, dice.randint(0, den)])
        ranges = {("f", 0): (part[0], part[1]), ("with", 0): (other[0], other[1])}
        terms, gentler = _gentler({("f", 0): den, ("with", 0): -num}, room, ranges)
        assert max(map(abs, terms.values())) <= 100_000
        for x in range(part[0], part[1] + 1):
            for y in range(other[0], other[1] + 1):
                said = terms["f", 0] * x + terms["with", 0] * y <= gentler
                assert said == (den * x - num * y <= room), (ratio, room, ranges)


def test_a_budget_that_is_met_to_the_rupiah_is_enough_and_one_less_is_not() -> None:
    cost = 77_777_777_777_777
    assert paid([own(cost - 5), fund("unja", 5)], cost) == {"apbd": cost - 5, "unja": 5}
    with pytest.raises(CannotSettle):
        paid([own(cost - 6), fund("unja", 5)], cost)


def test_what_nobody_may_pay_cannot_be_settled() -> None:
    items = [{"item": "A", "per": "participant", "price": 3}, {"item": "B", "per": "participant", "price": 3}]
    plain = scenario(programmes={"costs": items}, funds=[own(100, pays={"items": {"item": "A"}})])
    with pytest.raises(CannotSettle):
        settle(Scenario.model_validate(plain), Decisions({("a", "bimtek", "TW1"): 1}))


def test_payments_stand_by_cell_in_file_order() -> None:
    plain = scenario(
        groups=[{"id": "a", "headcount": 5, "gaps": {"keu": 5}}, {"id": "b", "headcount": 5, "gaps": {"keu": 5}}],
        programmes={
            "class_size": {"max": 5},
            "costs": [
                {"item": "Honorarium", "per": "class", "price": 10},
                {"item": "Konsumsi", "account": "5.2.02.01.01.0001", "per": "participant", "price": 2},
                {"item": "Kurikulum", "per": "programme", "price": 7},
            ],
        },
        funds=[own(100), fund("unja", 5)],
    )
    decisions = Decisions(
        {("b", "bimtek", "TW1"): 1, ("a", "bimtek", "TW1"): 2, ("a", "bimtek", "TW2"): 1},
        {("bimtek", "TW1"): 1, ("bimtek", "TW2"): 1},
    )
    assert settle(Scenario.model_validate(plain), decisions) == (
        Payment("apbd", "bimtek", None, "Honorarium", None, "TW1", 10),
        Payment("apbd", "bimtek", "a", "Konsumsi", "5.2.02.01.01.0001", "TW1", 4),
        Payment("apbd", "bimtek", "b", "Konsumsi", "5.2.02.01.01.0001", "TW1", 2),
        Payment("apbd", "bimtek", None, "Honorarium", None, "TW2", 10),
        Payment("apbd", "bimtek", "a", "Konsumsi", "5.2.02.01.01.0001", "TW2", 2),
        Payment("apbd", "bimtek", None, "Kurikulum", None, "TW1", 2),
        Payment("unja", "bimtek", None, "Kurikulum", None, "TW1", 5),
    )


def test_nothing_decided_is_nothing_paid() -> None:
    assert settle(Scenario.model_validate(scenario(funds=[own(0), fund("unja", 0)])), Decisions()) == ()


def test_wide_choices_are_settled_at_once() -> None:
    """Thirds of large odd costs over many programmes: the solver once took minutes over such payments."""
    dice = random.Random(14)
    programmes = [
        {
            "id": f"p{n}",
            "closes": {"keu": 1},
            "costs": [{"item": "Butir", "per": "participant", "price": dice.randint(10**7, 10**8)}],
        }
        for n in range(30)
    ]
    funds = [
        own(10**12),
        fund("m1", 10**12, match={"with": "apbd", "ratio": 0.5}),
        fund("m2", 2 * 10**8 + 1, pays={"programmes": {"id": [f"p{n}" for n in range(10)]}}),
        fund("m3", 10**9, max_share="50%", minimum=5 * 10**7 + 3),
    ]
    read = Scenario.model_validate(scenario(programmes=programmes, funds=funds))
    people = {("a", f"p{n}", "TW1"): 1 + n % 3 for n in range(30)}
    payments = settle(read, Decisions(people, used=frozenset({"m3"})))
    cost = sum(read.programme[p].costs[0].unit_cost() * n for (_g, p, _t), n in people.items())
    assert sum(p.amount for p in payments) == cost
    spent = Counter[str]()
    for payment in payments:
        spent[payment.fund] += payment.amount
    partners = spent["m2"] + spent["m3"]
    assert 10**9 - 1 <= spent["m3"] <= 10**9
    assert spent["m1"] == -(-spent["apbd"] // 2) == cost - partners - spent["apbd"], "all that the match allows"
    assert partners == 12 * 10**8 or partners == 12 * 10**8 + 1, "all that they have, or a rupiah less"
