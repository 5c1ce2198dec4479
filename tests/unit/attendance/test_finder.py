"""Patterns against every way to attend: found where there are any; where there are none, a true limit says so."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from planner.attendance import chosen as chosen_module
from planner.attendance import finder
from planner.attendance.best_pattern import TooMany, all_patterns, heaviest, largest_patterns
from planner.attendance.chosen import Effort, chosen
from planner.attendance.exact import SeatPrices, solved
from planner.attendance.finder import attended, found_for
from planner.attendance.learning import learnt_from
from planner.attendance.numbers import Numbers
from planner.attendance.task import Task, task_of
from planner.domain.attendance import NOTHING_LEARNT
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from tests.oracle.attending import attending
from tests.oracle.instance import Instance
from tests.sampled import some
from tests.scenarios.hand import scenario

Plain = dict[str, Any]


def drawn(seed: int) -> tuple[Plain, dict[tuple[str, str, str], int]]:
    """A group of up to four people, up to three programmes, and seats that may be too many."""
    dice = random.Random(f"patterns {seed}")
    headcount, names = dice.randint(1, 4), "abc"[: dice.randint(2, 3)]
    programmes: list[Plain] = []
    for c in names:
        programme: Plain = {"id": f"p{c}", "closes": {c: 1}, "hours": dice.choice([4, 6, 8, 11, 12])}
        if dice.random() < 0.3:
            programme["days"] = dice.choice([1, 2, 3])
        if programmes and dice.random() < 0.35:
            programme["requires"] = [dice.choice(programmes)["id"]]
        programmes.append(programme)
    group: Plain = {"id": "g", "headcount": headcount, "gaps": dict.fromkeys(names, headcount)}
    if dice.random() < 0.7:
        group["max_hours"] = dice.choice([12, 16, 20])
    if dice.random() < 0.3:
        group["completed"] = {"pa": 1}
    periods = [{"id": t, "working_days": dice.choice([2, 3, 60])} for t in ("TW1", "TW2")]
    plain = scenario(
        scenario={"id": "uji", "fiscal_year": 2027, "hours_target": 12},
        periods=periods,
        competencies=[{"id": c, "kind": "technical"} for c in names],
        groups=[group],
        programmes=programmes,
    )
    seats = {("g", p["id"], t): n for p in programmes for t in ("TW1", "TW2") if (n := dice.randint(0, 2))}
    return plain, seats


def task(plain: Plain, seats: dict[tuple[str, str, str], int]) -> Task:
    read = Scenario.model_validate(plain)
    return task_of(read, read.groups[0], {seat[1:]: n for seat, n in seats.items()})


@pytest.mark.parametrize("first", range(0, 160, 40))
def test_patterns_are_found_where_there_are_any_and_else_a_limit_that_all_keep(first: int) -> None:
    possible = 0
    for seed in range(first, first + 40):
        plain, seats = drawn(seed)
        oracle, people = attending(Instance(plain)), plain["groups"][0]["headcount"]
        work, fewest = task(plain, seats), oracle.fewest("g", seats)
        found = solved(work, people)
        if fewest is not None and fewest <= people:
            possible += 1
            assert isinstance(found, list), seed
            assert work.kept_by(found, people), seed
            counts = tuple(seats.get(("g", *slot), 0) for slot in oracle.instance.slots["g"])
            best = oracle.best("g", counts, tuple(n for *_pq, n in oracle.quotas("g")), people)
            assert best is not None
            taken = chosen(work, people, found, Effort())
            assert sum(n * work.reached(pattern) for n, pattern in taken) == best[0], seed
        else:
            assert not isinstance(found, list), seed
            if isinstance(found, SeatPrices):
                assert found.excess(work, people) > 0, seed
                skipping = found.quotas
                for pattern in all_patterns(work, 1000):
                    worth = sum(found.seats[s] for s in pattern) - sum(skipping.get(q, 0) for q in work.used(pattern))
                    assert worth <= found.person, (seed, pattern)
    assert 5 < possible < 38


def test_where_fractions_show_that_nobody_more_can_have_their_hours_no_search_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The patterns chosen are the same; briefly, where fractions are whole, they are as good but for their number."""
    searches, real = [0], Numbers.best

    def counted(numbers: Numbers, goal: Sequence[int]) -> list[int] | None:
        searches[0] += 1
        return real(numbers, goal)

    def chosen_of_all(briefly: bool = False) -> tuple[list[Any], list[Any], int]:
        searches[0] = 0
        every, ranks = [], []
        for seed in some(range(160)):
            plain, seats = drawn(seed)
            work, people = task(plain, seats), plain["groups"][0]["headcount"]
            found = solved(work, people)
            if isinstance(found, list):
                chosen_module._exactly.cache_clear()
                every.append(chosen(work, people, found, Effort(briefly=briefly)))
                ranks.append(chosen_module._rank(work, every[-1])[:2])
        return every, ranks, searches[0]

    monkeypatch.setattr(Numbers, "best", counted)
    sparing, ranks, few = chosen_of_all()
    _others, as_good, fewest = chosen_of_all(briefly=True)
    assert as_good == ranks
    assert fewest < few
    monkeypatch.setattr(Numbers, "in_fractions", lambda numbers, goal: None)
    asking, _ranks, many = chosen_of_all()
    assert sparing == asking
    assert 0 < few < many


