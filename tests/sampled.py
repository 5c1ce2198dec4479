"""Some of many like cases in every run, all of them with --more.

sampled(cases, every, first) -> list    cases for parametrize: the others are marked as further ones
some(cases, every) -> list              cases to go through within one test
few(number, every) -> int               how many are looked for, or asked to have been met
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pytest

ASKED: Final = {"more": False}
"""Whether this run tries all of them; set when pytest begins."""


def sampled(cases: Iterable[Any], every: int, first: int = 0) -> list[Any]:
    """Every so many of the cases, from the one at place `first`; the others are marked as further ones."""
    return [case if n % every == first else pytest.param(case, marks=pytest.mark.more) for n, case in enumerate(cases)]


def some[T](cases: Iterable[T], every: int = 5) -> list[T]:
    """Every so many of the cases, from the first; with --more all of them."""
    return list(cases)[:: 1 if ASKED["more"] else every]


class Cases(int):
    """How many cases a test asks for; where it meets fewer, it says what may have drawn them otherwise."""


def few(number: int, every: int = 5) -> Cases:
    """A number for some of the cases; with --more the number itself."""
    return Cases(number if ASKED["more"] else number // every)


def met_too_few(asked: object, met: object) -> list[str] | None:
    """What to do where a test met fewer cases than it asked for; None where it compares something else."""
    if not isinstance(asked, Cases):
        return None
    return [
        f"{met} cases are met, and {int(asked)} are not enough",
        "Look whether the product still makes them. If so, random scenarios (tests/oracle/generate.py) have them too",
        "seldom: draw what is new in seeds of its own, so that the others stay as they were. Nor is any answer of the",
        "oracle known (tests/oracle/known.py) after a change of its files, until: python -m tests.oracle.known.",
    ]
