"""The command line: `planner` and its commands, one file each.

Everything heavy is imported inside the commands, so that `planner --help` answers at once.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from planner.cli import interrupts

        interrupts.listen()  # before the imports that follow, which may suppress Ctrl-C
        from planner.processes.lean import set_up_process

        set_up_process()
        from planner.cli.group import cli

        cli.main(prog_name="planner")
    except KeyboardInterrupt:  # before anything was started, so there is nothing to report
        sys.exit(130)
