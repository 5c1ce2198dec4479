"""Time of exact proofs beside the searches that they follow, and the size up to which they finish."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import pairwise
from typing import Final

from benchmarks.sizes import scenario_of
from planner.domain.scenario import Scenario
from planner.drafting.attempts import Attempts
from planner.proof.dual_bound import Bounder
from planner.proof.formulation import formulate
from planner.proof.relaxation import Relaxation
from planner.solve.job import Job
from planner.solve.outcome import SearchLimits

LIMIT: Final = 120.0
"""Time for each search and its proof together [seconds]."""

SIZES: Final = (
    (10, 8, 6, 3, 3, 1),
    (10, 8, 6, 3, 3, 4),
    (20, 12, 10, 4, 4, 1),
    (20, 12, 10, 4, 4, 4),
    (40, 20, 20, 5, 5, 1),
    (40, 20, 20, 5, 5, 4),
    (60, 20, 30, 6, 5, 1),
    (60, 20, 30, 6, 5, 4),
    (100, 30, 40, 6, 5, 1),
    (100, 30, 40, 6, 5, 4),
    (200, 40, 60, 8, 5, 1),
)
"""Groups, competencies, programmes, funds, gaps a group, periods."""


def of_proofs(jambi: Scenario) -> None:
    """Print the times of exact bounds, and of proofs beside searches."""
    print("exact bound: writing the scenario down, the relaxation, and the bound of its duals, in seconds")
    for name, scenario in (("jambi-2027", jambi), ("1000 x 60 x 150 x 10", scenario_of(1000, 60, 150, 10, 5))):
        _of_bound(name, scenario)
    print("search and proof to 0.01%, in seconds; limit 120 s for both")
    for scenario in (jambi, *(scenario_of(*size) for size in SIZES)):
        _of_proof(scenario)


def _of_bound(name: str, scenario: Scenario) -> None:
    clock = [time.perf_counter()]
    formulation = formulate(scenario)
    clock.append(time.perf_counter())
    bounder = Bounder(formulation.model, formulation.goals[0])
    relaxation = Relaxation(formulation.model, formulation.goals[0])
    clock.append(time.perf_counter())
    hint = relaxation.solve()
    clock.append(time.perf_counter())
    assert hint.duals is not None
    bound = bounder.bound(hint.duals, formulation.model.lower, formulation.model.upper).value
    clock.append(time.perf_counter())
    written, loaded, solved, bounded = (after - before for before, after in pairwise(clock))
    rows, columns, coefficients = formulation.model.size
    print(
        f"  {name:<22}{columns:>6} columns {rows:>6} rows {coefficients:>7} coefficients: written {written:.2f}, "
        f"loaded {loaded:.2f}, relaxation {solved:.2f}, bound {bounded:.3f}; "
        f"{float(bound) / hint.value - 1:.0e} above the float",
        flush=True,
    )


def _of_proof(scenario: Scenario) -> None:
    """Time the search of the engine, and the proof of its plan."""
    job = Job(scenario, SearchLimits(time_limit=LIMIT))
    attempts, began = Attempts(job, inline=True), time.perf_counter()
    draft = attempts.draft(attempts.solution(job))
    searched = time.perf_counter()
    proof = attempts.proof(draft.worth)
    proven = time.perf_counter()
    value, bound = draft.values[0], proof.bounds[0]
    assert bound is not None
    gap = float(abs(bound - value) / max(Fraction(1), abs(value)))
    better = ", and it has found a better plan" if proof.better is not None else ""
    print(
        f"  {scenario.id:<20}search {searched - began:>7.2f}   proof {proven - searched:>6.2f}   "
        f"within {gap:.4%}{better}",
        flush=True,
    )
