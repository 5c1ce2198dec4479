"""What is begun early is what is asked for later, is searched once, and changes no result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from planner.analysis.partners.subsets import MOST_EARLY, PartnerSubsets, all_subsets, begun_early
from planner.analysis.question import Source
from planner.analysis.rules import fairness as fairness_module
from planner.analysis.rules import question
from planner.analysis.rules import rule_prices as prices_module
from planner.analysis.rules.fairness import fairness
from planner.analysis.rules.rule_prices import rule_prices
from planner.analysis.scenarios.variants import with_amounts
from planner.batch.begun import BegunPoints, Early, begins_anywhere, point_anywhere
from planner.batch.inquiry import Inquiry
from planner.batch.plan_cache import PlanCache
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.batch.worker_pool import LocalWorkers
from planner.domain.scenario import Scenario
from planner.planning import Hints, SearchLimits, plan
from planner.plans.plan import Plan
from planner.scenario_io import read_located, read_scenario
from tests.scenarios import builders

SMALL = builders.scenario()
FUND = SMALL.funds[0]
LIMITS = SearchLimits(time_limit=60)
DISTRICT = Path(__file__).parents[3] / "scenarios" / "kabupaten-2027.yaml"


def point(part: int) -> Point:
    return point_anywhere(str(part), with_amounts(SMALL, {FUND.id: FUND.amount * part // 4}), SMALL)


@pytest.fixture
def submitted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each task was given to workers, by name."""
    count = Counter[str]()
    submit = LocalWorkers.submit

    def counted(self: LocalWorkers, task: Any, limits: SearchLimits, language: str) -> Future[Any]:
        count[task.name] += 1
        return submit(self, task, limits, language)

    monkeypatch.setattr(LocalWorkers, "submit", counted)
    return count


def decisions(results: dict[str, Result]) -> list[Any]:
    return [None if found.plan is None else found.plan.decisions(SMALL) for found in results.values()]


def test_a_point_begun_early_is_searched_once_and_has_the_plan_that_it_would_have(submitted: Counter[str]) -> None:
    asked = [point(part) for part in range(1, 4)]
    with BatchRunner(1) as runner:
        runner.begin([Early(each, LIMITS) for each in asked[:2]])
        found = runner.solve(asked, LIMITS)
    assert submitted == {"1": 1, "2": 1, "3": 1}
    assert list(found) == ["1", "2", "3"]
    assert decisions(found) == decisions(BatchRunner().solve(asked, LIMITS))


def test_what_is_asked_within_other_limits_is_searched_anew(submitted: Counter[str]) -> None:
    with BatchRunner(1) as runner:
        runner.begin([Early(point(1), LIMITS)])
        runner.solve([point(1)], replace(LIMITS, gap=0.01))
    assert submitted == {"1": 2}


def test_what_has_a_result_in_the_cache_is_not_begun(tmp_path: Path, submitted: Counter[str]) -> None:
    cache = PlanCache(tmp_path)
    BatchRunner(cache=cache).solve([point(1)], LIMITS)
    with BatchRunner(1, cache=cache) as runner:
        runner.begin([Early(point(1), LIMITS)])
        assert runner.solve([point(1)], LIMITS)["1"].plan is not None
    assert not submitted


@pytest.mark.parametrize("runner", [BatchRunner(0), BatchRunner(1, seconds=60.0)])
def test_nothing_is_begun_without_workers_or_within_a_time_for_all(
    runner: BatchRunner, submitted: Counter[str]
) -> None:
    with runner:
        runner.begin([Early(point(1), LIMITS)])
    assert not submitted


class Idle:
    """A pool that never begins."""

    def __init__(self) -> None:
        self.futures: dict[str, Future[Any]] = {}

    def submit(self, task: Any, limits: SearchLimits, language: str) -> Future[Any]:
        return self.futures.setdefault(task.name, Future())


