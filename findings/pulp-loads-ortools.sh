#!/usr/bin/env bash
# `import pulp` loads OR-Tools wherever that is installed, and pandas with it: it then takes three times as long.
#
# PuLP looks for the solvers it could use as it is imported. Most are tiny; OR-Tools brings CP-SAT, pandas and NumPy,
# also where only HiGHS is used. A program that starts a process for each model pays for it each time. A process of its
# own that sets sys.modules["ortools"] = None before it imports PuLP is spared; PuLP then takes OR-Tools for missing.
#
# Seen with Python 3.12 on Linux x86-64, PuLP 4.2.0 and ortools 9.15.6755 (seconds vary, the rest does not):
#
#     without OR-Tools    pandas loaded: False   0.3 s
#     with OR-Tools       pandas loaded: True    1.0 s
#     with, but hidden    pandas loaded: False   0.3 s
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
install() {
    venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: "$@" 2>pip.log || {
        cat pip.log >&2
        exit 2
    }
}
look() {
    venv/bin/python -c "
import sys, time
$2
began = time.perf_counter()
import pulp
print(f'$1    pandas loaded: {\"pandas\" in sys.modules!s:5}   {time.perf_counter() - began:.1f} s')
" | tee -a seen
}

install "pulp[highs]==4.2.0" highspy==1.16.0
look "without OR-Tools" ""
install ortools==9.15.6755
look "with OR-Tools   " ""
look "with, but hidden" "sys.modules['ortools'] = None"

if [ "$(grep -o 'True\|False' seen | tr '\n' ' ')" = "False True False " ]; then
    echo "as described"
else
    echo "the behaviour has changed"
    exit 1
fi
