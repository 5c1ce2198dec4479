"""Five readers of model files, each solving what it reads to the end.

reader(file) -> float | None     the optimum, None where the reader finds that there is no point; Refused otherwise
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import highspy
import pulp

SECONDS: Final = 60


class Refused(AssertionError):
    """The reader did not take the file, or did not finish."""


def by_highs(file: Path) -> float | None:
    """The optimum by HiGHS."""
    solver = highs_with(file)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    solver.setOptionValue("time_limit", float(SECONDS))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise Refused(f"HiGHS: {status}")
    return float(solver.getInfo().objective_function_value)


def highs_with(file: Path) -> highspy.Highs:
    """HiGHS with the file read."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    if solver.readModel(str(file)) != highspy.HighsStatus.kOk:
        raise Refused("HiGHS does not read the file without complaint")
    return solver


def by_cbc(file: Path) -> float | None:
    """The optimum by CBC, the program of its own that PuLP calls."""
    answer = file.with_suffix(".cbc.txt")
    answer.unlink(missing_ok=True)  # CBC appends to what is there
    options = ["-ratio", "0", "-allow", "0", "-sec", str(SECONDS), "-solve", "-solution", str(answer)]
    program = pulp.COIN_CMD().path  # type: ignore[no-untyped-call]  # PuLP leaves it untyped
    said = subprocess.run([program, str(file), *options], capture_output=True, text=True, check=True).stdout
    if not answer.exists() or "###" in said or re.search(r"[1-9]\d* errors", said):
        raise Refused(f"CBC: {said}")
    first = answer.read_text().splitlines()[0]
    if first.startswith(("Infeasible", "Integer infeasible")):
        return None
    if found := re.fullmatch(r"Optimal(?: \(within gap tolerance\))? - objective value (\S+)", first):
        return float(found[1])
    raise Refused(f"CBC: {first}")


def by_scip(file: Path) -> float | None:
    """The optimum by SCIP."""
    from pyscipopt import Model

    solver = Model()
    solver.hideOutput()
    try:
        solver.readProblem(str(file))
    except OSError as error:
        raise Refused(str(error)) from None
    solver.setParam("limits/time", SECONDS)
    solver.optimize()
    status = solver.getStatus()
    if status == "infeasible":
        return None
    if status != "optimal":
        raise Refused(f"SCIP: {status}")
    return float(solver.getObjVal())


def by_glpk(file: Path) -> float | None:
    """The optimum by GLPK, told to read MPS in its free form."""
    import swiglpk  # type: ignore[import-untyped]

    swiglpk.glp_term_out(swiglpk.GLP_OFF)
    problem = swiglpk.glp_create_prob()
    try:
        if file.suffix == ".lp":
            refused = swiglpk.glp_read_lp(problem, None, str(file))
        else:
            refused = swiglpk.glp_read_mps(problem, swiglpk.GLP_MPS_FILE, None, str(file))
        if refused:
            raise Refused("GLPK does not read the file")
        options = swiglpk.glp_iocp()
        swiglpk.glp_init_iocp(options)
        options.presolve = swiglpk.GLP_ON
        options.tm_lim = 1000 * SECONDS
        ended = swiglpk.glp_intopt(problem, options)
        status = swiglpk.glp_mip_status(problem)
        if ended == swiglpk.GLP_ENOPFS or status == swiglpk.GLP_NOFEAS:
            return None
        if ended or status != swiglpk.GLP_OPT:
            raise Refused(f"GLPK: ended {ended}, status {status}")
        return float(swiglpk.glp_mip_obj_val(problem))
    finally:
        swiglpk.glp_delete_prob(problem)


def by_ortools(file: Path) -> float | None:
    """The optimum by OR-Tools with the SCIP that it brings: its CP-SAT makes integers of continuous variables."""
    from ortools.linear_solver.python import model_builder

    model = model_builder.Model()  # type: ignore[no-untyped-call]  # OR-Tools leaves it untyped
    read = model.import_from_lp_file if file.suffix == ".lp" else model.import_from_mps_file
    if not read(str(file)):
        raise Refused("OR-Tools does not read the file")
    solver = model_builder.Solver("SCIP")
    solver.set_time_limit_in_seconds(SECONDS)
    status = solver.solve(model)
    if status == model_builder.SolveStatus.INFEASIBLE:
        return None
    if status != model_builder.SolveStatus.OPTIMAL:
        raise Refused(f"OR-Tools: {status}")
    return float(solver.objective_value)


Reader = Callable[[Path], float | None]

READERS: Final[dict[str, Reader]] = {
    "HiGHS": by_highs,
    "CBC": by_cbc,
    "SCIP": by_scip,
    "GLPK": by_glpk,
    "OR-Tools": by_ortools,
}

READERS_OF: Final[dict[str, dict[str, Reader]]] = {
    ".mps": READERS,
    ".lp": {name: reader for name, reader in READERS.items() if name != "OR-Tools"},
}
"""The readers by format. OR-Tools reads an LP format of its own under the same ending, and none of CPLEX's."""


def optima(file: Path) -> dict[str, float | None]:
    """What each reader of the file's format makes of it."""
    return {name: reader(file) for name, reader in READERS_OF[file.suffix].items()}
