"""Seats: free places that a partner gives in kind."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned


def given(**seats: int) -> Plain:
    """A place costs Rp3, Rp6 are there; each named partner gives free seats."""
    partners = [{"id": f, "kind": "partner", "amount": 0, "seats": {"bimtek": n}} for f, n in seats.items()]
    return small(programmes=costing("participant", 3), funds=[{"id": "apbd", "kind": "own", "amount": 6}, *partners])


def two_covers(first: Plain, second: Plain) -> Plain:
    """A place costs Rp1 for meals and Rp1 for the way; two partners give six seats each that cover one or both."""
    lines = [{"item": name, "per": "participant", "price": 1} for name in ("Konsumsi", "Perjalanan")]
    partner: Plain = {"kind": "partner", "amount": 0, "seats": {"bimtek": 6}}
    return small(
        periods=["TW1"],
        programmes={"costs": lines},
        funds=[
            {"id": "apbd", "kind": "own", "amount": 5},
            partner | {"id": "komdigi", "seats_cover": first},
            partner | {"id": "unja", "seats_cover": second},
        ],
    )


MEALS: Plain = {"item": "Konsumsi"}
TRAVEL: Plain = {"item": "Perjalanan"}


@proves("seats_given", HAND)
def test_a_fund_gives_the_seats_it_has() -> None:
    # four free seats, and two more for Rp6
    assert best(given(komdigi=4)) == ["6", "6"]
    assert best(given(komdigi=20)) == ["10", "0"]
    assert best(given()) == ["2", "6"]


@proves("seats_given", HAND)
def test_a_fund_that_needs_an_agreement_gives_nothing_without_it() -> None:
    # the agreement costs Rp3: four free seats and one for the other Rp3, where without it two are paid
    plain = given(komdigi=4)
    plain["funds"][1]["agreement_cost"] = {"amount": 3}
    assert best(plain) == ["5", "6"]
    # one seat is not worth Rp4: 1 + 0 paid against 2
    plain = given(komdigi=1)
    plain["funds"][1]["agreement_cost"] = {"amount": 4}
    assert best(plain) == ["2", "6"]


@proves("seats_given", HAND)
def test_a_free_seat_that_saves_nothing_still_brings_its_agreement() -> None:
    # the own fund pays Rp5 or nothing; a course costs Rp3, and the agreement for a seat in it the other Rp2
    lines = [{"item": "Butir", "per": "programme", "price": 3}, {"item": "Modul", "per": "participant", "price": 0}]
    partner: Plain = {"id": "unja", "kind": "partner", "amount": 0, "seats": {"bimtek": 1}}
    own: Plain = {"id": "apbd", "kind": "own", "amount": 5, "minimum": 5}
    assert best(small(programmes={"costs": lines}, funds=[own, partner])) == ["0", "0"]
    partner |= {"agreement_cost": {"amount": 2}}
    assert best(small(programmes={"costs": lines}, funds=[own, partner])) == ["10", "5"]


@proves("seats_taken", HAND)
def test_a_person_sits_in_one_free_seat() -> None:
    # whoever has the one seat still costs the other item: Rp5 for five people
    assert best(two_covers(MEALS, TRAVEL)) == ["5", "5"]
    # seats that cover both items are free altogether
    assert best(two_covers({}, {})) == ["10", "0"]


@proves("seats_taken", GOLDEN)
def test_the_rows_of_seats_taken(request: pytest.FixtureRequest) -> None:
    golden("seats_taken", two_covers(MEALS, TRAVEL), request)


@proves("seats_given", GOLDEN)
def test_the_rows_of_seats_given(request: pytest.FixtureRequest) -> None:
    plain = given(komdigi=4)
    plain["funds"][1]["agreement_cost"] = {"amount": 3}
    golden("seats_given", plain, request)


@proves("seats_taken", PROPERTY)
@proves("seats_given", PROPERTY)
def test_every_plan_gives_seats_that_exist_to_people_who_sit_in_them() -> None:
    taken_all = given_all = 0
    for found in plans(lambda plain: any(any(f.get("seats", {}).values()) for f in plain["funds"]), 60):
        taken: Counter[tuple[str, str, str]] = Counter()
        gifts: Counter[tuple[str, str]] = Counter()
        for row in found.plan.seats:
            taken[row.group, row.programme, row.period] += row.seats
            gifts[row.fund, row.programme] += row.seats
        for seat, n in taken.items():
            assert n <= found.people[seat], found.seed
            taken_all += n == found.people[seat]
        for (f, p), n in gifts.items():
            assert n <= found.instance.funds[f]["seats"][p], found.seed
            given_all += n == found.instance.funds[f]["seats"][p]
    assert min(taken_all, given_all) > few(5)


@proves("seats_taken", CHECK)
def test_the_check_finds_a_free_seat_with_nobody_in_it() -> None:
    plain = given(komdigi=4)
    people, seat = {("a", "bimtek", "TW1"): 3}, ("komdigi", "bimtek", "a", "TW1")
    assert not broken(plain, planned(plain, people, seats={seat: 3}))
    assert "seats" in broken(plain, planned(plain, people, seats={seat: 4}))


@proves("seats_given", CHECK)
def test_the_check_finds_a_free_seat_that_does_not_exist() -> None:
    plain = given(komdigi=4)
    people, seat = {("a", "bimtek", "TW1"): 6}, ("komdigi", "bimtek", "a", "TW1")
    assert not broken(plain, planned(plain, people, payments=[paid(6, group="a")], seats={seat: 4}))
    assert broken(plain, planned(plain, people, payments=[paid(3, group="a")], seats={seat: 5})) == {"seats"}
