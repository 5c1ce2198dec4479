"""Proves, level by level, a bound on the objective of a scenario; finds a better plan, or that there is none."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.decisions import Decisions
from planner.domain.objectives import measured_by
from planner.domain.scenario import Scenario
from planner.proof.effort import INSIDE, SOON_NODES, most_nodes, searched
from planner.proof.formulation import Formulation, decisions_at, formulate
from planner.proof.kept_proof import KeptProof
from planner.proof.lower_levels import LowerLevels
from planner.proof.preparation import Prepared, maximised
from planner.proof.relaxation import SimplexBasis
from planner.proof.search import Search
from planner.proof.steps import step_of

Values = tuple[Fraction, ...]
"""The value of each level of the objective, in the scenario's units."""


class Contradiction(ArithmeticError):
    """A plan that keeps all rules is better than the exact model allows, so one of the two is wrong."""


@dataclass(frozen=True)
class Worth:
    """The exact values of the levels of a plan, and its weighted gaps closed without penalties."""

    values: Values
    weighted: Fraction


Keep = Callable[[int, Fraction, Values], None]
"""Takes the bound of a level (by its number) as soon as it is proven, for plans that do as well as these values in the
levels above."""

Judge = Callable[[Decisions], Worth | None]
"""Evaluates decisions; None where they cannot be paid in whole rupiah."""

LATER: Final = 0.1
"""Share of the work for each level below gaps closed."""


@dataclass(frozen=True)
class Proof:
    """The results of a proof, all exact."""

    bounds: tuple[Fraction | None, ...] = ()
    """By level: no plan that does as well in the levels above does better than this; None where nothing is proven."""
    better: Decisions | None = None
    """Decisions of a plan that ranks above the one known."""
    impossible: bool = False
    """Whether it is proven that no plan keeps all rules."""


def prove(
    scenario: Scenario,
    judge: Judge,
    known: Worth | None,
    *,
    gap: float,
    effort: float = 1.0,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
    keep: Keep = lambda number, bound, above: None,
    learnt: Learnt = NOTHING_LEARNT,
    prepared: Prepared | None = None,
    like: KeptProof | None = None,
    first: Fraction | None = None,
    while_near: bool = False,
) -> Proof:
    """Bound every level of the objective of `scenario`, and look for a plan that ranks above the one `known`.

    Each bound is passed on to `keep`, even where an exception such as KeyboardInterrupt ends the proof.

    Each search ends when the best plan is proven to within the relative `gap`, or after as many nodes as the size of
    the model and `effort` allow; nodes rather than seconds, so that the same scenario gives the same proof. What was
    `prepared` for the same scenario and what is `learnt` is not done again. With the proof of a similar scenario
    (`like`) no levels are searched: relaxations and cuts bound them, starting with the cuts made there. Only with full
    `effort` is the exact optimum sought, for a few nodes beyond the gap. With a bound of the `first` level that was
    proven before, that level is not bounded again. With
    `while_near` the levels below gaps closed are bounded only where that is proven to the gap.
    """
    formulation = formulate(scenario, learnt) if prepared is None else prepared.formulation
    proving = Proving(formulation, judge, Fraction(str(gap)), effort, seconds, stop, keep, like)
    if prepared is not None:
        proving.steps[0], proving.stood = prepared.step, prepared.stood
    return proving.proof(known, first, while_near=while_near)


def _short(value: Fraction | None) -> str:
    return "-" if value is None else f"{float(value):.15g}"


def _consistent(best: Fraction, most: Fraction | None, step: Fraction) -> None:
    """Raise Contradiction where a plan is worth more than the `most` that is possible, or lies between the steps."""
    if most is None or best > most:
        raise Contradiction(f"{_short(best)} > {_short(most)}")
    if best % step:
        raise Contradiction(f"{_short(best)} / {step}")


