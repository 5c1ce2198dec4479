"""The small scenario of these tests, and an engine that answers what a test wants."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from planner import planning
from planner.domain.aim import Aim
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.drafting.early_plans import Hear
from planner.solve.hints import NO_HINTS, Hints
from planner.solve.worker import Worker

SCENARIO = """\
format: 1
scenario: {id: kecil, name: Contoh kecil, fiscal_year: 2027}
competencies: [{id: keu, name: Keuangan, kind: technical}]
groups: [{id: analis, headcount: 20, gaps: {keu: 12}}]
programmes:
  - id: bimtek
    hours: 8
    closes: {keu: 0.5}
    class_size: {min: 5, max: 10}
    costs: [{item: Narasumber, per: class, price: 1_000_000}]
funds: [{id: apbd, kind: own, amount: 2_500_000}]
"""

real_plan = planning.plan


class Engine:
    """Stands in for `planner.planning.plan`: answers the real plan, or fails as it is told."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, planning.SearchLimits]] = []
        self.fail: dict[str, BaseException] = {}
        self.news: list[planning.Progress] = []
        self.interrupted = False
        self.stopped_with: Decisions | None = None
        """The decisions found by then, where the search is interrupted before those of the real plan."""
        self.finds: Decisions | None = None
        """What it finds in the time it has, instead of the real plan."""
        self.broke = ""
        """How the engine breaks, after it has found what it answers."""
        self.tells_early = False

    def __call__(
        self,
        scenario: Scenario,
        limits: planning.SearchLimits | None = None,
        *,
        progress: Callable[[planning.Progress], None] = lambda _: None,
        inline: bool = False,
        validated: bool = False,
        ahead: Worker | None = None,
        hints: Hints = NO_HINTS,
        aim: Aim | None = None,
        early: Hear | None = None,
    ) -> planning.Answer:
        assert limits is not None
        self.asked.append((scenario.id, limits))
        for news in self.news:
            progress(news)
        if scenario.id in self.fail:
            raise self.fail[scenario.id]
        answer = real_plan(scenario, limits, inline=True, aim=aim)
        if self.tells_early and early is not None:
            early(answer.plan)
        if self.finds is not None:
            return planning.Answer(planning.adopt(scenario, self.finds, solver=answer.plan.solver))
        if self.stopped_with is not None:
            run = dataclasses.replace(answer.plan.solver, interrupted=not self.broke, failed=bool(self.broke))
            return planning.Answer(planning.adopt(scenario, self.stopped_with, solver=run), broke=self.broke)
        if self.interrupted:
            run = dataclasses.replace(answer.plan.solver, interrupted=True)
            return planning.Answer(dataclasses.replace(answer.plan, solver=run))
        return dataclasses.replace(answer, broke=self.broke)
