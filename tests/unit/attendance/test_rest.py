"""Seats that are left are given to people by what they have attended already."""

from __future__ import annotations

from itertools import combinations
from random import Random

from planner.attendance.rest import rest_of_group
from planner.attendance.task import task_of
from planner.domain.attendance import NO_HISTORY, History, Start
from planner.domain.scenario import Scenario

PERIODS = ("TW1", "TW2", "TW3")


def scenario_of(most: int, hours: list[int], people: int) -> Scenario:
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "sisa", "fiscal_year": 2027},
            "periods": list(PERIODS),
            "competencies": [{"id": c, "kind": "technical"} for c in "abc"],
            "groups": [{"id": "g", "headcount": people, "gaps": dict.fromkeys("abc", people), "max_hours": most}],
            "programmes": [
                {"id": "p", "hours": hours[0], "closes": {"a": 1}},
                {"id": "q", "hours": hours[1], "closes": {"b": 1}, "requires": ["p"]},
                {"id": "r", "hours": hours[2], "closes": {"c": 0.5, "a": 0.5}},
            ],
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )


def test_who_had_no_chance_yet_comes_first() -> None:
    scenario = scenario_of(100, [1, 1, 1], 4)
    before = {
        History((("p", "TW1"),), frozenset("a")): 1,
        History((("p", "TW1"),), frozenset(), frozenset("a")): 1,
        History((("r", "TW1"),)): 1,
    }
    group = scenario.group["g"]
    found = rest_of_group(scenario, group, before, {("r", "TW2"): 1})
    assert found.people == [(NO_HISTORY, 1, (("r", "TW2"),))]
    found = rest_of_group(scenario, group, before, {("r", "TW2"): 2})
    assert {history.passed for history, _n, _t in found.people} == {frozenset()}, "who failed comes before who passed"
    found = rest_of_group(scenario, group, before, {("r", "TW2"): 1}, new_people=0)
    assert [history for history, _n, _t in found.people] == [History((("p", "TW1"),), frozenset(), frozenset("a"))]
    assert rest_of_group(scenario, group, before, {("r", "TW2"): 4}).empty == {("r", "TW2"): 1}


def test_as_many_seats_are_filled_as_any_way_of_filling_them_fills() -> None:
    draw = Random(11)
    for _case in range(60):
        scenario = scenario_of(draw.randint(3, 8), [draw.randint(1, 5) for _p in range(3)], draw.randint(1, 4))
        group = scenario.group["g"]
        histories = [History(tuple(each)) for each in ((), (("p", "TW1"),), (("r", "TW1"),), (("q", "TW1"),))]
        who = [draw.choice(histories) for _one in range(group.headcount)]
        before = {history: who.count(history) for history in dict.fromkeys(who) if history != NO_HISTORY}
        starts = [(p, t) for p in "pqr" for t in PERIODS[1:]]
        seats = {start: draw.randint(1, 2) for start in draw.sample(starts, 3)}
        found = rest_of_group(scenario, group, before, seats)
        filled = sum(seats.values()) - sum(found.empty.values())
        assert filled == most_filled(scenario, who, seats), (before, seats)
        taken = [(history, starts) for history, n, starts in found.people for _one in range(n)]
        assert all(may_take(scenario, history, starts) for history, starts in taken)


def may_take(scenario: Scenario, history: History, starts: tuple[Start, ...]) -> bool:
    hours = [scenario.programme[p].hours for p, _t in (*history.starts, *starts)]
    programmes = [p for p, _t in (*history.starts, *starts)]
    most = scenario.group["g"].max_hours
    assert most is not None
    return not starts or (len(set(programmes)) == len(programmes) and sum(hours) <= most)


def most_filled(scenario: Scenario, who: list[History], seats: dict[Start, int]) -> int:
    """By trying everything for one person after the other; nobody lacks what p teaches less than what q does."""
    assert not any(quota.people for quota in task_of(scenario, scenario.group["g"], seats).quotas)
    reached = {tuple(seats.values())}
    place = {t: n for n, t in enumerate(PERIODS)}
    for history in who:
        choices = [each for n in range(4) for each in combinations(seats, n) if may_take(scenario, history, each)]
        ready = []
        for each in choices:
            done = {p: place[t] for p, t in (*history.starts, *each)}
            if all(p != "q" or done.get("p", 9) <= place[t] for p, t in each):
                ready.append(each)
        reached = {
            tuple(n - (start in each) for start, n in zip(seats, left, strict=True))
            for left in reached
            for each in ready
            if all(n >= (start in each) for start, n in zip(seats, left, strict=True))
        }
    return sum(seats.values()) - min(map(sum, reached))
