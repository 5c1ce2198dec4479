"""Certificates of random plans: verified without the planner, and refused with any number or line changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.campaign.series import Fault, Series
from tests.unit.certificate.tampering import survivors

CHANGES: Final = 20
"""Changes of each certificate."""

FROM: Final = 40_000_000
"""The generators begin with this number: the tests of the program have seen those before."""


def run(count: int, seed: int) -> Iterator[Fault]:
    """Judge the plans of so many numbers."""
    for number in range(seed, seed + count):
        for why in survivors(FROM + number, CHANGES):
            yield Fault(number, why)


CERTIFICATES: Final = Series(
    "certificates",
    "A plan's certificate passes the verifier and has the rows of its scenario; with a number changed by one or a line "
    "left out, under a new seal, it does not, or proves the same.",
    run,
    full=1_000,
    short=1,
    step=5,
)
