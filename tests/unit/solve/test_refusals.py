"""HiGHS refuses, or holds another model than it was given: that is said, and no plan is made of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import highspy
import pulp
import pytest

from planner.domain.scenario import Scenario
from planner.errors import SolverError
from planner.highs import checked
from planner.highs.checked import CheckedHighs
from planner.highs.configured import EngineRefused, configured
from planner.highs.silent import SilentHighs
from planner.model.build import build
from planner.payments import money_program, optimisation
from planner.solve.engine import RunOptions
from planner.solve.highs import Highs
from planner.solve.outcome import Ending
from tests.scenarios.hand import costing, scenario
from tests.unit.solve.fake_engine import SCENARIO, planned

Patch = pytest.MonkeyPatch


@pytest.mark.parametrize("option", [{"no_such_option": 1}, {"time_limit": -1.0}, {"mip_rel_gap": -1.0}])
def test_a_refused_option_is_not_passed_over(option: dict[str, Any]) -> None:
    problem = pulp.LpProblem("x", pulp.LpMaximize)
    problem.setObjective(problem.add_variable("x", 0, 1) * 1)
    with pytest.raises(EngineRefused, match=next(iter(option))):
        problem.solve(CheckedHighs(msg=False, **option))


def test_a_refused_option_is_a_solver_error_with_its_name(monkeypatch: Patch) -> None:
    real = CheckedHighs.createAndConfigureSolver

    def misspelt(self: CheckedHighs, lp: pulp.LpProblem) -> None:
        self.optionsDict["mip_rel_gpa"] = 0.0
        real(self, lp)

    monkeypatch.setattr(CheckedHighs, "createAndConfigureSolver", misspelt)
    with pytest.raises(SolverError, match="mip_rel_gpa") as raised:
        planned()
    assert raised.value.exit_code == 6


def drop_a_row(held: Any) -> None:
    held.deleteRows(1, [0])


def zero_a_coefficient(held: Any) -> None:
    held.changeCoeff(0, 0, 0.0)


def add_a_column(held: Any) -> None:
    held.addVar(0.0, 1.0)


@pytest.mark.parametrize("harm", [drop_a_row, zero_a_coefficient, add_a_column])
def test_a_model_that_did_not_arrive_whole_is_refused(monkeypatch: Patch, harm: Any) -> None:
    real = checked._add_rows

    def lossy(core: Any, held: Any, places: Any) -> int:
        given = real(core, held, places)
        harm(held)
        return given

    monkeypatch.setattr(checked, "_add_rows", lossy)
    outcome = Highs().run(build(SCENARIO), RunOptions(gap=0.0, seconds=5.0))
    assert (outcome.ending, outcome.point) == (Ending.FAILED, None)
    with pytest.raises(SolverError, match="HiGHS"):
        planned()


def test_payments_that_highs_does_not_take_are_a_solver_error(monkeypatch: Patch) -> None:
    funds = [{"id": "apbd", "kind": "own", "amount": 10}, {"id": "mitra", "kind": "partner", "amount": 10}]
    shared = Scenario.model_validate(scenario(programmes=costing("participant", 3), funds=funds))
    assert planned(shared).weighted_gaps_closed == 6

    def refused(options: Mapping[str, Any]) -> SilentHighs:
        raise EngineRefused("HiGHS refused the option gap=0.0")

    def lossy(options: Mapping[str, Any]) -> SilentHighs:
        highs = configured(options)
        monkeypatch.setattr(highs, "addRows", lambda *rows: highspy.HighsStatus.kOk)
        return highs

    for harm, told in ((refused, "HiGHS refused"), (lossy, "HiGHS holds")):
        monkeypatch.setattr(money_program, "configured", harm)
        optimisation._paid.cache_clear()  # what was settled before is remembered
        with pytest.raises(SolverError, match=told):
            planned(shared)


def test_payments_with_a_factor_that_is_not_finite_are_refused() -> None:
    program = money_program.MoneyProgram()
    program.row([(program.column(0.0, 1.0), math.inf)], 0.0, 1.0)
    with pytest.raises(EngineRefused, match="finite"):
        program.least([(0, 1.0)], {})


def test_the_highs_of_the_planner_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    planned()
    assert capfd.readouterr() == ("", "")
