"""Who is offered which programme, and how far each variable can go: the sets, by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.model.sets import Sets, make_sets
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]


def sets(**changes: Any) -> Sets:
    return make_sets(Scenario.model_validate(scenario(**changes)))


def most(**changes: Any) -> dict[tuple[str, str, str], int]:
    return dict(sets(**changes).seats)


BOTH = [("a", "bimtek", "TW1"), ("a", "bimtek", "TW2")]


def test_everybody_in_need_is_offered_what_closes_it() -> None:
    assert most() == dict.fromkeys(BOTH, 10)


@pytest.mark.parametrize(
    "changes",
    [
        {"groups": {"gaps": {}}},
        {"groups": {"gaps": {"keu": 0}}},
        {"groups": {"uptake": 0}},
        {"groups": {"uptake": "9%"}},  # nine tenths of a person are nobody
        {"groups": {"release": "9%"}, "programmes": {"days": 120}},  # 108 of 120 person-days
        {"programmes": {"lasts": 3}},
        {"groups": {"max_hours": 0}, "programmes": {"hours": 1}},
        {"groups": {"max_hours": 1}, "programmes": {"hours": 11}},
        {"programmes": {"class_size": {"min": 11, "max": 20}}},
        {"programmes": {"class_size": {"max": 4}, "classes": {"max": 0}}},
        {"programmes": {"class_size": {"max": 4}, "classes": {"per_period": 0}}},
        {"programmes": {"class_size": {"min": 4, "max": 4}, "classes": {"min": 5}}},
        {
            # 0.9 of a mentor, and one mentee takes 1 of one
            "mentor_pools": [{"id": "s", "from": {"id": "a"}, "share": "9%"}],
            "programmes": {"mentors": {"pool": "s", "mentees_each": 1}},
        },
    ],
)
def test_what_cannot_happen_has_no_variables(changes: Plain) -> None:
    assert most(**changes) == {}
    assert sets(**changes).classes == {}
    assert sets(**changes).need == {}


def test_a_cost_that_nobody_may_pay_keeps_people_out() -> None:
    funds = {"pays": {"items": {"item": "Lain"}}}
    costs = {"costs": [*costing("participant", 3)["costs"], {"item": "Lain", "per": "participant", "price": 1}]}
    assert most(funds=funds, programmes=costs) == {}
    free = {"costs": [{**costs["costs"][0], "price": 0}, costs["costs"][1]]}
    assert most(funds=funds, programmes=free) == dict.fromkeys(BOTH, 10), "what costs nothing needs no payer"


def test_free_seats_let_people_in_where_nobody_pays() -> None:
    funds: list[Plain] = [
        {"id": "apbd", "kind": "own", "amount": 100, "pays": {"items": {"item": "Lain"}}},
        {"id": "komdigi", "kind": "partner", "amount": 0, "seats": {"bimtek": 4}, "pays": {"items": {"item": "Lain"}}},
    ]
    costs = {"costs": [*costing("participant", 3)["costs"], {"item": "Lain", "per": "participant", "price": 1}]}
    assert most(funds=funds, programmes=costs) == dict.fromkeys(BOTH, 10)
    funds[1]["seats_cover"] = {"item": "Lain"}
    assert most(funds=funds, programmes=costs) == {}


def test_a_programme_is_offered_to_those_it_is_for_and_when_it_is_held() -> None:
    groups = [{"id": g, "agency": g.upper(), "headcount": 5, "gaps": {"keu": 5}} for g in ("a", "b")]
    only = {"for": {"agency": "B"}, "periods": ["TW2"]}
    assert most(groups=groups, programmes=only) == {("b", "bimtek", "TW2"): 5}


def test_need_is_the_largest_gap_that_the_programme_closes() -> None:
    competencies = [{"id": c, "kind": "technical"} for c in ("keu", "kom", "lain")]
    group = {"gaps": {"keu": 4, "kom": 7, "lain": 9}}
    found = sets(competencies=competencies, groups=group, programmes={"closes": {"keu": 1, "kom": 0.5}})
    assert found.need == {("a", "bimtek"): 7}


def test_each_limit_bounds_the_participants_of_a_period() -> None:
    # 39% of 10 x 120 days are 468 person-days: three runs of 120 days; 25% are 300: of 60 and 100 days in turn, three
    assert set(most(groups={"release": "39%"}, programmes={"days": 120}).values()) == {3}
    long = {"days": [60, 100], "lasts": 2}
    assert most(groups={"release": "25%"}, programmes=long) == {("a", "bimtek", "TW1"): 3}
    assert most(groups={"release": "39%"}, programmes={"days": [60, 180], "lasts": 2}) == {}, "180 days of 120"
    short = [{"id": "TW1", "working_days": 60}, "TW2"]
    assert list(most(periods=short, groups={"release": "39%"}, programmes={"days": 50}).values()) == [4, 9]
    assert list(most(periods=short, groups={"release": "39%"}, programmes={"days": 80})) == [("a", "bimtek", "TW2")]
    assert set(most(programmes={"class_size": {"max": 3}, "classes": {"per_period": 2}}).values()) == {6}
    assert set(most(programmes={"class_size": {"max": 3}, "classes": {"max": 1}}).values()) == {3}
    pool = [{"id": "s", "from": {}, "share": "29%"}]  # 2.9 mentors, and x / 4 + 29% x x of them are taken
    assert set(most(mentor_pools=pool, programmes={"mentors": {"pool": "s", "mentees_each": 4}}).values()) == {5}


def test_willingness_counts_what_socialization_could_do() -> None:
    group = {"uptake": "30%", "socialization": {"raises_uptake_to": "75%", "cost": 10**9}}
    found = sets(groups=group)
    assert found.most_willing == {"a": Fraction(3, 4)}
    assert found.trainable == {("a", "bimtek"): 7}


def test_exact_shares_are_not_lost_to_floats() -> None:
    """0.29 x 100 is 29 people, not 28."""
    found = sets(groups={"headcount": 100, "gaps": {"keu": 100}, "uptake": 0.29, "release": "57%"})
    assert found.trainable == {("a", "bimtek"): 29}
    release = {"headcount": 100, "gaps": {"keu": 100}, "release": "57%"}
    assert set(most(groups=release, programmes={"days": 120}).values()) == {57}


def test_classes_go_as_far_as_people_fill_them() -> None:
    assert sets(programmes={"class_size": {"min": 3, "max": 5}}).classes == {("bimtek", "TW1"): 3, ("bimtek", "TW2"): 3}
    capped = {"class_size": {"min": 3, "max": 5}, "classes": {"max": 5, "per_period": 2}}
    assert set(sets(programmes=capped).classes.values()) == {2}


def test_seats_are_found_by_programme_class_and_pair() -> None:
    found = sets(groups=[{"id": g, "headcount": 5, "gaps": {"keu": 5}} for g in ("a", "b")])
    assert found.of_programme["bimtek"] == list(found.seats)
    assert found.of_class["bimtek", "TW2"] == [("a", "bimtek", "TW2"), ("b", "bimtek", "TW2")]
    assert found.of_pair["b", "bimtek"] == [("b", "bimtek", "TW1"), ("b", "bimtek", "TW2")]
