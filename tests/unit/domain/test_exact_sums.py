"""Sums of shares made in whole numbers are those of fractions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.exact_sums import shares_together

SHARES = st.fractions(0, 1, max_denominator=10_000)


@given(st.lists(st.tuples(st.integers(0, 10_000), SHARES)))
def test_the_sum_is_exact(shares: list[tuple[int, Fraction]]) -> None:
    assert shares_together(shares) == sum((number * share for number, share in shares), Fraction(0))
