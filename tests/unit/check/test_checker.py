"""The map of the check: what it leaves as it found it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from planner.check import check_plan
from planner.check.checker import without_collection
from planner.domain.scenario import Scenario
from tests.oracle.generate import tiny_scenarios


@pytest.fixture
def collecting() -> Iterator[None]:
    yield
    gc.enable()


@pytest.mark.usefixtures("collecting")
@pytest.mark.parametrize("collects", [True, False])
def test_garbage_is_collected_after_a_check_as_before_it(*, collects: bool) -> None:
    scenario = Scenario.model_validate(tiny_scenarios(3))
    gc.enable() if collects else gc.disable()
    assert not check_plan(scenario, {}).passed
    assert gc.isenabled() is collects
    with pytest.raises(RuntimeError), without_collection():
        raise RuntimeError("collects" if gc.isenabled() else "")
    assert gc.isenabled() is collects
