"""Differences within the tolerance of two plans are said as ranges, larger ones are not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.locale import speaking
from planner.report.views.answers.intervals import may_be_same, within_tolerance

F = Fraction


@pytest.mark.parametrize(
    ("value", "most", "other", "other_most", "same"),
    [
        (10, 11, F(105, 10), 12, True),  # each may be what the other is
        (10, 11, 10, 11, False),  # no difference to speak of
        (10, 11, 12, 13, False),  # the second is more than the first can be
        (10, 20, 15, 15, True),
        (15, 15, 10, 14, False),
    ],
)
def test_either_may_reach_the_other(
    value: Fraction, most: Fraction, other: Fraction, other_most: Fraction, same: bool
) -> None:
    assert may_be_same(F(value), F(most), F(other), F(other_most)) is same
    assert may_be_same(F(other), F(other_most), F(value), F(most)) is same


def test_both_ranges_are_said() -> None:
    with speaking("en"):
        words = within_tolerance(lambda number: f"{float(number):g}", F(10), F(11), F(21, 2), F(12))
    assert words.endswith("from 10 to at most 11, and from 10.5 to at most 12.")
