"""What workers do for a plan of many blocks: answer at prices, bound at prices, plan within an allotment.

A task holds all it needs, so that any worker may do it, and another one may repeat it where the first is lost. Workers
keep the models of the blocks that they have seen and build the others.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from planner.batch.points import ONE_AT_A_TIME
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.attempts import Attempts
from planner.drafting.drafts import Draft, better_of, drafted
from planner.errors import InfeasibleError, NoPlanInTime, SolverError
from planner.locale import speaking
from planner.nation.pieces import Shared
from planner.nation.priced import NothingPossible, Offer, Piece, PricedModel, Prices, model_of
from planner.nation.rounding import proposals
from planner.payments.payment import Payment
from planner.solve.engines import solver_version
from planner.solve.job import Job
from planner.solve.outcome import SearchLimits
from planner.version import VERSION


@dataclass(frozen=True)
class PriceTask:
    """Blocks to answer at each of several prices."""

    name: str
    pieces: tuple[Piece, ...]
    prices: tuple[Prices, ...]

    def done(self, limits: SearchLimits, language: str) -> tuple[tuple[Offer, ...], ...] | None:
        """Return the answers of the blocks, at all prices each; None where one of them has no plan at all."""
        return _of_all(self.pieces, lambda model: model.offers(self.prices))


@dataclass(frozen=True)
class BoundTask:
    """Blocks to bound at prices, in exact arithmetic, with so many rounds of cuts."""

    name: str
    pieces: tuple[Piece, ...]
    prices: Prices
    rounds: int = 0

    def done(self, limits: SearchLimits, language: str) -> tuple[tuple[str, Fraction], ...] | None:
        """Return the bound of each block by its name; None where one of them has no plan at all."""
        return _of_all(self.pieces, lambda model: (model.name, model.bound(self.prices, self.rounds)))


def _of_all[T](pieces: tuple[Piece, ...], work: Callable[[PricedModel], T]) -> tuple[T, ...] | None:
    with ONE_AT_A_TIME:
        try:
            return tuple(work(model_of(piece)) for piece in pieces)
        except NothingPossible:
            return None


@dataclass(frozen=True)
class Planned:
    """The plan of a block within its allotment; without decisions where there is none."""

    name: str
    decisions: Decisions | None = None
    payments: tuple[Payment, ...] = ()
    value: Fraction = Fraction(0)
    """Weighted gaps closed, less penalties."""

    def used(self, paid: Mapping[str, Mapping[str, Shared]], seats: frozenset[str]) -> dict[Shared, int]:
        """Return what it uses of shared money, by fund and period, and of seats in shared classes."""
        found: dict[Shared, int] = {}
        for row in self.payments:
            if row.fund in paid:
                money = paid[row.fund][row.period]
                found[money] = found.get(money, 0) + row.amount
        for (_g, p, t), people in self.decisions.participants.items() if self.decisions is not None else ():
            if p in seats:
                taken = Shared("seats", p, t)
                found[taken] = found.get(taken, 0) + people
        return found


@dataclass(frozen=True)
class PlanTask:
    """A block to be planned within its allotment."""

    name: str
    content: bytes
    """The scenario of the block with its allotment, pickled."""
    piece: Piece
    """The block's scenario as a piece, with all of its rows but those of the allotment."""
    allotment: Mapping[Shared, int]
    enough: float
    """How much whole numbers near the relaxation may lose [weighted gaps]; otherwise the block is searched."""

    @classmethod
    def of(
        cls, name: str, scenario: Scenario, piece: Piece, allotment: Mapping[Shared, int], enough: float
    ) -> PlanTask:
        """Return the task of a block."""
        return cls(name, pickle.dumps(scenario), piece, allotment, enough)

    def key(self, limits: SearchLimits) -> str:
        """Return the key of its kept plan: a hash of the scenario, the limits, and the versions of planner and
        solver."""
        asked = (VERSION, *solver_version(limits.solver), limits.gap, limits.strategy, round(self.enough, 6))
        return hashlib.sha256(json.dumps((*asked, self._scenario.sha256)).encode()).hexdigest()

    @cached_property
    def _scenario(self) -> Scenario:
        found: Scenario = pickle.loads(self.content)
        return found

    def __getstate__(self) -> Any:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def done(self, limits: SearchLimits, language: str) -> Planned:
        """Plan the block and pay for it. Its plan is checked as part of the whole."""
        with ONE_AT_A_TIME, speaking(language):
            draft, near = self._near_relaxation()
            if not near:
                draft = better_of(draft, self._searched(limits))
        if draft is None:
            return Planned(self.name)
        payments = draft.payments if draft.settlement is None else draft.settlement.payments()
        number = [level.goal for level in self._scenario.objective].index("gaps_closed")
        return Planned(self.name, draft.decisions, payments, draft.values[number])

    def _near_relaxation(self) -> tuple[Draft | None, bool]:
        """Return the best draft of whole numbers near the relaxation, and whether it loses at most `enough`."""
        best: Draft | None = None
        if self.enough <= 0:
            return None, False
        for proposed in proposals(model_of(self.piece), self.allotment):
            best = better_of(best, drafted(self._scenario, proposed.decisions))
            if best is not None and proposed.most - float(best.values[0]) <= self.enough:
                return best, True
        return best, False

    def _searched(self, limits: SearchLimits) -> Draft | None:
        """Return the draft that an ordinary search finds; None where it finds none."""
        attempts = Attempts(Job(self._scenario, replace(limits, polish=False)), inline=True)
        try:
            draft = attempts.draft(attempts.solution(attempts.job))
        except (InfeasibleError, NoPlanInTime, SolverError):
            return None
        if attempts.stopped:
            raise KeyboardInterrupt
        return draft
