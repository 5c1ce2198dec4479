"""Finds prices of what is shared: first with a few blocks, then with all of them.

The prices of the master problem oscillate at first, so blocks answer at prices between these and the best so far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.nation.central import Centre
from planner.nation.master import Master, Mixture
from planner.nation.pieces import Shared
from planner.nation.priced import Offer, Prices, rounded

SAMPLE: Final = 40
"""Blocks with which prices are sought first."""

MOST_ROUNDS: Final = 30
"""Most times that blocks are asked."""

STEADY: Final = 0.5
"""Weight of the best prices so far in the prices that are tried next [0-1]."""

NEAR: Final = 0.1
"""Share of the gap asked for that may remain between mixture and bound at prices that are good enough [0-1]."""

FACTORS: Final = (0.0, 0.3, 1.0, 3.0, 1000.0)
"""The first prices, as multiples of gaps per rupiah when all is free."""

AROUND: Final = (1.0, 0.8, 1.25, 1000.0)
"""The first prices of all blocks, as multiples of those found with some."""

Asked = Callable[[Sequence[str], Sequence[Prices]], Sequence[Sequence[Offer]]]
"""Returns answers of blocks, by name, at each of several prices: together, so that a worker builds each model once."""


@dataclass(frozen=True)
class Priced:
    """Prices, the bound that they give in floats, and the best mixture found."""

    prices: dict[Shared, Fraction]
    bound: float
    mixture: Mixture


def find_prices(centre: Centre, blocks: Sequence[str], ask: Asked, gap: float) -> Priced:
    """Find prices for `blocks` whose bound is near the value of a mixture of their answers."""
    step = max(1, len(blocks) // SAMPLE)
    some = blocks[::step]
    if len(some) * 2 > len(blocks):
        return _found(centre, blocks, ask, gap, None)
    first = _found(centre, some, ask, gap, None, len(some) / len(blocks))
    return _found(centre, blocks, ask, gap, first)


def _found(
    centre: Centre, blocks: Sequence[str], ask: Asked, gap: float, near: Priced | None, share: float = 1.0
) -> Priced:
    master = Master(centre, blocks, share)
    best: Priced | None = None
    if near is None:
        (free,) = ask(blocks, [{}])
        master.add(free)
        guess = _guess(centre, free)
        asked = [{s: price * factor for s, price in guess.items()} for factor in FACTORS[1:]]
    else:
        asked = [{s: float(price) * factor for s, price in near.prices.items()} for factor in AROUND]
    for _round in range(MOST_ROUNDS):
        new = 0
        several = [rounded(prices) for prices in asked]
        for exact, answers in zip(several, ask(blocks, several), strict=True):
            new += master.add(answers)
            bound = share * float(centre.bound(exact)) + sum(
                each.value - sum(float(exact.get(s, 0)) * n for s, n in each.use) for each in answers
            )
            if best is None or bound < best.bound:
                best = Priced(exact, bound, best.mixture if best is not None else _NONE)
        mixture = master.mixture()
        assert best is not None
        best = Priced(best.prices, best.bound, mixture)
        if not new or best.bound - mixture.value <= NEAR * gap * max(1.0, mixture.value):
            break
        keep = STEADY if new else 0.0
        asked = [{s: keep * float(best.prices.get(s, 0)) + (1 - keep) * p for s, p in mixture.prices.items()}]
    assert best is not None
    return best


_NONE = Mixture(0.0, {}, {}, {}, {})


def _guess(centre: Centre, free: Sequence[Offer]) -> dict[Shared, float]:
    """Return a first price of each thing: gaps closed per unit of it when all is free; for seats the cost of their
    class."""
    value, used = sum(each.value for each in free), dict[Shared, float]()
    for each in free:
        for s, n in each.use:
            used[s] = used.get(s, 0.0) + n
    money = max(1.0, sum(n for s, n in used.items() if s.kind == "fund"))
    found = {s: value / (money if s.kind == "fund" else max(1.0, used.get(s, 0.0))) for s in centre.amounts}
    for held in centre.held:
        found[held.seats] = float(-held.worth({s: Fraction(p) for s, p in found.items()})) / held.size
    return found
