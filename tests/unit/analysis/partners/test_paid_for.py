"""What a partner's money pays for, worked out by hand from the payments."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from planner.analysis.partners.contributions import partners
from planner.analysis.partners.paid_for import paid_for
from planner.domain.scenario import Scenario
from tests.scenarios.hand import read, scenario
from tests.unit.analysis.plans import inquiry

F = Fraction


def shared_class(**changes: Any) -> Scenario:
    """One class of 8, 6 of group a and 2 of group b, for Rp40, and Rp5 of meals each; the partner pays the class."""
    plain = scenario(
        groups=[
            {"id": "a", "headcount": 6, "gaps": {"keu": 6}},
            {"id": "b", "headcount": 2, "gaps": {"keu": 2}},
        ],
        programmes={
            "class_size": {"max": 8},
            "costs": [
                {"item": "Kelas", "per": "class", "price": 40},
                {"item": "Makan", "per": "participant", "price": 5},
            ],
        },
        funds=[
            {"id": "apbd", "kind": "own", "amount": 40, "pays": {"items": {"item": "Makan"}}},
            {"id": "mitra", "kind": "partner", "amount": 60, "pays": {"items": {"item": "Kelas"}}},
        ],
    )
    return read(plain | changes)


def test_people_count_by_the_part_of_the_cost_that_the_partner_bears() -> None:
    """Of Rp80 the partner bears Rp40, the half: 4 of 8 people, 3 of a and 1 of b, and half a class.

    Group a: its part of the class is Rp40 x 6/8 = Rp30, of Rp60 with meals. Group b: Rp10 of Rp20.
    """
    asked = inquiry(shared_class())
    (found,) = paid_for(asked.scenario, asked.plan, "mitra")
    assert (found.programme, found.amount, found.share, found.classes) == ("bimtek", 40, F(1, 2), 1)
    assert [(g.group, g.amount, g.participants, g.people) for g in found.groups] == [
        ("a", F(30), 6, F(3)),
        ("b", F(10), 2, F(1)),
    ]
    assert (found.people, found.paid_classes, found.participants) == (F(4), F(1, 2), 8)


def test_free_seats_count_at_their_price() -> None:
    """Two of five places of Rp5 are free: the giver bears Rp10 of what Rp25 are worth, two people."""
    plain = scenario(
        groups={"headcount": 5, "gaps": {"keu": 5}},
        programmes={"costs": [{"item": "Biaya", "per": "participant", "price": 5}]},
        funds=[
            {"id": "apbd", "kind": "own", "amount": 15},
            {"id": "mitra", "kind": "partner", "amount": 0, "seats": {"bimtek": 2}},
        ],
    )
    asked = inquiry(read(plain))
    (found,) = paid_for(asked.scenario, asked.plan, "mitra")
    assert (found.amount, found.seats, found.share, found.people) == (0, 2, F(2, 5), F(2))


def test_who_pays_nothing_pays_for_nothing() -> None:
    asked = inquiry(shared_class())
    assert paid_for(asked.scenario, asked.plan, "tidak-ada") == ()


def test_what_changes_where_a_partner_does_not_pay_is_no_merit_of_its() -> None:
    """The partner pays a class for a; own Rp10 then pay for b. Without it they pay for a, which weighs more.

    a weighs 2 and gains nothing by the partner: with it and without it 5 gaps are closed. b's 5 gaps are what changes.
    """
    one = {"class_size": {"min": 5, "max": 5}, "costs": [{"item": "Kelas", "per": "class", "price": 10}]}
    plain = scenario(
        groups=[
            {"id": "a", "headcount": 5, "gaps": {"keu": 5}, "weight": 2},
            {"id": "b", "headcount": 5, "gaps": {"keu": 5}},
        ],
        programmes=[
            {"id": "untuk-a", "closes": {"keu": 1}, "for": {"id": "a"}, **one},
            {"id": "untuk-b", "closes": {"keu": 1}, "for": {"id": "b"}, **one},
        ],
        funds=[
            {"id": "apbd", "kind": "own", "amount": 10},
            {"id": "mitra", "kind": "partner", "amount": 10, "pays": {"programmes": {"id": "untuk-a"}}},
        ],
    )
    (found,) = partners(inquiry(read(plain))).contributions
    assert found.trained == {"a"}
    assert (found.gained, found.gained_in(paid_for=True), found.gained_in(paid_for=False)) == (F(5), F(0), F(5))
