"""Runs one program in a process of its own, hears what it prints while it searches, and measures its memory."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.peers.traces import GAPS, Point, Run
from benchmarks.processes import run

PATIENCE: Final = 2.0
GRACE: Final = 90.0
"""A program is ended after its time limit times this and so many seconds more."""

Hear = Callable[[str, float, Run], None]
"""hear(line, seconds since the start, run) adds to the run what a line of plain text says."""

_NUMBER: Final = r"(-?[\d.]+(?:e[+-]?\d+)?)"
_CBC: Final = (
    (re.compile(rf"Cbc0010I .* {_NUMBER} best solution, best possible {_NUMBER}"), ("best", "bound")),
    (re.compile(rf"Cbc00(?:04|12|16)I Integer solution of {_NUMBER} found"), ("best",)),
    (re.compile(rf"Cbc0013I .* to {_NUMBER} in"), ("bound",)),
    (re.compile(rf"Objective value: +{_NUMBER}"), ("best",)),
    (re.compile(rf"Lower bound: +{_NUMBER}"), ("bound",)),
)
_CP_SAT: Final = re.compile(rf"#(?:Bound|\d+) +([\d.]+)s +best:(?:inf|{_NUMBER}) +next:\[{_NUMBER},")

NO_PLAN: Final = 1e49
"""From here on a number of CBC's means that there is none."""


def hear_ours(line: str, seconds: float, found: Run) -> None:
    """Hear what benchmarks.peers.child prints: a point with its own seconds, or facts; anything else is ignored."""
    if not line.startswith("{"):
        return
    said = json.loads(line)
    if "facts" in said:
        found.facts |= said["facts"]
    else:
        found.points.append(Point(said["seconds"], said["best"], said["bound"]))


def hear_cbc(line: str, seconds: float, found: Run) -> None:
    """Hear the log of CBC."""
    if line.startswith("Problem ") and "rows" in line:
        found.facts["prepared"] = seconds
    for pattern, names in _CBC:
        if match := pattern.search(line):
            said = {name: float(text) for name, text in zip(names, match.groups(), strict=True)}
            known = {name: value for name, value in said.items() if abs(value) < NO_PLAN}
            found.points.append(Point(seconds, known.get("best"), known.get("bound")))
    if line.startswith("Result - Optimal solution found") and "gap" not in line:
        found.facts["optimal"] = 1.0
    if "Objective value:" in line and found.facts.get("optimal"):
        best = found.last.best or 0.0  # what it calls optimal is so within the ratio that it is given
        found.points.append(Point(seconds, best, best - GAPS[-1] * max(1.0, abs(best))))


def hear_cp_sat(line: str, seconds: float, found: Run) -> None:
    """Hear the log of CP-SAT, whose seconds count from the end of reading."""
    if match := _CP_SAT.match(line):
        at, best, bound = match.groups()
        found.points.append(
            Point(found.facts.get("prepared", 0.0) + float(at), None if best is None else float(best), float(bound))
        )


def follow(name: str, command: list[str], seconds: float, hear: Hear = hear_ours) -> Run:
    """Run `command`, hearing each line; it is ended where it stays far over `seconds`."""
    found, began = Run(name), time.perf_counter()
    found.failed = run(
        command,
        PATIENCE * seconds + GRACE,
        lambda line: (hear if not line.startswith("{") else hear_ours)(line, time.perf_counter() - began, found),
    )
    return found


def of_child(name: str, program: str, folder: Path, seconds: float, gap: float, hear: Hear = hear_ours) -> Run:
    """Run a program of benchmarks.peers.child on the case in `folder`."""
    command = [sys.executable, "-m", "benchmarks.peers.child", program, str(folder), str(seconds), str(gap)]
    return follow(name, command, seconds, hear)
