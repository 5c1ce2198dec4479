"""What runs in a process of its own; it prints what it finds while it searches, a line of JSON each.

    python -m benchmarks.peers.child PROGRAM FOLDER SECONDS GAP

PROGRAM is one of PROGRAMS or the name of a library in WRITINGS. FOLDER has the case; `prepare` adds the rest.
"""

from __future__ import annotations

import json
import math
import pickle
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks.peers.cases import Case
from benchmarks.peers.writings import WRITINGS, Matrix

CASE, MODEL, MATRIX = "case.pickle", "model.mps", "matrix.pickle"
"""The files in the folder of a case."""

NEWS: Final = 1e-8
"""Relative change from which a value is printed again."""


class Voice:
    """Prints points, with the seconds since it was made, and facts."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.said: tuple[float | None, float | None] = (None, None)

    def seconds(self) -> float:
        """Time since the start [s]."""
        return time.perf_counter() - self.began

    def point(self, best: float | None, bound: float | None, *, last: bool = False) -> None:
        """Print best and bound where one has changed, and in any case at the `last`."""
        now = tuple(n if n is not None and math.isfinite(n) and abs(n) < 1e19 else None for n in (best, bound))
        if last or any(_changed(old, new) for old, new in zip(self.said, now, strict=True)):
            self.said = (now[0], now[1])
            print(json.dumps({"seconds": self.seconds(), "best": now[0], "bound": now[1]}), flush=True)

    def facts(self, **facts: float) -> None:
        """Print figures about the run."""
        print(json.dumps({"facts": facts}), flush=True)


def _changed(old: float | None, new: float | None) -> bool:
    return new is not None and (old is None or abs(new - old) > NEWS * max(1.0, abs(new)))


def case_in(folder: Path) -> Case:
    """The case of a folder."""
    case = pickle.loads((folder / CASE).read_bytes())
    assert isinstance(case, Case)
    return case


def prepare(folder: Path, seconds: float, gap: float) -> None:
    """Write the model as MPS and as a matrix; say its size and what its minimum means."""
    from planner.model.build import build
    from planner.model.model_files import mps_lines, plain_problem, sign

    model = build(case_in(folder).scenario())
    plain = plain_problem(model.problem)
    (folder / MODEL).write_text("".join(f"{line}\n" for line in mps_lines(plain, "peers")), encoding="ascii")
    matrix = Matrix.read(folder / MODEL)
    (folder / MATRIX).write_bytes(pickle.dumps(matrix))
    Voice().facts(
        factor=sign(model.problem) * model.goals[0].scale,
        columns=len(matrix.cost),
        whole=int(matrix.whole.sum()),
        rows=len(plain.rows),
        coefficients=sum(len(family.factors) for family in matrix.families),
    )


def planner(folder: Path, seconds: float, gap: float) -> None:
    """Our own way to a plan, from the scenario: searched, paid, proven in exact arithmetic and checked, in this one
    process."""
    from planner.model.build import build
    from planner.model.model_files import sign
    from planner.planning import SearchLimits, plan
    from planner.solve import highs_run  # noqa: F401  # loads HiGHS before the clock starts
    from planner.solve.guided import matrix  # noqa: F401  # as well
    from planner.solve.outcome import Stage

    scenario = case_in(folder).scenario()
    model = build(case_in(folder).scenario())  # only for the factor; the plan builds its own
    factor, voice = sign(model.problem) / model.goals[0].scale, Voice()

    def progress(now: Any) -> None:
        if now.stage is Stage.GAPS_CLOSED:
            voice.point(*(None if n is None else factor * n for n in (now.best, now.bound)))

    found = plan(scenario, SearchLimits(gap=gap, time_limit=seconds), progress=progress, inline=True).plan
    [bounds], [level] = found.bounds, found.objective
    known = bounds.nearest(upper=True)
    voice.point(factor * float(level.value), None if known is None else factor * known, last=True)


def relaxation(folder: Path, seconds: float, gap: float) -> None:
    """Our own way to the relaxation: build the model from the scenario, move it to HiGHS, solve."""
    from planner.highs.checked import CheckedHighs
    from planner.model.build import build
    from planner.model.model_files import sign

    scenario, voice = case_in(folder).scenario(), Voice()
    problem = build(scenario).problem
    built = voice.seconds()
    engine = CheckedHighs(msg=False, solve_relaxation=True)
    engine.createAndConfigureSolver(problem)
    engine.buildSolverModel(problem)
    highs: Any = problem.solverModel
    highs.run()
    value = sign(problem) * highs.getInfo().objective_function_value
    voice.facts(built=built, solved=voice.seconds() - built, value=value)


def highs(folder: Path, seconds: float, gap: float) -> None:
    """HiGHS alone, by its own defaults in one thread."""
    import highspy

    solver: Any = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    voice = Voice()
    solver.readModel(str(folder / MODEL))
    voice.facts(prepared=voice.seconds())
    options = {"parallel": "off", "mip_rel_gap": gap, "time_limit": max(0.1, seconds - voice.seconds())}
    for name, value in options.items():
        solver.setOptionValue(name, value)

    def heard(kind: Any, message: str, out: Any, asked: Any, data: Any) -> None:
        voice.point(out.mip_primal_bound, out.mip_dual_bound)

    solver.setCallback(heard, None)
    for kind in (highspy.cb.HighsCallbackType.kCallbackMipInterrupt, highspy.cb.HighsCallbackType.kCallbackMipLogging):
        solver.startCallback(kind)
    solver.run()
    info = solver.getInfo()
    voice.point(
        info.objective_function_value if info.primal_solution_status == 2 else None, info.mip_dual_bound, last=True
    )


def scip(folder: Path, seconds: float, gap: float) -> None:
    """SCIP alone."""
    import pyscipopt
    from pyscipopt.scip import PY_SCIP_EVENTTYPE as KINDS

    model, voice = pyscipopt.Model(), Voice()

    class Watch(pyscipopt.Eventhdlr):
        """Prints the bounds when a node or a relaxation is solved, or a plan found."""

        def eventinit(self) -> None:
            for kind in (KINDS.BESTSOLFOUND, KINDS.NODESOLVED, KINDS.LPSOLVED):
                self.model.catchEvent(kind, self)

        def eventexec(self, event: object) -> None:
            voice.point(self.model.getPrimalbound(), self.model.getDualbound())

    model.hideOutput()
    model.readProblem(str(folder / MODEL))
    voice.facts(prepared=voice.seconds())
    model.setParam("limits/gap", gap)
    model.setParam("limits/time", max(0.1, seconds - voice.seconds()))
    model.includeEventhdlr(Watch(), "watch", "prints the bounds")
    model.optimize()
    voice.point(model.getPrimalbound(), model.getDualbound(), last=True)


def cp_sat(folder: Path, seconds: float, gap: float) -> None:
    """CP-SAT through OR-Tools' model builder, by one worker; its log says what it finds while it searches."""
    from ortools.linear_solver.python import model_builder

    model, voice = model_builder.Model(), Voice()  # type: ignore[no-untyped-call]  # OR-Tools leaves it untyped
    model.import_from_mps_file(str(folder / MODEL))
    voice.facts(prepared=voice.seconds())
    solver = model_builder.Solver("sat")
    solver.enable_output(True)
    solver.set_time_limit_in_seconds(max(0.1, seconds - voice.seconds()))
    solver.set_solver_specific_parameters(f"num_workers:1 relative_gap_limit:{gap}")
    status = solver.solve(model)
    if status in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
        voice.point(float(solver.objective_value), float(solver.best_objective_bound), last=True)
    elif status == model_builder.SolveStatus.NOT_SOLVED:  # in time
        voice.point(None, None, last=True)
    else:
        sys.exit(f"CP-SAT: {status.name}")


def written(name: str, folder: Path) -> None:
    """The model written by a library, and its relaxation."""
    _, module, write = WRITINGS[name]
    import_module(module)  # not measured
    matrix = pickle.loads((folder / MATRIX).read_bytes())
    voice = Voice()
    solve = write(matrix)
    built = voice.seconds()
    value = solve()
    voice.facts(built=built, solved=voice.seconds() - built, value=value)


PROGRAMS: Final[dict[str, Callable[[Path, float, float], None]]] = {
    "prepare": prepare,
    "planner": planner,
    "relaxation": relaxation,
    "highs": highs,
    "scip": scip,
    "cp-sat": cp_sat,
}
"""program(folder, seconds, gap)"""


def main() -> None:
    """Run the program that is asked for."""
    name, folder, seconds, gap = sys.argv[1:]
    if name in WRITINGS:
        written(name, Path(folder))
    else:
        PROGRAMS[name](Path(folder), float(seconds), float(gap))


if __name__ == "__main__":
    main()
