"""A block at prices: its best result when what is shared costs something, and a bound that holds in exact arithmetic.

With prices L on what blocks share, no plan of the whole is better than (Lagrange)

    sum over blocks of  max (weighted gaps - sum of L x use)  +  sum of L x what there is

and each maximum is bounded exactly from the duals of its relaxation (`proof.dual_bound`), whatever the prices are.
"""

from __future__ import annotations

import hashlib
import math
import pickle
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from planner.domain.scenario import Scenario
from planner.nation.pieces import Shared, of_fund
from planner.proof.dual_bound import Bounder
from planner.proof.exact_model import ExactModel, Term
from planner.proof.formulation import Formulation, formulate
from planner.proof.relaxation import Hint, Relaxation, SimplexBasis
from planner.proof.rule_rows import measures
from planner.proof.search import Search

Prices = Mapping[Shared, Fraction]
"""Price of each thing that is shared [weighted gaps per unit, at least 0]."""

ROUNDS: Final = 3
"""Rounds of cuts for the bound of a block."""

BITS: Final = 24
"""Binary digits of a price."""

MOST_KEPT: Final = 700
"""Most models that a process keeps, the last used ones."""


class NothingPossible(Exception):
    """The block has no plan at all."""


@dataclass(frozen=True)
class Offer:
    """What a block does at some prices, by its relaxation: weighted gaps, and use of what is shared."""

    block: str
    value: float
    use: tuple[tuple[Shared, float], ...]


@dataclass(frozen=True)
class Piece:
    """A block as it is sent to workers: its relaxed scenario, pickled once, and what of it is shared."""

    name: str
    content: bytes
    digest: str
    caps: tuple[int, ...]
    """Places, among the rules of the block's scenario, of rules that several blocks share, with ..."""
    cap_names: tuple[str, ...]
    """... their places in the whole scenario."""
    funds: tuple[str, ...]
    programmes: frozenset[str]
    """Ids of shared programmes with classes."""


def piece(
    name: str, scenario: Scenario, caps: Mapping[int, str], funds: tuple[str, ...], seats: frozenset[str]
) -> Piece:
    """Return the piece of the scenario of a block."""
    content = pickle.dumps(scenario)
    digest = hashlib.sha256(content).hexdigest()
    return Piece(name, content, digest, tuple(caps), tuple(caps.values()), funds, seats)


class PricedModel:
    """The exact model of a block, its relaxation, and what it uses of each shared thing as terms."""

    def __init__(self, piece: Piece) -> None:
        scenario: Scenario = pickle.loads(piece.content)
        formulation = formulate(scenario)
        self.name = piece.name
        self.formulation = formulation
        self.model: ExactModel = formulation.model
        number = [level.goal for level in formulation.levels].index("gaps_closed")
        self.goal: tuple[Term, ...] = formulation.goals[number]
        self.use = _uses(piece, scenario, formulation)
        self.relaxation = Relaxation(self.model, self.goal)
        self.relaxation.solve()
        self._stood = self.relaxation.basis(range(self.model.size[0]))

    def stood_before_rows(self) -> SimplexBasis | None:
        """Return the basis of the relaxation when everything was free, from which a relaxation with more rows can
        start."""
        return None if self._stood is None else replace(self._stood, keeps_added=False)

    def objective(self, prices: Prices) -> list[Term]:
        """Return weighted gaps less what is used at its price."""
        priced = [
            (column, -price * factor) for s, price in prices.items() if price for column, factor in self.use.get(s, ())
        ]
        return [*self.goal, *priced]

    def offers(self, several: Iterable[Prices]) -> tuple[Offer, ...]:
        """Return what the relaxation does at each of several prices. Raises NothingPossible where it has no point.

        The first begins from the same basis whatever was asked before, each other one from that of the prices before
        it: whichever worker is asked, the answers are the same.
        """
        self.relaxation.begin_from(self._stood)
        return tuple(map(self._offer, several))

    def _offer(self, prices: Prices) -> Offer:
        self.relaxation.price(self.objective(prices))
        hint = self.relaxation.solve()
        if hint.point is None:
            raise NothingPossible(self.name)
        point = hint.point
        value = sum(float(factor) * point[column] for column, factor in self.goal)
        use = {s: sum(float(factor) * point[column] for column, factor in terms) for s, terms in self.use.items()}
        return Offer(self.name, float(value), tuple((s, float(n)) for s, n in use.items() if n > 1e-9))

    def bound(self, prices: Prices, rounds: int = ROUNDS) -> Fraction:
        """Return an exact bound for every plan of the block at these prices. Raises NothingPossible where it has none.

        Without cuts it is the bound that the duals of the relaxation prove, where there are any.
        """
        objective = self.objective(prices)
        hint = self._at(objective) if not rounds and not self.model.contradictory else Hint()
        if hint.duals is not None:
            return Bounder(self.model, objective).bound(hint.duals, self.model.lower, self.model.upper).value
        search = Search(self.model, objective, lambda point: None)
        search.root(rounds=rounds)
        if search.bound is None:
            raise NothingPossible(self.name)
        return search.bound

    def _at(self, objective: list[Term]) -> Hint:
        """Return the relaxation for an objective, from the same basis whatever was asked before."""
        self.relaxation.begin_from(self._stood)  # not from the basis of the last prices, which differs between workers
        self.relaxation.price(objective)
        return self.relaxation.solve()


def _uses(piece: Piece, scenario: Scenario, formulation: Formulation) -> dict[Shared, list[Term]]:
    c = formulation.columns
    found: dict[Shared, list[Term]] = {}
    shared = {f: of_fund(scenario.fund[f]) for f in piece.funds}
    for (f, pool), terms in c.payments.items():
        for each, _amount in shared.get(f, ()):
            period = c.pools.members[pool].period
            if not each.when or (period is not None and scenario.year_of[period] == each.when):
                found.setdefault(each, []).extend(terms)
    for (p, t), seats in c.by_class.items():
        if p in piece.programmes:
            found[Shared("seats", p, t)] = [(c.seats[seat], 1) for seat in seats]
    for place, name in zip(piece.caps, piece.cap_names, strict=True):
        found[Shared("cap", name)] = measures(c, place, whole=False).get(None, [])
    return found


_kept: OrderedDict[str, PricedModel] = OrderedDict()


def model_of(piece: Piece) -> PricedModel:
    """Return the model of a piece, kept in this process since it was last used."""
    made = _kept.pop(piece.digest, None) or PricedModel(piece)
    _kept[piece.digest] = made
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def rounded(prices: Mapping[Shared, float]) -> dict[Shared, Fraction]:
    """Return prices as short fractions, so that exact arithmetic stays fast."""
    found = {}
    for shared, price in prices.items():
        digits, power = math.frexp(max(0.0, price))
        found[shared] = Fraction(math.ldexp(round(math.ldexp(digits, BITS)), power - BITS))
    return found
