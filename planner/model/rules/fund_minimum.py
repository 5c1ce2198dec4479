"""Minimum: a partner that is used pays at least a minimum."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.ingredients import Parts
from planner.model.rows import Row


def fund_minimum(parts: Parts) -> Iterator[Row]:
    """A fund that is used pays at least its minimum, and is used only if it pays or gives a seat.

    For each fund f with a minimum, and for each other fund f that is a decision:

        sum over q of z[f,q]                        >=  minimum_f * a[f]      [money units]
        sum over q of z[f,q] + sum over v[f]        >=  a[f]                  [rupiah, people]

    The second keeps the plan from paying for an agreement that nothing comes of. What f paid already counts towards
    its minimum; a fund that was used in the past alone is not used, and its minimum is not asked for.
    """
    v = parts.variables
    for fund_id, used in v.used.items():
        fund = parts.scenario.fund[fund_id]
        paid = parts.spent(fund_id)
        if fund.minimum:
            yield Row((fund_id,), [*paid, (used, -parts.money(fund.minimum))], ">=", 0)
        if not fund.minimum or any(z.name in v.facts for z, _ in paid):
            paid = [term for term in paid if term[0].name not in v.facts]
            free = [(seats, 1.0) for (f, _), seats in v.free_seats.items() if f == fund_id]
            key = (fund_id, "later") if fund.minimum else (fund_id,)
            yield Row(key, [*((z, float(parts.unit)) for z, _ in paid), *free, (used, -1.0)], ">=", 0)
