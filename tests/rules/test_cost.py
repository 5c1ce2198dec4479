"""Cost: everything the plan does is paid exactly, by funds that may pay it."""

from __future__ import annotations

import pytest

from tests.oracle.measures import Key, charges
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found, plans
from tests.rules.small import Plain, best, golden, small
from tests.unit.check.hand import broken, paid, planned

LINES = [
    {"item": "Kurikulum", "per": "programme", "price": 2},
    {"item": "Honorarium", "per": "class", "quantity": 2, "price": 2},
    {"item": "Konsumsi", "per": "participant", "quantity": 0.5, "price": 2},
]
"""Rp2 once, Rp4 for each class, Rp1 for each participant."""

HELD: Plain = {"class_size": {"max": 5}, "costs": LINES}


@proves("cost", HAND)
def test_every_participant_class_and_programme_is_paid() -> None:
    # Rp18: 2 once + two classes 8 + eight people 8
    assert best(small(programmes=HELD, funds={"amount": 18})) == ["8", "18"]
    # Rp11: 2 + one class 4 + five people 5; a sixth would need a second class
    assert best(small(programmes=HELD, funds={"amount": 14})) == ["5", "11"]
    assert best(small(programmes={"class_size": {"max": 5}})) == ["10", "0"]


@proves("cost", HAND)
def test_a_price_may_depend_on_where_people_work() -> None:
    # Rp10: three in the city at Rp2, and one from afar at Rp4
    travel = {"item": "Perjalanan", "per": "participant", "price": {"by": "location", "default": 2, "Kerinci": 4}}
    groups = [
        {"id": "a", "headcount": 3, "gaps": {"keu": 3}, "location": "Kota Jambi"},
        {"id": "b", "headcount": 3, "gaps": {"keu": 3}, "location": "Kerinci"},
    ]
    assert best(small(groups=groups, programmes={"costs": [travel]}, funds={"amount": 10})) == ["4", "10"]


@proves("cost", HAND)
def test_what_nobody_may_pay_is_not_done() -> None:
    # the only fund pays classes; the curriculum has no payer
    fund: Plain = {"pays": {"items": {"per": ["class", "participant"]}}}
    assert best(small(programmes=HELD, funds=fund)) == ["0", "0"]


@proves("cost", GOLDEN)
def test_the_rows_of_cost(request: pytest.FixtureRequest) -> None:
    partner: Plain = {"id": "unja", "kind": "partner", "amount": 7, "pays": {"items": {"per": "class"}}}
    own: Plain = {"id": "apbd", "kind": "own", "amount": 11}
    golden("cost", small(periods=["TW1"], programmes=HELD, funds=[own, partner]), request)


def due(found: Found) -> dict[Key, int]:
    """What each cell of the plan costs, by the oracle's arithmetic."""
    seats = {(row.fund, row.programme, row.group, row.period): row.seats for row in found.plan.seats}
    agreed = frozenset(f for f in found.instance.funds if found.instance.agreement(f) and found.used(f))
    sums: dict[Key, int] = {}
    for charge in charges(found.instance, found.people, found.classes, frozenset(found.plan.socialized), seats, agreed):
        sums[charge.key] = sums.get(charge.key, 0) + charge.cost
    return sums


@proves("cost", PROPERTY)
def test_every_plan_pays_each_cell_to_the_rupiah() -> None:
    cells = 0
    for found in plans(lambda plain: True, 60):
        payments: dict[Key, int] = {}
        for row in found.plan.payments:
            key = (row.programme, row.group, row.item, row.account, row.period)
            payments[key] = payments.get(key, 0) + row.amount
        assert payments == due(found), found.seed
        cells += len(payments)
    assert cells > 60


@proves("cost", CHECK)
@pytest.mark.parametrize("amount", [4, 6])
def test_the_check_finds_a_cell_paid_one_rupiah_wrong(amount: int) -> None:
    plain = small(programmes={"costs": [{"item": "Butir", "account": "5.1", "per": "participant", "price": 1}]})
    people = {("a", "bimtek", "TW1"): 5}
    assert not broken(plain, planned(plain, people, payments=[paid(5, group="a")]))
    assert broken(plain, planned(plain, people, payments=[paid(amount, group="a")])) == {"cost"}
