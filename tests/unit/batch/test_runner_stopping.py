"""Ctrl-C and worse in the middle of a question: it ends at once, its workers with it, and a rerun goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from planner.planning import plan
from planner.report.documents import write_documents
from planner.scenario_io import read_scenario
from planner.store.results import write_results
from tests.unit.cli.engine import SCENARIO
from tests.unit.solve.processes import leaders, members, until

ROOT = Path(__file__).parents[3]
PROGRAM = (
    "from planner.processes.lean import set_up_process; set_up_process();"  # as `planner` begins
    "from tests.unit.analysis.slow_question import main; main()"
)
COMMAND = [sys.executable, "-c", PROGRAM, "slow", "kecil.yaml", "--jobs", "2"]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario and its stored plan, with which a question begins."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "kecil.yaml").write_text(SCENARIO, encoding="utf-8")
    scenario = read_scenario(folder / "kecil.yaml")
    answer = plan(scenario, inline=True)
    documents = partial(write_documents, scenario, answer.plan, warnings=[])
    write_results(scenario, answer.plan, folder / "reports" / "kecil", documents, verdict=answer.verdict)
    return folder


@pytest.fixture
def folder(planned: Path, tmp_path: Path) -> Path:
    """A folder of its own with both."""
    return Path(shutil.copytree(planned, tmp_path, dirs_exist_ok=True))


def asking(folder: Path, *options: str) -> subprocess.Popen[str]:
    """The question being asked, in a process group of its own as in a terminal."""
    return subprocess.Popen(
        [*COMMAND, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PLANNER_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heeding_ctrl_c,
    )


def _heeding_ctrl_c() -> None:
    """As in a terminal, also where the tests run in the background and would pass on that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stopped_by(
    number: signal.Signals, folder: Path, *options: str, whole_group: bool, news: str = "3 0 6\n"
) -> tuple[int, str]:
    """Stop the question while it is at the slow points, and see that its workers end with it; exit code and words."""
    with asking(folder, *options) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert any(line == news for line in process.stdout), "the quick points are never finished"
        begun = until(lambda: len(leaders(process.pid)) == 2)
        workers = leaders(process.pid)
        (os.killpg if whole_group else os.kill)(process.pid, number)
        assert begun
        code = process.wait(timeout=60)  # half a second on an idle machine
        assert until(lambda: not any(members(worker) for worker in workers)), "workers are left"
        return code, process.stderr.read()


def points(folder: Path) -> list[str]:
    return [path.name for path in (folder / "reports" / "kecil" / "what-if" / "points").iterdir()]


@pytest.mark.parametrize(
    ("number", "whole_group"), [(signal.SIGINT, True), (signal.SIGTERM, False)], ids=["Ctrl-C", "SIGTERM"]
)
def test_a_question_that_is_stopped_keeps_what_is_finished_and_goes_on_from_there(
    folder: Path, number: signal.Signals, whole_group: bool
) -> None:
    code, told = stopped_by(number, folder, whole_group=whole_group)
    assert code == 130
    lines = [line for line in told.splitlines() if not line.startswith("kecil: ")]  # progress, if it is slow
    assert lines == ["Interrupted. 3 finished plans are kept; the same command goes on from there."]
    kept = points(folder)
    assert len(kept) == 3
    if number == signal.SIGINT:
        with asking(folder, "--slow", "0") as again:
            news = again.communicate()[0].splitlines()
        assert news[0] == "3 3 3", "the finished points are not solved again"
        assert sorted(points(folder)) == sorted(kept)


def test_workers_end_with_a_parent_that_is_killed(folder: Path) -> None:
    code, _ = stopped_by(signal.SIGKILL, folder, whole_group=False)
    assert code == -signal.SIGKILL
    assert len(points(folder)) == 3


def test_a_question_that_is_stopped_says_what_failed_and_does_not_count_it_as_kept(folder: Path) -> None:
    options = ("--quick", "1", "--bad", "1", "--slow", "2")
    code, told = stopped_by(signal.SIGINT, folder, *options, whole_group=True, news="2 0 4\n")
    assert code == 130
    failed, kept = [line for line in told.splitlines() if not line.startswith("kecil: ")]
    assert failed.startswith("One plan could not be made: ")
    assert kept == "Interrupted. 1 finished plan is kept; the same command goes on from there."
    assert len(points(folder)) == 1
