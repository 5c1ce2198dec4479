"""A solver that lies: nothing wrong comes of it, whatever it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.campaign.series import Fault, Series
from tests.faults.fake_solver import ATTEMPTS, judged

FROM: Final = 50_000_000
"""The dice begin with this number: the tests of the program have seen those before."""


def run(count: int, seed: int) -> Iterator[Fault]:
    """Judge the scenarios of so many numbers."""
    for number in range(seed, seed + count):
        for why in judged(FROM + number)[1]:
            yield Fault(number, why)


LIES: Final = Series(
    "lies",
    f"Of a scenario that is planned {ATTEMPTS} times with an engine that gives about 80 wrong endings, points, values "
    "and bounds, nothing is shown or stored that breaks a rule, spends too much, is better than the best, claims what "
    "is not so, or is called impossible where another engine is honest.",
    run,
    full=1_250,
    short=0,
    step=5,
)
