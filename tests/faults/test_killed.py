"""Real processes that are killed while they write: what was there is there, or the new, and the next goes on."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.store.journal import Journal
from planner.store.run_folders import RunFolders
from planner.store.stored_plan import read_stored
from planner.web.waiting import FILE
from tests.faults.served import COMMAND, ROOT, Served

pytestmark = pytest.mark.more
CHANGES = (1, 2, 5)
"""After how many changes in the folder of results the process is killed."""
LATEST = 60.0
"""Seconds within which everything must have happened."""
SMALL = "contoh-kecil"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the small example."""
    (tmp_path / "skenario").mkdir()
    shutil.copy(ROOT / "scenarios" / f"{SMALL}.yaml", tmp_path / "skenario")
    return tmp_path


def changes(folder: Path, running: Callable[[], bool]) -> Iterator[None]:
    """Each change of what lies below a folder, as soon as it is seen, while something runs."""
    known, end = state(folder), time.monotonic() + LATEST
    while running() and time.monotonic() < end:
        if (now := state(folder)) != known:
            known = now
            yield
        time.sleep(0.0005)


def state(folder: Path) -> list[tuple[str, int]]:
    found = []
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        try:
            found.append((str(path), path.lstat().st_size))
        except OSError:
            continue  # renamed meanwhile
    return found


@pytest.mark.parametrize("number", CHANGES)
@pytest.mark.parametrize("before", [False, True], ids=["first results", "results replaced"])
def test_planning_that_is_killed_leaves_the_old_or_the_new_and_can_be_done_again(
    place: Path, number: int, before: bool
) -> None:
    results = place / "reports" / SMALL
    if before:
        shutil.copytree(ROOT / "reports" / "gallery" / SMALL, results)
        (results / "report.html").write_text("lama")
    command = [*COMMAND, "plan", f"skenario/{SMALL}.yaml"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.DEVNULL) as process:
        seen = 0
        for seen, _change in enumerate(changes(place / "reports", lambda: process.poll() is None), 1):
            if seen == number:
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
    assert seen == number or process.returncode == 0
    if before or results.exists():
        assert read_stored(results).verdict().passed
    if before and (results / "report.html").read_text() == "lama":
        assert (results / "plan.json").read_bytes() == _gallery()
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert read_stored(results).verdict().passed
    assert (results / "report.html").read_text() != "lama"


def _gallery() -> bytes:
    return (ROOT / "reports" / "gallery" / SMALL / "plan.json").read_bytes()


@pytest.mark.parametrize("number", [1, 3, 7])
def test_a_workbench_that_is_killed_while_it_writes_loses_nothing_and_the_next_goes_on(
    place: Path, number: int
) -> None:
    reports = place / "reports"
    with Served(place) as bench:
        bench.post(f"skenario/{SMALL}.yaml/susun")
        for seen, _change in enumerate(changes(reports, lambda: True), 1):
            if seen == number:
                break
        bench.kill()
    assert Journal(reports).fault() is None
    waited = json.loads((reports / FILE).read_text()) if (reports / FILE).exists() else []
    assert waited or list(RunFolders(reports).ids()), "what was asked is awaited still, or made"
    assert_whole(reports)
    with Served(place) as bench:
        end = time.monotonic() + LATEST
        while not list(RunFolders(reports).ids()) or json.loads((reports / FILE).read_text()):
            assert time.monotonic() < end, bench.get(f"skenario/{SMALL}.yaml/")
            time.sleep(0.1)
        for run in RunFolders(reports).ids():
            assert SMALL in bench.get(f"rencana/{run}/")
            assert len(bench.get(f"rencana/{run}/laporan")) > 10_000
    assert_whole(reports)
    journal = Journal(reports)
    assert journal.fault() is None
    assert (reports / SMALL / "plan.json").exists()


def assert_whole(reports: Path) -> None:
    """Every run can be read and passes the check."""
    runs = RunFolders(reports)
    for run in runs.ids():
        assert runs.facts(run).made_at
        assert read_stored(runs.folder(run)).verdict().passed