def test_the_heaviest_pattern_is_the_heaviest_of_all() -> None:
    for seed in range(30):
        plain, seats = drawn(seed)
        if not seats:
            continue
        work, dice = task(plain, seats), random.Random(seed)
        weights = [dice.randint(-2, 5) for _ in work.starts]
        prices = {q: dice.randint(0, 3) for q in range(len(work.quotas))}
        every = [
            sum(weights[s] for s in pattern) - sum(prices[q] for q in work.used(pattern))
            for pattern in all_patterns(work, 1000)
        ]
        assert heaviest(work, weights, prices)[0] == max([0, *every]), seed


def test_patterns_are_listed_up_to_a_number() -> None:
    plain, _ = drawn(3)
    names = [programme["id"] for programme in plain["programmes"]]
    work = task(plain, {("g", p, t): 1 for p in names for t in ("TW1", "TW2")})
    every = all_patterns(work, 1000)
    assert {p for p in every if not any(set(p) < set(q) for q in every)} == set(largest_patterns(work, 1000))
    with pytest.raises(TooMany):
        all_patterns(work, len(every) - 1)


def test_a_limit_is_learnt_for_all_groups_to_which_it_applies() -> None:
    # g may take 20 JP, h 12 and i any number: seats of g that are too many exclude the same of h, and say nothing of i
    days = [{"id": f"p{c}", "closes": {c: 1}, "hours": n} for c, n in zip("abc", (7, 8, 9), strict=True)]
    gaps = dict.fromkeys("abc", 4)
    groups: list[Plain] = [{"id": g, "headcount": 4, "gaps": gaps} for g in "ghi"]
    groups[0]["max_hours"], groups[1]["max_hours"] = 20, 12
    plain = scenario(
        competencies=[{"id": c, "kind": "technical"} for c in "abc"], groups=groups, programmes=days, periods=["TW1"]
    )
    read = Scenario.model_validate(plain)
    decisions = Decisions({("g", f"p{c}", "TW1"): 4 for c in "abc"})
    learnt = learnt_from(read, decisions, NOTHING_LEARNT)
    assert learnt is not None
    assert [limit.group for limit in learnt.limits] == ["g", "h"]
    assert learnt_from(read, Decisions({("i", f"p{c}", "TW1"): 4 for c in "abc"}), NOTHING_LEARNT) is None


def test_how_many_people_patterns_need_is_not_counted_up_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody of g can take two programmes: 154 seats are 154 people, of 153.51. By hours alone 103 would do."""
    of_g = {"id": "g", "agency": "A", "headcount": 301, "uptake": "51%", "gaps": dict.fromkeys("abc", 150)}
    of_h = {"id": "h", "agency": "A", "headcount": 300, "uptake": "50.5%", "gaps": {"a": 300}}
    plain = scenario(
        competencies=[{"id": c, "kind": "technical"} for c in "abc"],
        groups=[of_g | {"max_hours": 30}, of_h],
        programmes=[{"id": f"p{c}", "hours": 20, "closes": {c: 1}} for c in "abc"],
    )
    asked: list[int] = []

    def counted(task: Task, people: int) -> object:
        asked.append(people)
        return solved(task, people)

    monkeypatch.setattr(finder, "_solved", counted)
    seats = {("g", "pa", "TW1"): 52, ("g", "pb", "TW1"): 51, ("g", "pc", "TW1"): 51, ("h", "pa", "TW1"): 151}
    found = found_for(Scenario.model_validate(plain), Decisions(seats))
    assert found.complete
    assert found.people == {"g": 154, "h": 151}
    assert len(asked) < 8, asked


def test_groups_of_an_agency_share_its_people() -> None:
    # 3 x 50% each: two people of g or of h, three together. Two of g in pa and two of h in pb are four
    groups = [{"id": g, "agency": "A", "headcount": 3, "uptake": "50%", "gaps": {"a": 3, "b": 3}} for g in "gh"]
    programmes = [{"id": f"p{c}", "closes": {c: 1}} for c in "ab"]
    plain = scenario(competencies=[{"id": c, "kind": "technical"} for c in "ab"], groups=groups, programmes=programmes)
    read = Scenario.model_validate(plain)
    apart = Decisions({("g", "pa", "TW1"): 2, ("h", "pb", "TW1"): 2})
    assert attended(read, apart) is None
    assert found_for(read, apart).prices
    three = attended(read, Decisions({("g", "pa", "TW1"): 2, ("h", "pa", "TW1"): 1, ("h", "pb", "TW1"): 1}))
    assert three is not None
    assert sum(row.people for row in three) == 3
