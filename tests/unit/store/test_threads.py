"""Several threads and processes write results at once: never half of them, and the last one wins."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.plans.plan import Plan
from planner.store import swap
from planner.store.folder_lock import writing_in
from planner.store.results import ensure_writable, write_results
from planner.store.stored_plan import read_stored
from planner.whole_file import write_whole
from tests.sampled import few
from tests.scenarios.builders import plan, scenario

ROOT = Path(__file__).parents[3]
SCENARIOS = [scenario(scenario={"id": "uji", "fiscal_year": 2027 + number}) for number in range(4)]
PLANS = [plan(each) for each in SCENARIOS]
ROUNDS = few(6, 2)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "uji"


@pytest.fixture(params=["exchanged", "renamed"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How folders change places: as on Linux and macOS, and as elsewhere."""
    if request.param == "renamed":
        monkeypatch.setattr(swap, "_exchanged", lambda _one, _other: False)
    return str(request.param)


def written(made_from: Scenario, made: Plan, place: Path, tag: str) -> None:
    """Results whose documents carry the tag."""

    def documents(folder: Path) -> None:
        for name in ("report.html", "rencana.xlsx"):
            (folder / name).write_text(tag)

    write_results(made_from, replace(made, solver=replace(made.solver, strategy=tag)), place, documents)


def together(tasks: Iterable[Callable[[], object]]) -> list[object]:
    """Run tasks in threads that begin at the same moment; the results, or what was raised."""
    tasks = list(tasks)
    barrier = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return task()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def assert_whole(place: Path) -> str:
    """The results belong together; the tag of their writer."""
    stored = read_stored(place)
    tag = str(stored.data["solver"]["strategy"])
    assert stored.verdict().passed
    assert {name: (place / name).read_text() for name in ("report.html", "rencana.xlsx")} == {
        "report.html": tag,
        "rencana.xlsx": tag,
    }
    return tag


def test_writers_into_the_same_folder_leave_the_results_of_one_of_them(place: Path, way: str) -> None:
    for number in range(ROUNDS):
        tasks: list[Callable[[], object]] = [
            partial(written, SCENARIOS[each], PLANS[each], place, f"{number}-{each}") for each in range(4)
        ]
        assert together(tasks) == [None] * 4
        assert assert_whole(place).startswith(f"{number}-")
        assert [path.name for path in place.parent.iterdir()] == ["uji"]


def test_a_reader_never_sees_half_of_the_results(place: Path) -> None:
    written(SCENARIOS[0], PLANS[0], place, "first")
    done = threading.Event()

    def write() -> None:
        try:
            for number in range(4 * ROUNDS):
                written(SCENARIOS[number % 4], PLANS[number % 4], place, str(number))
        finally:
            done.set()

    def read() -> int:
        seen = 0
        while not done.is_set():
            assert read_stored(place).verdict().passed
            seen += 1
        return seen

    written_all, seen = together([write, read])
    assert written_all is None
    assert isinstance(seen, int), seen
    assert seen


def test_writers_into_different_folders_do_not_disturb_each_other(place: Path, way: str) -> None:
    def write(number: int) -> None:
        for _round in range(ROUNDS):
            written(SCENARIOS[number], PLANS[number], place.parent / str(number) / "uji", str(number))

    assert together([partial(write, each) for each in range(3)]) == [None] * 3
    assert [assert_whole(place.parent / str(number) / "uji") for number in range(3)] == ["0", "1", "2"]


def test_files_of_others_survive_writers_at_once(place: Path, way: str) -> None:
    written(SCENARIOS[0], PLANS[0], place, "first")
    (place / "catatan.txt").write_text("milik saya")
    for _round in range(ROUNDS):
        together([partial(written, SCENARIOS[0], PLANS[0], place, str(each)) for each in range(3)])
        assert (place / "catatan.txt").read_text() == "milik saya"


def test_of_two_scenarios_in_one_folder_the_second_is_refused(place: Path) -> None:
    other = scenario(scenario={"id": "lain", "fiscal_year": 2027})
    pairs = [(SCENARIOS[0], PLANS[0], "uji"), (other, plan(other), "lain")]
    ended = together([partial(written, p[0], p[1], place, p[2]) for p in pairs])
    refused = [error for error in ended if error is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], InputError)
    assert assert_whole(place) == ("uji" if ended[0] is None else "lain")


def test_a_scenario_that_came_first_while_documents_were_made_is_not_replaced(place: Path) -> None:
    other = scenario(scenario={"id": "lain", "fiscal_year": 2027})

    def meanwhile(_folder: Path) -> None:
        written(other, plan(other), place, "lain")

    with pytest.raises(InputError, match="--force"):
        write_results(SCENARIOS[0], PLANS[0], place, meanwhile)
    assert assert_whole(place) == "lain"


def test_asking_whether_a_folder_may_be_written_disturbs_nobody(place: Path, way: str) -> None:
    def write() -> None:
        for number in range(2 * ROUNDS):
            written(SCENARIOS[0], PLANS[0], place, str(number))

    def ask() -> None:
        for _round in range(20 * ROUNDS):
            ensure_writable(place)

    assert together([write, ask]) == [None, None]
    assert assert_whole(place) == str(2 * ROUNDS - 1)


def test_processes_wait_for_each_other(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from planner.store.folder_lock import writing_in\n"
        "with writing_in(Path(sys.argv[1])):\n"
        "    print('in', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": environment}
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], **pipes) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "in\n"
        entered = threading.Event()

        def enter() -> None:
            with writing_in(tmp_path):
                entered.set()

        thread = threading.Thread(target=enter)
        thread.start()
        assert not entered.wait(0.5)
        process.stdin.close()
        assert entered.wait(30)
        thread.join()
    assert list(tmp_path.iterdir()) == [], "no file is left"


def test_a_file_system_without_locks_is_written_all_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(*_: Any) -> None:
        raise OSError("no locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert together([partial(written, SCENARIOS[0], PLANS[0], place, str(each)) for each in range(3)]) == [None] * 3
    assert_whole(place)


def test_a_file_written_by_several_threads_is_always_whole(tmp_path: Path) -> None:
    file, done = tmp_path / "berkas", threading.Event()
    contents = [letter * 200_000 for letter in "abc"]
    write_whole(file, contents[0])

    def write(content: str) -> None:
        for _round in range(10):
            write_whole(file, content)

    def read() -> None:
        while not done.is_set():
            assert file.read_text() in contents

    reader = threading.Thread(target=read)
    reader.start()
    ended = together([partial(write, content) for content in contents])
    done.set()
    reader.join()
    assert ended == [None] * 3
    assert file.read_text() in contents
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]
