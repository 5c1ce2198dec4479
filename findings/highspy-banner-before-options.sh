#!/usr/bin/env bash
# highspy writes a banner to standard output while a Highs object is made: no option can be set in time to silence it.
#
# The constructor enables callbacks, and HiGHS prints its banner there. Setting output_flag on the new object comes too
# late, and contextlib.redirect_stdout does not help, since the text comes from C. A subclass that sets output_flag in
# its own enableCallbacks, before the one of highspy, prints nothing.
#
# Seen with Python 3.12 on Linux x86-64 and highspy 1.16.0:
#
#     as usual: a banner
#     redirected: a banner
#     subclass: nothing
#
# It matters where standard output carries data, as JSON for another program.
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: highspy==1.16.0 2>pip.log || {
    cat pip.log >&2
    exit 2
}

of() {
    if [ -n "$(venv/bin/python -c "$1")" ]; then echo "a banner"; else echo "nothing"; fi
}

{
    echo "as usual: $(of 'import highspy; highspy.Highs().setOptionValue("output_flag", False)')"
    echo "redirected: $(of '
import contextlib, io, highspy
with contextlib.redirect_stdout(io.StringIO()):
    highspy.Highs().setOptionValue("output_flag", False)')"
    echo "subclass: $(of '
import highspy
class Silent(highspy.Highs):
    def enableCallbacks(self):
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()
Silent()')"
} | tee seen

expected='as usual: a banner
redirected: a banner
subclass: nothing'
if [ "$(cat seen)" = "$expected" ]; then
    echo "as described"
else
    echo "the behaviour has changed"
    exit 1
fi
