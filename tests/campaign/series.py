"""A series: checks of one kind without end, each made from its number alone.

    of_cases(name, says, make, judge, ...)     the case of a number, and what is wrong with it
    Series(name, says, run, ...)               run(count, seed) judges the cases seed to seed + count - 1
    wrong(series, count, seed)                 the same, whatever ends it counted as a fault of the case that ended it

What a series says holds of every one of its cases; a `Fault` is a case of which it does not, with what the case is made
of as plain data. So each fault can be kept as a file and judged again after its maker has changed.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One case that is not as its series says: its number, why, and what it is made of as JSON data."""

    seed: int
    why: str
    made_of: Any = None


@dataclass(frozen=True)
class Series:
    """Checks of one kind.

    `full` cases are a whole campaign, the first `short` of them run in every test run, `step` are judged at a time.
    `again(made_of)` judges a kept case anew; without it a kept case is the one of its number.
    """

    name: str
    says: str
    run: Callable[[int, int], Iterable[Fault]]
    full: int
    short: int = 1
    step: int = 10
    again: Callable[[Any], str | None] | None = None


def of_cases(
    name: str,
    says: str,
    make: Callable[[int], Any],
    judge: Callable[[Any], str | None],
    *,
    full: int,
    short: int = 1,
    step: int = 10,
) -> Series:
    """A series whose case `make(seed)` is JSON data, of which `judge` says what is wrong, or None."""

    def run(count: int, seed: int) -> Iterator[Fault]:
        for number in range(seed, seed + count):
            case = make(number)
            why = _said(judge, case)
            if why is not None:
                yield Fault(number, why, case)

    return Series(name, says, run, full, short, step, lambda made_of: _said(judge, made_of))


def wrong(series: Series, count: int, seed: int) -> list[Fault]:
    """The faults among the cases from number `seed`."""
    try:
        return list(series.run(count, seed))
    except Exception as error:
        if count == 1:
            return [Fault(seed, _as_text(error))]
    return [fault for number in range(seed, seed + count) for fault in wrong(series, 1, number)]


def judged_again(series: Series, fault: Fault) -> str | None:
    """What is still wrong with a case that was kept."""
    if series.again is not None and fault.made_of is not None:
        return series.again(fault.made_of)
    return next((found.why for found in wrong(series, 1, fault.seed)), None)


def _said(judge: Callable[[Any], str | None], case: Any) -> str | None:
    try:
        return judge(case)
    except Exception as error:
        return _as_text(error)


def _as_text(error: Exception) -> str:
    """The kind of an exception, what it says, and the line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} [{last.filename.rsplit('/', 1)[-1]}:{last.lineno} {last.line}]"
