#!/usr/bin/env bash
# PuLP lists the coefficients of a problem in a time that grows with the square of the length of a row.
#
# One row over n variables is made, and `LpProblem.coefficients()` is read once; then the same numbers are read row by
# row with `LpConstraint.items()`. Four times the variables take about 16 times as long in the first way, and about 4
# times in the second. A row of 8,000 variables took 162 s in the first way and 0.06 s in the second.
#
# Seen with Python 3.12 on Linux x86-64 and PuLP 4.2.0:
#
#     coefficients(): more than 8 times as long for 4 times the variables
#     items() of rows: at least 10 times as fast
#
# A budget row over all participants of a province has tens of thousands of variables: read rows, not coefficients.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: pulp==4.2.0 numpy==2.5.5 2>pip.log || {
    cat pip.log >&2
    exit 2
}

cat >measure.py <<'PYTHON'
import time

import pulp


def problem(variables):
    made = pulp.LpProblem("row")
    terms = [(made.add_variable(f"x{n}", 0, 1), 1.0) for n in range(variables)]
    made.addConstraint(pulp.LpAffineExpression.from_list(terms) <= 1, "row")
    return made


def shortest(read, variables):
    times = []
    for _ in range(3):
        made = problem(variables)
        began = time.process_time()
        assert read(made) == variables
        times.append(time.process_time() - began)
    return min(times)


def listed(made):
    return len(list(made.coefficients()))


def by_row(made):
    return sum(len(row.items()) for row in made.constraints())


few, many = shortest(listed, 500), shortest(listed, 2000)
print("coefficients(): " + ("more" if many > 8 * few else "no more") + " than 8 times as long for 4 times the variables")
print("items() of rows: " + ("at least" if many > 10 * shortest(by_row, 2000) else "less than") + " 10 times as fast")
PYTHON
venv/bin/python measure.py | tee seen

expected='coefficients(): more than 8 times as long for 4 times the variables
items() of rows: at least 10 times as fast'
if [ "$(cat seen)" = "$expected" ]; then
    echo "as described"
else
    echo "the behaviour has changed"
    exit 1
fi
