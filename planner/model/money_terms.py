"""Terms of money that several rule families share: a part of some payments beside their whole."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pulp

from planner.model.rows import LARGEST_WHOLE, Term


def less_share(part: Iterable[Term], whole: Iterable[Term], share: Fraction, unit: int) -> tuple[list[Term], float]:
    """Return (terms of den * part - num * whole, den - 1) for share = num/den, in solver units of `unit` rupiah.

    For whole rupiah, terms <= den - 1 says part <= ceil(share * whole), and terms >= -(den - 1) says
    part >= floor(share * whole). Both results are divided by the larger of num and den where that is beyond
    LARGEST_WHOLE. Factors of `part` and `whole` are whole numbers, so that equal terms cancel exactly.
    """
    num, den = share.numerator, share.denominator
    by = max(num, den) if max(num, den) > LARGEST_WHOLE else 1
    sums: dict[int, tuple[pulp.LpVariable, int]] = {}
    for times, terms in ((den, part), (-num, whole)):
        for variable, factor in terms:
            sums[variable.id] = variable, sums.get(variable.id, (variable, 0))[1] + times * int(factor)
    return [(variable, factor / by) for variable, factor in sums.values() if factor], (den - 1) / (by * unit)
