"""A solver that lies about a list of people: what a slider, a what-if point or the lists of names show is checked."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from planner.batch.changing import Changing
from planner.batch.points import Point, solve_point
from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, PlannerError
from planner.model.build import Model
from planner.planning import plan
from planner.plans.plan import Plan, Status
from planner.report.open_gap_words import reasons_of_open_gaps
from planner.scenario_io import LoadedScenario, read_located
from planner.solve.engine import EngineName, RunOptions
from planner.solve.outcome import Ending, Outcome, SearchLimits
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from tests.faults.fake_solver import STALE, FaultySolver, lying
from tests.faults.shared_work import honest, shared
from tests.sampled import few

PEOPLE = """
format: 1
scenario: {id: orang, fiscal_year: 2027, hours_target: 20}
competencies: [{id: keu, name: Keuangan, kind: technical}, {id: kom, name: Komunikasi, kind: managerial}]
people:
  table: pegawai.csv
  columns: {NIP: id, Nama: name, OPD: agency, JP: hours}
programmes:
  - id: dua
    hours: 16
    closes: {keu: 0.9, kom: 0.5}
    class_size: {min: 2, max: 3}
    costs: [{item: Honorarium, per: class, price: 70}, {item: Konsumsi, per: participant, price: 30}]
  - {id: el, hours: 10, closes: {kom: 0.8}, costs: [{item: Modul, per: participant, price: 25}]}
funds:
  - {id: apbd, kind: own, amount: 300}
  - {id: unja, kind: partner, amount: 60, max_share: 50%, minimum: 20, agreement_cost: {amount: 10}}
"""
ROWS = "NIP;Nama;OPD;JP;gap:keu;gap:kom\n" + "".join(
    f"19800101200501100{n};{name};{'BPKAD' if n % 3 else 'Inspektorat'};{4 * (n % 4)};{n % 2};{int(n != 3)}\n"
    for n, name in enumerate(["Ani", "Budi", "Citra", "Dwi", "Eka", "Fitri", "Gita"], 1)
)
BUDGETS = (300, 299, 301, 160, 95, 0)
"""Own money, also one rupiah beside."""


class WarmLiar(FaultySolver):
    """Gives back the point that it was to start from, or one of another budget, as the best; also one rupiah over."""

    def run(self, model: Model, options: RunOptions) -> Outcome:
        if self.dice.random() > 0.5:
            return super().run(model, options)
        self.answers += 1
        size = len(model.problem.variables())
        point = next((one for one in reversed(STALE) if len(one) == size), None)
        if options.start is not None and self.dice.random() < 0.5:
            point = np.array(options.start)  # NaN where nothing is known
        if point is None:
            point = honest(model, options).point
        if point is None:
            return Outcome(Ending.PROVEN, None, 0.0, 0.0, "as the test says")
        point = np.array(point)
        if self.dice.random() < 0.5:
            point[self.dice.randrange(size)] += self.dice.choice([1.0, -1.0, 1e-6, np.nan])
        value = self.dice.choice([0.0, 5.0, 9.0, 1e6, float("nan")])
        self.told.append("warm")
        return Outcome(self.dice.choice([Ending.PROVEN, *Ending]), point, value, value, "as the test says")


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedScenario:
    (tmp_path / "pegawai.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "skenario.yaml").write_text(PEOPLE, encoding="utf-8")
    return read_located(tmp_path / "skenario.yaml")


def wrong(scenario: Scenario, best: Plan, found: Plan) -> list[str]:
    """What is wrong with a plan that is shown; `best` is that of an honest search."""
    said = [str(finding) for finding in check_plan(scenario, found.to_plain()).findings]
    level = found.objective[0]
    top, reached = Fraction(best.objective[0].value), Fraction(level.value)
    if reached > top:
        said.append(f"better than every plan: {reached} > {top}")
    if level.exact_bound is not None and level.exact_bound < float(top) - 1e-6:
        said.append(f"a bound of {level.exact_bound} where {top} is possible")
    if found.status is Status.OPTIMAL and top - reached > Fraction(1, 1000) * max(Fraction(1), top):
        said.append(f"called the best at {reached} where {top} is possible")
    return said


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
                        found = Changing(base, best[300]).answer(scenario).plan
                    elif way == "point":
                        found = solve_point(Point("titik", scenario), SearchLimits(), "id").plan
                    else:
                        answer = plan(scenario, inline=True, validated=True)
                        found = answer.plan
                        if budget == 300:
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
                said += [f"{way} {budget} ({answers}): {one}" for one in wrong(scenario, best[budget], found)]
    assert said == []
    assert shown
