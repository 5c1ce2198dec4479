"""Rules about money, each with a case solved by hand and the same case broken by one rupiah."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarios.hand import broken, costing, paid, planned, scenario, verdict

FIRST, SECOND = ("a", "bimtek", "TW1"), ("a", "bimtek", "TW2")
PARTNER: dict[str, Any] = {"id": "unja", "kind": "partner", "amount": 100}
OWN: dict[str, Any] = {"id": "apbd", "kind": "own", "amount": 100}
SHARE_70: dict[str, Any] = {"amount": 10**9, "max_share": "70%"}
SHARE_30: dict[str, Any] = {"amount": 10**9, "max_share": "30%"}


def test_participant_items_cost_quantity_times_price_for_each_participant() -> None:
    plain = scenario(programmes=costing("participant", 6, quantity=1.5))
    plan = planned(plain, {FIRST: 3}, payments=[paid(27, group="a")])
    assert broken(plain, plan) == set()
    for amount in (26, 28):
        assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(amount, group="a")])) == {"cost"}


def test_a_price_depends_on_where_people_come_from() -> None:
    groups = [
        {"id": "a", "headcount": 9, "gaps": {"keu": 9}, "location": "Kerinci"},
        {"id": "b", "headcount": 9, "gaps": {"keu": 9}, "location": "Bungo"},
        {"id": "c", "headcount": 9, "gaps": {"keu": 9}},
    ]
    line = {"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant"}
    price = {"by": "location", "default": 2, "Kerinci": 5}
    plain = scenario(groups=groups, programmes={"costs": [line | {"price": price}]})
    people = {(g, "bimtek", "TW1"): 1 for g in "abc"}
    rows = [paid(5, group="a"), paid(2, group="b"), paid(2, group="c")]
    assert broken(plain, planned(plain, people, payments=rows)) == set()
    swapped = [paid(2, group="a"), paid(5, group="b"), paid(2, group="c")]
    assert broken(plain, planned(plain, people, payments=swapped)) == {"cost"}


def test_class_items_cost_for_each_class_in_its_period() -> None:
    plain = scenario(programmes=costing("class", 4) | {"class_size": {"max": 2}})
    classes = {("bimtek", "TW1"): 1, ("bimtek", "TW2"): 2}
    people = {FIRST: 2, SECOND: 3}
    rows = [paid(4), paid(8, period="TW2")]
    assert broken(plain, planned(plain, people, classes, rows)) == set()
    assert broken(plain, planned(plain, people, classes, [paid(8), paid(4, period="TW2")])) == {"cost"}


def test_programme_items_are_due_once_and_not_after_the_programme_is_first_held() -> None:
    plain = scenario(programmes=costing("programme", 9) | {"periods": ["TW2", "TW1"]})
    people = {SECOND: 3}
    assert broken(plain, planned(plain, people, payments=[paid(9)])) == set()
    assert broken(plain, planned(plain, people, payments=[paid(9, period="TW2")])) == set()
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9, period="TW2")])) == {"one_off"}
    assert broken(plain, planned(plain, people, payments=[paid(9), paid(9, period="TW2")])) == {"cost"}
    assert broken(plain, planned(plain, {}, payments=[paid(9)])) == {"cost"}
    assert broken(plain, planned(plain, people)) == {"cost"}


@pytest.mark.parametrize(
    "wrong",
    [{"account": "5.2.02.01.01.0001"}, {"account": None}, {"group": "a"}, {"item": "Lain"}, {"programme": None}],
)
def test_a_payment_names_its_cell_rightly(wrong: dict[str, Any]) -> None:
    plain = scenario(programmes=costing("programme", 9))
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9)])) == set()
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9, **wrong)])) == {"cost"}


def test_what_costs_nothing_has_no_payment() -> None:
    plain = scenario(programmes=costing("programme", 0))
    plan = planned(plain, {FIRST: 3})
    assert broken(plain, plan) == set()
    plan["payments"].append(paid(0))
    assert broken(plain, plan) == {"form"}


@pytest.mark.parametrize("amount", [0, -9])
def test_a_payment_is_above_zero(amount: int) -> None:
    plain = scenario(programmes=costing("programme", 9))
    plan = planned(plain, {FIRST: 3}, payments=[paid(9)])
    plan["payments"].append(paid(amount, fund="apbd", item="Lain"))
    assert broken(plain, plan) == {"form"}


def test_a_payment_stands_once() -> None:
    plain = scenario(programmes=costing("programme", 9))
    plan = planned(plain, {FIRST: 3}, payments=[paid(9)])
    plan["payments"] = [paid(4), paid(5)]
    assert "form" in broken(plain, plan)


def test_several_funds_may_pay_one_cell() -> None:
    plain = scenario(programmes=costing("programme", 9), funds=[OWN, PARTNER])
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(4), paid(5, "unja")])) == set()
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(4), paid(6, "unja")])) == {"cost"}


@pytest.mark.parametrize(
    ("pays", "families"),
    [
        ({}, set()),
        (
            {
                "programmes": {"id": ["bimtek"]},
                "items": {"account": ["5.1.02.01.01.0001"], "per": ["programme", "class"]},
            },
            set(),
        ),
        ({"programmes": {"kind": "managerial"}}, {"fund_pays"}),
        ({"items": {"account": "5.2.02.01.01.0001"}}, {"fund_pays"}),
        ({"items": {"per": "class"}}, {"fund_pays"}),
        ({"items": {"item": "Lain"}}, {"fund_pays"}),
        ({"groups": {"id": ["b"]}}, set()),
    ],
)
def test_a_fund_pays_what_its_conditions_select(pays: dict[str, Any], families: set[str]) -> None:
    plain = scenario(programmes=costing("programme", 9), funds=[OWN, PARTNER | {"pays": pays}])
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9, "unja")])) == families


def test_groups_of_a_fund_restrict_its_payments_for_participants() -> None:
    groups = [{"id": g, "headcount": 9, "gaps": {"keu": 9}} for g in "ab"]
    partner = PARTNER | {"pays": {"groups": {"id": "b"}}}
    plain = scenario(groups=groups, programmes=costing("participant", 2), funds=[OWN, partner])
    people = {FIRST: 1, ("b", "bimtek", "TW1"): 1}
    own, theirs = paid(2, group="a"), paid(2, "unja", group="b")
    assert broken(plain, planned(plain, people, payments=[own, theirs])) == set()
    assert broken(plain, planned(plain, people, payments=[theirs, paid(2, "unja", group="a")])) == {"fund_pays"}


def test_own_funds_alone_pay_socialization_whatever_else_they_pay() -> None:
    measure = {"raises_uptake_to": "100%", "cost": 7}
    narrow = {"pays": {"items": {"item": "Lain"}, "groups": {"id": "b"}, "programmes": {"id": "lain"}}}
    plain = scenario(groups={"uptake": "90%", "socialization": measure}, funds=[OWN | narrow, PARTNER])
    cell: dict[str, Any] = {"programme": None, "group": "a", "item": "socialization", "account": None}
    one = {FIRST: 1}
    assert broken(plain, planned(plain, one, socialized=("a",), payments=[paid(7, **cell)])) == set()
    assert broken(plain, planned(plain, one, socialized=("a",), payments=[paid(7, "unja", **cell)])) == {"fund_pays"}
    assert broken(plain, planned(plain, one, socialized=("a",))) == {"cost"}
    assert broken(plain, planned(plain, one, payments=[paid(7, **cell)])) == {"cost"}
    late = [paid(7, **cell, period="TW2")]
    assert broken(plain, planned(plain, {("a", "bimtek", "TW2"): 1}, socialized=("a",), payments=late)) == set()
    assert broken(plain, planned(plain, {FIRST: 1}, socialized=("a",), payments=late)) == {"one_off"}


AGREED = PARTNER | {"agreement_cost": {"amount": 3, "account": "5.9.02.01.01.0001"}, "seats": {"bimtek": 2}}
AGREEMENT = paid(3, programme=None, item="agreement:unja", account="5.9.02.01.01.0001")


def test_an_agreement_is_due_when_the_fund_pays() -> None:
    plain = scenario(programmes=costing("programme", 9), funds=[OWN, AGREED])
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9, "unja"), AGREEMENT])) == set()
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9, "unja")])) == {"cost"}
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9), AGREEMENT])) == {"cost"}
    by_partner = AGREEMENT | {"fund": "unja"}
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9, "unja"), by_partner])) == {"fund_pays"}


def test_own_money_of_one_agency_pays_for_agreements_of_its_own_funds_alone() -> None:
    groups = [{"id": g, "agency": g.upper(), "headcount": 10, "gaps": {"keu": 10}} for g in "ab"]
    own = [{"id": f"apbd-{g}", "kind": "own", "amount": 100, "agency": g.upper()} for g in "ab"]
    plain = scenario(groups=groups, funds=[*own, AGREED | {"agency": "A"}], programmes={"for": {"agency": ["A"]}})
    for payer, found in (("apbd-a", set[str]()), ("apbd-b", {"fund_pays"})):
        plan = planned(
            plain, {("a", "bimtek", "TW1"): 1}, payments=[AGREEMENT | {"fund": payer}],
            seats={("unja", "bimtek", "a", "TW1"): 1},
        )  # fmt: skip
        assert broken(plain, plan) == found


def test_an_agreement_is_due_when_the_fund_gives_a_seat() -> None:
    plain = scenario(funds=[OWN, AGREED])
    seats = {("unja", "bimtek", "a", "TW1"): 1}
    assert broken(plain, planned(plain, {FIRST: 3}, seats=seats, payments=[AGREEMENT])) == set()
    assert broken(plain, planned(plain, {FIRST: 3}, seats=seats)) == {"cost"}


def test_a_free_seat_saves_the_participant_items_that_it_covers() -> None:
    lines = [
        {"item": "Konsumsi", "account": "5.1.02.01.01.0001", "per": "participant", "price": 2},
        {"item": "Perjalanan", "account": "5.4.02.01.01.0001", "per": "participant", "price": 5},
    ]
    giver = PARTNER | {"seats": {"bimtek": 2}, "seats_cover": {"item": "Konsumsi"}}
    plain = scenario(programmes={"costs": lines}, funds=[OWN, giver])
    seats = {("unja", "bimtek", "a", "TW1"): 2}
    food, travel = (
        paid(2, group="a", item="Konsumsi"),
        paid(15, group="a", item="Perjalanan", account="5.4.02.01.01.0001"),
    )
    assert broken(plain, planned(plain, {FIRST: 3}, seats=seats, payments=[food, travel])) == set()
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[food, travel])) == {"cost"}
    plain["funds"][1].pop("seats_cover")
    rows = [food, travel | {"amount": 5}]
    assert broken(plain, planned(plain, {FIRST: 3}, seats=seats, payments=rows)) == set()


def test_a_class_and_a_programme_item_of_one_name_are_paid_together() -> None:
    lines = [
        {"item": "Butir", "account": "5.1.02.01.01.0001", "per": per, "price": 4} for per in ("class", "programme")
    ]
    partner = PARTNER | {"pays": {"items": {"per": "class"}}}
    plain = scenario(programmes={"costs": lines, "class_size": {"max": 9}}, funds=[OWN, partner])
    people, classes = {FIRST: 3}, {("bimtek", "TW1"): 1}
    assert broken(plain, planned(plain, people, classes, [paid(4), paid(4, "unja")])) == set()
    assert broken(plain, planned(plain, people, classes, [paid(3), paid(5, "unja")])) == {"fund_pays"}
    assert broken(plain, planned(plain, people, classes, [paid(4), paid(5, "unja")])) == {"cost", "fund_pays"}


def test_a_fund_spends_no_more_than_it_has() -> None:
    plain = scenario(programmes=costing("programme", 9), funds={"amount": 9})
    plan = planned(plain, {FIRST: 3}, payments=[paid(9)])
    assert verdict(plain, plan).slack["fund_amount__apbd"] == 0
    assert broken(plain, plan) == set()
    plain["funds"][0]["amount"] = 8
    assert broken(plain, planned(plain, {FIRST: 3}, payments=[paid(9)])) == {"fund_amount"}


@pytest.mark.parametrize(("share", "families"), [("40%", set()), ("39%", {"fund_releases"})])
def test_a_fund_spends_what_is_released_by_then(share: str, families: set[str]) -> None:
    plain = scenario(programmes=costing("participant", 2), funds={"amount": 20, "releases": {"TW1": share, "TW2": 1}})
    rows = [paid(8, group="a"), paid(12, group="a", period="TW2")]
    assert broken(plain, planned(plain, {FIRST: 4, SECOND: 6}, payments=rows)) == families


def test_releases_are_cumulative() -> None:
    releases = {"TW1": "40%", "TW2": "70%"}
    plain = scenario(programmes=costing("participant", 2), funds={"amount": 20, "releases": releases})
    rows = [paid(8, group="a"), paid(6, group="a", period="TW2")]
    assert broken(plain, planned(plain, {FIRST: 4, SECOND: 3}, payments=rows)) == set()
    rows = [paid(8, group="a"), paid(8, group="a", period="TW2")]
    assert broken(plain, planned(plain, {FIRST: 4, SECOND: 4}, payments=rows)) == {"fund_releases"}


@pytest.mark.parametrize(("theirs", "families"), [(4, set()), (5, set()), (6, {"fund_max_share"})])
def test_a_fund_pays_its_share_of_each_programme(theirs: int, families: set[str]) -> None:
    # half of Rp9 is Rp4.50, rounded up
    plain = scenario(programmes=costing("programme", 9), funds=[OWN, PARTNER | {"max_share": "50%"}])
    rows = [paid(9 - theirs), paid(theirs, "unja")]
    assert broken(plain, planned(plain, {FIRST: 3}, payments=rows)) == families


@pytest.mark.parametrize(
    ("price", "theirs", "families"), [(851_371, 766_234, set()), (851_371, 766_235, {"fund_max_share"})]
)
def test_shares_of_seventy_and_thirty_per_cent_pay_an_odd_cost(price: int, theirs: int, families: set[str]) -> None:
    # 30% of Rp2,554,113 are Rp766,233.90 and 70% are Rp1,787,879.10: rounded up, a rupiah more than the cost
    plain = scenario(programmes=costing("participant", price), funds=[OWN | SHARE_70, PARTNER | SHARE_30])
    rows = [paid(3 * price - theirs, group="a"), paid(theirs, "unja", group="a")]
    found = planned(plain, {FIRST: 3}, payments=rows)
    assert broken(plain, found) == families
    if not families:
        assert verdict(plain, found).slack["fund_max_share__unja__bimtek"] == 0
        assert verdict(plain, found).slack["fund_max_share__apbd__bimtek"] == 1


@pytest.mark.parametrize(("theirs", "families"), [(3, set()), (4, {"fund_match"})])
def test_a_fund_matches_what_another_spends(theirs: int, families: set[str]) -> None:
    matched = PARTNER | {"match": {"with": "apbd", "ratio": 0.5}}
    plain = scenario(programmes=costing("programme", 9), funds=[OWN, matched])
    rows = [paid(9 - theirs), paid(theirs, "unja")]
    assert broken(plain, planned(plain, {FIRST: 3}, payments=rows)) == families


@pytest.mark.parametrize(
    ("own", "theirs", "families"), [(4, 2, set()), (3, 1, set()), (3, 2, {"fund_match"}), (0, 1, {"fund_match"})]
)
def test_a_match_counts_a_started_rupiah_as_a_whole_one(own: int, theirs: int, families: set[str]) -> None:
    # a third of Rp4 is Rp1.33: Rp2; of Rp3 it is Rp1, of nothing nothing
    matched = PARTNER | {"match": {"with": "apbd", "ratio": 0.333333}}
    plain = scenario(programmes=costing("programme", own + theirs), funds=[OWN, matched])
    rows = [*([paid(own)] if own else []), paid(theirs, "unja")]
    assert broken(plain, planned(plain, {FIRST: 3}, payments=rows)) == families


@pytest.mark.parametrize(("theirs", "families"), [(0, set()), (5, set()), (4, {"fund_minimum"})])
def test_a_fund_that_is_used_pays_its_minimum(theirs: int, families: set[str]) -> None:
    plain = scenario(programmes=costing("programme", 9), funds=[OWN, PARTNER | {"minimum": 5}])
    rows = [paid(9 - theirs), *([paid(theirs, "unja")] if theirs else [])]
    assert broken(plain, planned(plain, {FIRST: 3}, payments=rows)) == families


def test_a_fund_that_gives_a_seat_is_used_and_pays_its_minimum() -> None:
    plain = scenario(funds=[OWN, PARTNER | {"minimum": 5, "seats": {"bimtek": 1}}])
    seats = {("unja", "bimtek", "a", "TW1"): 1}
    assert broken(plain, planned(plain, {FIRST: 3}, seats=seats)) == {"fund_minimum"}


def test_a_long_name_is_cut_in_the_sentence_about_its_payment() -> None:
    long = "Honorarium " + "narasumber " * 9
    costs = [{"item": long.strip(), "account": "5.1.02.01.01.0001", "per": "participant", "price": 6}]
    plain = scenario(programmes={"costs": costs})
    plan = planned(plain, {FIRST: 3}, payments=[paid(17, group="a", item=long.strip())])
    (said,) = [str(finding) for finding in verdict(plain, plan).findings if finding.rule == "cost"]
    assert f"'{long[:59]}…'" in said
