#!/usr/bin/env bash
# CBC adds to a solution file that exists: who reads its first line reads the optimum of an earlier model.
#
# Two models are solved one after the other with `-solution answer.txt`. The file then holds both answers, the earlier
# one first, each with its own line "Optimal - objective value". CBC does not say that the file was there.
#
# Seen with Python 3.12 on Linux x86-64 and cbcbox 2.929 (CBC "Devel"):
#
#     after the first model   Optimal - objective value -1.00000000
#     after the second        Optimal - objective value -1.00000000 | Optimal - objective value -7.00000000
#
# A solution file has to be removed before each run.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: cbcbox==2.929 2>pip.log || {
    cat pip.log >&2
    exit 2
}

cbc=$(venv/bin/python -c "import cbcbox; print(cbcbox.cbc_bin_path())")
for most in 1 7; do
    cat >model.mps <<MPS
NAME model FREE
ROWS
 N OBJ
 L row
COLUMNS
 x OBJ -1
 x row 1
RHS
 RHS row $most
BOUNDS
 LO BND x 0
 UP BND x 100
ENDATA
MPS
    "$cbc" model.mps -solve -solution answer.txt >/dev/null
    grep "objective value" answer.txt | paste -sd '|' | sed 's/|/ | /'
done | tee seen

expected='Optimal - objective value -1.00000000
Optimal - objective value -1.00000000 | Optimal - objective value -7.00000000'
if [ "$(cat seen)" = "$expected" ]; then
    echo "as described"
else
    echo "the behaviour has changed"
    exit 1
fi
