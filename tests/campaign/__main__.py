"""The campaign: python -m tests.campaign [--seconds S] [--jobs N] [--seed N] [--only NAME]... [--again]

Judges the cases of every series in turn and remembers each step, so that it may be stopped at any time and goes on
where it was. Every fault becomes a file that all later test runs judge too. Ends with 1 if there is any. What came of
it stands in docs/campaign.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.campaign.judging import judge_all
from tests.campaign.record import Record
from tests.campaign.registry import BY_NAME, SERIES
from tests.campaign.report import PAGE, page
from tests.campaign.series import Series
from tests.scan.record import fingerprint


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge, tell, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description="Long series of checks.")
    parser.add_argument("--seconds", type=float, default=3600.0, help="stop after so many (default: 3600)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--seed", type=int, default=0, help="number of the first case of each series (default: 0)")
    parser.add_argument("--only", action="append", choices=list(BY_NAME), help="this series; may be repeated")
    parser.add_argument("--again", action="store_true", help="also cases judged with an earlier state of the program")
    parser.add_argument("--state", type=Path, default=Path(".campaign"), help="folder of what is done already")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the report is written")
    asked = parser.parse_args(arguments)
    record, code = Record(asked.state), fingerprint()
    chosen = [BY_NAME[name] for name in asked.only] if asked.only else list(SERIES)
    steps = _steps(record, chosen, asked.seed, code if asked.again else "")
    try:
        judge_all(record, steps, code, asked.seconds, asked.jobs)
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here")
    asked.page.write_text(page(record, code), encoding="utf-8")
    print(asked.page.read_text(encoding="utf-8").split("## What was judged\n\n")[1])
    return 1 if any(step.faults and step.code == code for steps in record.steps.values() for step in steps) else 0


def _steps(record: Record, chosen: list[Series], seed: int, code: str) -> Iterator[tuple[Series, int, int]]:
    """(series, first number, count) of what is still to be judged: always of the series of which least is done."""
    left = {series.name: _left(series, record.judged(series.name, code), seed) for series in chosen}
    shares = {series.name: 0.0 for series in chosen}
    for series in chosen:
        numbers = set(range(seed, seed + series.full))
        shares[series.name] = len(record.judged(series.name, code) & numbers) / series.full
    while shares:
        name = min(shares, key=shares.__getitem__)
        step = next(left[name], None)
        if step is None:
            del shares[name]
        else:
            shares[name] += step[1] / BY_NAME[name].full
            yield BY_NAME[name], *step


def _left(series: Series, done: set[int], seed: int) -> Iterator[tuple[int, int]]:
    for first in range(seed, seed + series.full, series.step):
        count = min(series.step, seed + series.full - first)
        if not done.issuperset(range(first, first + count)):
            yield first, count


if __name__ == "__main__":
    sys.exit(main())
