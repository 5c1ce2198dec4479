"""The steps of planning, each in a process of its own, so that its time and its memory are its own.

    python -m benchmarks.growth.steps STEP FOLDER SECONDS

What a step needs of those before it lies in FOLDER. It prints a line of JSON with its `seconds` and its `processor`
time [s], without the start of Python; a search also with the `gap` that it has reached.
"""

from __future__ import annotations

import csv
import json
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks.sizes import plain_scenario
from planner.check import check_plan
from planner.drafting.attempts import Attempts
from planner.highs.checked import CheckedHighs
from planner.model.build import build
from planner.planning import adopt
from planner.report.documents import write_documents
from planner.scenario_io import read_scenario
from planner.solve.guided import matrix as _loaded  # noqa: F401  # HiGHS is loaded before the clock starts
from planner.solve.job import Job
from planner.solve.outcome import SearchLimits

COMPETENCIES, PROGRAMMES, FUNDS, GAPS = 12, 16, 6, 3
"""What stays the same in all sizes: competencies, programmes, funds, gaps a group."""

GAP: Final = 0.001
"""Relative gap that the search is asked for."""

FILE, SCENARIO, DECISIONS, PLAN = "scenario.yaml", "scenario.pickle", "decisions.pickle", "plan.pickle"


def write(groups: int, folder: Path) -> None:
    """Write the scenario of so many groups, these in a table of their own."""
    plain = plain_scenario(groups, COMPETENCIES, PROGRAMMES, FUNDS, GAPS)
    flat = [
        {name: value for name, value in group.items() if name != "gaps"}
        | {f"gap:{competency}": people for competency, people in group["gaps"].items()}
        for group in plain["groups"]
    ]
    with (folder / "groups.csv").open("w", newline="", encoding="utf-8") as file:
        names = [*list(flat[0])[:-GAPS], *(f"gap:c{number}" for number in range(COMPETENCIES))]
        table = csv.DictWriter(file, names)
        table.writeheader()
        table.writerows(flat)
    plain["groups"] = {"table": "groups.csv"}
    (folder / FILE).write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")


def measured(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What `work` returns, its `seconds`, and those in which this process had a processor."""
    began, worked = time.perf_counter(), time.process_time()
    made = work()
    return made, {"seconds": time.perf_counter() - began, "processor": time.process_time() - worked}


def _kept(folder: Path, name: str) -> Any:
    return pickle.loads((folder / name).read_bytes())


def _keep(folder: Path, name: str, made: object) -> None:
    (folder / name).write_bytes(pickle.dumps(made))


def start(folder: Path, seconds: float) -> dict[str, float]:
    """Nothing: what the program itself takes."""
    return {"seconds": 0.0, "processor": 0.0}


def read(folder: Path, seconds: float) -> dict[str, float]:
    """Read the scenario and its table."""
    scenario, facts = measured(lambda: read_scenario(folder / FILE))
    _keep(folder, SCENARIO, scenario)
    return facts


def make(folder: Path, seconds: float) -> dict[str, float]:
    """Build the model."""
    scenario = _kept(folder, SCENARIO)
    model, facts = measured(lambda: build(scenario))
    return facts | {"columns": model.problem.numVariables()}


def relax(folder: Path, seconds: float) -> dict[str, float]:
    """Move a built model to HiGHS and solve its relaxation."""
    problem = build(_kept(folder, SCENARIO)).problem

    def solve() -> None:
        engine = CheckedHighs(msg=False, solve_relaxation=True)
        engine.createAndConfigureSolver(problem)
        engine.buildSolverModel(problem)
        highs: Any = problem.solverModel
        highs.run()

    return measured(solve)[1]


def search(folder: Path, seconds: float) -> dict[str, float]:
    """Search a plan that single people can attend, all levels, building of the model included."""
    job = Job(_kept(folder, SCENARIO), SearchLimits(gap=GAP, time_limit=seconds))
    solution, facts = measured(lambda: Attempts(job, inline=True).solution(job))
    _keep(folder, DECISIONS, solution.decisions)
    level = solution.levels[0]
    if level.bound is None or level.value is None:
        return facts
    return facts | {"gap": abs(level.bound - level.value) / max(1.0, abs(level.value))}


def pay(folder: Path, seconds: float) -> dict[str, float]:
    """Make the plan of the decisions: payments in whole rupiah, attendance, exact figures, and the check of all."""
    scenario, decisions = _kept(folder, SCENARIO), _kept(folder, DECISIONS)
    plan, facts = measured(lambda: adopt(scenario, decisions))
    _keep(folder, PLAN, plan)
    return facts


def check(folder: Path, seconds: float) -> dict[str, float]:
    """Check the plan anew, as `planner check` does."""
    scenario, plan = _kept(folder, SCENARIO), _kept(folder, PLAN)
    return measured(lambda: check_plan(scenario, plan.to_plain()))[1]


def report(folder: Path, seconds: float) -> dict[str, float]:
    """Write the tables and the report."""
    scenario, plan = _kept(folder, SCENARIO), _kept(folder, PLAN)
    target = folder / "documents"
    target.mkdir()
    return measured(lambda: write_documents(scenario, plan, target))[1]


STEPS: Final[dict[str, Callable[[Path, float], dict[str, float]]]] = {
    "start": start,
    "read": read,
    "build": make,
    "relaxation": relax,
    "search": search,
    "pay": pay,
    "check": check,
    "report": report,
}
"""By name, in the order in which they need each other."""


def main() -> None:
    """Take the step that is asked for."""
    step, folder, seconds = sys.argv[1:]
    print(json.dumps({"facts": STEPS[step](Path(folder), float(seconds))}), flush=True)


if __name__ == "__main__":
    main()
