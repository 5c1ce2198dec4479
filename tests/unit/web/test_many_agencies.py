"""A scenario of many agencies is planned in the workbench as on the command line: agency by agency."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.nation_data import plain_nation
from planner import planning
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import Interrupted
from planner.nation.planning import Apart
from planner.scenario_io import read_scenario, write_scenario
from planner.store.results import write_results
from planner.web.plan_run import State
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import over

NAME = "nusantara.yaml"


@pytest.fixture
def apart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Apart]:
    """The scenarios that are planned agency by agency, each stopped there."""
    found: list[Apart] = []

    def answer(asked: Apart) -> Any:
        found.append(asked)
        raise Interrupted("looked at")

    monkeypatch.setattr(Apart, "answer", answer)
    monkeypatch.setattr("planner.nation.planning.is_huge", lambda _scenario: True)
    monkeypatch.setattr("planner.batch.runner.processors", lambda: 2)
    write_scenario(Scenario.model_validate(plain_nation(6, groups=3, own=3)), desk.folder / NAME)
    return found


def test_a_search_that_goes_on_begins_from_the_plan_that_is_stored(desk: Desk, apart: list[Apart]) -> None:
    scenario = read_scenario(desk.folder / NAME)
    group = scenario.groups[0]
    programme = next(p for p in scenario.programmes if p.class_size is None and group in scenario.groups_in(p.for_))
    start = Decisions({(group.id, programme.id, scenario.horizon[0]): 1})
    write_results(scenario, planning.adopt(scenario, start), desk.results / scenario.id)
    desk.post(f"/skenario/{NAME}/cari-lagi", gap="0.001", minutes="1")
    assert over(desk, NAME) is State.STOPPED
    assert [each.start for each in apart] == [start]


def test_many_agencies_are_planned_apart(desk: Desk, apart: list[Apart]) -> None:
    desk.post(f"/skenario/{NAME}/susun")
    assert over(desk, NAME) is State.STOPPED
    assert len(apart) == 1
    assert apart[0].runner.jobs == 2, "on the processors of this machine"
    assert apart[0].kept.folder is not None, "plans of agencies outlive a server that ends"
    assert apart[0].limits == desk.bench.runs.limits
    assert apart[0].start is None
