"""The columns and rows of money, reused for a scenario whose funds have other amounts.

Amounts are numbers in some rows, and upper bounds of payments: only these are written anew.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from planner.domain.scenario import Scenario
from planner.proof.columns import Columns
from planner.proof.exact_model import ExactModel
from planner.proof.formulation import Formulation
from planner.proof.same_people import takes_same_people


def with_other_amounts(known: Formulation, people: Columns, scenario: Scenario) -> Formulation | None:
    """Return the exact model of `scenario` from that of a scenario with this part of `people` and other amounts of
    funds.

    None where more differs, or where rows and columns would differ: a fund gains its first or loses its last money,
    something was paid already, a rule about cost may be missed, or a row has other columns.
    """
    if not takes_same_people(people, scenario) or scenario.facts or known.columns.missed_by_cost:
        return None
    funds = list(zip(known.columns.scenario.funds, scenario.funds, strict=True))
    if any(bool(old.amount) != bool(new.amount) for old, new in funds):
        return None
    c = copy(known.columns)
    c.scenario, c.facts = scenario, scenario.facts
    changed = {old.id for old, new in funds if old != new}
    model = c.model = replace(c.model, upper=[*c.model.upper], values=[*c.model.values], high=[*c.model.high])
    for (fund, pool), z in c.paid.items():
        model.upper[z] = min(c.most_cost[pool], scenario.fund[fund].amount)
    return replace(known, columns=c) if _rows_written(c, model, changed) else None


def _rows_written(c: Columns, model: ExactModel, changed: set[str]) -> bool:
    """Write the rows of the funds that have `changed`; return False where one has other columns than before."""
    anew = ExactModel(whole=model.whole)
    for row, known in c.money_rows.items():
        if changed.isdisjoint(known.funds):
            continue
        terms, high = known.written(c.scenario)
        first = len(anew.low)
        anew.row(terms, high=high)
        begin, end = model.starts[row], model.starts[row + 1]
        if len(anew.low) == first or anew.indices[anew.starts[first] :] != model.indices[begin:end]:
            return False
        model.values[begin:end] = anew.values[anew.starts[first] :]
        model.high[row] = anew.high[first]
    return True


def changed_money(known: Columns, c: Columns) -> tuple[set[int], set[int]]:
    """Return the rows, and the columns with other bounds, that differ between the models of `known` and `c`, whose
    funds have other amounts."""
    old, new = known.model, c.model
    rows = {
        row
        for row in c.money_rows
        if old.high[row] != new.high[row]
        or old.values[old.starts[row] : old.starts[row + 1]] != new.values[new.starts[row] : new.starts[row + 1]]
    }
    return rows, {z for z in c.paid.values() if old.upper[z] != new.upper[z]}
