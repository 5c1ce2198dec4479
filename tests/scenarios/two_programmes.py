"""A scenario of two groups with a programme each, which share one budget."""

from __future__ import annotations

from typing import Any

from planner.domain.scenario import Scenario
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]


TWO_PROGRAMMES: Plain = scenario(
    competencies=[{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial"}],
    groups=[{"id": "a", "headcount": 10, "gaps": {"keu": 10}}, {"id": "b", "headcount": 10, "gaps": {"kom": 10}}],
    programmes=[
        {"id": "bimtek", "closes": {"keu": 1}, **costing("participant", 10)},
        {"id": "dialog", "closes": {"kom": 0.5}, **costing("participant", 10)},
    ],
)
"""Rp100 seat ten people; of a each closes a gap, of b half a gap."""


def of_two_years(**money: Any) -> Scenario:
    """The same in two years, of one period each, with one fund of this `money`: of an amount, or of amounts by year."""
    (fund,) = TWO_PROGRAMMES["funds"]
    kept = {name: value for name, value in fund.items() if name != "amount"}
    return Scenario.model_validate(
        {
            **TWO_PROGRAMMES,
            "scenario": {**TWO_PROGRAMMES["scenario"], "fiscal_year": 2027},
            "periods": [{"id": "a", "year": 2027}, {"id": "b", "year": 2028}],
            "funds": [{**kept, **money}],
        }
    )


IN_ALL_AND_BY_YEAR = (of_two_years(amount=100), of_two_years(amounts={"2027": 30, "2028": 70}))
"""Rp100 for both years, and the same money by year: it is spent in other periods."""
