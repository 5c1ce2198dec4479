#!/usr/bin/env bash
# Stating the lower bound 0 of an integer column in an MPS file changes the optimum; and not for every reader.
#
# The file below maximises an integer x <= 7 (it minimises -x). Where its BOUNDS section says nothing of x, all five
# readers take it for a 0/1 column: the optimum is -1. With the line `LO BND x 0`, which only says what is true
# anyway, HiGHS, CBC, SCIP and OR-Tools take away the upper bound: -7. GLPK keeps it at 1: -1. With `PL BND x` (no
# upper bound) all five say -7. None of them warns.
#
# Seen with Python 3.12 on Linux x86-64, highspy 1.16.0, cbcbox 2.929, PySCIPOpt 6.3.0, swiglpk 5.0.13 (GLPK 5.0) and
# ortools 9.15.6755:
#
#     no line      HiGHS -1.0 CBC -1.0 SCIP -1.0 GLPK -1.0 OR-Tools -1.0
#     LO BND x 0   HiGHS -7.0 CBC -7.0 SCIP -7.0 GLPK -1.0 OR-Tools -7.0
#     PL BND x     HiGHS -7.0 CBC -7.0 SCIP -7.0 GLPK -7.0 OR-Tools -7.0
#
# A file that all five read alike states both bounds of every integer column.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    highspy==1.16.0 cbcbox==2.929 pyscipopt==6.3.0 swiglpk==5.0.13 ortools==9.15.6755 2>pip.log || {
    cat pip.log >&2
    exit 2
}

venv/bin/python - <<'PYTHON'
import pathlib
import subprocess
import sys

import cbcbox
import highspy
import pyscipopt
import swiglpk as glpk
from ortools.linear_solver.python import model_builder

FILE = """NAME model FREE
ROWS
 N OBJ
 L row
COLUMNS
 MARKER 'MARKER' 'INTORG'
 x OBJ -1
 x row 1
 MARKER 'MARKER' 'INTEND'
RHS
 RHS row 7
{bounds}ENDATA
"""
BOUNDS = {"no line": "", "LO BND x 0": "BOUNDS\n LO BND x 0\n", "PL BND x": "BOUNDS\n PL BND x\n"}


def by_highs():
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.readModel("model.mps")
    highs.run()
    return highs.getInfo().objective_function_value


def by_cbc():
    pathlib.Path("cbc.txt").unlink(missing_ok=True)  # CBC adds to a solution file that exists
    cbc = [cbcbox.cbc_bin_path(), "model.mps", "-solve", "-solution", "cbc.txt"]
    subprocess.run(cbc, check=True, stdout=subprocess.DEVNULL)
    return float(open("cbc.txt").readline().split()[-1])


def by_scip():
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.readProblem("model.mps")
    scip.optimize()
    return scip.getObjVal()


def by_glpk():
    glpk.glp_term_out(glpk.GLP_OFF)
    problem = glpk.glp_create_prob()
    glpk.glp_read_mps(problem, glpk.GLP_MPS_FILE, None, "model.mps")
    options = glpk.glp_iocp()
    glpk.glp_init_iocp(options)
    options.presolve = glpk.GLP_ON
    glpk.glp_intopt(problem, options)
    return glpk.glp_mip_obj_val(problem)


def by_ortools():
    model = model_builder.Model()
    model.import_from_mps_file("model.mps")
    solver = model_builder.Solver("SCIP")
    solver.solve(model)
    return solver.objective_value


READERS = {"HiGHS": by_highs, "CBC": by_cbc, "SCIP": by_scip, "GLPK": by_glpk, "OR-Tools": by_ortools}
EXPECTED = {"no line": [-1] * 5, "LO BND x 0": [-7, -7, -7, -1, -7], "PL BND x": [-7] * 5}
same = True
for name, bounds in BOUNDS.items():
    open("model.mps", "w").write(FILE.format(bounds=bounds))
    found = [read() for read in READERS.values()]
    print(f"{name:12}", *(f"{reader} {value}" for reader, value in zip(READERS, found)))
    same = same and all(abs(a - b) < 1e-6 for a, b in zip(found, EXPECTED[name]))
print("as described" if same else "the behaviour has changed")
sys.exit(0 if same else 1)
PYTHON
