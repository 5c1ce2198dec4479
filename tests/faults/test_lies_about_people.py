"""A solver that lies about a list of people: what a slider, a what-if point or the lists of names show is checked."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from planner.batch.changing import Changing
from planner.batch.points import Point, solve_point
from planner.errors import InfeasibleError, PlannerError
from planner.planning import plan
from planner.report.open_gap_words import reasons_of_open_gaps
from planner.scenario_io import LoadedScenario, read_located
from planner.solve.engine import EngineName
from planner.solve.outcome import SearchLimits
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from tests.faults.fake_solver import STALE, WarmLiar, lying, wrong_beside
from tests.faults.shared_work import shared
from tests.sampled import few
from tests.scenarios.seven_people import listed

BUDGETS = (RP := 300_000_000, RP - 1, RP + 1, 160_000_000, 95_000_000, 0)
"""Own money, also one rupiah beside."""


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedScenario:
    return read_located(listed(tmp_path))


def test_nothing_wrong_is_shown_stored_or_exported_of_people(loaded: LoadedScenario, tmp_path: Path) -> None:
    base, dice, answers, shown, said = loaded.scenario, random.Random(15), 0, 0, []
    richer = {n: base.changed(funds=(base.funds[0].model_copy(update={"amount": n}), *base.funds[1:])) for n in BUDGETS}
    best = {n: plan(scenario, SearchLimits(gap=0.0), inline=True).plan for n, scenario in richer.items()}
    STALE.clear()
    with shared():
        while answers < few(2500, 25):
            budget = dice.choice(BUDGETS)
            scenario, faulty = richer[budget], WarmLiar(dice)
            names = EngineName if dice.random() < 0.5 else (EngineName.HIGHS,)
            way = dice.choice(["slider", "slider", "point", "export"])
            found = None
            try:
                with lying(faulty, *names):
                    if way == "slider":
                        found = Changing(base, best[RP]).answer(scenario).plan
                    elif way == "point":
                        found = solve_point(Point("titik", scenario), SearchLimits(), "id").plan
                    else:
                        answer = plan(scenario, inline=True, validated=True)
                        found = answer.plan
                        if budget == RP:
                            write_results(base, found, tmp_path / "hasil", verdict=answer.verdict)
                            stored = read_stored(tmp_path / "hasil")
                            said += [str(finding) for finding in stored.verdict().findings]
                            write_name_lists(stored, tmp_path, tmp_path / "daftar", reasons_of_open_gaps(stored))
            except InfeasibleError:
                if len(names) == 1:
                    said.append(f"{way} {budget}: called impossible where there is a plan")
            except PlannerError:
                pass
            answers += faulty.answers
            if found is not None:
                shown += 1
                said += [f"{way} {budget} ({answers}): {one}" for one in wrong_beside(scenario, best[budget], found)]
    assert said == []
    assert shown
