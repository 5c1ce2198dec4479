"""Time of building a model, moving it to HiGHS and solving its relaxation, as ratios within one run."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Any, Final

from benchmarks.sizes import scenario_of
from planner.domain.scenario import Scenario
from planner.highs.checked import CheckedHighs
from planner.model.build import build

SIZE: Final = (1000, 60, 150, 10, 8)
"""Groups, competencies, programmes, funds, gaps a group."""

RUNS: Final = 2


def of_the_matrix() -> None:
    """Print build : load : relaxation, in processor time: the shortest of RUNS each."""
    scenario = scenario_of(*SIZE)
    built, loaded, solved = map(min, zip(*(_times(scenario) for _ in range(RUNS)), strict=True))
    name = " x ".join(str(n) for n in SIZE[:4])
    print(f"{f'build {name}, in processor time':<64}{built:>9.2f} s{built / solved:>9.2f} relaxations", flush=True)
    print(f"{'load it into HiGHS':<64}{loaded:>9.2f} s{loaded / solved:>9.2f} relaxations", flush=True)
    print(f"{'solve its relaxation':<64}{solved:>9.2f} s{1:>9.2f} relaxations", flush=True)


def _times(scenario: Scenario) -> list[float]:
    """Processor time of building, loading and solving the relaxation [seconds]."""
    clock = [time.process_time()]
    problem = build(scenario).problem
    clock.append(time.process_time())
    engine = CheckedHighs(msg=False, solve_relaxation=True)
    engine.createAndConfigureSolver(problem)
    engine.buildSolverModel(problem)
    clock.append(time.process_time())
    highs: Any = problem.solverModel
    highs.run()
    clock.append(time.process_time())
    return [after - before for before, after in pairwise(clock)]
