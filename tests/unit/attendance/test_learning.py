"""What is learnt of any decisions, also of those that an engine has made up, is kept by every person's pattern."""

from __future__ import annotations

import random
from typing import Any

import pytest

from planner.attendance.best_pattern import all_patterns
from planner.attendance.learning import learnt_from
from planner.attendance.task import task_of
from planner.domain.attendance import NOTHING_LEARNT
from planner.domain.decisions import Decisions
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from tests.sampled import few

PROGRAMMES: list[dict[str, Any]] = [
    {"id": "lanjut", "hours": 2, "closes": {"a": 1}, "requires": [{"any": ["dasar", "pengganti"]}]},
    {"id": "dasar", "hours": 2, "closes": {"b": 1}, "requires": ["awal"]},
    {"id": "pengganti", "hours": 3, "closes": {"b": 1}},
    {"id": "awal", "hours": 1, "closes": {"b": 1}},
]


def scenario_of(programmes: list[dict[str, Any]] = PROGRAMMES, **group: object) -> Scenario:
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "belajar", "fiscal_year": 2027},
            "periods": ["T1", "T2", "T3"],
            "competencies": [{"id": "a", "kind": "technical"}, {"id": "b", "kind": "technical"}],
            "groups": [{"id": "g", "headcount": 9, "gaps": {"a": 9, "b": 9}, **group}],
            "programmes": programmes,
            "funds": [{"id": "f", "kind": "own", "amount": 1000}],
        }
    )


def broken_by(scenario: Scenario, group: Group, decisions: Decisions) -> list[object]:
    """The learnt limits that a person breaks who attends what one may."""
    learnt = learnt_from(scenario, decisions, NOTHING_LEARNT)
    seats = {
        (p.id, t): 1
        for p in scenario.programmes
        if (group.id, p.id) in scenario.willingness.attending
        for t in scenario.periods_of(p)
        if scenario.one_person.fits(group, p, t)
    }
    task = task_of(scenario, group, seats)
    whole = [taken for taken in all_patterns(task, 100_000) if not task.used(taken)]
    assert whole
    return [
        (limit, [task.starts[s] for s in taken])
        for limit in (() if learnt is None else learnt.limits)
        if limit.group == group.id
        for taken in whole
        if sum(limit.weights.get(task.starts[s], 0) for s in taken) > limit.each
    ]


@pytest.mark.parametrize(
    "seats",
    [
        {("lanjut", "T2"): 1},
        {("lanjut", "T3"): 4, ("dasar", "T2"): 1},
        {("lanjut", "T1"): 4, ("pengganti", "T2"): 4},
        {("lanjut", "T1"): 2, ("lanjut", "T2"): 2, ("dasar", "T1"): 5, ("awal", "T3"): 9},
    ],
)
def test_a_prerequisite_without_seats_does_not_exclude_those_who_would_attend_it(
    seats: dict[tuple[str, str], int],
) -> None:
    scenario = scenario_of(max_hours=6)
    decisions = Decisions({("g", *start): n for start, n in seats.items()}, {}, frozenset())
    assert learnt_from(scenario, decisions, NOTHING_LEARNT) is not None
    assert broken_by(scenario, scenario.groups[0], decisions) == []


def test_no_limit_that_is_learnt_of_any_decisions_excludes_a_person() -> None:
    dice, learnt, names = random.Random(11), 0, ["p0", "p1", "p2", "p3"]
    for number in range(few(2000, 20)):
        programmes = [
            {
                "id": name,
                "hours": dice.choice([1, 2, 3]),
                "closes": {dice.choice("ab"): 1},
                "requires": dice.choice([[], [later], [{"any": names[place + 1 :]}]]) if place < 3 else [],
                "lasts": dice.choice([1, 1, 2]),
            }
            for place, (name, later) in enumerate(zip(names, [*names[1:], ""], strict=True))
        ]
        scenario = scenario_of(programmes, max_hours=dice.choice([3, 5, 7]), gaps={"a": 9, "b": dice.choice([5, 9])})
        seats = {
            ("g", p.id, t): dice.randint(1, 9)
            for p in scenario.programmes
            for t in scenario.periods_of(p)
            if dice.random() < 0.4
        }
        decisions = Decisions(seats, {}, frozenset())
        learnt += learnt_from(scenario, decisions, NOTHING_LEARNT) is not None
        assert broken_by(scenario, scenario.groups[0], decisions) == [], number
    assert learnt > 40
