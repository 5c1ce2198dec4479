"""The shipped scenarios, each solved once in a test run, whichever worker asks first.

shipped() -> list[str]                          the names of all scenarios in scenarios/
planned(name, folder) -> (Scenario, dict)       the scenario and its plan.json data, kept in `folder`
"""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.scenario_io import read_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
GALLERY = Path(__file__).parents[2] / "reports" / "gallery"

LARGE = ("jambi-", "kabupaten-")
"""How the names of scenarios begin whose plans take long."""

Plain = dict[str, Any]


def shipped() -> list[str]:
    return sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


def planned(name: str, folders: pytest.TempPathFactory, *, more: bool = False) -> tuple[Scenario, Plain]:
    """The scenario and its plan at the default gap. Workers of one run share what has been solved.

    Plans of Jambi and of a district take long and are those of the gallery, of which everything is checked here too;
    `--more` solves them anew.
    """
    scenario = read_scenario(SCENARIOS / f"{name}.yaml")
    tracked = GALLERY / name / "plan.json"
    if name.startswith(LARGE) and not more and tracked.exists():
        stored: Plain = json.loads(tracked.read_text(encoding="utf-8"))
        if stored["scenario"]["sha256"] == scenario.sha256:
            return scenario, stored
    folder = folders.getbasetemp()
    shared = folder.parent if folder.name.startswith("popen-gw") else folder
    kept = shared / f"{name}.{scenario.sha256}.plan.json"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_text(plan(scenario, inline=True).plan.to_json(), encoding="utf-8")
    found: Plain = json.loads(kept.read_text(encoding="utf-8"))
    return scenario, found
