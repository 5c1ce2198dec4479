"""Bounds for an aim that is minimised, as for the levels of the objective."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Final

from planner.domain.aim import Aim
from planner.domain.fund_limits import limits_by_amount
from planner.domain.scenario import Scenario
from planner.proof.columns import Columns
from planner.proof.effort import searched
from planner.proof.exact_model import Term
from planner.proof.formulation import formulate
from planner.proof.money_rows import spent
from planner.proof.search import Search

ROUNDING: Final = Fraction(1, 10**9)
"""Relative rounding allowed in the gaps that an aim requires."""


def aim_bound(
    scenario: Scenario,
    aim: Aim,
    found: float | None,
    *,
    gap: float,
    effort: float = 1.0,
    seconds: float | None = None,
) -> Fraction | None:
    """Bound from below what any plan that reaches `aim.at_least` costs [rupiah] or misses.

    Only for aims that are an amount: the need of a fund, own cost, or the miss of a soft rule; None for others, and
    where no bound is proven. `found` is the value of an engine's plan; it only decides when to stop.
    """
    if aim.people is not None or aim.seats is not None or aim.classes is not None or aim.avoided:
        return None
    formulation = formulate(scenario)
    c = formulation.columns
    goal = _goal(c, aim)
    if goal is None:
        return None
    if aim.at_least is not None:
        number = [level.goal for level in formulation.levels].index("gaps_closed")
        asked = Fraction(aim.at_least)
        c.model.row(formulation.goals[number], low=asked - ROUNDING * max(Fraction(1), abs(asked)))
    best = None if found is None else -Fraction(found)
    until = None if seconds is None else time.monotonic() + seconds
    search = Search(c.model, [(column, -factor) for column, factor in goal], lambda _: None, best=best)
    left = (lambda: None) if until is None else (lambda: max(0.0, until - time.monotonic()))
    bound = searched(search, Fraction(str(gap)), effort, left)
    return None if bound is None else -bound


def _goal(c: Columns, aim: Aim) -> list[Term] | None:
    """Return the amount to minimise as terms; None where the aim is not an amount."""
    if aim.least is not None:
        return [(_needed(c, aim.least), 1)]
    if aim.own_cost:
        return [term for fund in c.scenario.funds if fund.own for term in spent(c, fund)]
    if aim.missed is not None:
        return [(m, 1) for (n, side, _), m in c.missed.items() if (n, side) == aim.missed] or None
    return None


def _needed(c: Columns, fund_id: str) -> int:
    """Add a column for the amount that a fund needs for its spending up to the end of each period [rupiah]."""
    fund, place, members = c.scenario.fund[fund_id], c.scenario.place_of_period, c.pools.members
    mine = {pool: terms for (f, pool), terms in c.payments.items() if f == fund_id}
    limits = limits_by_amount(c.scenario, fund)
    shares = [share for _, share in limits if share]
    most = sum(c.most_cost.get(pool, 0) for pool in mine)
    needed = c.model.column(most / min([Fraction(1), *shares]), whole=False)
    everything = [term for terms in mine.values() for term in terms]
    c.model.row([*everything, (needed, -1)], high=0)
    for limit, share in limits:
        periods = {pool: members[pool].period for pool in mine}
        within = [t for q, terms in mine.items() if (u := periods[q]) is None or limit.holds(place[u]) for t in terms]
        c.model.row([*within, (needed, -share)], high=0)
    return needed
