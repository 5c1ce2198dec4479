"""One row of the model as plain data: rule families yield it and the builder adds it to PuLP."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Final, Literal, NamedTuple

import pulp

LARGEST_WHOLE: Final = 10**6
"""Largest coefficient that is kept a whole number; rows with larger ones are scaled down."""

Term = tuple[pulp.LpVariable, float]
"""A variable and its coefficient."""


class Row(NamedTuple):
    """sum of coefficient x variable, in a sense, against a number.

    `key` identifies the row within its family, in ids; the builder names the row `family__n`.
    """

    key: tuple[Hashable, ...]
    terms: list[Term]
    sense: Literal["<=", ">=", "=="]
    rhs: float
    done: float = 0.0
    """What facts add to the left side beyond the values of the variables."""


def whole_row(key: tuple[Hashable, ...], terms: Sequence[tuple[pulp.LpVariable, Fraction]], most: Fraction) -> Row:
    """Return sum of coefficient x variable <= `most` over whole variables, multiplied so that the coefficients are
    whole.

    The right-hand side is then rounded down, which excludes no whole numbers. Where whole coefficients would be too
    large for a solver, the largest one becomes 1 instead.
    """
    factors = [factor for _, factor in terms]
    common = lcm(*(factor.denominator for factor in factors))
    whole = [factor.numerator * (common // factor.denominator) for factor in factors]
    divisor = gcd(*whole) or 1
    if max(whole) > LARGEST_WHOLE * divisor:
        scale = 1 / max(factors)
        return Row(key, [(x, float(factor * scale)) for x, factor in terms], "<=", float(most * scale))
    scaled = [(x, float(number // divisor)) for (x, _), number in zip(terms, whole, strict=True)]
    return Row(key, scaled, "<=", float(most * common // divisor))


def expression(terms: Iterable[Term]) -> pulp.LpAffineExpression:
    """Return the PuLP expression of `terms`; terms of one variable are added up."""
    return pulp.LpAffineExpression.from_list(list(terms))  # takes two thirds of the time of lpSum_vars_coefs
