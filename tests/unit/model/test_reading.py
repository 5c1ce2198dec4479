"""Reading a solver's point: whole people or nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from planner.domain.decisions import Decisions
from planner.domain.one_off import OneOff
from planner.domain.scenario import Scenario
from planner.model.build import Model, build
from planner.model.reading import INTEGER_TOLERANCE, NotWhole, Reader
from tests.scenarios.hand import costing, scenario

SCENARIO = scenario(
    groups=[
        {"id": "a", "headcount": 10, "gaps": {"keu": 10}, "uptake": "50%",
         "socialization": {"raises_uptake_to": 1, "cost": 3}},
        {"id": "b", "headcount": 10, "gaps": {"keu": 10}},
    ],
    programmes={"class_size": {"max": 8}, **costing("participant", 3)},
    funds=[
        {"id": "apbd", "kind": "own", "amount": 100},
        {"id": "unja", "kind": "partner", "amount": 50, "minimum": 5},
        {"id": "komdigi", "kind": "partner", "amount": 0, "seats": {"bimtek": 6}},
        {"id": "lan", "kind": "partner", "amount": 0, "seats": {"bimtek": 6}},
    ],
)  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Model:
    return build(Scenario.model_validate(SCENARIO))


def read(model: Model, values: Mapping[str, Mapping[Any, float]]) -> Decisions:
    """The decisions at the point with these values, by family and key; all else is zero."""
    point = np.zeros(len(model.problem.variables()))
    families = model.variables.families()
    for family, members in values.items():
        for key, value in members.items():
            point[families[family][key].id] = value
    return Reader(model).decisions(point)


def test_values_are_rounded_to_the_whole_numbers_they_are_near(model: Model) -> None:
    found = read(
        model,
        {
            "participants": {("a", "bimtek", "TW1"): 6.9999999, ("b", "bimtek", "TW2"): 1e-7},
            "classes": {("bimtek", "TW1"): 1.000001},
            "socialized": {"a": 0.999999},
            "used": {"unja": 1.0},
        },
    )
    assert found == Decisions(
        participants={("a", "bimtek", "TW1"): 7},
        classes={("bimtek", "TW1"): 1},
        socialized=frozenset({"a"}),
        used=frozenset({"unja"}),
    )


def test_minus_nothing_is_nothing(model: Model) -> None:
    assert read(model, {"participants": {("a", "bimtek", "TW1"): -1e-9}}) == Decisions()


@pytest.mark.parametrize("value", [6.9999, 0.5, 1 - 2 * INTEGER_TOLERANCE, math.nan, math.inf, -math.inf])
def test_what_is_not_whole_is_refused(model: Model, value: float) -> None:
    with pytest.raises(NotWhole):
        read(model, {"participants": {("a", "bimtek", "TW1"): value}})


def test_money_and_gaps_need_not_be_whole_and_are_not_read(model: Model) -> None:
    assert read(model, {"closed": {("a", "keu"): 2.5}}) == Decisions()


def test_free_seats_are_dealt_out_in_file_order_and_each_once(model: Model) -> None:
    profiles = list(model.variables.free_seats)
    assert [fund for fund, _profile in profiles] == ["komdigi", "lan"]
    found = read(
        model,
        {
            "participants": {
                ("a", "bimtek", "TW1"): 3, ("b", "bimtek", "TW1"): 4, ("b", "bimtek", "TW2"): 2,
            },
            "free_seats": {profiles[0]: 5, profiles[1]: 3},
        },
    )  # fmt: skip
    assert found.seats == {
        ("komdigi", "bimtek", "a", "TW1"): 3,
        ("komdigi", "bimtek", "b", "TW1"): 2,
        ("lan", "bimtek", "b", "TW1"): 2,
        ("lan", "bimtek", "b", "TW2"): 1,
    }


def test_no_more_free_seats_are_dealt_out_than_people_sit(model: Model) -> None:
    profiles = list(model.variables.free_seats)
    found = read(model, {"participants": {("a", "bimtek", "TW1"): 2}, "free_seats": {profiles[0]: 6}})
    assert found.seats == {("komdigi", "bimtek", "a", "TW1"): 2}


def test_a_start_may_name_what_the_scenario_does_not_have(model: Model) -> None:
    """Decisions of a scenario of other years, groups and programmes are a start like any other, not an error."""
    known = Decisions(participants={("a", "bimtek", "TW1"): 7}, classes={("bimtek", "TW1"): 1})
    strange = Decisions(
        participants={
            **known.participants,
            ("a", "bimtek", "2027"): 3,
            ("x", "bimtek", "TW1"): 2,
            ("a", "y", "TW1"): 1,
        },
        classes={**known.classes, ("bimtek", "2027"): 1, ("y", "TW1"): 1},
        socialized=frozenset({"x"}),
        seats={("komdigi", "bimtek", "a", "2027"): 3, ("z", "bimtek", "x", "TW1"): 2},
        used=frozenset({"z"}),
        due={OneOff(None, "a", "socialization", None): "2027"},
    )
    reader = Reader(model)
    np.testing.assert_array_equal(reader.start(strange), reader.start(known))
