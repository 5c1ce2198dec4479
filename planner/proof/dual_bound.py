"""Turns the dual values of a solver into a bound that holds in exact arithmetic.

For any multipliers y of the rows of

    maximise  sum of c_j x_j    with  low <= A x <= high,  l <= x <= u

and reduced values d = c - A'y, no point is better than (Neumaier and Shcherbina 2004)

    sum over i of (y_i >= 0 ? y_i * high_i : y_i * low_i)  +  sum over j of (d_j >= 0 ? d_j * u_j : d_j * l_j)

This holds for any y; better duals give a tighter bound. So y may be a solver's floats: they are truncated to fixed
binary digits, and the rest is computed in Python's integers. A y with c = 0 and a value below 0 proves that no point
exists (Farkas).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from planner.proof.exact_model import ExactModel, Number

DIGITS: Final = 80
"""Binary digits behind the point of a multiplier."""

_ONE: Final = 1 << DIGITS


@dataclass(frozen=True)
class Bound:
    """A proven bound: no point is better than `value`; `reduced` are the d_j, in units of `unit`, for these `duals`."""

    value: Fraction
    reduced: NDArray[Any]
    unit: Fraction
    duals: NDArray[np.float64]

    def reduced_costs(self) -> NDArray[np.float64]:
        """Return the reduced values as floats, in the units of the objective."""
        return np.array([float(int(d) * self.unit) for d in self.reduced])

    def worth(self, column: int) -> Fraction:
        """Return by how much the bound falls for each unit by which the column leaves its best side."""
        return abs(int(self.reduced[column])) * self.unit


class Bounder:
    """Bounds one objective over one model, for any multipliers and any bounds of its columns."""

    def __init__(self, model: ExactModel, objective: Sequence[tuple[int, Number]]) -> None:
        self.model = model
        self.scale = lcm(*(factor.denominator for _, factor in objective)) if objective else 1
        cost = np.zeros(len(model.upper), dtype=object)
        for column, factor in objective:
            cost[column] += int(factor * self.scale)
        self.cost = cost
        self.unit = Fraction(1, self.scale * _ONE)
        self.emptiness: NDArray[np.float64] | None = None
        """The multipliers that last proved that no point exists."""

    def bound(self, duals: NDArray[np.float64], lower: Sequence[Number], upper: Sequence[Number]) -> Bound:
        """Compute the bound that `duals` prove over columns within [lower, upper]."""
        return self._bound(duals, lower, upper, self.cost << DIGITS)

    def infeasible(self, ray: NDArray[np.float64], lower: Sequence[Number], upper: Sequence[Number]) -> bool:
        """Return whether `ray` proves that no point keeps all rows within these bounds."""
        size = float(np.max(np.abs(ray), initial=0.0))
        if not size or not np.isfinite(size):
            return False
        nothing = np.zeros(len(self.model.upper), dtype=object)
        for sign in (1.0, -1.0):
            proof = self._bound(sign * ray / size, lower, upper, nothing)
            if proof.value < 0:
                self.emptiness = proof.duals
                return True
        return False

    def _bound(
        self, duals: NDArray[np.float64], lower: Sequence[Number], upper: Sequence[Number], cost: NDArray[Any]
    ) -> Bound:
        model = self.model
        value, reduced = 0, cost.copy()
        starts, indices, values = model.starts, model.indices, model.values
        left: list[int] = reduced.tolist()
        for row, y in enumerate(_fixed(duals, self.scale)):  # most are 0: those rows are passed over
            if not y:
                continue
            of_row = model.high[row] if y > 0 else model.low[row]
            if of_row is None:  # the side that this multiplier uses is infinite
                continue
            value += y * of_row
            begin, end = starts[row], starts[row + 1]
            for column, factor in zip(indices[begin:end], values[begin:end], strict=True):
                left[column] -= y * factor
        reduced[:] = left
        whole, parts = 0, dict[int, int]()
        for d, low, high in zip(reduced, lower, upper, strict=True):
            if d:
                side = high if d > 0 else low
                if type(side) is int:
                    whole += d * side
                else:  # summed by denominator, of which there are few: adding fractions one by one takes far longer
                    parts[side.denominator] = parts.get(side.denominator, 0) + d * side.numerator
        sides = sum((Fraction(part, denominator) for denominator, part in parts.items()), Fraction(value + whole))
        return Bound(sides * self.unit, reduced, self.unit, duals)


def _fixed(duals: NDArray[np.float64], scale: int) -> list[int]:
    """Return duals times `scale` in units of 2^-DIGITS, truncated; NaN and infinity count as 0."""
    mantissas, exponents = np.frexp(np.where(np.isfinite(duals), duals, 0.0))
    digits = (mantissas * 2.0**53).astype(np.int64).tolist()
    shifts = (exponents.astype(np.int64) - 53 + DIGITS).tolist()
    return [
        scale * (digit << shift if shift >= 0 else digit >> -shift) for digit, shift in zip(digits, shifts, strict=True)
    ]
