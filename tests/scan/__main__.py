"""The scan: python -m tests.scan [--from N] [--to N] [--state FOLDER] [--seconds S] [--again]

Judges one scenario after the other and remembers what came of each, so that it may be stopped at any time and goes on
where it was. Ends with 1 if anything that the program said was false; each such scenario becomes a fixture.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.scan.fixture import keep
from tests.scan.judge import Effort, Finding, judge
from tests.scan.record import Line, Record, fingerprint, line_of
from tests.scan.scenarios import MAKE, scenario_of

NEWS_SECONDS = 10.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.scan", description="Judge random scenarios.")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first scenario")
    parser.add_argument("--to", dest="last", type=int, default=5_000, help="the one after the last")
    parser.add_argument("--state", type=Path, default=Path(".scan"), help="folder of what is done already")
    parser.add_argument("--seconds", type=float, help="stop after so many")
    parser.add_argument("--again", action="store_true", help="also those judged with an earlier state of the program")
    asked = parser.parse_args(arguments)
    record, code = Record(asked.state), fingerprint()
    numbers = range(asked.first, asked.last)
    done = {n for n, line in record.lines.items() if not asked.again or line["code"] == code}
    began = heard = time.monotonic()
    for number in numbers:
        if number in done:
            continue
        if asked.seconds is not None and time.monotonic() - began >= asked.seconds:
            break
        line = _judged(number, code)
        record.add(line)
        if line["finding"] == Finding.FALSE or time.monotonic() - heard >= NEWS_SECONDS:
            heard = time.monotonic()
            print(_news(record, numbers), flush=True)
    lines = [record.lines[n] for n in numbers if n in record.lines]
    print(_summary(lines, len(numbers), code))
    return 1 if any(line["finding"] == Finding.FALSE for line in lines) else 0


def _judged(number: int, code: str) -> Line:
    began = time.monotonic()
    case = scenario_of(number)
    verdict = judge(case, Effort())
    if verdict.finding is Finding.FALSE:
        path = keep(case, verdict.reasons)
        print(f"FALSE {number} {case.kind}: {'; '.join(verdict.reasons)} -> {path.name}", flush=True)
    return line_of(case, verdict, time.monotonic() - began, code)


def _news(record: Record, numbers: range) -> str:
    lines = [record.lines[n] for n in numbers if n in record.lines]
    found = Counter(line["finding"] for line in lines)
    claims = Counter(_claim(line) for line in lines)
    each = sum(line["seconds"] for line in lines) / max(1, len(lines))
    told = " ".join(f"{name} {number}" for name, number in sorted(claims.items()))
    judged = f"{len(lines)}/{len(numbers)} false {found[Finding.FALSE]} open {found[Finding.OPEN]}"
    return f"{judged} | {told} | {each:.2f} s each"


def _claim(line: Line) -> str:
    """The weakest claim of a scenario's levels."""
    order = ["crash", "no_plan_in_time", "infeasible", "claimed", "agreed", "proven"]
    return min(line["claims"], key=order.index, default="proven")


def _summary(lines: list[Line], asked: int, code: str) -> str:
    """What came of all of them, by kind."""
    told = [f"{len(lines)} of {asked} scenarios judged"]
    earlier = sum(line["code"] != code for line in lines)
    if earlier:
        told.append(f"{earlier} of them with another state of the program; --again judges them anew")
    told.append(
        f"{'kind':10}{'done':>6}{'false':>6}{'open':>6}{'median s':>9}{'worst s':>9}  weakest claim of the levels"
    )
    for kind in MAKE:
        of_kind = [line for line in lines if line["kind"] == kind]
        if not of_kind:
            continue
        found = Counter(line["finding"] for line in of_kind)
        times = [line["plan_seconds"] for line in of_kind]
        claims = Counter(_claim(line) for line in of_kind)
        shares = " ".join(f"{name} {number}" for name, number in sorted(claims.items()))
        told.append(
            f"{kind:10}{len(of_kind):6}{found[Finding.FALSE]:6}{found[Finding.OPEN]:6}"
            f"{median(times):9.2f}{max(times):9.2f}  {shares}"
        )
    levels = Counter(claim for line in lines for claim in line["claims"])
    told.append("levels: " + " ".join(f"{name} {number}" for name, number in sorted(levels.items())))
    for line in lines:
        if line["finding"] != Finding.OK:
            told.append(f"{line['finding'].upper()} {line['number']} {line['kind']}: {'; '.join(line['reasons'])}")
    better = [line for line in lines if line["missed"]]
    if better:
        told.append(
            f"another engine found a better plan than one that claims nothing, or one where we had none: {len(better)}"
        )
        told += [f"  {line['number']} {line['kind']}: {line['missed'][0]}" for line in better[:20]]
    return "\n".join(told)


if __name__ == "__main__":
    sys.exit(main())
