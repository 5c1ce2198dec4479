"""Error messages and exit codes.

Errors go to standard error, one line per problem, never as a traceback. An unexpected error is a defect of this
program; the message says what to report. PLANNER_DEBUG=1 adds the traceback.
"""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from traceback import clear_frames
from typing import TYPE_CHECKING, Final

import click

from planner.cli import interrupts
from planner.errors import (
    NO_MEMORY,
    CheckFailed,
    InfeasibleError,
    InputError,
    Interrupted,
    NoPlanInTime,
    PlannerError,
    Problem,
    SolverError,
    kind_and_words,
    reason_of,
    wants_memory,
)
from planner.locale import _
from planner.version import VERSION

if TYPE_CHECKING:
    from planner.scenario_io import LoadedScenario

INTERRUPTED: Final = Interrupted.exit_code
"""Also where a plan is kept: who starts this command from a program learns that the search did not end by itself."""
DEFECT: Final = PlannerError.exit_code
BROKEN_PIPE: Final = 141
"""128 + SIGPIPE, as usual in shells."""

_SEVERITY: Final = (
    0,
    *(error.exit_code for error in (InputError, InfeasibleError, NoPlanInTime, SolverError, CheckFailed)),
    DEFECT,
    INTERRUPTED,
)
"""The exit codes from the mildest to the gravest."""


def worst(codes: Iterable[int]) -> int:
    """Return the exit code of the most severe failure; 0 if there is none."""
    return max(codes, key=_SEVERITY.index, default=0)


def show(error: BaseException) -> int:
    """Print the message of an error to standard error; return the exit code."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else DEFECT
        case BrokenPipeError():
            _detach_stdout()
            return BROKEN_PIPE
        case Exception() if interrupts.became(error):
            return show(KeyboardInterrupt())
        case KeyboardInterrupt() | click.Abort():
            say(_("Interrupted before it was finished; no file is left half written."))
            return INTERRUPTED
        case click.UsageError():
            error.show()
            return error.exit_code
        case click.ClickException():
            error.show()
            return InputError.exit_code
        case InputError():
            for problem in error.problems:
                say(str(problem))
            return error.exit_code
        case PlannerError():
            say(str(error))
            return error.exit_code
        case OSError() if error.filename is not None or error.errno is not None:
            place = "" if error.filename is None else os.fsdecode(error.filename)
            say(str(Problem(_("cannot be read or written: {reason}.").format(reason=reason_of(error)), file=place)))
            return InputError.exit_code
        case Exception() if _of_database(error):
            say(_("the database cannot be read or written: {reason}.").format(reason=_reason_of_database(error)))
            return InputError.exit_code
        case MemoryError() | ImportError() | RuntimeError() if wants_memory(error):
            _say_memory_ran_out(error)
            return DEFECT
    _report_defect(error)
    return DEFECT


def _say_memory_ran_out(error: BaseException) -> None:
    """Say that memory ran out, in plain English where there is none left to read the catalogue."""
    clear_frames(error.__traceback__)  # what the functions held that did not get more is room for the sentence
    try:
        say(_(NO_MEMORY))
    except MemoryError:
        print(NO_MEMORY, file=sys.stderr)


@contextmanager
def naming(path: str, loaded: LoadedScenario) -> Iterator[None]:
    """Add the scenario's file, and the lines of rules that clash, to errors raised within the `with` block."""
    try:
        yield
    except InputError:
        raise
    except InfeasibleError as error:
        error.message = "\n".join(_clash_lines(path, loaded, error))
        raise
    except PlannerError as error:
        error.message = f"{path}: {error.message}"
        raise


def _clash_lines(path: str, loaded: LoadedScenario, error: InfeasibleError) -> Iterator[str]:
    """Yield the lines of the message, with the place in the file for each rule and limit that clashes."""
    from planner.scenario_io.problems import located

    first, *_listed, last = error.message.split("\n") if error.clashes else [error.message, ""]
    yield f"{path}: {first}"
    for sentence, place in error.clashes:
        yield str(located(loaded.place(place), sentence, path=place))
    if last:
        yield last


def say(text: str) -> None:
    """Print a message to standard error, without control characters that a file may contain."""
    click.echo(without_control(text), err=True)


def warn(problem: Problem) -> None:
    """Print a warning to standard error, with its place in the file."""
    say(str(problem._replace(message=_("warning: {text}").format(text=problem.message))))


def without_control(text: str) -> str:
    """Return `text` with control characters escaped (\\x1b), except line breaks and tabs."""
    if text.isprintable():
        return text
    return "".join(
        repr(character)[1:-1] if unicodedata.category(character) in _UNSAFE and character not in "\n\t" else character
        for character in text
    )


_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


def _report_defect(error: BaseException) -> None:
    import platform
    import traceback

    if os.environ.get("PLANNER_DEBUG", "") not in ("", "0"):
        traceback.print_exception(error, file=sys.stderr)
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" ({os.path.basename(frame.filename)}:{frame.lineno})" for frame in place)
    say(
        _("Sorry: this is a defect of the planner, not of your scenario. {error}").format(
            error=f"{kind_and_words(error)}{where}"
        )
    )
    say(
        _(
            "Please report the line above with your command, the scenario file and these versions:"
            " planner {planner}, Python {python}, {system}. With PLANNER_DEBUG=1 the same command shows more."
        ).format(planner=VERSION, python=platform.python_version(), system=platform.system())
    )


def _detach_stdout() -> None:
    """Redirect standard output to the null device, so that Python reports no second error at exit."""

    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
    except (OSError, ValueError, AttributeError):
        pass


def _of_database(error: BaseException) -> bool:
    """Return whether a database could not do what was asked, for a reason that lies outside this program."""
    database = sys.modules.get("django.db.utils")  # loaded where there is a database
    return database is not None and isinstance(error, (database.OperationalError, database.InterfaceError))


def _reason_of_database(error: BaseException) -> str:
    """Return why a database failed: in the words used for files where the database says the same, else in its own."""
    said = f"{error}".strip().split("\n")[0]
    codes = [code for words, code in _SAID_BY_DATABASES.items() if words in said]
    return reason_of(OSError(codes[0], said)) if codes else said


_SAID_BY_DATABASES: Final = {
    "disk is full": errno.ENOSPC,
    "readonly database": errno.EROFS,
    "disk I/O error": errno.EIO,
    "unable to open": errno.EACCES,
}
"""What SQLite says, and what the system says of files."""
