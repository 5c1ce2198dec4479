"""What the planner's rules measure in random plans, by the oracle's arithmetic."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from tests.oracle.measures import Result, RuleReading, closed_gaps, readings_of
from tests.rules.random_plans import Found
from tests.rules.small import Plain


def readings(found: Found, rule: Plain) -> list[tuple[str | None, Fraction, Fraction | None, Fraction | None]]:
    """(of, measure, at_least, at_most) of a rule in the plan, or of each of its units, by the oracle's arithmetic."""
    running = {p for _g, p, _t in found.people}
    binding = [read for read in readings_of(found.instance, rule) if read.binds(running)]
    return [(read.of, *_result(found, read)) for read in binding]


def _result(found: Found, read: RuleReading) -> Result:
    if read.measures == "cost":
        counted = base = 0
        for row in found.plan.payments:
            lines = found.instance.lines[row.programme] if row.programme else []
            per = next((line.per for line in lines if (line.item, line.account) == (row.item, row.account)), "")
            key = (row.programme, row.group, row.item, row.account, row.period)
            counted += row.amount if row.fund in read.funds and read.counts(key, per) else 0
            base += row.amount if read.in_base(key) else 0
        return read.cost_result(counted, base)
    closed_by = partial(closed_gaps, found.instance, found.people, frozenset(found.plan.socialized))
    return read.people_result(found.people, found.classes, closed_by(), closed_by)
