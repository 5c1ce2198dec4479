"""A row over whole variables is made whole exactly as fractions say."""

from __future__ import annotations

from fractions import Fraction
from math import floor, gcd, lcm

import pulp
from hypothesis import given
from hypothesis import strategies as st

from planner.model.rows import LARGEST_WHOLE, whole_row

X = pulp.LpProblem("row").add_variable("x", 0, 1, "Integer")
FACTORS = st.fractions(0, 1000, max_denominator=5000).filter(bool)


@given(st.lists(FACTORS, min_size=1, max_size=6), st.fractions(0, 10_000, max_denominator=300))
def test_coefficients_are_whole_without_a_common_divisor(factors: list[Fraction], most: Fraction) -> None:
    row = whole_row(("row",), [(X, factor) for factor in factors], most)
    scale = Fraction(lcm(*(factor.denominator for factor in factors)))
    scale /= gcd(*(int(factor * scale) for factor in factors))
    if max(factors) * scale > LARGEST_WHOLE:
        scale = 1 / max(factors)
        assert row.rhs == float(most * scale)
    else:
        assert row.rhs == floor(most * scale)
    assert [factor for _, factor in row.terms] == [float(factor * scale) for factor in factors]
