#!/usr/bin/env bash
# PuLP tells the value of CBC's plan as the best bound, and a gap of 0, where CBC stopped at a gap.
#
# A knapsack of 40 integers is solved by CBC through PuLP with gapRel 0.05. CBC stops at once within 5%, and its log
# says so: "Lower bound: -12186.1", "Gap: 0.0360358". The statistics that PuLP returns say best_bound 11747, the plan's
# own value, and a gap of 0: as if nothing better could exist. (Better plans do: HiGHS finds 12173.)
#
# Seen with Python 3.12 on Linux x86-64, PuLP 4.2.0, cbcbox 2.929 and highspy 1.16.0:
#
#     PuLP value 11747.0 best_bound 11747.0
#     CBC's log: Lower bound: -12186.1
#     HiGHS value 12173.0
#
# The bound of a run of CBC that stopped at a gap has to be read from its log.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    "pulp[highs,cbc]==4.2.0" cbcbox==2.929 highspy==1.16.0 2>pip.log || {
    cat pip.log >&2
    exit 2
}

venv/bin/python - <<'PYTHON'
import random
import re
import sys

import pulp

dice = random.Random(3)
weights = [dice.randint(300, 900) for _ in range(40)]
values = [weight + dice.randint(-60, 60) for weight in weights]


def knapsack():
    problem = pulp.LpProblem("knapsack", pulp.LpMaximize)
    taken = [problem.add_variable(f"x{n}", 0, 3, pulp.LpInteger) for n in range(40)]
    problem.setObjective(pulp.lpSum(v * x for v, x in zip(values, taken)))
    problem.addConstraint(pulp.lpSum(w * x for w, x in zip(weights, taken)) <= 11111)
    return problem


within = knapsack()
said = within.solve(pulp.COIN_CMD(msg=False, gapRel=0.05, logPath="cbc.log"))
value = pulp.value(within.objective)
bound = -float(re.search(r"^Lower bound:\s+(\S+)", open("cbc.log").read(), re.MULTILINE)[1])
best = knapsack()
best.solve(pulp.HiGHS(msg=False))
better = pulp.value(best.objective)
print("PuLP value", value, "best_bound", said.best_bound)
print("CBC's log: Lower bound:", -bound)
print("HiGHS value", better)
same = said.best_bound == value and bound > value + 1 and better > value + 1
print("as described" if same else "the behaviour has changed")
sys.exit(0 if same else 1)
PYTHON
