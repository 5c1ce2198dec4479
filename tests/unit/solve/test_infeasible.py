"""Which limits clash, with few questions; and plans for an aim alone."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import Aim, SearchLimits, plan
from planner.solve import infeasible
from planner.solve.infeasible import clashing_limits, explain, summarised
from planner.solve.limits_set_aside import families
from planner.solve.outcome import Ending
from tests.scenarios.hand import costing, scenario
from tests.scenarios.infeasible import CASES, TEN_PEOPLE

Plain = dict[str, Any]


def read(plain: Plain) -> Scenario:
    return Scenario.model_validate(plain)


def test_nothing_clashes_where_there_is_a_plan() -> None:
    found = clashing_limits(read(scenario(rules=[TEN_PEOPLE])))
    assert (found.members, found.certain) == ((), True)


@pytest.mark.parametrize(("plain", "clash"), CASES.values(), ids=CASES)
def test_what_clashes_is_the_same_whether_or_not_it_is_known_that_something_does(plain: Plain, clash: set[Any]) -> None:
    for sure in (True, False):
        found = clashing_limits(read(plain), sure=sure)
        assert {limit.clash.path for limit in found.members} == clash
        assert found.certain


def test_no_question_is_asked_whose_answer_follows_from_an_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = infeasible._any_plan

    def counted(trial: Scenario) -> Ending:
        asked.append(trial.sha256)
        return real(trial)

    monkeypatch.setattr(infeasible, "_any_plan", counted)
    for plain, _clash in CASES.values():
        asked.clear()
        clashing_limits(read(plain))
        assert len(set(asked)) == len(asked)


def test_when_time_is_over_all_that_is_still_open_is_named_and_said_to_be_uncertain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(infeasible, "EXPLAIN_SECONDS", -1.0)
    plain = CASES["a budget that does not reach"][0]
    explanation = explain(read(plain))
    assert not explanation.certain
    assert set(explanation.limits) == {limit.clash.path for family in families(read(plain)) for limit in family}
    with pytest.raises(InfeasibleError) as raised:
        plan(read(plain), SearchLimits(), inline=True)
    assert raised.value.limits == explanation.limits
    assert "waktunya tidak cukup" in str(raised.value)


def test_many_limits_of_a_kind_are_told_in_one_sentence() -> None:
    groups = [{"id": f"g{n}", "headcount": 10, "gaps": {"keu": 10}, "release": "10%"} for n in range(8)]
    members = [limit for family in families(read(scenario(groups=groups))) for limit in family]
    assert [(clash.kind, len(clash.others)) for clash in summarised(members)] == [("fund_amount", 0), ("release", 7)]


def test_an_aim_alone_that_no_plan_meets_is_not_explained() -> None:
    with pytest.raises(InfeasibleError) as raised:
        plan(read(CASES["release"][0]), SearchLimits(), inline=True, aim=Aim(alone=True))
    assert raised.value.clashes == ()


def test_the_least_that_a_fund_needs_is_found_with_its_releases_and_its_bound() -> None:
    # ten people at Rp3 in TW1, when half of the money is there: Rp60
    plain = scenario(
        programmes=costing("participant", 3) | {"periods": ["TW1"]},
        funds={"amount": 1_000, "releases": {"TW1": "50%"}},
        rules=[TEN_PEOPLE],
    )
    answer = plan(read(plain), SearchLimits(), inline=True, aim=Aim(least="apbd", alone=True))
    assert answer.aim_bound == pytest.approx(60)
    assert answer.plan.total_cost == 30


def test_what_a_rule_is_missed_by_has_its_bound_in_rupiah() -> None:
    rules = [TEN_PEOPLE, {"name": "Hemat", "measure": "cost", "at_most": 12, "soft": {"penalty": 0}}]
    plain = scenario(programmes=costing("participant", 3), rules=rules)
    answer = plan(read(plain), SearchLimits(), inline=True, aim=Aim(missed=(1, "at_most"), alone=True))
    assert answer.aim_bound == pytest.approx(18)
