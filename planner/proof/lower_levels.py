"""Bounds of the levels below the first, by the relaxation and the cuts made for the first level."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.proof.dual_bound import Bounder
from planner.proof.exact_model import Number, Term
from planner.proof.search import Search


class LowerLevels:
    """The root of a finished search, in which levels are held before lower ones are bounded.

    The cuts of the first level hold for every plan, so they tighten the bounds of the others as well.
    """

    def __init__(self, first: Search) -> None:
        self._model, self._relaxation = first.model, first.relaxation
        self._relaxation.within(first.model.lower, first.model.upper)  # after a search, these are the bounds of a node

    def hold(self, goal: Sequence[Term], *, low: Number | None, high: Number | None) -> None:
        """Hold a level that is bounded: its goal is at least `low`, or at most `high`."""
        model = self._model = self._model.copy()
        row = len(model.low)
        model.row(goal, low=low, high=high)
        if len(model.low) > row:
            self._relaxation.add(model.terms(row), model.low[row], model.high[row])

    def bound(self, objective: Sequence[Term], step: Fraction) -> Fraction | None:
        """Return a bound on `objective`, a multiple of `step`, for every plan; None where the relaxation gives none."""
        self._relaxation.price(objective)
        duals = self._relaxation.solve().duals
        if duals is None:
            return None
        model = self._model
        value = Bounder(model, objective).bound(duals, model.lower, model.upper).value
        return value // step * step
