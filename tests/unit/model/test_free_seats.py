"""Which seats cost alike, with and without a free seat."""

from __future__ import annotations

from typing import Any

from planner.domain.scenario import Scenario
from planner.model.free_seats import SeatProfile, seat_profiles
from planner.model.sets import Seat, make_sets
from planner.payments.pools import CostPools
from tests.scenarios.hand import scenario

ITEMS: list[dict[str, Any]] = [
    {"item": "Konsumsi", "per": "participant", "price": 5},
    {"item": "Perjalanan", "per": "participant", "price": {"by": "location", "default": 0, "Kerinci": 9}},
]
GROUPS: list[dict[str, Any]] = [
    {"id": "a", "location": "Kota Jambi", "headcount": 5, "gaps": {"keu": 5}},
    {"id": "b", "location": "Merangin", "headcount": 5, "gaps": {"keu": 5}},
    {"id": "c", "location": "Kerinci", "headcount": 5, "gaps": {"keu": 5}},
]
APBD: dict[str, Any] = {"id": "apbd", "kind": "own", "amount": 100}


def profiles(*funds: dict[str, Any], **changes: Any) -> dict[Seat, SeatProfile]:
    parts = {"groups": GROUPS, "programmes": {"costs": ITEMS}, "funds": [APBD, *funds], **changes}
    sets = make_sets(Scenario.model_validate(scenario(**parts)))
    return seat_profiles(sets, CostPools(sets.funding))


def gives(seats: int = 3, **more: Any) -> dict[str, Any]:
    return {"id": "komdigi", "kind": "partner", "amount": 0, "seats": {"bimtek": seats}, **more}


def test_seats_that_cost_alike_are_one_profile() -> None:
    found = profiles(gives())
    assert found["a", "bimtek", "TW1"] is found["b", "bimtek", "TW2"]
    assert found["c", "bimtek", "TW1"] is not found["a", "bimtek", "TW1"]
    assert len(set(found.values())) == 2


def test_a_free_seat_saves_what_it_covers() -> None:
    ((pool, near),) = profiles(gives())["a", "bimtek", "TW1"].costs
    assert near == 5
    far = profiles(gives())["c", "bimtek", "TW1"]
    assert far.costs == ((pool, 14),), "both items are paid from one pool"
    assert far.covered == (("komdigi", ((pool, 14),)),)


def test_a_seat_that_covers_one_item_leaves_the_other_to_be_paid() -> None:
    far = profiles(gives(seats_cover={"item": "Konsumsi"}))["c", "bimtek", "TW1"]
    assert [cost for _pool, cost in far.costs] == [14]
    assert [saved for _fund, cells in far.covered for _pool, saved in cells] == [5]


def test_a_seat_that_saves_nothing_is_no_free_seat() -> None:
    near = profiles(gives(seats_cover={"item": "Perjalanan"}))["a", "bimtek", "TW1"]
    assert near.covered == ()


def test_a_fund_without_seats_here_covers_nothing() -> None:
    assert all(not profile.covered for profile in profiles(gives(0)).values())


def test_payers_and_periods_tell_profiles_apart_only_where_conditions_do() -> None:
    travel = {"id": "unja", "kind": "partner", "amount": 50, "pays": {"items": {"item": "Perjalanan"}}}
    both = profiles(gives(), travel)
    assert len(both["c", "bimtek", "TW1"].costs) == 2, "two pools: one with unja, one without"
    assert both["c", "bimtek", "TW1"] is both["c", "bimtek", "TW2"]
    stepped = profiles(gives(), travel | {"releases": {"TW1": "50%"}})
    assert stepped["c", "bimtek", "TW1"] is not stepped["c", "bimtek", "TW2"]
