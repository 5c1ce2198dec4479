"""Measure building, solving, checking and reporting beside a calibration loop of the same run.

    python -m benchmarks                everything
    python -m benchmarks --quick        without solving jambi-2027 and without the largest files and reports
    python -m benchmarks --questions    only the what-if questions, as multiples of one plan
    python -m benchmarks --proofs       only the exact bounds and proofs, beside the searches they follow

Each time is printed in seconds and as a multiple of the calibration loop, for machines differ.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.matrix import of_the_matrix
from benchmarks.proofs import of_proofs
from benchmarks.questions import of_questions
from benchmarks.sizes import scenario_of
from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.payments.settlement import settle
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan
from planner.report import render_report
from planner.report.gallery import stored
from planner.report.pdf import pdf_bytes
from planner.report.results_workbook import workbook_bytes
from planner.scenario_io import read_scenario, write_scenario
from tests.scenarios.builders import large

ROOT = Path(__file__).parent.parent
SCENARIO = ROOT / "scenarios" / "jambi-2027.yaml"
GALLERY = ROOT / "reports" / "gallery"

_LARGEST_REPORT = """
import resource
from planner.report import render_report
from planner.report.gallery import stored
from planner.report.pdf import pdf_bytes
from planner.report.results_workbook import workbook_bytes
from tests.scenarios.builders import large
page = render_report(*large(1000, 60, 150))
print(f"{len(page.encode()) / 1e6:.1f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
"""


def calibration() -> None:
    """Plain Python that takes about 0.1 s on an ordinary machine; the unit of all ratios."""
    total = 0
    for number in range(2_000_000):
        total += number & 7


def timed(work: Callable[[], object], runs: int = 3) -> float:
    """The shortest time of several runs of `work` [seconds]."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Measure and print."""
    if "--questions" in sys.argv:
        of_questions(read_scenario(SCENARIO))
        return
    if "--proofs" in sys.argv:
        of_proofs(read_scenario(SCENARIO))
        return
    unit = timed(calibration, 5)

    def show(what: str, seconds: float) -> None:
        print(f"{what:<64}{seconds:>9.2f} s{seconds / unit:>9.1f} x", flush=True)

    show("calibration loop", unit)
    command = [sys.executable, "-c", "from planner.cli import main; main()", "--help"]
    show("planner --help", timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)))
    for size in ((200, 40, 80, 8), (1000, 60, 150, 10)):
        for gaps, kind in ((5, "5 gaps a group"), (20, "20 gaps a group")):
            for periods in (1, 4):
                sized = scenario_of(*size, gaps, periods)
                name = " x ".join(str(n) for n in size)
                show(f"build {name}, {kind}, {periods} period(s)", timed(partial(build, sized), 2))
    of_the_matrix()
    quick = "--quick" in sys.argv
    _of_jambi(show, quick=quick)
    _of_documents(show)
    if not quick:
        _of_the_largest(show)
        of_questions(read_scenario(SCENARIO))


def _of_jambi(show: Callable[[str, float], None], *, quick: bool) -> None:
    scenario = read_scenario(SCENARIO)
    show("read jambi-2027", timed(lambda: read_scenario(SCENARIO)))
    with tempfile.TemporaryDirectory() as folder:
        resolved = Path(folder) / "scenario.yaml"
        show("write jambi-2027", timed(lambda: write_scenario(scenario, resolved)))
    if quick:
        return
    found: list[Plan] = []
    show("plan jambi-2027 to 0.01%", timed(lambda: found.append(plan(scenario, SearchLimits()).plan), 1))
    _of_plan(show, scenario, found[0])


def _of_plan(show: Callable[[str, float], None], scenario: Scenario, made: Plan) -> None:
    data = made.to_plain()
    decisions = made.decisions(scenario)
    show("settle jambi-2027 in whole rupiah", timed(lambda: settle(scenario, decisions)))
    show("check jambi-2027", timed(lambda: check_plan(scenario, data)))
    show("report of jambi-2027", timed(lambda: render_report(scenario, made)))


def _of_documents(show: Callable[[str, float], None]) -> None:
    """The documents of the stored plan of jambi-2027; the time of its PDF includes the start of a process."""
    scenario, made = stored(GALLERY / "jambi-2027")
    show("report of the stored plan of jambi-2027", timed(lambda: render_report(scenario, made)))
    show("its workbook", timed(lambda: workbook_bytes(scenario, made)))
    page = render_report(scenario, made)
    show("its PDF", timed(lambda: pdf_bytes(page), 2))


def _of_the_largest(show: Callable[[str, float], None]) -> None:
    """A file near the 2 MB that are read, and a report of 1,000 groups and 150 programmes."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.yaml"
        write_scenario(scenario_of(6900, 60, 150, 10, 20), file)
        megabytes = file.stat().st_size / 10**6
        show(f"read a scenario of {megabytes:.1f} MB, 6900 groups", timed(lambda: read_scenario(file), 1))
    scenario, made = large(1000, 60, 150)
    show("check a plan of 1000 groups and 150 programmes", timed(lambda: check_plan(scenario, made.to_plain()), 1))
    show("report of 1000 groups and 150 programmes", timed(lambda: render_report(scenario, made), 1))
    size, peak = subprocess.run(
        [sys.executable, "-c", _LARGEST_REPORT], check=True, capture_output=True, text=True
    ).stdout.split()
    print(f"{'its size, and the most memory of a process that makes it':<64}{size:>9} MB{peak:>8} MB", flush=True)


if __name__ == "__main__":
    main()
