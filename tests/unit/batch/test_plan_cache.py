"""Finished plans are kept, found again for the very same question alone, and checked again before they are used."""

from __future__ import annotations

import gzip
import json
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.scenarios.variants import at_least_people, with_amounts, with_rules, without_partners
from planner.batch import plan_cache as cache_module
from planner.batch import points as points_module
from planner.batch.batch_progress import BatchProgress
from planner.batch.plan_cache import PlanCache, serves
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.batch.same_plans import canonical
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import Aim, Hints, SearchLimits
from planner.plans.plan import Status
from planner.solve.engine import EngineName
from tests.scenarios import builders

SMALL = builders.scenario()
FUND = SMALL.funds[0].id
POINTS = [Point(str(part), with_amounts(SMALL, {FUND: SMALL.funds[0].amount * part // 4})) for part in range(5)]
IMPOSSIBLE = Point(
    "mustahil",
    with_rules(SMALL, at_least_people("terlalu banyak", SMALL.groups[0].id, SMALL.programmes[0].id, 10**6)),
)
LIMITS = SearchLimits(time_limit=60)


SOLVE_POINT = points_module.solve_point
"""As it is when no test replaces it."""


@cache
def _solved(order: bytes) -> Result:
    return SOLVE_POINT(*pickle.loads(order))


def solve_point(point: Point, limits: SearchLimits, language: str) -> Result:
    """The result of a point, solved once for all tests: they are about what is kept of it."""
    return _solved(pickle.dumps((point, limits, language)))


@pytest.fixture(autouse=True)
def _each_point_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points_module, "solve_point", solve_point)


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the points that are solved, as it happens."""
    names: list[str] = []

    def solve(point: Point, limits: SearchLimits, language: str) -> Result:
        names.append(point.name)
        return solve_point(point, limits, language)

    monkeypatch.setattr(points_module, "solve_point", solve)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "points"


def ask(folder: Path | None, points: list[Point], limits: SearchLimits = LIMITS, **kept: Any) -> dict[str, Result]:
    with BatchRunner(cache=PlanCache(folder, **kept)) as runner:
        return runner.solve(points, limits)


def test_a_question_that_was_stopped_goes_on_with_the_points_that_are_left(folder: Path, solved: list[str]) -> None:
    def stop(news: BatchProgress) -> None:
        if news.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), BatchRunner(progress=stop, cache=PlanCache(folder)) as runner:
        runner.solve(POINTS, LIMITS)
    assert runner.cached == 3
    again = ask(folder, POINTS)
    assert solved == ["0", "1", "2", "3", "4"], "each point is solved once"
    assert list(again) == ["0", "1", "2", "3", "4"]


def test_what_is_kept_comes_back_as_it_was(folder: Path, solved: list[str]) -> None:
    first = ask(folder, [*POINTS, IMPOSSIBLE])
    again = ask(folder, [*POINTS, IMPOSSIBLE])
    assert len(solved) == len(first)
    assert {name: replace(result, plan=None) for name, result in again.items()} == {
        name: replace(result, plan=None) for name, result in first.items()
    }
    plans = [[result.plan and result.plan.to_json() for result in results.values()] for results in (first, again)]
    assert plans[0] == plans[1]
    assert again["mustahil"].status == Status.INFEASIBLE
    assert again["mustahil"].clashes


def test_news_tell_what_is_kept_from_what_is_made(folder: Path) -> None:
    ask(folder, POINTS[:2])
    heard: list[BatchProgress] = []
    with BatchRunner(progress=heard.append, cache=PlanCache(folder)) as runner:
        runner.solve(POINTS, LIMITS)
    assert [(news.done, news.cached, news.total) for news in heard] == [(n, 2, 5) for n in (2, 3, 4, 5)]
    assert heard[0].seconds_left is None
    assert heard[-1].seconds_left == 0


def test_the_plan_for_an_aim_is_kept_too(folder: Path, solved: list[str]) -> None:
    best = solve_point(POINTS[4], LIMITS, "id").plan
    assert best is not None
    point = replace(POINTS[4], aim=Aim(people={(row.group, row.programme): 1 for row in best.allocations}))
    first, again = ask(folder, [point]), ask(folder, [point])
    assert solved == ["4"]
    assert first["4"].plan == again["4"].plan


def _other_start(point: Point) -> Point:
    return replace(point, hints=Hints(start=Decisions(classes={("a", "b"): 1})))


OTHERS: dict[str, Callable[[Point, SearchLimits], tuple[Point, SearchLimits]]] = {
    "scenario": lambda point, limits: (replace(point, scenario=with_amounts(point.scenario, {FUND: 1})), limits),
    "aim": lambda point, limits: (replace(point, aim=Aim(people={})), limits),
    "gap": lambda point, limits: (point, replace(limits, gap=0.0)),
    "solver": lambda point, limits: (point, replace(limits, solver=EngineName.CBC)),
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_plan_of_another_question_is_not_taken(folder: Path, what: str) -> None:
    kept = PlanCache(folder)
    assert kept.put(POINTS[4], LIMITS, solve_point(POINTS[4], LIMITS, "id"))
    assert kept.get(POINTS[4], LIMITS) is not None
    assert kept.get(*OTHERS[what](POINTS[4], LIMITS)) is None


SAME: dict[str, Callable[[Point, SearchLimits], tuple[Point, SearchLimits]]] = {
    "template": lambda point, limits: (replace(point, hints=Hints(template=SMALL)), limits),
    "start": lambda point, limits: (_other_start(point), limits),
    "gap": lambda point, limits: (point, replace(limits, gap=0.5)),
    "time": lambda point, limits: (point, replace(limits, time_limit=1.0)),
    "polish": lambda point, limits: (point, replace(limits, polish=False)),
}
"""Where a search starts affects its speed only, and a plan that is proven answers who asks for less."""


@pytest.mark.parametrize("what", SAME)
def test_a_point_has_one_plan_whichever_question_comes_to_it(folder: Path, what: str) -> None:
    kept = PlanCache(folder)
    found = solve_point(POINTS[4], LIMITS, "id")
    assert kept.put(POINTS[4], LIMITS, found)
    again = kept.get(*SAME[what](POINTS[4], LIMITS))
    assert again is not None
    assert again.plan == found.plan


def test_a_plan_that_is_not_proven_is_sought_again_with_more_time(folder: Path) -> None:
    kept, optimal = PlanCache(folder), solve_point(POINTS[4], LIMITS, "id")
    assert optimal.plan is not None
    assert (
        kept.put(POINTS[4], replace(LIMITS, time_limit=1.0), replace(optimal, status=Status.NO_PLAN_IN_TIME)) is False
    )
    assert serves(replace(LIMITS, time_limit=1.0), False, replace(LIMITS, time_limit=1.0))
    assert not serves(replace(LIMITS, time_limit=1.0), False, LIMITS)
    assert serves(replace(LIMITS, time_limit=1.0), True, LIMITS)


def test_a_partner_that_gives_nothing_stays_away_or_gives_too_little_is_one_scenario(
    folder: Path, solved: list[str]
) -> None:
    """Its amount 0, without it, and less than its minimum: one plan, under each of the three names."""
    partner = next(fund for fund in SMALL.funds if not fund.own)
    others = [fund for fund in SMALL.funds if fund != partner]

    def with_partner(**changes: Any) -> Scenario:
        return SMALL.changed(funds=(*others, partner.model_copy(update=changes)))

    written = {
        "nol": with_partner(amount=0, seats={}, minimum=0),
        "kursi nol": with_partner(amount=0, seats=dict.fromkeys(partner.seats, 0), chance=Fraction(1, 2)),
        "tanpa": without_partners(SMALL.changed(funds=(*others, partner)), {partner.id}),
        "kurang": with_partner(amount=5, minimum=6),
    }
    assert len({scenario.sha256 for scenario in written.values()}) > 2
    assert len({canonical(scenario).sha256 for scenario in written.values()}) == 1
    plans = []
    for name, scenario in written.items():
        plan = ask(folder, [Point(name, scenario)])[name].plan
        assert plan is not None
        assert plan.scenario_sha256 == scenario.sha256
        plans.append((plan.allocations, plan.payments, plan.gaps_closed, plan.bound))
    assert solved == ["nol"]
    assert all(plan == plans[0] for plan in plans)


def test_a_better_plan_of_a_point_is_its_plan_from_then_on(folder: Path, solved: list[str]) -> None:
    plan = solve_point(POINTS[4], LIMITS, "id").plan
    assert plan is not None
    with BatchRunner(cache=PlanCache(folder)) as runner:
        runner.keep(replace(POINTS[4], name=""), LIMITS, plan)
        assert runner.solve([POINTS[4]], LIMITS)["4"].plan == plan
    assert ask(folder, [POINTS[4]])["4"].plan == plan
    assert solved == []


def test_a_plan_of_another_version_is_not_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(folder, POINTS)
    monkeypatch.setattr(cache_module, "VERSION", "0.0.0")
    assert PlanCache(folder).get(POINTS[4], LIMITS) is None


def test_order_of_records_in_memory_makes_no_other_question(folder: Path) -> None:
    seats = {("a", "b", "c"): 1, ("d", "e", "f"): 2}
    one, two = Decisions(participants=seats), Decisions(participants=dict(reversed(seats.items())))
    kept = PlanCache(folder)
    kept.put(replace(POINTS[4], hints=Hints(start=one)), LIMITS, solve_point(POINTS[4], LIMITS, "id"))
    assert kept.get(replace(POINTS[4], hints=Hints(start=two)), LIMITS) is not None


def test_why_there_is_no_plan_is_told_in_the_language_of_now(folder: Path) -> None:
    with speaking("id"):
        ask(folder, [IMPOSSIBLE])
    with speaking("en"):
        told = ask(folder, [IMPOSSIBLE])["mustahil"].message
    assert "Change at least one of them." in told


@pytest.mark.parametrize("status", [None, Status.NO_PLAN_IN_TIME])
def test_what_failed_or_ran_out_of_time_is_tried_again(folder: Path, status: Status | None) -> None:
    assert not PlanCache(folder).put(POINTS[0], LIMITS, Result("0", status, message="gagal"))
    assert PlanCache(folder).get(POINTS[0], LIMITS) is None


def _more_people(content: bytes) -> bytes:
    found = json.loads(gzip.decompress(content))
    found["plan"]["allocations"][0]["participants"] += 1
    return gzip.compress(json.dumps(found).encode())


def _too_good(content: bytes) -> bytes:
    found = json.loads(gzip.decompress(content))
    found["result"]["status"] = "infeasible"
    found["plan"] = {}
    return gzip.compress(json.dumps(found).encode())


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "zeros": lambda content: bytes(len(content)),
    "one byte": lambda content: content[:-12] + bytes([content[-12] ^ 1]) + content[-11:],
    "no json": lambda content: gzip.compress(b"{"),
    "nested": lambda content: gzip.compress(b"[" * 100_000),
    "other json": lambda content: gzip.compress(b"[1]"),
    "nothing in it": lambda content: gzip.compress(
        b'{"result": {"status": "optimal"}, "plan": null, "language": "id"}'
    ),
    "another plan": _more_people,
    "no plan": _too_good,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_passed_over_and_written_anew(folder: Path, solved: list[str], damage: str) -> None:
    first = ask(folder, POINTS[4:])
    (file,) = folder.iterdir()
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    again = ask(folder, POINTS[4:])
    assert solved == ["4", "4"]
    assert again["4"].plan is not None
    assert first["4"].plan is not None
    assert again["4"].plan.objective == first["4"].plan.objective
    assert ask(folder, POINTS[4:])["4"].plan is not None
    assert solved == ["4", "4"]


def test_plans_of_earlier_runs_are_not_taken_where_all_are_to_be_made_anew(folder: Path, solved: list[str]) -> None:
    ask(folder, POINTS)
    ask(folder, POINTS, trusted=False)
    assert len(solved) == 10


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "points").write_text("in the way")
    assert all(result.plan for result in ask(tmp_path / "points", POINTS).values())


def test_those_unused_for_longest_make_room(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "MAX_RESULTS", 2)
    ask(folder, POINTS)
    for age, file in enumerate(folder.iterdir()):
        os.utime(file, (age, age))
    PlanCache(folder).get(POINTS[1], LIMITS)
    PlanCache(folder).evict()
    assert len(list(folder.iterdir())) == 2
    assert PlanCache(folder).get(POINTS[1], LIMITS) is not None


def test_a_point_of_any_kind_can_be_named() -> None:
    tiny = Scenario.model_validate(builders.SMALL)
    assert len({cache_module._name(Point("a", tiny, aim=aim), LIMITS) for aim in (None, Aim(), Aim(seats={}))}) == 3
