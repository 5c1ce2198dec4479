"""What is said of work that broke: memory was missing, or an error and its words; never a name and a colon alone."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from planner.batch.batch import failed
from planner.batch.points import Point, solve_point
from planner.domain.scenario import Scenario
from planner.errors import SolverError, kind_and_words, unforeseen
from planner.locale import speaking
from planner.planning import SearchLimits, plan
from planner.solve import answering, worker_process
from planner.solve.job import Job
from planner.solve.worker import Broke, Order
from tests.scenarios.hand import costing, scenario

SMALL = Scenario.model_validate(scenario(programmes=costing("participant", 3), funds={"amount": 17}))


@pytest.fixture(params=[MemoryError(), RuntimeError()], ids=["memory", "without words"])
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> BaseException:
    """Engines that break at once, with an error that has no words."""
    error: BaseException = request.param

    def breaks(*_args: Any) -> Any:
        raise error

    monkeypatch.setattr(answering, "answer", breaks)
    monkeypatch.setattr(worker_process, "answer", breaks)
    return error


def told(message: str, error: BaseException) -> bool:
    """Whether a sentence says what was missing, and is complete."""
    words = "memory" if isinstance(error, MemoryError) else "RuntimeError"
    return words in message and not message.rstrip().endswith(":") and ": )" not in message


def test_a_plan_says_what_its_search_broke_of(broken: BaseException) -> None:
    with speaking("en"), pytest.raises(SolverError) as raised:
        plan(SMALL, inline=True)
    assert told(raised.value.message, broken)


def test_a_worker_tells_what_broke_in_it(broken: BaseException) -> None:
    sent: list[Any] = []

    class Parent:
        def receive(self) -> bytes:
            return pickle.dumps(Order(Job(SMALL, SearchLimits()), "en"))

        def send(self, message: bytes) -> None:
            sent.append(pickle.loads(message))

    worker_process.serve(Parent())  # type: ignore[arg-type]  # only these two are called
    [answer] = sent
    assert isinstance(answer, Broke)
    assert told(answer.reason, broken)


def test_one_of_many_plans_says_so_too(broken: BaseException) -> None:
    point = Point("point", SMALL)
    assert told(solve_point(point, SearchLimits(), "en").message, broken)
    with speaking("en"):
        assert told(failed(point, broken if isinstance(broken, Exception) else RuntimeError()).message, broken)
        assert told(unforeseen(broken).message, broken)


@pytest.mark.parametrize(
    ("error", "said"), [(KeyError("x"), "KeyError: 'x'"), (RuntimeError(), "RuntimeError"), (OSError(""), "OSError")]
)
def test_an_error_is_its_kind_and_its_words(error: BaseException, said: str) -> None:
    assert kind_and_words(error) == said
