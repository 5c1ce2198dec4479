"""The same question on several pages has one answer: a partner that gives nothing, varied, left out, or not coming."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from planner.analysis.dropout.expected import drop_out
from planner.analysis.partners.contributions import partners
from planner.analysis.plans.adopted import adopt_if_feasible
from planner.analysis.sweep.grid import sweep
from planner.analysis.sweep.vary import read_grid
from planner.batch import points as points_module
from planner.batch.inquiry import Inquiry
from planner.batch.plan_cache import PlanCache
from planner.batch.points import Point, Result, solve_point
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits, plan
from tests.unit.analysis.partner_scenarios import with_partners

ROUGH = SearchLimits(gap=0.9)
"""So rough that many plans of one scenario are good enough: each question could show another."""


@pytest.fixture
def another_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every search find another plan within the tolerance: the best one without one of its participants."""
    searches = count()

    def solve(point: Point, limits: SearchLimits, language: str) -> Result:
        found, number = solve_point(point, limits, language), next(searches)
        if found.plan is None or not found.plan.allocations or point.aim is not None:
            return found
        decisions = found.plan.decisions(point.scenario)
        seats = dict(decisions.participants)
        place = list(seats)[number % len(seats)]
        seats[place] -= 1
        fewer = replace(decisions, participants={key: people for key, people in seats.items() if people})
        worse = adopt_if_feasible(point.scenario, fewer, bounds=found.plan.bounds, tolerance=limits.gap)
        return found if worse is None else replace(found, status=worse.status, plan=worse)

    monkeypatch.setattr(points_module, "solve_point", solve)


Answers = dict[str, tuple[Fraction, int]]


def without_each(asked: Inquiry, file: Path, question: str) -> Answers:
    """Gaps closed and total cost without each partner, as the page of one question says."""
    names = [fund.id for fund in asked.scenario.funds if not fund.own]
    if question == "partners":
        answer = partners(asked, names)
        return {
            each.partner: (each.plan_without.gaps_closed, each.plan_without.total_cost)
            for each in answer.contributions
            if each.plan_without is not None
        }
    if question == "dropout":
        dropped = drop_out(asked, names)
        outcomes = {tuple(o.absent): o.plan for o in dropped.replanned.outcomes if len(o.absent) == 1}
        return {away[0]: (p.gaps_closed, p.total_cost) for away, p in outcomes.items() if p is not None}
    found: Answers = {}
    for name in names:
        (row,) = sweep(asked, read_grid(file, [], [f"partner:{name}=0%"])).rows
        if row.gaps_closed is not None and row.total_cost is not None:
            found[name] = row.gaps_closed, row.total_cost
    return found


@pytest.mark.usefixtures("another_each_time")
@pytest.mark.parametrize("seed", [3, 5])
def test_asked_in_any_order_the_pages_agree(seed: int, tmp_path: Path) -> None:
    """Each question in a run of its own, as a planner types them.

    Where a later question finds a better plan, the earlier one has it too when it is asked again.
    """
    plain: dict[str, Any] = with_partners(seed)
    file = tmp_path / "skenario.yaml"
    file.write_text(json.dumps(plain), encoding="utf-8")
    scenario = Scenario.model_validate(plain)
    made = plan(scenario, ROUGH, inline=True, validated=True).plan
    for order in (("partners", "dropout", "whatif"), ("whatif", "partners", "dropout", "whatif")):
        folder, pages = tmp_path / "-".join(order), dict[str, Answers]()
        for question in order:
            with BatchRunner(cache=PlanCache(folder)) as runner:
                pages[question] = without_each(Inquiry(scenario, made, runner, ROUGH), file, question)
        assert pages["partners"]
        for other in ("dropout", "whatif"):
            common = pages["partners"].keys() & pages[other].keys()
            assert {name: pages["partners"][name] for name in common} == {name: pages[other][name] for name in common}
