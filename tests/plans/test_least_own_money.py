"""Of two plans that close the same, the one that takes less own money, also where another partner has to be asked.

Rounding people within the classes and partners of the first plan left up to 2.8 times the own money.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from planner import planning
from planner.analysis.partners.contributions import partners
from planner.batch.changing import Changing
from planner.batch.inquiry import Inquiry
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits
from planner.solve.levels import solve_levels
from tests.sampled import sampled

HERE = Path(__file__).parent / "least_own_money"


def made(name: str, fund: str, **changed: Any) -> Scenario:
    """A stored district with another value of one fund."""
    plain = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    next(each for each in plain["funds"] if each["id"] == fund).update(changed)
    return Scenario.model_validate(plain)


@pytest.mark.parametrize("amount", sampled([1_002_000_000, 734_800_000], 2))
def test_more_money_is_not_spent_without_need(amount: int) -> None:
    plan = planning.plan(made("minimum", "apbd", amount=amount)).plan
    assert plan.own_cost == 639_902_500
    assert plan.weighted_gaps_closed == pytest.approx(1224.8335, abs=0.01)


def test_answers_take_no_more_own_money_than_a_plan_made_anew() -> None:
    changing = Changing(made("match", "m0"))
    own = [
        changing.answer(made("match", "m0", match={"with": "apbd", "ratio": ratio})).plan.own_cost for ratio in (0.4, 2)
    ]
    assert own == [135_907_000, 102_500_000]


def test_the_plan_without_a_partner_takes_what_its_own_money_says() -> None:
    """A plan near to the one in question closed 0.003% more than that without the partner, for 185 million."""
    scenario = made("match", "m0", match={"with": "apbd", "ratio": 2})
    base = planning.plan(scenario).plan
    (contribution,) = partners(Inquiry(scenario, base, BatchRunner(), SearchLimits()), ["m0"]).contributions
    assert contribution.plan_without is not None
    assert contribution.own_money is not None
    assert contribution.plan_without.own_cost == 170_280_000 == base.own_cost + contribution.own_money.freed


def test_a_large_plan_takes_another_design_where_that_saves_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its whole model is never searched for own money; with the classes of the first level it took 284 million."""
    monkeypatch.setattr("planner.solve.model_size.LARGE", 50)
    scenario = made("match", "m0", match={"with": "apbd", "ratio": 2})
    gaps, own = solve_levels(scenario, SearchLimits(gap=0.001, polish=False)).levels
    assert gaps.value == pytest.approx(948.886)
    assert own.value == pytest.approx(102_500_000)
