"""The errors that a user may see, as one tree, each with its exit code.

PlannerError                      1
├── InputError                    2    the scenario or the command says something impossible
│   └── MissingPackage            2    an optional package for what is asked for is not installed
├── InfeasibleError               3    no plan can keep all hard rules
├── SolverError                   6    no solver, it broke, or it gave no usable answer
│   └── NoPlanInTime              4    neither a plan nor a proof that there is none, in the time given
├── CheckFailed                   5    our own checker refused the plan: a defect of ours
└── Interrupted                 130    stopped by the user
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from planner.locale import N_, _

_SAID: Final = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("access is not permitted"),
    errno.EPERM: N_("access is not permitted"),
    errno.EEXIST: N_("there is a file of that name already"),
    errno.ENOTDIR: N_("a part of the path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EROFS: N_("the medium is write-protected; choose another place"),
    errno.ENOSPC: N_("the medium is full; make room on it and do this again"),
    errno.EDQUOT: N_("the medium is full; make room on it and do this again"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EMFILE: N_("too many files are open"),
    errno.EBUSY: N_("it is in use; close it in other programs"),
    errno.EIO: N_("the medium does not answer; look after it, or choose another place"),
}


class Problem(NamedTuple):
    """One problem of an input: where, what, and what to do.

    `file`, `line` and `column` are 1-based and absent where they do not apply (a `--set` on the
    command line, a scenario made in Python). `path` is the dotted place inside the document.
    """

    message: str
    remedy: str = ""
    path: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part not in ("", None))
        parts = [place, self.path, " ".join(text for text in (self.message, self.remedy) if text)]
        return ": ".join(part for part in parts if part)


class PlannerError(Exception):
    """Base of all errors that a user may see."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class InputError(PlannerError):
    """The input is refused; all problems found are named at once."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        self.problems: tuple[Problem, ...] = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MissingPackage(InputError):
    """An optional package, or a system library that it needs, is not installed; the remedy says how to install it."""


class InfeasibleError(PlannerError):
    """No plan keeps every hard rule within every limit.

    `clashes` are the rules and limits that cannot hold together, each as a sentence and its path in the scenario;
    `limits` are the paths of all of them, including those that share a sentence.
    """

    exit_code = 3

    def __init__(
        self,
        message: str,
        clashes: Iterable[tuple[str, tuple[str | int, ...]]] = (),
        limits: Iterable[tuple[str | int, ...]] = (),
    ) -> None:
        super().__init__(message)
        self.clashes = tuple(clashes)
        self.limits = tuple(limits)


class SolverError(PlannerError):
    """The solver is missing, broke, or gave no usable answer; `best` is the best plan found before."""

    exit_code = 6

    def __init__(self, message: str, best: Any = None) -> None:
        super().__init__(message)
        self.best = best


class NoPlanInTime(SolverError):
    """Neither a plan nor a proof that there is none was found in the time given."""

    exit_code = 4


class CheckFailed(PlannerError):
    """Our own checker refused the plan: nothing of it may be shown."""

    exit_code = 5


class Interrupted(PlannerError):
    """Stopped by the user before there was a plan to keep."""

    exit_code = 130


def reason_of(error: OSError | ValueError) -> str:
    """Return why the system could not read or write, in the current language; rare reasons in the system's own
    words."""
    code = getattr(error, "errno", None)
    if code in _SAID:
        return _(_SAID[code])
    return getattr(error, "strerror", None) or (os.strerror(code) if code else str(error))


_WANTING_MEMORY: Final = ("memoryerror", "cannot allocate memory", "failed to map segment", "can't start new thread")
"""What Python, Linux and libraries say where memory is missing."""


def wants_memory(error: BaseException) -> bool:
    """Return whether memory is what was missing, also for a library or a thread that only says so in words."""
    if isinstance(error, MemoryError):
        return True
    said = f"{error}".lower()
    return any(words in said for words in _WANTING_MEMORY)


NO_MEMORY: Final = N_("There is not enough memory for this scenario. Close other programs or make it smaller.")
_UNTRANSLATED: Final = PlannerError(NO_MEMORY)
"""What is said where there is no memory to say it with."""


def kind_and_words(error: BaseException) -> str:
    """Return an error as developers read it: its kind, and its words if it has any."""
    return f"{type(error).__name__}: {error}" if f"{error}" else type(error).__name__


def how_it_broke(error: BaseException) -> str:
    """Return how a process met its end, for the sentence that tells of it: memory was missing, or the error itself."""
    if wants_memory(error):
        return _("its process did not get the memory that it needs; close other programs.")
    return kind_and_words(error)


def unforeseen(error: BaseException) -> PlannerError:
    """Return what is said of work that failed in a way that nobody foresaw: memory, or a defect of the planner."""
    try:
        if wants_memory(error):
            return PlannerError(_(NO_MEMORY))
        words = _("The planner met an error of its own ({reason}). Please report it to us.")
        return PlannerError(words.format(reason=kind_and_words(error)))
    except MemoryError:
        return _UNTRANSLATED