class Proving:
    """Proves the levels in turn, those above held at the exact values of the best plan."""

    def __init__(
        self,
        formulation: Formulation,
        judge: Judge,
        gap: Fraction,
        effort: float,
        seconds: float | None,
        stop: Callable[[], bool],
        keep: Keep,
        like: KeptProof | None = None,
    ) -> None:
        self.formulation, self.judge, self.gap, self.effort, self.stop = formulation, judge, gap, effort, stop
        self.keep, self.like, self.thorough = keep, like, effort >= 1.0
        self.until = None if seconds is None else time.monotonic() + seconds
        self.best: Values | None = None
        self.weighted = Fraction(0)
        self.better: Decisions | None = None
        self.steps: dict[int, Fraction] = {}
        """Steps of levels that are known already, by number."""
        self._first: Search | None = None
        """The search of the first level, where it was bounded with the cuts of a scenario like this."""
        self.stood: SimplexBasis | None = None
        """Basis of the relaxation of the previous level, from which that of the next starts."""
        self._cuts = None if like is None else like.cuts_for(formulation)
        if like is not None and self._cuts is not None:
            self.stood = self._cuts.plain
            if (step := like.step_of(formulation)) is not None:
                self.steps[0] = step

    def proof(self, known: Worth | None, first: Fraction | None = None, *, while_near: bool = False) -> Proof:
        """Prove the levels in turn, except the first where its bound `first` is known; with `while_near` only down to
        gaps closed where that stays open."""
        if known is not None:
            self.best, self.weighted = known.values, known.weighted
        bounds: list[Fraction | None] = []
        goals = [level.goal for level in self.formulation.levels]
        last = goals.index("gaps_closed")
        for number in range(len(goals)):
            bound = first
            if first is None or number:
                bound = self._level(number, 1.0 if number <= last else LATER)
            if self.best is None:
                return Proof(bounds=(bound,), impossible=bound is None)
            bounds.append(bound)
            if while_near and number == last and not self._is_near(number, bound):
                break
        return Proof(tuple(bounds), self.better)

    def _is_near(self, number: int, bound: Fraction | None) -> bool:
        """Return whether the best plan is proven to the gap in a level."""
        assert self.best is not None
        return bound is not None and abs(bound - self.best[number]) <= self.gap * self._size(number)

    def first(self, effort: float) -> Fraction | None:
        """Bound the first level with this `effort`, without a plan; None where it is proven that there is none."""
        self.effort = effort
        return self._level(0, 1.0)

    def tightened(self, rounds: int, enough: Callable[[], bool]) -> None:
        """Make further cuts for the first level after those of a similar scenario, round by round until `enough`."""
        search = self._first
        for _round in range(rounds):
            if search is None:
                break
            helps = search.cut_on(1)
            self._found(search)
            if not helps or enough():
                break

    def soon_searched(self, effort: float) -> bool:
        """Return whether a search of the first level with this `effort` is short: nodes close what few cuts leave
        open."""
        return self._first is not None and most_nodes(self._first.model, effort) >= SOON_NODES

    def branched(self, known: Worth, effort: float) -> Decisions | None:
        """Search the first level from where its cuts ended, until `known` or a better plan is proven to the gap.

        Return the better plan, if there is one. Only for a proof with the cuts of a similar scenario.
        """
        search, sign = self._first, 1 if self.formulation.maximises(0) else -1
        if search is None:
            return None
        self.best, self.weighted, self.better = known.values, known.weighted, None
        search.best, search.gap, search.size = sign * known.values[0], INSIDE * self.gap, lambda: self._size(0)
        search.run(nodes=most_nodes(search.model, effort), stop=self.stop)
        self._found(search)
        return self.better

    def _found(self, search: Search) -> Fraction | None:
        """Keep and return the bound of a search of the first level; None where it is proven that there is no plan."""
        self._compare(search)
        bound = search.bound
        if bound is None:
            return None
        sign = 1 if self.formulation.maximises(0) else -1
        self.keep(0, sign * bound, ())
        return sign * bound

    def below(self, known: Worth, first: Fraction) -> None:
        """Bound the levels below the first, whose bound is `first`, for plans as good in it as the one `known`."""
        self.best, self.weighted = known.values, known.weighted
        best, most = self._ranked((known.values[0],)), self._ranked((first,))
        _consistent(best[0], most[0], self.steps[0])
        first_search, self._first = self._first, None  # from here on its relaxation holds the levels of this plan
        lower = None if first_search is None else LowerLevels(first_search)
        for number in range(1, len(self.formulation.levels)):
            if lower is None or not self._below(lower, number):
                self._level(number, LATER)

    def _below(self, lower: LowerLevels, number: int) -> bool:
        """Bound a lower level after the first, with those above held; return whether there is a bound."""
        assert self.best is not None
        formulation, above = self.formulation, number - 1
        low = self.best[above] if formulation.maximises(above) else None
        lower.hold(formulation.goals[above], low=low, high=self.best[above] if low is None else None)
        if number not in self.steps:
            self.steps[number] = step_of(formulation, number)
        bound = lower.bound(maximised(formulation, number), self.steps[number])
        if bound is None:
            return False
        best, sign = self._ranked(self.best)[number], 1 if formulation.maximises(number) else -1
        _consistent(best, bound, self.steps[number])
        self.keep(number, sign * bound, self.best[:number])
        return True

    def _level(self, number: int, part: float) -> Fraction | None:
        """Bound a level; None where it is proven that there is no plan, or where no search is possible."""
        formulation, sign = self.formulation, 1 if self.formulation.maximises(number) else -1
        model = formulation.model.copy()
        for above in range(number):
            assert self.best is not None
            low = self.best[above] if formulation.maximises(above) else None
            model.row(formulation.goals[above], low=low, high=self.best[above] if low is None else None)
        if number not in self.steps:
            self.steps[number] = step_of(formulation, number)
        search = Search(
            model,
            maximised(formulation, number),
            lambda point: self._judged(number, sign, point),
            self.steps[number],
            None if self.best is None else sign * self.best[number],
            size=lambda: self._size(number),
            start=self.stood,
        )
        held: Values = () if self.best is None else self.best[:number]
        try:
            like = None if number else self._cuts
            bound = searched(search, self.gap, part * self.effort, self._left, self.stop, like, self.thorough)
        except KeyboardInterrupt:
            if search.bound_so_far is not None:
                self.keep(number, sign * search.bound_so_far, held)
            raise
        self.stood = search.stood
        if like is not None:
            self._first = search
        self._compare(search)
        if bound is None:
            return None
        self.keep(number, sign * bound, held)
        return sign * bound

    def _compare(self, search: Search) -> None:
        """Raise Contradiction where a plan is better than the exact model allows, or lies between possible values."""
        if search.best is not None:
            _consistent(search.best, search.ceiling, search.step)

    def _judged(self, number: int, sign: int, point: Sequence[int]) -> Fraction | None:
        """Return the value of a plan in a level; None where it cannot be paid, or is worse in the levels above."""
        decisions = decisions_at(self.formulation.columns, point)
        judged = self.judge(decisions)
        if judged is None:
            return None
        values = judged.values
        ranked, held = self._ranked(values), () if self.best is None else self._ranked(self.best)
        if ranked[:number] < held[:number]:
            return None
        if not held or ranked > held:
            self.best, self.weighted, self.better = values, judged.weighted, decisions
        return sign * values[number]

    def _size(self, number: int) -> Fraction:
        assert self.best is not None
        return measured_by(self.formulation.levels[number], self.best[number], self.weighted)

    def _ranked(self, values: Values) -> Values:
        """Return the values with the sign of minimised levels turned: more is better."""
        return tuple(v if self.formulation.maximises(n) else -v for n, v in enumerate(values))

    def _left(self) -> float | None:
        return None if self.until is None else max(0.0, self.until - time.monotonic())
