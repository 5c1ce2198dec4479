"""A request to stop is heeded even where its exception is swallowed."""

from __future__ import annotations

import importlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from planner.cli import failures, group, interrupts, progress
from planner.domain.scenario import Scenario
from tests.rules.small import costing, small

KECIL = Scenario.model_validate(small(programmes=costing("participant", 3), funds={"amount": 17}))


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    interrupts.listen()
    yield
    with suppress(KeyboardInterrupt):
        interrupts.heed()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_a_library_swallows_is_raised_again_when_work_begins(number: signal.Signals) -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(number)
    with pytest.raises(KeyboardInterrupt), progress.of_search(KECIL):
        pass
    with progress.of_search(KECIL):
        pass  # once is enough


def test_what_is_swallowed_during_the_work_is_raised_at_its_next_news() -> None:
    with progress.of_batches("kecil") as report:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            report(None)  # type: ignore[arg-type]


def test_what_is_swallowed_while_the_command_is_loaded_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    interrupts.listen()
    assert group.cli.main(["check", "tidak-ada.yaml"], standalone_mode=False) == failures.INTERRUPTED
    assert "tidak-ada" not in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_what_is_ignored_stays_ignored(number: signal.Signals) -> None:
    signal.signal(number, signal.SIG_IGN)
    interrupts.listen()
    assert signal.getsignal(number) is signal.SIG_IGN


def test_a_terminal_that_is_closed_stops_a_command_which_still_stores_what_it_has(
    scenario: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "disimpan"
    code = (
        "import fcntl, pathlib, sys, termios, time; from planner import planning; from planner.cli import main\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # the terminal whose end ends this process\n"
        "def search(*_, **__):\n"
        "    try: print('searching', flush=True); time.sleep(60)  # the terminal is closed as soon as this is read\n"
        f"    finally: print('stored', flush=True); pathlib.Path({str(kept)!r}).touch()\n"
        "planning.plan = search; sys.argv = ['planner', 'plan', sys.argv[1]]; main()"
    )
    window, terminal = os.openpty()
    command = [sys.executable, "-c", code, str(scenario)]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True) as process:
        os.close(terminal)
        while b"searching" not in os.read(window, 4_096):
            pass
        os.close(window)
        assert process.wait(30) == failures.INTERRUPTED
    assert kept.exists()


def test_a_library_that_was_stopped_while_loading_is_no_defect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "setengah_dimuat.py").write_text(
        "import signal\ntry: signal.raise_signal(signal.SIGINT)\nexcept KeyboardInterrupt: pass\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert _shown_of(_fails_on_its_own) == failures.DEFECT
    importlib.import_module("setengah_dimuat")
    assert _shown_of(_fails_on_its_own) == failures.INTERRUPTED


def test_a_library_that_makes_another_error_of_a_stop_is_no_defect() -> None:
    assert _shown_of(_makes_its_own_error_of_a_stop) == failures.INTERRUPTED
    assert _shown_of(_fails_on_its_own) == failures.DEFECT, "an error of another call is none of Ctrl-C"


def test_an_error_told_before_a_stop_that_is_heeded_later_is_a_defect() -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupts.heed()
    assert _shown_of(_fails_on_its_own) == failures.DEFECT


def _shown_of(call: Callable[[], object]) -> int:
    """The exit code of the error that `call` raises."""
    with pytest.raises((ValueError, sqlite3.Error)) as raised:
        call()
    return failures.show(raised.value)


def _fails_on_its_own() -> None:
    raise ValueError("a defect")


def _makes_its_own_error_of_a_stop() -> None:
    """As libraries in another language do, which make their own error of whatever Python code they call raises."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.create_function("pressed", 0, lambda: signal.raise_signal(signal.SIGINT))
        database.execute("select pressed()")
