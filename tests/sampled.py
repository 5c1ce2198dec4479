"""Some of many like cases in every run, all of them with --more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], every: int, first: int = 0) -> list[Any]:
    """Every so many of the cases, from the one at place `first`; the others are marked as further ones."""
    return [case if n % every == first else pytest.param(case, marks=pytest.mark.more) for n, case in enumerate(cases)]
