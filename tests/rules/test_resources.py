"""Resources: places, trainers and rooms, of which each period has only so much."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.supplies import there, uses
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, one_period, small, solver_says
from tests.sampled import few
from tests.scenarios.hand import broken, planned

CLASSES: Plain = {"class_size": {"min": 1, "max": 4}}


def using(per: str, amount: Any, there_is: Any, **more: Any) -> Plain:
    """The base scenario with a dormitory of which its programme uses something."""
    programme = {"uses": {"asrama": {"per": per, "amount": amount}}} | more
    return small(resources=[{"id": "asrama", "unit": "orang-malam", "amount": there_is}], programmes=programme)


def two_programmes(per: str, there_is: int) -> Plain:
    """Two programmes, each for half of the people's gap, that share a room in one period."""
    uses = {"ruang": {"per": per, "each_period": 1}}
    return one_period(
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial"}],
        groups={"headcount": 20, "gaps": {"keu": 10, "kom": 7}},
        resources=[{"id": "ruang", "amount": there_is}],
        programmes=[
            {"id": "bimtek", "closes": {"keu": 1}, "uses": uses},
            {"id": "kursus", "closes": {"kom": 1}, "uses": uses},
        ],
    )


@proves("resources", HAND)
def test_people_use_what_there_is_in_each_period() -> None:
    # 5 nights each: 22 nights are enough for 4 people in each of two periods
    assert best(using("participant", 5, 22)) == ["8", "0"]
    # 22 nights in the first period and none in the second: 4 people
    assert best(using("participant", 5, {"TW1": 22})) == ["4", "0"]
    # 22 and 13: 4 people and 2
    assert best(using("participant", 5, {"TW1": 22, "TW2": 13})) == ["6", "0"]
    assert best(using("participant", 0, 22)) == ["10", "0"]


@proves("resources", HAND)
def test_classes_use_a_part_of_a_unit() -> None:
    # classes of 4 people at 1.5 trainers each: 3.9 trainers are enough for 2 classes a period, 2.9 for one
    assert best(using("class", 1.5, 3.9, **CLASSES)) == ["10", "0"]
    assert best(using("class", 1.5, 2.9, **CLASSES)) == ["8", "0"]


@proves("running_in_period", HAND)
@proves("resources", HAND)
def test_a_programme_uses_a_room_while_it_runs_however_many_take_part() -> None:
    # one room: one of the two programmes, the one of 10 people
    assert best(two_programmes("programme", 1)) == ["10", "0"]
    assert best(two_programmes("programme", 2)) == ["17", "0"]
    # without the marks of running, the room would cost nothing
    assert solver_says(two_programmes("programme", 1), without="running_in_period")[0] == 17


@proves("running_in_period", HAND)
def test_the_room_is_free_in_periods_without_the_programme() -> None:
    # a room in the second period only: all classes are held then
    uses = {"uses": {"ruang": {"per": "programme", "each_period": 1}}}
    plain = small(resources=[{"id": "ruang", "amount": {"TW2": 1}}], programmes=uses | CLASSES)
    assert best(plain) == ["10", "0"]
    assert best(plain | {"resources": [{"id": "ruang", "amount": {"TW2": 0.9}}]}) == ["0", "0"]


@proves("resources", GOLDEN)
def test_the_rows_of_resources(request: pytest.FixtureRequest) -> None:
    golden("resources", using("class", 1.5, {"TW1": 2.9}, **CLASSES), request)


@proves("running_in_period", GOLDEN)
def test_the_rows_of_running_in_period(request: pytest.FixtureRequest) -> None:
    golden("running_in_period", two_programmes("programme", 1), request)


@proves("running_in_period", PROPERTY)
@proves("resources", PROPERTY)
def test_no_plan_uses_more_than_there_is() -> None:
    used_up = 0
    for found in plans(lambda plain: "resources" in plain, 60):
        in_class: dict[tuple[str, str], int] = {}
        for (_g, p, t), n in found.people.items():
            in_class[p, t] = in_class.get((p, t), 0) + n
        resources = {resource["id"]: resource for resource in found.plain["resources"]}
        for (name, t), units in uses(found.instance, in_class, found.classes).items():
            assert units <= there(resources[name], t), (found.seed, name, t)
            used_up += units == there(resources[name], t)
    assert used_up > few(5)


@proves("resources", CHECK)
def test_the_check_finds_one_night_too_many() -> None:
    plain = using("participant", 5, {"TW1": 20, "TW2": 9})
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 1}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 5})) == {"resources"}
    assert broken(plain, planned(plain, {("a", "bimtek", "TW2"): 2})) == {"resources"}


@proves("resources", CHECK)
def test_the_check_spreads_a_total_evenly_over_the_periods_of_a_course() -> None:
    # 6 nights each, 3 of them in either period
    people = {("a", "bimtek", "TW1"): 4}
    enough, short = using("participant", 6, 12, lasts=2), using("participant", 6, {"TW1": 12, "TW2": 11}, lasts=2)
    assert not broken(enough, planned(enough, people))
    assert broken(short, planned(short, people)) == {"resources"}


@proves("running_in_period", CHECK)
def test_the_check_finds_one_room_too_many() -> None:
    plain = two_programmes("programme", 1)
    one = {("a", "bimtek", "TW1"): 2}
    assert not broken(plain, planned(plain, one))
    assert broken(plain, planned(plain, one | {("a", "kursus", "TW1"): 1})) == {"resources"}
