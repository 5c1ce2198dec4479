"""Limits that a plan teaches exclude no plan that people can attend, whatever seats that one has."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from planner.attendance import limits
from planner.attendance.learning import learnt_from
from planner.domain.attendance import NOTHING_LEARNT, LearntLimit
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.plans.plan import Status
from tests.oracle.attending import attending
from tests.oracle.instance import Instance
from tests.scenarios.hand import scenario

Plain = dict[str, Any]
Seats = dict[tuple[str, str, str], int]


def drawn(seed: int) -> Plain:
    """Two groups of one or two people, and a programme that asks for one of two others beside what is taken with it."""
    dice = random.Random(f"limits {seed}")
    periods = [{"id": t, "working_days": dice.choice([2, 4, 60])} for t in ("TW1", "TW2")]
    programmes: list[Plain] = [
        {"id": "pa", "closes": {"a": 1}, "hours": dice.choice([6, 8]), "days": dice.choice([0, 1, 2])},
        {"id": "pb", "closes": {"a": Fraction(1, 2)}, "hours": dice.choice([2, 4, 8]), "days": dice.choice([0, 1, 2])},
        {"id": "pc", "closes": {"b": 1}, "hours": dice.choice([8, 10]), "days": dice.choice([0, 2])},
        {"id": "pd", "closes": {"c": 1}, "hours": dice.choice([4, 6]), "days": dice.choice([0, 2])},
    ]
    programmes[2]["requires"] = [dice.choice(["pa", {"any": ["pa", "pb"]}, {"any": ["pb", "pa"]}])]
    groups: list[Plain] = []
    for g in "gh":
        group: Plain = {"id": g, "headcount": dice.choice([1, 2, 2]), "max_hours": dice.choice([14, 18, 20])}
        group["gaps"] = {c: dice.randint(0, group["headcount"]) for c in "abc"}
        if dice.random() < 0.3:
            group["hours_before"] = 4
        groups.append(group)
    return scenario(
        periods=periods,
        competencies=[{"id": c, "kind": "technical"} for c in "abc"],
        groups=groups,
        programmes=programmes,
    )


def worth(limit: LearntLimit, seats: Seats) -> int:
    return sum(weight * seats.get((limit.group, *start), 0) for start, weight in limit.weights.items())


@pytest.mark.parametrize(("first", "many"), [(0, 0), (15, 200)])
def test_every_limit_is_kept_by_all_that_people_can_attend(
    first: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MANY_GROUPS", many)
    learnt_ones = with_prerequisites = 0
    for seed in range(first, first + 15):
        plain, dice = drawn(seed), random.Random(f"seats {seed}")
        read, oracle = Scenario.model_validate(plain), attending(Instance(plain))
        known: list[LearntLimit] = []
        for _seats in range(12):
            group = dice.choice(plain["groups"])
            starts = oracle.instance.slots[group["id"]]
            seats = {(group["id"], *start): dice.randint(0, group["headcount"]) for start in starts}
            learnt = learnt_from(read, Decisions({seat: n for seat, n in seats.items() if n}), NOTHING_LEARNT)
            own = [] if learnt is None else list(learnt.limits)
            for limit in own:
                with_prerequisites += limit.ready > 0 or any(p == "pc" for p, _ in limit.weights)
            if learnt is not None and not learnt.every and not learnt.spared:
                assert any(limit.group == group["id"] for limit in own), seed
            known += [limit for limit in own if limit not in known]
        learnt_ones += len(known)
        for group in plain["groups"]:
            starts = oracle.instance.slots[group["id"]]
            for _seats in range(150):
                drawn_seats = {(group["id"], *start): dice.randint(0, group["headcount"]) for start in starts}
                seats = {seat: n for seat, n in drawn_seats.items() if n}
                broken = [each for each in known if each.group == group["id"]]
                broken = [each for each in broken if worth(each, seats) > each.each * group["headcount"] + each.ready]
                fewest = oracle.fewest(group["id"], seats) if broken else None
                assert fewest is None or fewest > group["headcount"], (seed, seats, broken)
    assert learnt_ones > 10
    assert with_prerequisites > 3


REQUIRING = scenario(
    competencies=[{"id": c, "kind": "technical"} for c in "abc"],
    groups={"id": "g", "headcount": 2, "max_hours": 40, "gaps": {"a": 1, "b": 1, "c": 2}},
    programmes=[
        {"id": "long", "closes": {"a": 0.9}, "hours": 8},
        {"id": "short", "closes": {"a": 0.5}, "hours": 4},
        {"id": "next", "closes": {"b": 1}, "hours": 24, "requires": [{"any": ["long", "short"]}]},
        {"id": "other", "closes": {"c": 1}, "hours": 12},
    ],
    periods=["TW1"],
)
"""Of 40 JP nobody can take `long`, `next` and `other`; but `short`, `next` and `other`."""


def test_a_plan_that_nobody_can_attend_says_nothing_against_another_course_before_the_next() -> None:
    answer = plan(Scenario.model_validate(REQUIRING), inline=True)
    assert answer.status is Status.OPTIMAL
    assert answer.plan.gaps_closed == Fraction("3.9")
    patterns = {pattern.programmes for pattern in answer.plan.attendance}
    assert (("short", "TW1"), ("next", "TW1"), ("other", "TW1")) in patterns


def test_what_is_learnt_of_one_group_and_period_is_learnt_of_all() -> None:
    groups = [{"id": g, "headcount": 1, "max_hours": 40, "gaps": dict.fromkeys("abc", 1)} for g in "gh"]
    plain = REQUIRING | {"groups": groups, "periods": [{"id": t} for t in ("TW1", "TW2")]}
    read = Scenario.model_validate(plain)
    seats = {("g", p, "TW1"): 1 for p in ("long", "next", "other")}
    learnt = learnt_from(read, Decisions(seats), NOTHING_LEARNT)
    assert learnt is not None
    assert {limit.group for limit in learnt.limits} == {"g", "h"}
    for limit in learnt.limits:
        assert {start for start, weight in limit.weights.items() if weight > 0} >= {
            (p, t) for p in ("next", "other") for t in ("TW1", "TW2")
        }


def test_of_many_groups_what_one_person_takes_is_learnt_of_all_periods(monkeypatch: pytest.MonkeyPatch) -> None:
    programmes = [{"id": f"p{c}", "closes": {c: 1}, "hours": 15} for c in "abc"]
    groups = [{"id": g, "headcount": 1, "max_hours": 40, "gaps": dict.fromkeys("abc", 1)} for g in "gh"]
    plain = REQUIRING | {"groups": groups, "programmes": programmes, "periods": [{"id": t} for t in ("TW1", "TW2")]}
    read = Scenario.model_validate(plain)
    seats = Decisions({("g", f"p{c}", "TW1"): 1 for c in "abc"})
    for many, starts in ((200, 3), (0, 6)):
        monkeypatch.setattr(limits, "MANY_GROUPS", many)
        learnt = learnt_from(read, seats, NOTHING_LEARNT)
        assert learnt is not None
        assert [(limit.group, len(limit.weights), limit.each) for limit in learnt.limits] == [
            ("g", starts, 2),
            ("h", starts, 2),
        ]