def test_what_is_not_asked_for_is_given_up() -> None:
    pool: Any = Idle()
    begun = BegunPoints()
    begun.begin(pool, [Early(point(part), LIMITS) for part in (1, 2)])
    begun.keep_only({"2"})
    assert [pool.futures[name].cancelled() for name in ("1", "2")] == [True, False]
    assert not begun.taken([point(1)], LIMITS)
    assert begun.taken([point(2)], LIMITS) == {pool.futures["2"]: point(2)}
    assert not begun.taken([point(2)], LIMITS), "it is handed over once"


def test_only_a_point_whose_search_begins_without_a_plan_is_served() -> None:
    pool: Any = Idle()
    begun = BegunPoints()
    begun.begin(pool, [Early(point(1), LIMITS)])
    known = plan(SMALL, LIMITS, inline=True).plan.decisions(SMALL)
    assert not begun.taken([replace(point(1), hints=Hints(SMALL, known))], LIMITS)
    assert not begun.taken([replace(point(1), scenario=point(2).scenario)], LIMITS)


class Listening(BatchRunner):
    """Notes what it is asked, and solves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Early] = []

    def solve(self, points: Any, limits: SearchLimits) -> dict[str, Result]:
        self.asked += [Early(each, limits) for each in points]
        return {each.name: Result(each.name, None) for each in points}


@pytest.fixture(scope="module")
def district() -> tuple[Scenario, Plan]:
    scenario = read_scenario(DISTRICT)
    return scenario, plan(scenario, SearchLimits(gap=0.01, polish=False), inline=True).plan


def ensure_handed_over(early: Sequence[Early], asked: Sequence[Early]) -> None:
    """Assert that all that was begun early is asked for, and that what is asked for is handed over."""
    begun, pool = BegunPoints(), Idle()
    begun.begin(pool, early)  # type: ignore[arg-type]  # of a pool only `submit` is used
    taken = {task.name for each in asked for task in begun.taken([each.point], each.limits).values()}
    assert taken == {each.point.name for each in early}


def test_partners_begins_early_just_what_it_asks_later(district: tuple[Scenario, Plan]) -> None:
    scenario, made = district
    partners = [fund.id for fund in scenario.funds if not fund.own]
    runner = Listening()
    subsets = PartnerSubsets(Inquiry(scenario, made, runner, LIMITS))
    subsets.solve(all_subsets(partners))
    early = begun_early(scenario, partners, LIMITS)
    assert len(early) == 2 ** len(partners) - 1
    ensure_handed_over(
        [each for each in early if each.point.name in {one.point.name for one in runner.asked}], runner.asked
    )
    assert {each.point.name for each in runner.asked} <= {each.point.name for each in early}


def test_rules_begins_early_just_what_it_asks_later(district: tuple[Scenario, Plan]) -> None:
    scenario, made = district
    inquiry = Inquiry(scenario, made, Listening(), LIMITS)
    rule_prices(inquiry)
    fairness(inquiry)
    early = [*fairness_module.begun_early(scenario, "agency", LIMITS), *prices_module.begun_early(scenario, LIMITS)]
    assert len(early) == len(scenario.rules) + 2
    ensure_handed_over(early, cast(Listening, inquiry.runner).asked)


def test_both_ends_of_the_price_of_fairness_are_begun_while_rules_are_priced(
    district: tuple[Scenario, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario, made = district
    begun: list[str] = []
    monkeypatch.setattr(Listening, "begin", lambda self, early: begun.extend(each.point.name for each in early))
    source = Source(read_located(str(DISTRICT)), str(DISTRICT))
    question.prepare(source, question.PriceOfRules())(Inquiry(scenario, made, Listening(), LIMITS))
    assert begun == ["fair"]


def test_few_partners_of_a_district_are_begun_early_and_none_of_tiny_scenarios(
    district: tuple[Scenario, Plan],
) -> None:
    assert begins_anywhere(district[0])
    assert not begins_anywhere(SMALL)
    assert not begun_early(district[0], [str(n) for n in range(MOST_EARLY + 1)], LIMITS)
    assert not begun_early(SMALL, [fund.id for fund in SMALL.funds if not fund.own], LIMITS)
