"""The model as a file: other solvers read it and find what we find; its key says what the names mean."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

import highspy
import pytest

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.model.build import build
from planner.model.export import MEANINGS, write_model
from planner.planning import Limits, plan
from tests import builders
from tests.oracle.generate import random_scenarios
from tests.unit.check.hand import costing, scenario

SMALL = Scenario.model_validate(scenario(programmes=costing("participant", 3), funds={"amount": 17}))


def optimum(path: Path) -> float:
    """What HiGHS alone makes of the file."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("time_limit", 60.0)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)


def key(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("suffix", [".mps", ".lp", ".MPS"])
def test_another_solver_finds_the_same_optimum(tmp_path: Path, suffix: str) -> None:
    made = builders.scenario()
    file = tmp_path / f"model{suffix}"
    write_model(made, file)
    if suffix == ".MPS":
        file = file.rename(tmp_path / "model.mps")
    best = plan(made, Limits(gap=0.0), inline=True).plan.objective[0].value
    assert math.isclose(abs(optimum(file)), best, rel_tol=1e-6)


def test_the_key_has_a_line_for_every_variable_and_row_of_the_file(tmp_path: Path) -> None:
    made = Scenario.model_validate(random_scenarios(5))
    written = write_model(made, tmp_path / "model.lp")
    assert written == tmp_path / "model.key.csv"
    lines = key(written)
    named = {line["name"] for line in lines if line["kind"] == "variable"}
    rows = {line["name"] for line in lines if line["kind"] == "row"}
    model = build(made)
    assert named >= {variable.name for variable in model.problem.exported_variables()}
    assert rows == {constraint.name for constraint in model.problem.constraints()}
    assert {line["family"] for line in lines if line["kind"] == "variable"} <= set(MEANINGS)
    assert sum(line["kind"] == "pool" for line in lines) == len(model.parts.pools.members)
    assert [line["about"] for line in lines if line["kind"] == "level"] == [
        " ".join(filter(None, [goal.sense, goal.level.goal, goal.level.by and f"by {goal.level.by}"]))
        for goal in model.goals
    ]


def test_every_family_of_variables_has_a_meaning_in_both_languages() -> None:
    from planner.locale import _

    families = build(builders.scenario()).variables.families()
    assert set(families) <= set(MEANINGS)
    for language in ("id", "en"):
        with speaking(language):
            assert all(_(meaning) for meaning in MEANINGS.values())


def test_names_in_the_file_are_our_own_and_user_text_is_in_the_key_alone(tmp_path: Path) -> None:
    odd = "=HYPERLINK(1) 漢 | \"kutip\" 'x'"
    plain = scenario(groups={"id": odd}, programmes=costing("participant", 3))
    write_model(Scenario.model_validate(plain), tmp_path / "model.lp")
    text = (tmp_path / "model.lp").read_text()
    assert text.isascii()
    assert "HYPERLINK" not in text
    assert not re.search(r"\b[A-Za-z_]{30,}\b", text)
    about = [line["about"] for line in key(tmp_path / "model.key.csv") if line["family"] == "participants"]
    assert about == [f"'{odd} | bimtek | TW1", f"'{odd} | bimtek | TW2"], "and no spreadsheet takes it for a formula"


@pytest.mark.parametrize("name", ["model", "model.txt", "model.lp.gz"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"\.mps"):
        write_model(SMALL, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_an_error_of_the_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"model\.mps"):
        write_model(SMALL, tmp_path / "tidak-ada" / "model.mps")
