"""Ctrl-C on `planner plan`: it ends soon, with the best checked plan or with nothing written."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from tests.oracle.generate import random_scenarios
from tests.unit.solve.processes import children, members, until

ROOT = Path(__file__).parents[3]
PLAIN = random_scenarios(13, (30, 15, 4, 4))
"""Too hard to be proven within the tests, and soon planned somehow."""

PROGRAM = "print(flush=True); from planner.cli import main; main()"
"""The command, which tells by an empty line that Python itself has started: until then Ctrl-C ends Python, not it."""
TELLING = PROGRAM.replace("main()", "from planner.cli import progress; progress.EVERY = 0.1; main()")
"""The command, which tells more often how it is going."""

SECOND = """
print(flush=True)
import sys
from planner.domain.decisions import Decisions
from planner.drafting import attempts, second_opinions
from planner.proof import effort
from planner.solve.answers import Solution
from planner.solve.outcome import Ending, Stage

effort.WORK = 0
attempts.solve = lambda *_, **__: Solution(Ending.PROVEN, Decisions())
report = attempts.Attempts.report

def telling(self, stage):
    report(self, stage)
    if stage is Stage.SECOND_SEARCH:
        print("the second engine searches", flush=True)

attempts.Attempts.report = telling
if sys.argv.pop() == "after":
    second_opinions.probably_needed = lambda scenario: False
from planner.cli import main
main()
"""
"""The command whose first engine trains nobody and calls that the best, with nothing proven: the second must search.
It is begun beside the first, or `after` it, and tells when it is waited for."""


@contextmanager
def planned(
    folder: Path, solver: str, program: str = PROGRAM, more: Sequence[str] = ()
) -> Iterator[subprocess.Popen[str]]:
    """`planner plan` as it runs."""
    (folder / "skenario.yaml").write_text(json.dumps(PLAIN))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PLANNER_LANG": "en"}
    started = subprocess.Popen(
        [sys.executable, "-c", program, "plan", "skenario.yaml", "--gap", "0", "--solver", solver, *more],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heeding_ctrl_c,
    )
    with started:
        assert started.stdout is not None
        assert started.stdout.readline() == "\n"
        try:
            yield started
        finally:
            started.kill()


def _heeding_ctrl_c() -> None:
    """As in a terminal, also where the tests run in the background and would pass on that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupt(planning: subprocess.Popen[str]) -> float:
    """Press Ctrl-C; the seconds until the command has ended. Its workers must have gone with it."""
    workers = children(planning.pid)
    pressed = time.monotonic()
    planning.send_signal(signal.SIGINT)
    planning.wait(timeout=60)
    took = time.monotonic() - pressed
    assert until(lambda: not any(members(worker) for worker in workers))
    return took


def searching(planning: subprocess.Popen[str], solver: str) -> bool:
    """Whether the command has begun to search: both of its workers are there, and CBC in one of them."""
    workers = children(planning.pid)
    return len(workers) > 1 and (solver != "cbc" or any(len(members(worker)) > 1 for worker in workers))


@pytest.mark.parametrize(
    ("solver", "moment"), [("highs", "at once"), ("highs", "soon"), ("highs", "amid"), ("cbc", "amid")]
)
def test_ctrl_c_at_any_moment_leaves_a_checked_plan_or_nothing(tmp_path: Path, solver: str, moment: str) -> None:
    with planned(tmp_path, solver) as planning:
        if moment == "soon":
            time.sleep(0.5)
        if moment == "amid":
            assert until(lambda: searching(planning, solver)), "no search has begun"
        took = interrupt(planning)
        assert planning.stderr is not None
        told = planning.stderr.read()
    assert planning.returncode in (130, -signal.SIGINT), told  # the latter while the command is still being loaded
    assert took < 15
    for found in tmp_path.rglob("plan.json"):
        assert check_plan(Scenario.model_validate(PLAIN), json.loads(found.read_text())).passed
    if not list(tmp_path.rglob("plan.json")):
        assert [path.name for path in tmp_path.iterdir()] == ["skenario.yaml"], "nothing else is left behind"


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path: Path) -> None:
    with planned(tmp_path, "highs", TELLING) as planning:
        assert planning.stderr is not None
        better_than_none = re.compile(r"best (?:Rp)?[1-9].* · bound")
        assert any(better_than_none.search(line) for line in planning.stderr), "no progress was reported"
        took = interrupt(planning)
    assert planning.returncode == 130
    assert took < 15
    found = json.loads((tmp_path / "reports" / "acak-13" / "plan.json").read_text())
    assert found["status"] == "feasible"
    assert found["weighted_gaps_closed"] > 0
    assert found["solver"]["interrupted"] is True
    assert found["objective"][0]["exact_bound"] is not None, "a bound is confirmed for every plan"
    assert check_plan(Scenario.model_validate(PLAIN), found).passed
    assert (tmp_path / "reports" / "acak-13" / "report.html").exists()


@pytest.mark.parametrize("begun", ["beside", "after"])
def test_ctrl_c_while_the_second_engine_searches_ends_the_command_and_asks_nothing(tmp_path: Path, begun: str) -> None:
    with planned(tmp_path, "highs", SECOND, ("--ask", "curve", "--ask", "cuts", begun)) as planning:
        assert planning.stdout is not None
        assert planning.stdout.readline() == "the second engine searches\n"
        assert until(lambda: len(children(planning.pid)) > 0), "no second search has begun"
        time.sleep(0.5)
        took = interrupt(planning)
        shown = planning.stdout.read()
    assert planning.returncode == 130
    assert took < 15
    folder = tmp_path / "reports" / "acak-13"
    found = json.loads((folder / "plan.json").read_text())
    assert (found["solver"]["interrupted"], found["status"]) == (True, "feasible")
    assert check_plan(Scenario.model_validate(PLAIN), found).passed
    assert "Report: " in shown
    assert not list(folder.glob("what-if/*.html")), "a question was asked all the same"
