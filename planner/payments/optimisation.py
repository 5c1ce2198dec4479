"""Optimise payments in whole rupiah, where several funds may pay the same pool.

Two linear programmes, the second around the solution of the first, give payments to within a rupiah; an integer
programme over the remaining differences makes them exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor, inf
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.errors import SolverError
from planner.highs.configured import EngineRefused
from planner.locale import _
from planner.payments.brief_optimisation import brief_payments
from planner.payments.conditions import CannotSettle, Key, MoneyCondition, Sense
from planner.payments.money_program import MoneyProgram, MoneyTerm

REFINED: Final = 10**6
"""How far [rupiah] the second linear step may move a payment from the first, which is a few rupiah in 10^11 off."""

REACH: Final = 100
"""How far [rupiah] the exact step may move a payment from the linear one, besides a rupiah for each payment.

No further than it needs: over wide ranges HiGHS has been seen to spend minutes on a dozen integers.
"""

LARGEST_FACTOR: Final = 1000
"""Largest coefficient that is kept whole: a solver takes 0.000001 for 0, but not this many times that.
Linear rows with a larger one are divided by it, integer ones get smaller ones."""

NOTHING: Final = 1e-9
"""Coefficients up to this are left out, as HiGHS does without saying so; every condition is checked in whole
numbers."""

WIDE: Final = 10**5
"""Most values of the sum of a fund's payments that are tried one by one to give a match smaller coefficients."""

MOST_PRICE: Final = 10**6
"""The largest price of a missed goal counts at most so many times the smallest."""

REMEMBERED: Final = 64
"""Settlements that are remembered: other plans of the same question often have the same payments."""

NO_GAP: Final[dict[str, Any]] = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
"""An integer programme is solved to its exact optimum. Its tolerances are HiGHS's own: with tighter ones presolve has
been seen to cut off the optimum."""


def optimised(
    scenario: Scenario,
    keys: Sequence[Key],
    due: Mapping[int, int],
    conditions: Sequence[MoneyCondition],
    *,
    briefly: bool = False,
) -> dict[Key, int]:
    """Find the payments by `keys` that keep all `conditions` exactly and rank best in the objective [rupiah].

    With `briefly`, for plans that are only compared, own money is the least, but later funds may pay a few rupiah more.

    Raises CannotSettle where there are none, SolverError where the solver refuses the problem.
    """
    goals = tuple(level.goal for level in scenario.objective)
    funds = tuple((fund.id, fund.own) for fund in scenario.funds)
    stated = tuple((tuple(c.terms.items()), c.sense, c.amount, c.penalty) for c in conditions)
    paid = _paid(goals, funds, tuple(keys), tuple(due.items()), stated, briefly)
    if paid is None:
        raise CannotSettle
    return dict(zip(keys, paid, strict=True))


@lru_cache(REMEMBERED)
def _paid(
    goals: tuple[str, ...],
    funds: tuple[tuple[str, bool], ...],
    keys: tuple[Key, ...],
    due: tuple[tuple[int, int], ...],
    stated: tuple[tuple[tuple[tuple[Key, int], ...], Sense, int, Fraction | None], ...],
    briefly: bool,
) -> tuple[int, ...] | None:
    """Return the best payments by key [rupiah], None where there are none; the arguments are all that they depend
    on."""
    conditions = [MoneyCondition(dict(terms), sense, amount, penalty) for terms, sense, amount, penalty in stated]
    optimisation = _Optimisation(goals, dict(funds), keys, dict(due), conditions)
    try:
        exact = (optimisation.brief_payments() if briefly else None) or optimisation.payments()
    except CannotSettle:
        return None
    return tuple(exact[key] for key in keys)


