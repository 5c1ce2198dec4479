"""How a failure is shown, and with which exit code the command ends.

Errors go to standard error, each problem on a line of its own, and never as a traceback: an
unexpected one is a defect of ours, and the planner is told what to send. PLANNER_DEBUG=1 adds the traceback.
"""

from __future__ import annotations

import os
import platform
import sys
import traceback
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from planner.cli import interrupts
from planner.errors import InfeasibleError, InputError, PlannerError, Problem
from planner.locale import _
from planner.version import VERSION

if TYPE_CHECKING:
    from planner.scenario_io import LoadedScenario

INTERRUPTED: Final = 130
DEFECT: Final = 1
BROKEN_PIPE: Final = 141
"""128 + SIGPIPE, as the shell says of a program whose reader went away."""

_SEVERITY: Final = (0, 2, 3, 4, 6, 5, DEFECT, INTERRUPTED)


def worst(codes: Iterable[int]) -> int:
    """The exit code of several tasks: that of the one that went worst."""
    return max(codes, key=_SEVERITY.index, default=0)


def show(error: BaseException) -> int:
    """Say on standard error what went wrong; return the exit code."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else DEFECT
        case BrokenPipeError():
            _let_go_of_stdout()
            return BROKEN_PIPE
        case ImportError() if interrupts.asked():  # a library was stopped while it was being loaded
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
            say(str(Problem(_("cannot be read or written: {reason}.").format(reason=error.strerror), file=place)))
            return InputError.exit_code
        case MemoryError():
            say(_("There is not enough memory for this scenario. Close other programs or make it smaller."))
            return DEFECT
    _apologize(error)
    return DEFECT


@contextmanager
def naming(path: str, loaded: LoadedScenario) -> Iterator[None]:
    """Name the scenario's file in what goes wrong within a `with` block, and the lines of rules that clash."""
    try:
        yield
    except InputError:
        raise
    except InfeasibleError as error:
        error.message = "\n".join(_clash(path, loaded, error))
        raise
    except PlannerError as error:
        error.message = f"{path}: {error.message}"
        raise


def _clash(path: str, loaded: LoadedScenario, error: InfeasibleError) -> Iterator[str]:
    """What cannot hold together, each rule and limit at its place in the file."""
    from planner.scenario_io.problems import located

    first, *_listed, last = error.message.split("\n") if error.clashes else [error.message, ""]
    yield f"{path}: {first}"
    for sentence, place in error.clashes:
        yield str(located(loaded.place(place), sentence, path=place))
    if last:
        yield last


def say(text: str) -> None:
    """Print one message to standard error; a terminal must not obey what a file says."""
    click.echo(without_control(text), err=True)


def warn(problem: Problem) -> None:
    """Print what is allowed but dubious, at its place like an error."""
    say(str(replace(problem, message=_("warning: {text}").format(text=problem.message))))


def without_control(text: str) -> str:
    """`text` with control characters written out (\\x1b), line breaks and tabs kept."""
    if text.isprintable():
        return text
    return "".join(
        repr(character)[1:-1] if unicodedata.category(character) in _UNSAFE and character not in "\n\t" else character
        for character in text
    )


_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Co"})


def _apologize(error: BaseException) -> None:
    if os.environ.get("PLANNER_DEBUG", "") not in ("", "0"):
        traceback.print_exception(error, file=sys.stderr)
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" ({os.path.basename(frame.filename)}:{frame.lineno})" for frame in place)
    say(
        _("Sorry: this is a defect of the planner, not of your scenario. {error}").format(
            error=f"{type(error).__name__}: {error}{where}"
        )
    )
    say(
        _(
            "Please report the line above with your command, the scenario file and these versions:"
            " planner {planner}, Python {python}, {system}. With PLANNER_DEBUG=1 the same command shows more."
        ).format(planner=VERSION, python=platform.python_version(), system=platform.system())
    )


def _let_go_of_stdout() -> None:
    """Point standard output at nothing, so that Python does not complain again when it ends."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
    except (OSError, ValueError, AttributeError):
        pass
