"""Measure the steps of planning from 50 to 50,000 groups; write benchmarks/results/growth.md and growth.svg.

    python -m benchmarks.growth                   all sizes, each up to the first step that takes over 300 s
    python -m benchmarks.growth --quick           up to 1,000 groups, 60 s a step
    python -m benchmarks.growth --seconds 120     another limit
    python -m benchmarks.growth --out FOLDER      write elsewhere

The page is written anew after each size, so that a run that is ended keeps what it has measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.growth.page import Cost, Sizes, draw, page
from benchmarks.growth.steps import GAP, STEPS, write
from benchmarks.machine import installed
from benchmarks.processes import LATE, run

RESULTS: Final = Path(__file__).parents[1] / "results"

ALL: Final = (50, 200, 1000, 5000, 20_000, 50_000)
QUICK: Final = (50, 200, 1000)
"""Numbers of groups."""

SECONDS: Final = 300.0
QUICK_SECONDS: Final = 60.0
"""Time limit of each step [s]."""


def of_size(groups: int, seconds: float, late: set[str]) -> dict[str, Cost]:
    """The cost of each step, up to the first that fails; steps `late` at a smaller size are not tried."""
    costs: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(groups, folder)
        for step in STEPS:
            if step in late:
                costs[step] = Cost(failed="not tried")
                break
            costs[step] = cost = _of_step(step, folder, seconds)
            print(f"{groups:>8,} {step:<12}{cost}", flush=True)
            if cost.failed:
                late.add(step)
                break
    return costs


def _of_step(step: str, folder: Path, seconds: float) -> Cost:
    facts: dict[str, float] = {}

    def hear(line: str) -> None:
        if line.startswith("{"):
            facts.update(json.loads(line)["facts"])

    command = [sys.executable, "-m", "benchmarks.growth.steps", step, str(folder), str(seconds)]
    failed = run(command, 1.2 * seconds + 30, hear)
    if failed == LATE or (facts.get("seconds", 0.0) > seconds and facts.get("gap", 1.0) > GAP):
        failed = f"not in {seconds:g} s"
    return Cost(facts.get("seconds"), facts.get("processor"), facts.get("megabytes"), facts.get("gap"), failed)


def grow(sizes: Sequence[int], seconds: float, folder: Path) -> Sizes:
    """Measure the sizes in turn and write the page and, where matplotlib is installed, the picture."""
    found: Sizes = {}
    late: set[str] = set()
    folder.mkdir(parents=True, exist_ok=True)
    of_size(sizes[0], seconds, set())  # not counted: the first time, Python compiles what it loads
    for number, groups in enumerate(sizes):
        found[groups] = of_size(groups, seconds, late)
        text = page(found, seconds, sizes[number + 1 :])
        (folder / "growth.md").write_text(text, encoding="utf-8")
        if installed("matplotlib") is not None:
            draw(found, folder / "growth.svg")
    return found


def main() -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--out", type=Path, default=RESULTS)
    asked = parser.parse_args()
    seconds = asked.seconds or (QUICK_SECONDS if asked.quick else SECONDS)
    grow(QUICK if asked.quick else ALL, seconds, asked.out)


if __name__ == "__main__":
    main()