class _Optimisation:
    """The linear and integer programmes of one settlement."""

    def __init__(
        self,
        goals: Sequence[str],
        funds: Mapping[str, bool],
        keys: Sequence[Key],
        due: Mapping[int, int],
        conditions: Sequence[MoneyCondition],
    ) -> None:
        self.goals = goals
        self.funds = funds
        """The funds in their order, and whether each is own money."""
        self.keys, self.due, self.conditions = keys, due, conditions

    def payments(self) -> dict[Key, int]:
        """Return payments that keep every condition exactly."""
        reach = REACH + len(self.keys)
        base = self._linear(reach)
        moved = self._optimise(base, unit=1, integer=True, reach=reach)
        exact = {key: base[key] + round(moved[key]) for key in self.keys}
        if any(amount < 0 for amount in exact.values()) or not all(c.kept(exact) for c in self.conditions):
            raise CannotSettle
        return exact

    def brief_payments(self) -> dict[Key, int] | None:
        """Return payments that keep every condition, with the least own money; None where they are not found soon."""
        numbered = {key: number for number, key in enumerate(self.keys)}
        goals = [goal for goal in self._goals(numbered, []) if goal]
        return brief_payments(self.funds, self.keys, self.due, self.conditions, goals)

    def _linear(self, near: int) -> dict[Key, int]:
        """Return payments of the linear programme, rounded down [rupiah]; empty where all are within `near` of it
        anyway."""
        rough, largest = dict.fromkeys(self.keys, 0), max(self.due.values(), default=0)
        if largest <= near:
            return rough
        if largest > REFINED:
            unit = max(1, sum(self.due.values()) // 10**4)
            rough = _whole(rough, self._optimise(rough, unit=unit, integer=False, reach=None), self.due)
        return _whole(rough, self._optimise(rough, unit=1, integer=False, reach=REFINED), self.due)

    def _optimise(self, base: Mapping[Key, int], *, unit: int, integer: bool, reach: int | None) -> dict[Key, float]:
        """Return the best differences from `base` [rupiah], computed in solver units of `unit` rupiah."""
        program = MoneyProgram()
        move: dict[Key, int] = {}
        ranges: dict[Key, tuple[int, int]] = {}
        for key in self.keys:
            low, high = -base[key], self.due[key[1]] - base[key]
            if reach is not None:
                low, high = max(low, -reach), min(high, reach)
            if low > high:
                raise CannotSettle
            ranges[key] = low, high
            move[key] = program.column(low / unit, high / unit, whole=integer)
        missed: list[MoneyTerm] = []
        for condition in self.conditions:
            factors, room = condition.terms, condition.amount - condition.sum_of(base)
            if reach is not None and condition.sense != "==":
                span = sum(abs(factor) for factor in factors.values()) * reach
                if (room >= span) if condition.sense == "<=" else (room <= -span):
                    continue
            if integer and _largest(factors) > LARGEST_FACTOR:
                factors, room = _gentler(factors, room, ranges)
            by = _largest(factors) if _largest(factors) > LARGEST_FACTOR else 1
            terms = [(move[key], factor / by) for key, factor in factors.items() if abs(factor / by) > NOTHING]
            if condition.penalty is not None:  # misses count from those of `base`, since large amounts lose precision
                sign = 1 if condition.sense == ">=" else -1
                before = max(0, sign * room)
                short = program.column(-before / unit)
                missed.append((short, float(condition.penalty)))
                terms.append((short, float(sign)))
                room -= sign * before
            if not terms:
                raise CannotSettle
            right = room / (by * unit)
            least, most = -inf if condition.sense == "<=" else right, inf if condition.sense == ">=" else right
            program.row(terms, least, most)
        found = [0.0] * len(self.keys)
        for goal in filter(None, self._goals(move, missed)):
            reached, found = _solved(program, goal, NO_GAP if integer else {})
            slack = 1e-6
            program.row(goal, -inf, reached + slack)
        return {key: found[column] * unit for key, column in move.items()}

    def _goals(self, move: Mapping[Key, int], missed: list[MoneyTerm]) -> Iterator[list[MoneyTerm]]:
        """Yield the goals that payments still decide, in the order of the objective, then the order of the funds."""
        prices = [price for _, price in missed if price]
        # the smallest price counts as one: a rupiah at that price must not fit into the slack of a level that is held
        scale = max(min(prices), max(prices) / MOST_PRICE) if prices else 1.0
        for goal in self.goals:
            if goal == "gaps_closed":
                yield [(short, price / scale) for short, price in missed]
            elif goal == "own_cost":
                yield [(z, 1.0) for (fund, _), z in move.items() if self.funds[fund]]
        if "gaps_closed" not in self.goals:
            yield [(short, price / scale) for short, price in missed]
        rank = {fund: float(n) for n, fund in enumerate(self.funds)}
        yield [(z, rank[fund] + 1.0) for (fund, _), z in move.items()]


def _solved(program: MoneyProgram, goal: Sequence[MoneyTerm], options: Mapping[str, Any]) -> tuple[float, list[float]]:
    """Return the least value of a goal, and the columns that reach it.

    Presolve has been seen to call solvable problems impossible; what it calls impossible is solved again without it.
    """
    for presolve in ("choose", "off"):
        try:
            found = program.least(goal, {"presolve": presolve, **options})
        except EngineRefused as refused:
            message = _("The solver could not settle the payments: {reason}").format(reason=refused)
            raise SolverError(message) from None
        if found is not None:
            return found
    raise CannotSettle


def _whole(base: Mapping[Key, int], moved: Mapping[Key, float], due: Mapping[int, int]) -> dict[Key, int]:
    """Return `base` moved and rounded down, at least 0 and at most what is due [rupiah]."""
    return {key: min(max(0, amount + floor(moved[key] + 1e-6)), due[key[1]]) for key, amount in base.items()}


def _largest(terms: Mapping[Key, int]) -> int:
    return max(map(abs, terms.values()), default=1)


def _gentler(
    terms: Mapping[Key, int], room: int, ranges: Mapping[Key, tuple[int, int]]
) -> tuple[Mapping[Key, int], int]:
    """Return a match with smaller coefficients, equivalent for all whole numbers within `ranges`.

    den * part - num * other <= room is a staircase: for each sum `other` the most that `part` may be. Every line that
    runs on or above its steps, and below the next whole numbers, describes the same staircase; one of a simpler slope
    is taken. Where there is none with smaller numbers, the terms and the room stay as they are.
    """
    den, num = max(terms.values()), max(0, -min(terms.values()))
    low, high = (sum(ranges[key][side] for key, factor in terms.items() if factor > 0) for side in (0, 1))
    first, last = (sum(ranges[key][side] for key, factor in terms.items() if factor < 0) for side in (0, 1))
    if last - first > WIDE:
        return terms, room
    tops = [(other, (room + num * other) // den) for other in range(first, last + 1)]
    on = [(other, min(top, high)) for other, top in tops if top >= low]
    below = [(other, max(top + 1, low)) for other, top in tops if top < high]
    for size in (10, 100, 1000, 10_000, 100_000):
        steep = min(Fraction(size), max(Fraction(1, size), Fraction(num, den)))
        slope = steep.limit_denominator(size) if steep < 1 else 1 / (1 / steep).limit_denominator(size)
        rise, run = slope.numerator, slope.denominator
        line = max((run * part - rise * other for other, part in on), default=run * low - rise * last - 1)
        if all(run * part - rise * other > line for other, part in below):
            return {key: run if factor > 0 else -rise for key, factor in terms.items()}, line
    return terms, room
