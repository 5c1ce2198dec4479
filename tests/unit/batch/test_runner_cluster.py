"""A runner on a Dask cluster: a real scheduler and two worker processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from planner.analysis.scenarios.variants import at_least_people, with_amounts, with_rules
from planner.batch import cluster as cluster_module
from planner.batch.batch_progress import BatchProgress
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.errors import InputError, SolverError
from planner.locale import speaking
from planner.planning import SearchLimits
from planner.plans.plan import Status
from tests.scenarios import builders
from tests.unit.analysis.slow_question import HARD
from tests.unit.solve.processes import until

distributed = pytest.importorskip("distributed")

SMALL = builders.scenario()
FUND = SMALL.funds[0]
POINTS = [Point(str(part), with_amounts(SMALL, {FUND.id: FUND.amount * part // 4})) for part in range(5)]
IMPOSSIBLE = Point(
    "mustahil", with_rules(SMALL, at_least_people("terlalu banyak", SMALL.groups[0].id, SMALL.programmes[0].id, 10**6))
)
SLOW = Point("lambat", Scenario.model_validate(HARD))
LIMITS = SearchLimits(time_limit=60)

Cluster = Any

LEAN = "from planner.processes.lean import without_unused_solvers; without_unused_solvers()"
"""What workers run at their start, so that they load no more than on a machine without other solvers."""


def started() -> Any:
    return distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", preload=[LEAN]
    )


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with started() as made:
        yield made


def workers(cluster: Cluster) -> list[int]:
    """Process ids of the workers."""
    return [nanny.pid for nanny in cluster.workers.values()]


def busy(cluster: Cluster) -> list[int]:
    """Process ids of the workers that have a point."""
    having = {task.processing_on.address for task in list(cluster.scheduler.tasks.values()) if task.processing_on}
    return [nanny.pid for nanny in cluster.workers.values() if nanny.worker_address in having]


def statuses(results: dict[str, Result]) -> dict[str, Status | None]:
    return {name: result.status for name, result in results.items()}


def test_plans_made_on_a_cluster_are_those_made_here_in_the_order_asked_for(cluster: Cluster) -> None:
    here = BatchRunner().solve([IMPOSSIBLE, *POINTS], LIMITS)
    heard: list[BatchProgress] = []
    with BatchRunner(progress=heard.append, cluster=cluster.scheduler_address) as runner, speaking("en"):
        there = runner.solve([IMPOSSIBLE, *POINTS], LIMITS)
    assert list(there) == list(here)
    assert statuses(there) == statuses(here)
    for point in POINTS:
        made, wanted = there[point.name].plan, here[point.name].plan
        assert made is not None
        assert wanted is not None
        assert made.decisions(point.scenario) == wanted.decisions(point.scenario)
    assert "Change at least one of them." in there["mustahil"].message, "the language goes along"
    assert [news.done for news in heard] == list(range(7))


def test_a_worker_of_a_cluster_that_is_killed_costs_no_point(cluster: Cluster) -> None:
    killed: list[int] = []

    def kill_one(news: BatchProgress) -> None:
        if news.done == 2 and not killed:
            killed.append(workers(cluster)[0])
            os.kill(killed[0], signal.SIGKILL)

    with BatchRunner(progress=kill_one, cluster=cluster.scheduler_address) as runner:
        results = runner.solve(POINTS, LIMITS)
    assert killed
    assert set(statuses(results).values()) == {Status.OPTIMAL}


def test_a_point_whose_workers_are_killed_again_and_again_fails_and_no_other(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    submit = cluster_module.Cluster.submit
    killed: list[int] = []

    def submit_and_kill(pool: cluster_module.Cluster, point: Point, *rest: Any) -> Any:
        future = submit(pool, point, *rest)
        if point is SLOW:
            assert until(lambda: busy(cluster) != [])
            killed.extend(busy(cluster))
            os.kill(killed[0], signal.SIGKILL)
        return future

    monkeypatch.setattr(cluster_module.Cluster, "submit", submit_and_kill)
    with BatchRunner(jobs=1, cluster=cluster.scheduler_address) as runner, speaking("en"):
        results = runner.solve([SLOW, *POINTS], LIMITS)
    assert killed
    assert results[SLOW.name].status == Status.WORKER_LOST
    assert "ended" in results[SLOW.name].message
    assert {results[point.name].status for point in POINTS} == {Status.OPTIMAL}


def test_workers_with_another_version_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "VERSION", "0.0.0")
    with speaking("en"), pytest.raises(InputError, match=r"another version of planner: \d"), _runner(cluster):
        pass


def _runner(cluster: Cluster) -> BatchRunner:
    return BatchRunner(cluster=cluster.scheduler_address)


def test_a_cluster_that_goes_away_ends_the_question() -> None:
    going = distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=":0")

    def close(news: BatchProgress) -> None:
        if news.done == 1:
            going.close()

    with speaking("en"), _runner(going) as runner:
        runner.progress = close
        with pytest.raises(SolverError, match="no longer answers"):
            runner.solve(POINTS, LIMITS)


def test_a_cluster_without_workers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 1.0)
    with (
        distributed.LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty,
        speaking("en"),
        pytest.raises(InputError, match="no workers"),
        _runner(empty),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "bukan alamat", "bogus://127.0.0.1:1"])
def test_an_address_without_a_cluster_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 0.5)
    with speaking("en"), pytest.raises(InputError, match="does not answer") as refused, BatchRunner(cluster=address):
        pass
    assert refused.value.problems[0].file == address


def test_a_cluster_without_dask_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        speaking("en"),
        pytest.raises(InputError, match=r"pip install 'planner\[cluster\]'"),
        BatchRunner(cluster="tcp://x:1"),
    ):
        pass
