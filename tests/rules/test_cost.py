"""Cost: everything the plan does is paid exactly, by funds that may pay it."""

from __future__ import annotations

import pytest

from tests.oracle.dates import first_uses
from tests.oracle.measures import Key, charges
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found, plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned

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
    paid = [(r.programme, r.group, r.item, r.account, r.period) for r in found.plan.payments]
    once = first_uses(
        found.instance,
        found.people,
        seats,
        {(r.fund, key): r.amount for r, key in zip(found.plan.payments, paid, strict=True)},
    )
    when = {key[:4]: key[4] for key in paid if key[:4] in once}
    sums: dict[Key, int] = {}
    people, socialized = found.people, frozenset(found.plan.socialized)
    for charge in charges(found.instance, people, found.classes, socialized, seats, agreed, when):
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
    assert cells > few(60)


@proves("cost", CHECK)
@pytest.mark.parametrize("amount", [4, 6])
def test_the_check_finds_a_cell_paid_one_rupiah_wrong(amount: int) -> None:
    plain = small(
        programmes={"costs": [{"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": 1}]}
    )
    people = {("a", "bimtek", "TW1"): 5}
    assert not broken(plain, planned(plain, people, payments=[paid(5, group="a")]))
    assert broken(plain, planned(plain, people, payments=[paid(amount, group="a")])) == {"cost"}


THREE_YEARS: list[Plain] = [{"id": str(year), "year": year} for year in (2027, 2028, 2029)]


def price_in(year: int, price: object, growth: str, per: str = "participant") -> str:
    """What one participant, or the programme, costs when one person is taught in a year."""
    programme: Plain = {"costs": [{"item": "Butir", "per": per, "price": price}], "periods": [str(year)]}
    group: Plain = {"gaps": {"keu": 1}}
    funds: Plain = {"amount": 10_000}
    found = best(small(periods=THREE_YEARS, price_growth=growth, programmes=programme, groups=group, funds=funds))
    assert found[0] == "1"
    return found[1]


@proves("cost", HAND)
@pytest.mark.parametrize("per", ["participant", "programme"])
def test_prices_grow_from_the_price_as_written_and_are_rounded_once(per: str) -> None:
    # 1005 x 1.03 = 1035.15, x 1.03^2 = 1066.2045
    assert [price_in(year, 1005, "3%", per) for year in (2027, 2028, 2029)] == ["1005", "1035", "1066"]
    # 50 x 1.01 = 50.5, half a rupiah is rounded up; 50 x 1.01^2 = 51.005, not 51 x 1.01 = 51.51
    assert [price_in(year, 50, "1%", per) for year in (2027, 2028, 2029)] == ["50", "51", "51"]


@proves("cost", HAND)
def test_a_table_by_year_is_as_written_and_its_default_grows() -> None:
    table: Plain = {"by": "year", "2027": 900, "2028": 940, "default": 1000}
    # 2029 is not listed: 1000 x 1.1^2
    assert [price_in(year, table, "10%") for year in (2027, 2028, 2029)] == ["900", "940", "1210"]


@proves("cost", HAND)
def test_prices_by_location_socializations_and_agreements_grow_too() -> None:
    late: Plain = {"periods": THREE_YEARS[:2], "price_growth": "50%", "programmes": {"periods": ["2028"]}}
    travel: Plain = costing("participant", 0)
    travel["costs"][0]["price"] = {"by": "location", "Kerinci": 3, "default": 1}
    # Rp3 x 1.5 = Rp4.5, rounded up to Rp5
    people: Plain = {"location": "Kerinci", "gaps": {"keu": 2}}
    assert best(small(**late | {"programmes": late["programmes"] | travel}, groups=people)) == ["2", "10"]
    measure: Plain = {"uptake": "0%", "socialization": {"raises_uptake_to": "100%", "cost": 7}}
    assert best(small(**late, groups=measure)) == ["10", "11"]
    partner: Plain = {"id": "unja", "kind": "partner", "amount": 90, "agreement_cost": {"amount": 3}}
    own: Plain = {"id": "apbd", "kind": "own", "amount": 5}
    taught = late | {"programmes": late["programmes"] | costing("participant", 2)}
    # Rp5 for the agreement, and ten people at Rp3 from the partner
    assert best(small(**taught, funds=[own, partner])) == ["10", "5"]


@proves("cost", CHECK)
def test_the_check_asks_for_the_prices_of_the_year() -> None:
    plain = small(periods=THREE_YEARS, price_growth="3%", programmes=costing("participant", 1005))
    plain["funds"][0]["amount"] = 9000
    for amount, found in ((1035, set()), (1005, {"cost"})):
        plan = planned(plain, {("a", "bimtek", "2028"): 1}, payments=[paid(amount, group="a", period="2028")])
        assert broken(plain, plan) == found
