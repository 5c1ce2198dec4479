"""Tidy payments: among equally good payments, choose some that split few costs between funds.

What a fund pays of a cost that another fund pays too is rarely a round amount, and reads badly in a
budget. The rupiah that each fund pays in all stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulp

from planner.checked_highs import CheckedHighs, EngineRefused
from planner.payments.conditions import Key, MoneyCondition


def tidied(paid: Mapping[Key, int], due: Mapping[int, int], conditions: Sequence[MoneyCondition]) -> dict[Key, int]:
    """Return payments as good as `paid` that split few pools; `paid` itself where none are found.

    A corner of all payments that keep the conditions and each fund's total: there no more pools are split
    than conditions bind. Among corners the one where earlier funds pay earlier pools. Its numbers
    are whole in nearly every case; they are taken only if they are, and keep every condition exactly.
    """
    problem = pulp.LpProblem("tidy", pulp.LpMinimize)
    variable = {key: problem.add_variable(f"z{n}", 0, due[key[1]]) for n, key in enumerate(paid)}
    totals: dict[str, dict[Key, int]] = {}
    for key in paid:
        totals.setdefault(key[0], {})[key] = 1
    held = [condition.as_reached(paid) for condition in conditions if not _of_totals(condition, totals)]
    held += [MoneyCondition(terms, "==", sum(paid[key] for key in terms)) for terms in totals.values()]
    for number, condition in enumerate(held):
        left = pulp.lpSum_vars_coefs([(variable[key], float(factor)) for key, factor in condition.terms.items()])
        right = condition.amount
        row = left <= right if condition.sense == "<=" else left >= right if condition.sense == ">=" else left == right
        problem.addConstraint(row, f"c{number}")
    rank = {fund: n for n, fund in enumerate(totals)}
    place = {pool: n for n, pool in enumerate(due)}
    size = float(max(1, len(rank) * len(place)))
    problem.setObjective(pulp.lpSum_vars_coefs([(variable[f, q], -rank[f] * place[q] / size) for f, q in paid]))
    try:
        stats = problem.solve(CheckedHighs(msg=False, threads=1, solver="simplex"))
    except EngineRefused:
        return dict(paid)
    if stats.status != pulp.LpSolveStatus.Optimal or not stats.has_solution:
        return dict(paid)
    tidy = {key: round(float(each.varValue or 0.0)) for key, each in variable.items()}
    fits = all(0 <= amount <= due[pool] for (_fund, pool), amount in tidy.items())
    return tidy if fits and all(condition.kept(tidy) for condition in held) else dict(paid)


def _of_totals(condition: MoneyCondition, totals: Mapping[str, Mapping[Key, int]]) -> bool:
    """Whether a condition is a match: it weighs what funds pay in all, and so is kept by itself.

    Its coefficients may be beyond a solver.
    """
    weighs = any(abs(factor) > 1 for factor in condition.terms.values())
    return weighs and all(len({condition.terms.get(key, 0) for key in keys}) == 1 for keys in totals.values())
