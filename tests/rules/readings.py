"""What the planner's rules measure in random plans, by the oracle's arithmetic."""

from __future__ import annotations

from fractions import Fraction

from tests.oracle.measures import RuleReading, closed_gaps
from tests.rules.random_plans import Found
from tests.rules.small import Plain


def reading(found: Found, rule: Plain) -> tuple[Fraction, Fraction | None, Fraction | None]:
    """(measure, at_least, at_most) of a rule in the plan, by the oracle's arithmetic."""
    read = RuleReading(found.instance, rule)
    if rule["measure"] == "cost":
        counted = 0
        for row in found.plan.payments:
            lines = found.instance.lines[row.programme] if row.programme else []
            per = next((line.per for line in lines if (line.item, line.account) == (row.item, row.account)), "")
            key = (row.programme, row.group, row.item, row.account, row.period)
            counted += row.amount if row.fund in read.funds and read.counts(key, per) else 0
        result = read.cost_result(counted, found.plan.total_cost)
    else:
        closed = closed_gaps(found.instance, found.people, frozenset(found.plan.socialized))
        result = read.people_result(found.people, found.classes, closed)
    return result.measure, result.at_least, result.at_most
