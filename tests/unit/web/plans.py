"""Plans for tests of the workbench: made once for the whole run of the tests, and stored as often as is needed."""

from __future__ import annotations

import time

from planner.planning import plan
from planner.plans.plan import Plan
from planner.scenario_io import read_located, read_scenario
from planner.store.results import write_results
from planner.web.acting import Actor
from planner.web.plan_run import State
from tests.unit.web.conftest import Desk

SMALL = "/skenario/contoh-kecil.yaml/"
_PLANS: dict[str, Plan] = {}


def over(desk: Desk, name: str = "contoh-kecil.yaml") -> State:
    """The state of a run, once it is over."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        run = desk.bench.runs.latest(name)
        if run is not None and run.state.is_over:
            return run.state
        time.sleep(0.02)
    raise AssertionError("the run did not end")


def store_plan(desk: Desk, name: str) -> Plan:
    """Store the plan of a scenario, as `planner plan` does; the same scenario is planned once."""
    scenario = read_scenario(desk.folder / name)
    made = _PLANS.setdefault(scenario.sha256, _PLANS.get(scenario.sha256) or plan(scenario, inline=True).plan)
    write_results(scenario, made, desk.results / scenario.id)
    return made


def kept_run(desk: Desk, name: str = "contoh-kecil.yaml", by: str = "Budi") -> str:
    """Store the plan of a scenario and keep it as a run, as the workbench does; return its id."""
    before = set(desk.bench.archive.folders.ids())
    made = store_plan(desk, name)
    desk.bench.archive.keep(name, read_located(desk.folder / name), made, Actor(by))
    (run,) = set(desk.bench.archive.folders.ids()) - before
    return run
