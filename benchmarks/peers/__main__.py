"""Measure the product beside its peers, and write benchmarks/results/peers.md and peers.svg.

    python -m benchmarks.peers                    each size, period, budget and kind of partner once
    python -m benchmarks.peers --quick            small scenarios and 15 s each, some minutes in all
    python -m benchmarks.peers --grid             every combination, some hours
    python -m benchmarks.peers --seconds 30       another time limit
    python -m benchmarks.peers --out FOLDER       write elsewhere

The page is written anew after each case, so that a run that is ended keeps what it has measured.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.machine import installed
from benchmarks.peers.cases import FULL, GRID, QUICK, Case
from benchmarks.peers.measured import SOLVERS, Measured, measured
from benchmarks.peers.page import page
from benchmarks.peers.plot import draw
from benchmarks.peers.writings import WRITINGS

RESULTS: Final = Path(__file__).parents[1] / "results"

SECONDS: Final = 60.0
QUICK_SECONDS: Final = 15.0
"""Time limit of each search [s]."""


def compare(
    cases: Sequence[Case],
    seconds: float,
    folder: Path,
    *,
    solvers: Sequence[str] = tuple(SOLVERS),
    libraries: Sequence[str] = tuple(WRITINGS),
) -> list[Measured]:
    """Measure the cases in turn and write the page and, where matplotlib is installed, the picture."""
    found: list[Measured] = []
    folder.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(cases):
        print(case.name, flush=True)
        found.append(measured(case, seconds, list(solvers), list(libraries)))
        text = page(found, seconds, [later.name for later in cases[number + 1 :]])
        (folder / "peers.md").write_text(text, encoding="utf-8")
        if installed("matplotlib") is not None:
            draw(found, seconds, folder / "peers.svg")
    return found


def main() -> None:
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true")
    which.add_argument("--grid", action="store_true")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--out", type=Path, default=RESULTS)
    asked = parser.parse_args()
    cases = QUICK if asked.quick else GRID if asked.grid else FULL
    compare(cases, asked.seconds or (QUICK_SECONDS if asked.quick else SECONDS), asked.out)


if __name__ == "__main__":
    main()
