"""The Shapley value: the fair share of each partner in their joint result (Shapley 1953)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial


def shapley[P](partners: Sequence[P], value: Mapping[frozenset[P], Fraction]) -> dict[P, Fraction]:
    """Return what each partner adds on average, over all orders in which the partners could join.

        share[f]  =  sum over sets S without f of  |S|! (n - |S| - 1)! / n!  *  (value[S + f] - value[S])

    `value` has a value for every subset of partners, also the empty one. The shares add up exactly to value[all] -
    value[none]; partners with the same contribution to every subset get the same share.
    """
    number = len(partners)
    shares = dict.fromkeys(partners, Fraction(0))
    for partner in partners:
        others = [other for other in partners if other != partner]
        for size in range(number):
            orders = Fraction(factorial(size) * factorial(number - size - 1), factorial(number))
            for present in map(frozenset, combinations(others, size)):
                shares[partner] += orders * (value[present | {partner}] - value[present])
    return shares
