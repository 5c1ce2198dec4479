"""The plan as a point of the exact model: an exact value for each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

import numpy as np

from planner.certificate.verify import WAYS
from planner.certificate.words import column_names
from planner.domain.decisions import Decisions
from planner.domain.one_off import OneOff
from planner.errors import NoPlanInTime
from planner.locale import _
from planner.payments.payment import Payment
from planner.proof.columns import Columns
from planner.proof.exact_model import ExactModel, Number, Term
from planner.proof.relaxation import Relaxation
from planner.proof.search import Search

DENOMINATORS: Final = (1, 100, 10_000, 1_000_000, 10**9)
"""Largest denominators tried for the value of a column that is not whole."""

NEAR: Final = 1e-6
"""How far a value may lie from that of the relaxation."""

NODES: Final = 2_000
"""Most nodes of the search for columns that only help to write a rule."""


class NoPoint(ArithmeticError):
    """A plan that the checker passes is not a point of the exact model, so one of the two is wrong."""


class PointNotFound(NoPlanInTime):
    """Exact values of columns that only help to write a rule were not found within the allowed nodes."""

    def __init__(self, nodes: int) -> None:
        message = _(
            "No certificate: exact values of the columns that only help to write a rule were not found in {nodes}"
            " nodes. That puts the plan itself in no doubt; --effort {effort} seeks longer."
        )
        super().__init__(message.format(nodes=nodes, effort=f"{2 * nodes / NODES:g}"))


@dataclass(frozen=True)
class PlanToPlace:
    """What a plan decides and pays, and what it closes exactly."""

    decisions: Decisions
    payments: Sequence[Payment]
    closed: Mapping[tuple[str, str], Fraction]


def plan_point(c: Columns, plan: PlanToPlace, objective: Sequence[Term], nodes: int = NODES) -> list[Number]:
    """Return the value of each column: as the plan states it, or else the best for the objective.

    Raises NoPoint where there is none, PointNotFound where `nodes` search nodes were not enough to tell.
    """
    model = c.model.copy()
    known = _known(c, plan)
    for column, value in known.items():
        if not model.lower[column] <= value <= model.upper[column]:
            raise NoPoint(f"{column}: {model.lower[column]} <= {value} <= {model.upper[column]}")
        model.lower[column] = model.upper[column] = value
    point = _best_point(model, objective, nodes)
    _move_to_ends(c, point)
    return point


def _move_to_ends(c: Columns, point: list[Number]) -> None:
    """Move values that neither the plan nor this objective determines to their ends, since the verifier refuses others.

    What is missed and what helps to write a rule becomes least, the smallest coverage most.
    """
    named = enumerate(column_names(c, c.model))
    ways = {column: WAYS[family] for column, name in named if (family := re.split(r"[:\[]", name)[0]) in WAYS}
    moved = True
    while moved:
        moved = False
        for column, way in ways.items():
            end = _end(c.model, point, column, way)
            moved |= end != point[column]
            point[column] = end


def _end(model: ExactModel, point: Sequence[Number], column: int, way: int) -> Number:
    """Return the least value with which a column keeps every row, the others as they are; the most for way 1."""
    end = (model.lower if way < 0 else model.upper)[column]
    by_column = model.by_column
    begin, stop = by_column.starts[column], by_column.starts[column + 1]
    for row, factor in zip(by_column.rows[begin:stop].tolist(), by_column.values[begin:stop], strict=True):
        side = model.low[row] if way * factor < 0 else model.high[row]
        if side is not None:
            others = sum(value * point[each] for each, value in model.terms(row) if each != column)
            least = Fraction(side - others) / factor
            end = max(end, least) if way < 0 else min(end, least)
    if model.whole[column]:
        return ceil(end) if way < 0 else floor(end)
    return end


def keeps(model: ExactModel, point: Sequence[Number]) -> bool:
    """Return whether the point keeps every row, exactly."""
    for row, (low, high) in enumerate(zip(model.low, model.high, strict=True)):
        reached = sum(value * point[column] for column, value in model.terms(row))
        if (low is not None and reached < low) or (high is not None and reached > high):
            return False
    return True


def value_at(terms: Iterable[Term], point: Sequence[Number]) -> Fraction:
    """Return the value of terms at a point."""
    return Fraction(sum(factor * point[column] for column, factor in terms))


def _best_point(model: ExactModel, objective: Sequence[Term], nodes: int) -> list[Number]:
    """Return the point with which the objective is best.

    Whole values are taken only where the others exist exactly: within a solver's tolerance there may be values that do
    not.
    """
    whole = np.flatnonzero(np.array(model.whole, dtype=np.bool_))
    if all(model.lower[column] == model.upper[column] for column in whole):
        point = _with_others(model, objective, model.lower)
        if point is None:
            raise NoPoint("no exact values of the continuous columns")
        return point
    found: list[list[Number]] = []

    def judge(values: list[int]) -> Fraction | None:
        if not model.keeps(values):
            return None
        point = _with_others(model, objective, values)
        if point is None:
            return None
        found.append(point)
        return Fraction(0)

    search = Search(model, objective, judge, settles=False)
    if search.root() is not None:
        while search.open and not found and search.nodes < nodes:
            search.run(nodes=1)
    if not found:
        raise PointNotFound(nodes) if search.open else NoPoint("no values of the whole columns")
    return found[0]


def _with_others(model: ExactModel, objective: Sequence[Term], values: Sequence[Number]) -> list[Number] | None:
    """Return the point with these values of the whole columns, and the best of the others; None where there is none."""
    fixed = model.copy()
    for column, value in enumerate(values):
        if model.whole[column]:
            fixed.lower[column] = fixed.upper[column] = value
    solved = Relaxation(fixed, objective).solve().point
    if solved is None:
        return None
    for most in DENOMINATORS:
        point: list[Number] = [
            low if low == high else min(max(low, Fraction(float(value)).limit_denominator(most)), high)
            for low, high, value in zip(fixed.lower, fixed.upper, solved, strict=True)
        ]
        far = max((abs(float(value) - float(exact)) for value, exact in zip(solved, point, strict=True)), default=0.0)
        if far < NEAR and keeps(fixed, point):
            return point
    return None


def _known(c: Columns, plan: PlanToPlace) -> dict[int, Number]:
    """Return the values of the columns that the plan determines."""
    decisions, known = plan.decisions, dict[int, Number]()
    for seat, x in c.seats.items():
        known[x] = decisions.participants.get(seat, 0)
    for held, y in c.classes.items():
        known[y] = decisions.classes.get(held, 0)
    for g, s in c.socialized.items():
        known[s] = int(g in decisions.socialized)
    for f, a in c.used.items():
        known[a] = int(f in decisions.used)
    for key, k in c.closed.items():
        known[k] = plan.closed.get(key, Fraction(0))
    for (f, kind), v in c.free.items():
        known[v] = sum(
            n for (fund, p, g, t), n in decisions.seats.items() if fund == f and c.kinds.get((g, p, t)) is kind
        )
    known |= _payments(c, plan.payments)
    for row, about in enumerate(c.model.abouts):
        if about[:1] == ("smallest_coverage",):  # need x u <= closed
            terms = c.model.terms(row)
            u, need = next((u, need) for u, need in terms if u in c.worst.values())
            reached = Fraction(-sum(value * known[k] for k, value in terms if k != u), need)
            known[u] = min(reached, known.get(u, Fraction(1)))
    for (one_off, t), d in c.due.items():
        if one_off in decisions.due:
            known[d] = int(decisions.due[one_off] == t)
    return known


def _payments(c: Columns, payments: Sequence[Payment]) -> dict[int, Number]:
    """Return payments by fund and pool; pools that a payment could belong to in several ways are left open."""
    paid = dict.fromkeys(c.paid, 0)
    unsure: set[int] = set()
    for payment in payments:
        pools = pools_of(c, payment)
        if len(pools) > 1:
            unsure |= pools
        for pool in pools:
            if (payment.fund, pool) in paid:
                paid[payment.fund, pool] += payment.amount
    return {c.paid[f, pool]: amount for (f, pool), amount in paid.items() if pool not in unsure}


def pools_of(c: Columns, payment: Payment) -> set[int]:
    """Return the pools that the cell of a payment may belong to: one, except for lines of one name with different
    payers."""
    funding, cell = c.funding, payment.cell
    if payment.period in c.facts.over:
        return set()
    if payment.programme is None:
        payers = [funding.payers_of(OneOff(None, payment.group, payment.item, payment.account))]
    else:
        programme = c.scenario.programme[payment.programme]
        group = None if payment.group is None else c.scenario.group[payment.group]
        payers = [
            funding.payers(programme, item, *([] if group is None else [group]))
            for item in programme.costs
            if (item.item, item.account) == (payment.item, payment.account)
            and (item.per == "participant") == (group is not None)
        ]
    return {c.pools.pool(cell, each) for each in payers}
