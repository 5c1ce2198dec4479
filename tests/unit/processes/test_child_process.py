"""Children start, answer and end the same way, whatever their program; that of these tests is `echoing`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from planner.locale import speaking
from planner.processes.child_process import BACKGROUND, ChildProcess
from tests.unit.solve.processes import members, until

ROOT = Path(__file__).parents[3]
PROGRAM = "tests.unit.processes.echoing"


def answer(child: ChildProcess, asked: str) -> list[str]:
    child.send(asked.encode())
    return child.receive().decode().split(" ")


def test_a_process_that_searches_steps_back_where_its_server_wishes_so() -> None:
    with ChildProcess("planner.batch.worker", {BACKGROUND: "1"}) as child:
        until(lambda: os.getpriority(os.PRIO_PROCESS, child.pid) == 5)
        group = Path(f"/proc/{child.pid}/autogroup")
        until(lambda: not group.exists() or group.read_text().split()[-1] == "5")  # it steps back as its group last
    assert os.getpriority(os.PRIO_PROCESS, 0) < 5


def test_a_child_answers_one_message_after_another_whatever_it_prints(capfd: pytest.CaptureFixture[str]) -> None:
    with ChildProcess(PROGRAM, {"KATA": "halo"}) as child:
        for asked in ("a", "b" * 300_000, "interrupted"):
            assert answer(child, asked) == [asked, "halo", ""]
        assert not child.has_ended()
        assert answer(child, "folder")[0] == str(child.folder)
    assert capfd.readouterr() == ("", "a library prints this\n" * 4)
    assert not members(child.pid)
    assert child.folder is not None
    assert not child.folder.exists()


def test_errors_that_are_kept_are_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    with ChildProcess(PROGRAM, keep_errors=True) as child:
        answer(child, "a")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("asked", "keep", "ending"),
    [
        ("signal 9", True, "its process was ended by signal 9, as happens when memory runs out; close other programs."),
        (
            "signal 11",
            True,
            "its process was ended by signal 11, as happens when memory runs out; close other programs.",
        ),
        ("signal 5", True, "its process was ended by signal 5, as happens when memory runs out; close other programs."),
        ("signal 15", False, "its process ended with code -15 and without an answer."),
        ("exit saying MemoryError", True, "its process did not get the memory that it needs; close other programs."),
        ("exit", False, "its process ended with code 7 and without an answer."),
        ("exit saying why", True, "its process ended with code 7 (printed last)."),
        ("cut short", False, "its process ended with code 0 and without an answer."),
        ("garbage", False, "its process ended with code 0 and without an answer."),
    ],
)
def test_a_child_that_ends_instead_of_answering_says_how(asked: str, keep: bool, ending: str) -> None:
    with speaking("en"), ChildProcess(PROGRAM, keep_errors=keep) as child:
        with pytest.raises(EOFError):
            answer(child, asked)
        assert child.ending() == ending
        assert child.has_ended()
        with pytest.raises(OSError, match="pipe"):
            child.send(b"again")


def test_a_child_is_killed_while_another_thread_waits_for_it() -> None:
    with ChildProcess(PROGRAM) as child:
        ended: list[BaseException] = []

        def wait() -> None:
            try:
                child.receive()
            except EOFError as error:
                ended.append(error)

        thread = threading.Thread(target=wait)
        thread.start()
        child.kill()
        thread.join(30)
        assert ended
    child.kill()  # its number may be that of another process by now
    child.end()


def test_what_a_child_has_started_is_gone_with_it_and_its_files_too_though_it_wrote_till_the_end() -> None:
    for _again in range(3):
        with ChildProcess(PROGRAM) as child:
            assert child.folder is not None
            answer(child, "solver")
            assert until(lambda: len(list(child.folder.iterdir())) > 3)  # type: ignore[union-attr]
        assert not members(child.pid)
        assert not list(child.folder.parent.glob(f"{child.folder.name}*"))


def test_where_no_folder_can_be_made_the_child_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(prefix: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with ChildProcess(PROGRAM) as child:
        assert child.folder is None
        assert answer(child, "a")[0] == "a"


def test_where_no_process_can_be_started_no_folder_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no such program"))
    with pytest.raises(OSError, match="no such program"):
        ChildProcess(PROGRAM)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("begun", ["", "a", "solver"])
def test_a_child_ends_with_its_parent(tmp_path: Path, begun: str) -> None:
    code = f"import os; from planner.processes.child_process import ChildProcess; child = ChildProcess({PROGRAM!r})\n"
    code += f"child.send({begun.encode()!r}); child.receive()\n" if begun else ""
    code += "print(child.pid, flush=True); os._exit(0)"
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert until(lambda: not members(int(told.stdout)))
    assert until(lambda: not list(tmp_path.iterdir()))
