#!/usr/bin/env bash
# The first run of HiGHS in a thread settles how many threads it has there, for every object made later; and "parallel
# off" is no way to one thread.
#
# With parallel=off HiGHS starts helpers all the same, which it then has nothing for. A first run with threads=1 starts
# none, and none are started later by objects that leave the option alone; but an object that then asks for two threads is
# not run with one: its run returns an error, though the option itself was accepted.
#
# Seen with Python 3.12 on Linux x86-64, two processors, and highspy 1.16.0:
#
#     parallel off: helpers
#     first run with one thread: no helpers
#     another object after it: no helpers
#     two threads after it: option kOk, run kError
#
# It matters where many small models are solved, for waking the helpers can take longer than the model, and where two
# libraries in one process both solve with HiGHS. It needs two processors; with one it ends with 2.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

[ "$(nproc)" -gt 1 ] || exit 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: highspy==1.16.0 2>pip.log || {
    cat pip.log >&2
    exit 2
}

cat > small.py <<'PYTHON'
import os

import highspy


def threads():
    return len(os.listdir("/proc/self/task"))


def solved(**options):
    """Solve one column; return what setting each option and running said, and whether threads were started."""
    model = highspy.Highs()
    said = [model.setOptionValue(name, value) for name, value in {"output_flag": False, **options}.items()]
    model.addCol(1.0, 0.0, 1.0, 0, [], [])
    before = threads()
    said.append(model.run())
    helpers = "helpers" if threads() > before else "no helpers"
    return [str(status).rpartition(".")[2] for status in said], helpers
PYTHON

{
    echo "parallel off: $(venv/bin/python -c '
from small import solved
print(solved(parallel="off")[1])' | tail -n 1)"
    venv/bin/python -c '
from small import solved
print("first run with one thread:", solved(threads=1)[1])
print("another object after it:", solved(parallel="off")[1])
said, _ = solved(threads=2)
print(f"two threads after it: option {said[1]}, run {said[-1]}")' | grep -E '^(first|another|two) '
} | tee seen

expected='parallel off: helpers
first run with one thread: no helpers
another object after it: no helpers
two threads after it: option kOk, run kError'
if [ "$(cat seen)" = "$expected" ]; then
    echo "as described"
else
    echo "the behaviour has changed"
    exit 1
fi
