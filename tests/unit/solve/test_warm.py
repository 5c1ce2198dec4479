"""Plans near to that of a like scenario, which single people can attend."""

from __future__ import annotations

from planner.attendance.finder import can_be_attended
from planner.attendance.learning import learnt_from
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.solve.job import Learn
from planner.solve.outcome import SearchLimits
from planner.solve.warm import WarmModel
from tests.scenarios.hand import costing, scenario

LIMITS = SearchLimits(gap=0.001, polish=False)


def of_price(rupiah: int) -> Scenario:
    """A course of 12 JP, and one of 12 JP after it, for ten people who may take 20 JP: nobody can take both."""
    return Scenario.model_validate(
        scenario(
            periods=["TW1"],
            competencies=[{"id": "a", "kind": "technical"}, {"id": "b", "kind": "technical", "weight": 2}],
            groups=[{"id": "g", "headcount": 10, "max_hours": 20, "gaps": {"a": 10, "b": 10}}],
            programmes=[
                {"id": "pa", "closes": {"a": 1}, "hours": 12, **costing("participant", rupiah)},
                {"id": "pb", "closes": {"b": 1}, "hours": 12, "requires": ["pa"], **costing("participant", rupiah)},
            ],
        )
    )


def near(at_least: float, learn: Learn) -> tuple[Scenario, Decisions | None]:
    """What is found near to the plan at Rp1 a head where that is Rp2."""
    known, changed = of_price(1), of_price(2)
    model = WarmModel(known, plan(known, LIMITS, inline=True).plan.decisions(known), LIMITS, learn)
    return changed, model.near(changed, LIMITS, at_least)


def test_people_are_seated_anew_within_what_the_plan_found_teaches_of_attendance() -> None:
    changed, decisions = near(10.0, learnt_from)
    assert decisions is not None
    assert decisions.participants == {("g", "pa", "TW1"): 10}
    assert can_be_attended(changed, decisions)


def test_without_learning_nobody_could_attend_what_is_found() -> None:
    changed, decisions = near(10.0, lambda *_: None)
    assert decisions is not None
    assert not can_be_attended(changed, decisions)
