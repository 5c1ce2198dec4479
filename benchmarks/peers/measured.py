"""What is measured of one case: the searches of all solvers, and the relaxation as each library writes it."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pulp

from benchmarks.machine import installed
from benchmarks.peers.cases import Case
from benchmarks.peers.child import CASE, MODEL
from benchmarks.peers.running import follow, hear_cbc, hear_cp_sat, of_child
from benchmarks.peers.traces import GAPS, Run
from benchmarks.peers.writings import WRITINGS

OURS: Final = "planner"

PACKAGES: Final = {"HiGHS": "highspy", "CBC": "cbcbox", "SCIP": "pyscipopt", "CP-SAT": "ortools"} | {
    name: package for name, (package, _, _) in WRITINGS.items()
}
"""The package that each peer comes in."""

Solving = Callable[[Path, float], Run]


def _by_cbc(folder: Path, seconds: float) -> Run:
    program = pulp.COIN_CMD().path  # type: ignore[no-untyped-call]  # PuLP leaves it untyped
    options = ["-ratio", str(GAPS[-1]), "-sec", str(seconds), "-solve"]
    return follow("CBC", [str(program), str(folder / MODEL), *options], seconds, hear_cbc)


def _by_planner(folder: Path, seconds: float) -> Run:
    """Search for each gap by itself: unlike the others, the product takes another road for each."""
    runs = {gap: of_child(OURS, "planner", folder, seconds, gap) for gap in GAPS}
    found = runs[GAPS[-1]]
    found.asked = {gap: run.reached(gap) for gap, run in runs.items()}
    return found


SOLVERS: Final[dict[str, Solving]] = {
    OURS: _by_planner,
    "HiGHS": lambda folder, seconds: of_child("HiGHS", "highs", folder, seconds, GAPS[-1]),
    "CBC": _by_cbc,
    "SCIP": lambda folder, seconds: of_child("SCIP", "scip", folder, seconds, GAPS[-1]),
    "CP-SAT": lambda folder, seconds: of_child("CP-SAT", "cp-sat", folder, seconds, GAPS[-1], hear_cp_sat),
}
"""By name; each searches the model in a folder for so many seconds, asked for the smallest of GAPS."""


@dataclass
class Measured:
    """One case and what was measured of it."""

    case: Case
    size: dict[str, float]
    """Columns, whole ones, rows, coefficients, and the factor from a minimum to gaps closed."""
    searches: list[Run] = field(default_factory=list)
    relaxations: list[Run] = field(default_factory=list)
    """Each with `built` and `solved` [s] and `value`; the first is our own, from the scenario."""


def missing(name: str) -> bool:
    """Whether a peer is not installed here."""
    return name != OURS and installed(PACKAGES[name]) is None


def measured(case: Case, seconds: float, solvers: list[str], libraries: list[str]) -> Measured:
    """Measure one case by these solvers and libraries; who is not installed is listed as such."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / CASE).write_bytes(pickle.dumps(case))
        found = Measured(case, _told(of_child("prepare", "prepare", folder, 10 * seconds, 0)).facts)
        for solver in solvers:
            absent = Run(solver, failed="not installed")
            found.searches.append(absent if missing(solver) else _told(SOLVERS[solver](folder, seconds)))
        for library in (OURS, *libraries):
            absent = Run(library, failed="not installed")
            program = "relaxation" if library == OURS else library
            found.relaxations.append(
                absent if missing(library) else _told(of_child(library, program, folder, 3 * seconds, 0))
            )
    return found


def _told(run: Run) -> Run:
    """`run`, after a line about it on standard output."""
    ends = run.last
    print(f"    {run.name:<18}{ends.seconds:>8.1f} s  best {ends.best}  bound {ends.bound}  {run.failed}", flush=True)
    return run
