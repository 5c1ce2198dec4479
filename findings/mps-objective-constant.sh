#!/usr/bin/env bash
# One MPS file, two optima: the sign of an objective constant.
#
# The file below minimises x over whole x >= 4 and has a right-hand side of 25 for its objective row, which is how MPS
# writes a constant of the objective. HiGHS, CBC, SCIP and OR-Tools subtract it, as CPLEX documents it; GLPK adds it,
# and writes it so too. None of the five warns.
#
# Seen with Python 3.12 on Linux x86-64, highspy 1.16.0, cbcbox 2.929, PySCIPOpt 6.3.0, swiglpk 5.0.13 (GLPK 5.0) and
# ortools 9.15.6755:
#
#     HiGHS -21.0
#     CBC -21.0
#     SCIP -21.0
#     GLPK 29.0
#     OR-Tools -21.0
#
# A file that all five read alike has the constant as the factor of a column fixed at 1.
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

cat >model.mps <<'MPS'
NAME model FREE
ROWS
 N OBJ
 G row
COLUMNS
 MARKER 'MARKER' 'INTORG'
 x OBJ 1
 x row 2
 MARKER 'MARKER' 'INTEND'
RHS
 RHS OBJ 25
 RHS row 7
BOUNDS
 LO BND x 0
 UP BND x 100
ENDATA
MPS

venv/bin/python - <<'PYTHON'
import subprocess
import sys

import cbcbox
import highspy
import pyscipopt
import swiglpk as glpk
from ortools.linear_solver.python import model_builder

found = {}

highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
highs.readModel("model.mps")
highs.run()
found["HiGHS"] = highs.getInfo().objective_function_value

cbc = [cbcbox.cbc_bin_path(), "model.mps", "-solve", "-solution", "cbc.txt"]
subprocess.run(cbc, check=True, stdout=subprocess.DEVNULL)
found["CBC"] = float(open("cbc.txt").readline().split()[-1])

scip = pyscipopt.Model()
scip.hideOutput()
scip.readProblem("model.mps")
scip.optimize()
found["SCIP"] = scip.getObjVal()

glpk.glp_term_out(glpk.GLP_OFF)
problem = glpk.glp_create_prob()
glpk.glp_read_mps(problem, glpk.GLP_MPS_FILE, None, "model.mps")
options = glpk.glp_iocp()
glpk.glp_init_iocp(options)
options.presolve = glpk.GLP_ON
glpk.glp_intopt(problem, options)
found["GLPK"] = glpk.glp_mip_obj_val(problem)

model = model_builder.Model()
model.import_from_mps_file("model.mps")
solver = model_builder.Solver("SCIP")
solver.solve(model)
found["OR-Tools"] = solver.objective_value

for name, value in found.items():
    print(name, value)
expected = {"HiGHS": -21, "CBC": -21, "SCIP": -21, "GLPK": 29, "OR-Tools": -21}
same = all(abs(found[name] - value) < 1e-6 for name, value in expected.items())
print("as described" if same else "the behaviour has changed")
sys.exit(0 if same else 1)
PYTHON
