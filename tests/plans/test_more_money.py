"""Where money alone is said to keep a gap open, more of it closes more; what nobody could reach stays open with it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.plans.causes import Cause, OpenGap
from planner.plans.measures import Measures
from planner.plans.open_gaps import OpenGaps
from tests.oracle.generate import tiny_scenarios
from tests.sampled import few, some

TOGETHER: Final = {72, 106}
"""Seeds in which no rule forbids one more participant by itself, yet none can come alone: a class takes two and the
rule one of a group (72); a rule asks for a class of a programme that has none (106)."""


def with_money(plain: Mapping[str, Any], row: OpenGap) -> Scenario:
    """The scenario where every fund has enough, and a new one may pay everything; it seeks to close this gap before
    all others."""
    funds = [{k: v for k, v in fund.items() if k != "amounts"} | {"amount": 10**6} for fund in plain["funds"]]
    funds.append({"id": "baru", "kind": "own", "amount": 10**6})
    weights = {"competencies": row.competency, "groups": row.group}
    weighted = {
        block: [each | {"weight": 1000 if each["id"] == sought else 0.001} for each in plain[block]]
        for block, sought in weights.items()
    }
    kept = {name: block for name, block in plain.items() if name not in ("objective", "funds")}
    return Scenario.model_validate(kept | weighted | {"funds": funds})


def test_more_money_closes_what_money_alone_keeps_open() -> None:
    dear = failing = 0
    for seed in some(range(300), 3):
        plain = tiny_scenarios(seed)
        scenario = Scenario.model_validate(plain)
        try:
            answer = plan(scenario, inline=True).plan
        except InfeasibleError:
            continue
        for row in OpenGaps(Measures(scenario, answer)).rows:
            assert sum(row.parts.values(), Fraction(0)) == row.left
            assert min(row.unwilling, row.not_reached, row.rest) >= 0
            if row.cause is not Cause.MONEY and not row.not_reached:
                continue
            rich = plan(with_money(plain, row), inline=True).plan
            found = {(each.group, each.competency): each.need - each.closed for each in rich.closings}
            left = found[row.group, row.competency]
            if row.cause is Cause.MONEY and seed not in TOGETHER:
                dear += 1
                assert left < row.left, (seed, row)
            if row.not_reached and set(rich.socialized) <= set(answer.socialized):
                failing += 1
                assert left >= row.not_reached + row.unwilling, (seed, row)
    assert dear >= few(30, 3)
    assert failing >= few(60, 3)
