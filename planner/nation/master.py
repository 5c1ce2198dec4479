"""The master problem (Dantzig-Wolfe): which mixture of the blocks' answers makes the best whole, and the prices of what
is shared there. In floats: its prices are only hints, and its mixture decides what each block is allotted.

    maximise  sum of value[b,k] * share[b,k]
    with      sum over k of share[b,k] = 1                                      each block b
              sum of use[b,k] * share[b,k] + money of classes <= what there is    each shared thing
              seats taken <= most participants * classes                          each shared class
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.nation.central import Centre
from planner.nation.pieces import Shared
from planner.nation.priced import Offer

OVERDRAWN: Final = 1e3
"""Penalty for using all of a shared thing twice, as a multiple of all gaps: only the first mixtures exceed anything."""


@dataclass(frozen=True)
class Mixture:
    """The best mixture of the blocks' answers."""

    value: float
    prices: dict[Shared, float]
    use: dict[str, dict[Shared, float]]
    """What each block uses of each shared thing."""
    classes: dict[Shared, float]
    """Classes held, by their seats."""
    paid: dict[tuple[Shared, int, Shared], float]
    """What money pays of the class items of each class: by seats, number of the item, and money [rupiah]."""


class Master:
    """The answers so far, and what there is of each shared thing; `share` is the part of it for the blocks that take
    part."""

    def __init__(self, centre: Centre, blocks: Sequence[str], share: float = 1.0) -> None:
        self.centre, self.share = centre, share
        self.columns: list[Offer] = []
        self._known: set[tuple[str, tuple[tuple[Shared, float], ...]]] = set()
        self._place = {name: place for place, name in enumerate(blocks)}
        self._amount = {s: float(n) * share for s, n in centre.amounts.items()}
        self._rows = {s: row for row, s in enumerate([*self._amount, *(held.seats for held in centre.held)])}

    def add(self, columns: Sequence[Offer]) -> int:
        """Add answers, and return how many of them are new."""
        new = [column for column in columns if (column.block, column.use) not in self._known]
        self._known.update((column.block, column.use) for column in new)
        self.columns += new
        return len(new)

    def mixture(self) -> Mixture:
        """Solve the master problem."""
        entries: list[tuple[int, int, float]] = []
        cost: list[float] = []
        upper: list[float] = []

        def column(value: float, most: float = math.inf) -> int:
            cost.append(value)
            upper.append(most)
            return len(cost) - 1

        shared, blocks = len(self._rows), len(self._place)
        unit = {s: max(1.0, n) for s, n in self._amount.items()}
        for each in self.columns:
            k = column(each.value)
            entries.append((shared + self._place[each.block], k, 1.0))
            entries += [(self._rows[s], k, n / unit.get(s, 1.0)) for s, n in each.use if s in self._rows]
        classes: dict[Shared, int] = {}
        paid: dict[tuple[Shared, int, Shared], int] = {}
        extra = shared + blocks
        limits: dict[str, int] = {}
        sides: list[tuple[float, float]] = []
        for held in self.centre.held:
            y = classes[held.seats] = column(0.0, held.most * self.share)
            entries.append((self._rows[held.seats], y, -float(held.size)))
            for number, (_item, price, payers) in enumerate(held.items):
                row, scale = extra + len(sides), max(1.0, float(price))
                sides.append((0.0, 0.0))
                entries.append((row, y, -price / scale))
                for money in payers:
                    z = paid[held.seats, number, money] = column(0.0)
                    entries += [(row, z, unit[money] / scale), (self._rows[money], z, 1.0)]
            most = held.programme.classes.max
            if most is not None:
                if held.programme.id not in limits:
                    limits[held.programme.id] = extra + len(sides)
                    sides.append((-math.inf, most * self.share))
                entries.append((limits[held.programme.id], y, 1.0))
        whole = max([abs(each.value) for each in self.columns], default=1.0) * max(1, blocks)
        for s, row in self._rows.items():
            over = column(-OVERDRAWN * max(1.0, whole) / (1.0 if s in self._amount else 1e4))
            entries.append((row, over, -1.0))
        high = [min(1.0, self._amount.get(s, 0.0)) if s in self._amount else 0.0 for s in self._rows]
        low = [-math.inf] * shared + [1.0] * blocks + [least for least, _most in sides]
        high = [*high, *[1.0] * blocks, *(most for _least, most in sides)]
        point, duals, value = _solved(entries, cost, upper, low, high)
        prices = {s: max(0.0, float(duals[row])) / unit.get(s, 1.0) for s, row in self._rows.items()}
        use: dict[str, dict[Shared, float]] = {name: {} for name in self._place}
        for k, each in enumerate(self.columns):
            if point[k] > 1e-9:
                for s, n in each.use:
                    use[each.block][s] = use[each.block].get(s, 0.0) + n * float(point[k])
        return Mixture(
            value,
            prices,
            use,
            {s: float(point[y]) for s, y in classes.items()},
            {key: float(point[z]) * unit[key[2]] for key, z in paid.items() if point[z] > 0},
        )


def _solved(
    entries: list[tuple[int, int, float]], cost: list[float], upper: list[float], low: list[float], high: list[float]
) -> tuple[Any, Any, float]:
    """Return values, duals and value of a linear programme that is maximised."""
    import highspy  # loaded where it is needed
    import numpy as np

    from planner.highs.silent import SilentHighs

    rows, columns, values = (np.array(each) for each in zip(*entries, strict=True))
    order = np.argsort(columns, kind="stable")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.array(cost), np.zeros(len(cost)), np.array(upper)
    lp.row_lower_, lp.row_upper_ = np.array(low), np.array(high)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.searchsorted(columns[order], np.arange(len(cost) + 1)).astype(np.int64)
    lp.a_matrix_.index_ = rows[order].astype(np.int32)
    lp.a_matrix_.value_ = values[order].astype(np.float64)
    highs: Any = SilentHighs()
    highs.setOptionValue("parallel", "off")
    highs.passModel(lp)
    highs.run()
    solution = highs.getSolution()
    return np.asarray(solution.col_value), np.asarray(solution.row_dual), highs.getInfo().objective_function_value
