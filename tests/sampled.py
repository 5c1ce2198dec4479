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


def few(number: int, every: int = 5) -> int:
    """A number for some of the cases; with --more the number itself."""
    return number if ASKED["more"] else number // every
