"""The command line as a whole: languages, help, versions, and what happens when all goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner.cli import failures, group, interrupts
from planner.cli.group import COMMANDS
from planner.errors import CheckFailed, InfeasibleError, InputError, Interrupted, Problem, SolverError
from planner.version import VERSION

Run = Callable[..., Result]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(group.__file__).parents[2])}


def real(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from planner.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=ENVIRONMENT | environment,
    )


def test_help_is_indonesian_by_default(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Pemakaian: planner [OPSI] PERINTAH" in result.stdout
    assert "Kode keluar:" in result.stdout


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_help_has_one_line_for_each_command(run: Run, language: str) -> None:
    lines = run("--help", "--lang", language).stdout.splitlines()
    first = {line.split()[0]: number for number, line in enumerate(lines) if line.startswith("  ") and line.split()}
    for name in COMMANDS:
        following = lines[first[name] + 1]
        assert not following.startswith("    "), f"{name}: the line goes on: {following}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_in_both_languages(run: Run, name: str) -> None:
    indonesian, english = run(name, "--help"), run(name, "--help", "--lang", "en")
    assert (indonesian.exit_code, english.exit_code) == (0, 0)
    assert "Pemakaian:" in indonesian.stdout
    assert "Kode keluar:" in indonesian.stdout
    assert "Usage:" in english.stdout
    assert "Exit codes:" in english.stdout
    assert f"planner {name}" in english.stdout
    assert not {"Usage", "Options", "Examples", "Show", "help"} & set(indonesian.stdout.replace(":", " ").split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "en", "check", "--help"),
        ("--lang=en", "check", "--help"),
        ("check", "--lang", "en", "--help"),
        ("check", "--help", "--lang=en"),
        ("check", "-h", "--lang", "id", "--lang", "en"),
    ],
)
def test_the_language_may_stand_before_or_after_the_command(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).stdout.startswith("Usage: planner check [OPTIONS] SCENARIO...")


def test_the_environment_may_choose_the_language_and_the_option_wins(run: Run) -> None:
    assert run("check", "--help", env={"PLANNER_LANG": "en"}).stdout.startswith("Usage:")
    assert run("check", "--help", "--lang", "id", env={"PLANNER_LANG": "en"}).stdout.startswith("Pemakaian:")


def test_an_unknown_language_is_refused(run: Run) -> None:
    result = run("--lang", "fr", "check", "x.yaml")
    assert result.exit_code == 2
    assert "'fr' bukan salah satu dari 'id', 'en'" in result.stderr


def test_usage_errors_speak_the_language_in_force_and_suggest_near_names(run: Run) -> None:
    command, option = run("verfy"), run("plan", "--tme-limit", "3", "x.yaml", "--lang", "en")
    assert (command.exit_code, option.exit_code) == (2, 2)
    assert "Kesalahan: Tidak ada perintah 'verfy'. Maksud Anda 'verify'?" in command.stderr
    assert "Error: No such option '--tme-limit'. Did you mean '--time-limit'?" in option.stderr
    assert command.stdout == option.stdout == ""


def test_a_missing_argument_is_named(run: Run) -> None:
    result = run("plan")
    assert result.exit_code == 2
    assert "Belum ada argumen 'SKENARIO...'" in result.stderr


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").stdout == f"planner {VERSION}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError([Problem("salah", file="a.yaml")]), 2),
        (InfeasibleError("aturan berbenturan"), 3),
        (SolverError("tidak ada pemecah"), 6),
        (CheckFailed("tidak lulus"), 5),
        (Interrupted("dihentikan"), 130),
        (KeyboardInterrupt(), 130),
        (PermissionError(13, "Permission denied", "a.yaml"), 2),
        (OSError(28, "No space left on device"), 2),
        (MemoryError(), 1),
        (ZeroDivisionError("division by zero"), 1),
    ],
)
def test_every_failure_has_its_exit_code_and_no_traceback(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failures.show(error) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.strip()
    assert "Traceback" not in shown.err


def test_memory_too_small_even_for_the_catalogue_is_told_in_english(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_catalogue(_message: str) -> str:
        raise MemoryError

    monkeypatch.setattr(failures, "_", no_catalogue)
    assert failures.show(MemoryError()) == 1
    assert capsys.readouterr().err.startswith("There is not enough memory")


def test_what_failed_for_want_of_memory_holds_none_while_that_is_told() -> None:
    def fails() -> None:
        large = _Held()
        held.append(weakref.ref(large))
        raise MemoryError

    held: list[weakref.ref[_Held]] = []
    with pytest.raises(MemoryError) as caught:
        fails()
    assert held[0]() is not None
    failures.show(caught.value)
    assert held[0]() is None


class _Held:
    """Stands for what takes much memory."""


def test_a_defect_says_what_to_send_and_shows_the_traceback_only_when_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failures.show(RuntimeError("aduh"))
    assert f"planner {VERSION}" in capsys.readouterr().err
    monkeypatch.setenv("PLANNER_DEBUG", "1")
    failures.show(RuntimeError("aduh"))
    assert "RuntimeError: aduh" in capsys.readouterr().err


def test_a_terminal_does_not_obey_what_a_file_says() -> None:
    assert failures.without_control("a\x1b[31m\u202eb\nc\té") == "a\\x1b[31m\\u202eb\nc\té"


def test_the_worst_exit_code_counts() -> None:
    assert failures.worst([]) == 0
    assert failures.worst([0, 2, 0]) == 2
    assert failures.worst([3, 5, 4]) == 5
    assert failures.worst([5, 130, 0]) == 130


def test_a_reader_that_goes_away_ends_the_command_in_silence() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", "from planner.cli import main; main()", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stderr:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == failures.BROKEN_PIPE


def test_a_real_process_ends_with_the_exit_code() -> None:
    done, wrong = real("--version"), real("check", "tidak-ada.yaml", "--lang", "en")
    assert (done.returncode, wrong.returncode) == (0, 2)
    assert "tidak-ada.yaml" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from planner.cli.group import cli\n"
        "try: cli.main(['--help'], prog_name='planner')\n"
        "except SystemExit: pass\n"
        "print([m for m in ('pandas','pulp','pydantic','rich','babel','jinja2','numpy','yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_report_without_answers_loads_no_solver() -> None:
    """A third of the time of its command would be spent on that."""
    script = (
        "import sys; import planner.report.documents; from planner.report.views.answers.listing import sections; "
        "assert sections(None, (), 1) == (); "
        "print([m for m in ('pulp','pandas','numpy','highspy','ortools','duckdb') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_check_without_faults_loads_nothing_that_only_faults_need() -> None:
    scenario = Path(group.__file__).parents[2] / "scenarios" / "jambi-2027.yaml"
    code = (
        "import sys; from planner.cli import main\n"
        f"sys.argv = ['planner', 'check', {str(scenario)!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('calendar', 'difflib', 'json', 'statistics') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_request_to_end_is_taken_like_ctrl_c() -> None:
    before = signal.getsignal(signal.SIGTERM)
    try:
        group.prepare_process()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):  # it is recorded too, and would stop the next test
            interrupts.heed()
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_a_real_process_that_is_stopped_ends_with_130_at_once(ask: signal.Signals, scenario: Path) -> None:
    code = (
        "import signal, sys, time; from planner import planning; from planner.cli import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def search(*_, **__): print('searching', flush=True); time.sleep(60)\n"
        "planning.plan = search; sys.argv = ['planner', 'plan', sys.argv[1]]; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(scenario)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "searching\n"
        process.send_signal(ask)
        _, error = process.communicate(timeout=30)
    assert process.returncode == 130
    assert error.strip() == "Dihentikan sebelum selesai; tidak ada berkas yang setengah jadi."
