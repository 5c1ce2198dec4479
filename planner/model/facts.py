"""Facts in the model: variables with fixed values, and limits raised to what facts use.

People who attended, classes held, payments made and socializations paid are variables with a fixed value, so that every
rule counts them without knowing that they are facts. An upper limit that facts alone exceed is raised to the facts.
Of a share of the whole plan - of a programme's cost, of another fund's payments, of what a rule measures - facts are
only a part: what a partner has paid in advance is caught up with by what others pay, and who has come before others by
those who still come. Until then, nothing is added to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from planner.domain.rule_families import family_of
from planner.domain.running import run_of
from planner.model.rows import Row

if TYPE_CHECKING:
    import pulp

    from planner.model.ingredients import Parts

NEAR: Final = 1e-9
"""Relative excess from which facts count as above a limit; sums of floats are not more precise."""


SHARES: Final = ("fund_max_share", "fund_match", "rules")
"""Families with upper limits that are shares of what the plan decides."""


def state_facts(parts: Parts) -> None:
    """Fix what has happened (participants, classes, running, socializations, payments), and the minimum of totals."""
    scenario, v, facts = parts.scenario, parts.variables, parts.scenario.facts
    for seat, people in facts.participants.items():
        v.happened(v.participants[seat], people)
    for pair, people in facts.people.items():
        if pair in v.trained:
            v.happened(v.trained[pair], people, all_of_it=False)
    for held, classes in facts.classes.items():
        v.happened(v.classes[held], classes)
    for p in facts.ran & v.runs.keys():
        v.happened(v.runs[p], 1)
    for p, start in {(p, t) for _g, p, t in facts.participants} | facts.classes.keys():
        for key in ((p, t) for t in run_of(scenario, scenario.programme[p], start)):
            if key in v.in_period:
                v.happened(v.in_period[key], 1)
    for g in facts.socialized & v.socialized.keys():
        v.happened(v.socialized[g], 1)
    for pool, amount in parts.pools.facts.items():
        fund = parts.pools.members[pool].payers[0]
        v.happened(v.add("paid", (fund, pool), None), parts.money(amount))
    for key, closed in facts.closed.items():
        if key in v.closed:
            v.facts[v.closed[key].name] = float(closed)
            # chances of courses not measured may go to another group of the agency
            v.closed[key].lowBound = parts.measured(key)


def moved(parts: Parts, family: str, row: Row) -> Iterator[Row]:
    """Yield the row, with its limit raised to the facts where they alone exceed it.

    With F the left side of the facts alone and L + sum of d[g] * s[g] the limit, d being what the socialization of g
    adds:

        left side  <=  max(L + sum of d[g] * s[g],  F)

    For one s that is a row with another coefficient. For several it takes a decision w of its own, M being the most of
    the left side:

        left side  <=  F + M * w
        left side  <=  L + sum of d[g] * s[g] + (F - L) * (1 - w)

    Rows of `closings_by_training` are never raised, since facts cannot exceed them; nor rows of attendance patterns
    that include the facts.
    """
    if family in SHARES and _is_share_of_plan(parts, family, row):
        yield from _share(parts, family, row)
        return
    v = parts.variables
    asks = next(rows.asks for rows in family_of(family).rows if rows.name == family)
    soft = family == "rules" and (*row.key, None)[:3] in v.missed
    fits = parts.learnt.facts_fit and family in ("attendees", "attendance")
    if row.sense != "<=" or asks or soft or fits or family == "closings_by_training":
        yield row._replace(rhs=row.rhs - row.done) if row.done else row
        return
    made = row.done + sum(factor * v.facts.get(variable.name, 0.0) for variable, factor in row.terms)
    if made <= row.rhs + NEAR * max(1.0, abs(row.rhs)):
        yield row._replace(rhs=row.rhs - row.done)
        return
    free = {s.name for s in v.socialized.values() if s.name not in v.facts}
    raises = [(s, -factor) for s, factor in row.terms if s.name in free and factor < 0]
    others = [(x, factor) for x, factor in row.terms if not (x.name in free and factor < 0)]
    if len(raises) <= 1:
        terms = [*others, *((s, -max(0.0, row.rhs + more - made)) for s, more in raises)]
        yield Row(row.key, terms, "<=", made - row.done)
        return
    w = v.add("exceeding", (family, row.key), 1)
    most = sum(factor * _reach(x, factor) for x, factor in others) - (made - row.done)
    yield Row(row.key, [*others, (w, -max(0.0, most))], "<=", made - row.done)
    terms = [*row.terms, (w, made - row.rhs)]
    yield Row((*row.key, "moved"), terms, "<=", made - row.done)


def _is_share_of_plan(parts: Parts, family: str, row: Row) -> bool:
    """Return whether a row is a hard upper limit that is a share of what the plan decides: not of gaps, which are a
    number."""
    if family != "rules":
        return True
    number, side = row.key[:2]
    assert isinstance(number, int)
    rule = parts.scenario.rules[number]
    share = rule.hard and rule.measure != "gaps_closed" and side == "at_most"
    return share and rule.at_most is not None and rule.at_most.is_share


def _share(parts: Parts, family: str, row: Row) -> Iterator[Row]:
    """Yield a row of a share: where facts alone exceed it, nothing is added to the part until the share is kept again.

    With F the left side of the facts alone, L the limit, x what the rest adds to the part, M the most of x, and a
    decision w:

        x  <=  M * w
        left side  <=  L + (F - L) * (1 - w)
    """
    v = parts.variables
    made = sum(factor * v.facts.get(variable.name, 0.0) for variable, factor in row.terms)
    if made <= row.rhs + NEAR * max(1.0, abs(row.rhs)):
        yield row
        return
    added = [(x, factor) for x, factor in row.terms if factor > 0 and x.name not in v.facts]
    if not added:
        return
    w = v.add("exceeding", (family, row.key), 1)
    yield Row(row.key, [*added, (w, -sum(factor * _reach(x, factor) for x, factor in added))], "<=", 0.0)
    yield Row((*row.key, "moved"), [*row.terms, (w, made - row.rhs)], "<=", made)


def _reach(variable: pulp.LpVariable, factor: float) -> float:
    """Return the bound of a variable at which its term is largest."""
    bound = variable.upBound if factor > 0 else variable.lowBound
    return float(bound or 0.0)
