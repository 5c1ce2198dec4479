#!/usr/bin/env bash
# OR-Tools: the same model, "OPTIMAL" by two of its solvers, with different optima.
#
# ModelBuilder takes continuous variables, and solves a model that has them with the solver "SAT" (CP-SAT) without a
# word. CP-SAT looks at whole values of them alone, and yet says OPTIMAL, with a best bound that is no bound of the
# model: the bound of a maximisation lies below a point that SCIP, inside OR-Tools too, finds.
#
#     maximise 2x + y - b   subject to   x + y <= 7.5,   x - y <= 0.7 b,   x, y in [0, 10],   b integer in [0, 5]
#
# Seen with Python 3.12 on Linux x86-64 and ortools 9.15.6755:
#
#     SAT OPTIMAL value 10.0 bound 10.0 x 3.0 y 4.0
#     SCIP OPTIMAL value 11.25 bound 11.25 x 3.75 y 3.75
#
# So a model with continuous variables is to be cross-checked with "SCIP", never with "SAT".
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: ortools==9.15.6755 2>pip.log || {
    cat pip.log >&2
    exit 2
}

venv/bin/python - <<'PYTHON'
import sys

from ortools.linear_solver.python import model_builder

found = {}
for name in ("SAT", "SCIP"):
    model = model_builder.Model()
    x = model.new_num_var(0, 10, "x")
    y = model.new_num_var(0, 10, "y")
    b = model.new_int_var(0, 5, "b")
    model.add(x + y <= 7.5)
    model.add(x - y <= 0.7 * b)
    model.maximize(2 * x + y - b)
    solver = model_builder.Solver(name)
    status = solver.solve(model).name
    found[name] = (status, solver.objective_value, solver.best_objective_bound)
    print(name, status, "value", solver.objective_value, "bound", solver.best_objective_bound, end=" ")
    print("x", solver.value(x), "y", solver.value(y))

optimal = all(status == "OPTIMAL" for status, _, _ in found.values())
same = optimal and found["SAT"][2] < found["SCIP"][1] - 1e-6
print("as described" if same else "the behaviour has changed")
sys.exit(0 if same else 1)
PYTHON
