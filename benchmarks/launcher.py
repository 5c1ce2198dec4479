"""Runs a command and then prints its most memory [MB] as a line of JSON; so small itself that it does not count.

The operating system counts as memory of a process also what its parent had when it was started: a large one must not
start what is measured. Used by benchmarks.processes alone.
"""

import os
import sys

if __name__ == "__main__":
    child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
    _, status, usage = os.wait4(child, 0)
    peak = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    print(f'\n{{"facts": {{"megabytes": {peak:.1f}}}}}', flush=True)
    code = os.waitstatus_to_exitcode(status)
    sys.exit(code if code >= 0 else 128 - code)
