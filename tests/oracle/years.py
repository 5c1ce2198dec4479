"""The most that chances can close over several years, as a linear programme, solved by the simplex method in fractions.

best_chances(counts, worths, limits) -> the chances that each row of people gets

`limits` are (rows counted, most): the sums of chances that are limited. Of several best ways the one is taken that
gives the first row most, then the second, and so on: each row's worth is a pair, what it is worth and its place.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

Limit = tuple[frozenset[int], Fraction]


@lru_cache(maxsize=200_000)
def best_chances(
    counts: tuple[int, ...], worths: tuple[Fraction, ...], limits: tuple[Limit, ...]
) -> tuple[Fraction, ...]:
    """Chances of each row, at most `counts`, at most the limits in sum, worth the most."""
    rows = [(frozenset([n]), Fraction(most)) for n, most in enumerate(counts)] + list(limits)
    size = len(counts)
    goal = [_place(worth, n, size) for n, worth in enumerate(worths)]
    table = [
        [Fraction(n in those) for n in range(size)] + [Fraction(k == r) for k in range(len(rows))] + [most]
        for r, (those, most) in enumerate(rows)
    ]
    gain: list[tuple[Fraction, ...]] = [*goal, *([_none(size)] * len(rows))]
    basis = list(range(size, size + len(rows)))
    while True:
        entering = next((n for n, each in enumerate(gain) if each > _none(size)), None)
        if entering is None:
            break
        ratios = [(row[-1] / row[entering], basis[r], r) for r, row in enumerate(table) if row[entering] > 0]
        leaving = min(ratios)[2]
        pivot = table[leaving] = [value / table[leaving][entering] for value in table[leaving]]
        for r, row in enumerate(table):
            if r != leaving and row[entering]:
                factor = row[entering]
                table[r] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        factors = gain[entering]
        gain = [
            tuple(a - f * pivot[n] for a, f in zip(each, factors, strict=True)) if pivot[n] else each
            for n, each in enumerate(gain)
        ]
        basis[leaving] = entering
    chances = [Fraction(0)] * size
    for r, column in enumerate(basis):
        if column < size:
            chances[column] = table[r][-1]
    return tuple(chances)


def _none(size: int) -> tuple[Fraction, ...]:
    return (Fraction(0),) * (size + 1)


def _place(worth: Fraction, place: int, size: int) -> tuple[Fraction, ...]:
    """What a row is worth, and then that it is the row of this place: compared one after the other."""
    return (worth, *(Fraction(n == place) for n in range(size)))
