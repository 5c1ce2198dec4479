"""Class size: a class runs with an allowed number of people, or not at all."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found, Plain, plans
from tests.rules.small import best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned


def of_size(least: int, most: int) -> Plain:
    """One programme in classes that cost Rp5 each."""
    return costing("class", 5) | {"class_size": {"min": least, "max": most}}


@proves("class_size_max", HAND)
def test_nobody_sits_outside_a_class() -> None:
    # Rp9 pay one class: of at most 4, or of at most 10
    assert best(small(programmes=of_size(1, 4), funds={"amount": 9})) == ["4", "5"]
    assert best(small(programmes=of_size(1, 10), funds={"amount": 9})) == ["10", "5"]


@proves("class_size_min", HAND)
def test_a_class_runs_full_or_not_at_all() -> None:
    # classes of 6 to 7: two need 12 people and 10 are there, so one is held, with 7
    assert best(small(programmes=of_size(6, 7))) == ["7", "5"]
    # classes of 5 to 7: two are held
    assert best(small(programmes=of_size(5, 7))) == ["10", "10"]
    # classes of 11 are never filled
    assert best(small(programmes=of_size(11, 12))) == ["0", "0"]


@proves("class_size_min", GOLDEN)
def test_the_rows_of_the_smallest_class(request: pytest.FixtureRequest) -> None:
    golden("class_size_min", small(programmes=of_size(6, 7)), request)


@proves("class_size_max", GOLDEN)
def test_the_rows_of_the_largest_class(request: pytest.FixtureRequest) -> None:
    golden("class_size_max", small(programmes=of_size(1, 4), funds={"amount": 9}), request)


def held(found: Found) -> list[tuple[int, int, int, int]]:
    """(classes, people, least, most of a class) for each programme with a class size and period."""
    sizes = {p: q["class_size"] for p, q in found.instance.programmes.items() if "class_size" in q}
    return [
        (found.classes.get((p, t), 0), found.taking_part(p, t), size.get("min", 1), size["max"])
        for p, size in sizes.items()
        for t in found.instance.periods
    ]


@proves("class_size_min", PROPERTY)
@proves("class_size_max", PROPERTY)
def test_every_plan_fills_its_classes_and_overfills_none() -> None:
    at_least = at_most = 0
    for found in plans(lambda plain: any("class_size" in p for p in plain["programmes"])):
        for classes, people, least, most in held(found):
            assert least * classes <= people <= most * classes, found.seed
            at_least += people == least * classes > 0
            at_most += people == most * classes > 0
    assert min(at_least, at_most) > few(5)


@proves("class_size_min", CHECK)
def test_the_check_finds_a_class_with_one_too_few() -> None:
    plain = small(programmes=of_size(6, 7))
    fee = [paid(5)]
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 6}, {("bimtek", "TW1"): 1}, fee))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 5}, {("bimtek", "TW1"): 1}, fee)) == {"class_size"}


@proves("class_size_max", CHECK)
def test_the_check_finds_a_class_with_one_too_many() -> None:
    plain = small(programmes=of_size(6, 7))
    fee = [paid(5)]
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 7}, {("bimtek", "TW1"): 1}, fee))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 8}, {("bimtek", "TW1"): 1}, fee)) == {"class_size"}
