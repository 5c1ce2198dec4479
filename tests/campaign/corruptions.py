"""Corrupted plans: what is wrong by one, or wrong everywhere alike, is refused, and nothing else."""

from __future__ import annotations

import random
from typing import Any, Final

from tests.campaign.series import of_cases
from tests.oracle.generate import tiny_scenarios
from tests.properties.corrupted import inconsistent, undetected

FROM: Final = 30_000_000
"""The generators begin with this number: the tests of the program have seen those before."""


def made(number: int) -> dict[str, Any]:
    """The scenario of a number."""
    return tiny_scenarios(FROM + number, most_plans=600)


def taken(plain: dict[str, Any]) -> str | None:
    """The first corruption of a plan that the check takes or refuses wrongly."""
    return undetected(plain) or inconsistent(plain, random.Random(str(plain)))


CORRUPTIONS: Final = of_cases(
    "corruptions",
    "Of a plan every figure by one, every id, flag and row, and moves of people and money with all totals made to fit: "
    "the check refuses what the oracle's judge refuses, and takes what it takes.",
    made,
    taken,
    full=1_000,
    short=1,
    step=5,
)
