"""One row of the model as plain data: what a rule family yields and the builder adds to PuLP."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
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


def expression(terms: Iterable[Term]) -> pulp.LpAffineExpression:
    """Make the PuLP expression of `terms`; terms of one variable are added up."""
    return pulp.LpAffineExpression.from_list(list(terms))  # two thirds of the time that lpSum_vars_coefs takes
