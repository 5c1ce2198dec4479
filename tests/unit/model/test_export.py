"""The model as a file: other solvers read it and find what we find; its key says what names and optimum mean."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.model.build import build
from planner.model.export import HELPER, write_model
from planner.model.variables import VARIABLE_FAMILIES
from planner.planning import SearchLimits, plan
from planner.scenario_io import read_scenario
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.scenarios import builders
from tests.scenarios.hand import costing, scenario
from tests.unit.model.readers import READERS_OF, by_highs, optima

SMALL = Scenario.model_validate(scenario(programmes=costing("participant", 3), funds={"amount": 17}))

SMALL_EXAMPLE = Path(__file__).parents[3] / "scenarios" / "contoh-kecil.yaml"

AT_LEAST_SIX = [{"name": "Sedikitnya 6 peserta", "measure": "participants", "at_least": 6}]


def many_people() -> dict[str, Any]:
    """Integer columns of large upper bounds."""
    return scenario(
        groups={"headcount": 900_000, "gaps": {"keu": 850_000}},
        programmes=costing("participant", 125_000) | {"closes": {"keu": "50%"}},
        funds={"amount": 45_000_100_000},
    )


def least_cost(goal: str) -> dict[str, Any]:
    """A first level that is minimised, in money units of more than one rupiah."""
    costs = costing("participant", 150_000)
    funds = {"amount": 2_100_000}
    return scenario(programmes=costs, funds=funds, rules=AT_LEAST_SIX, objective=[{"minimize": goal}])


def worst_off() -> dict[str, Any]:
    groups = [{"id": name, "headcount": 10, "gaps": {"keu": gap}} for name, gap in (("a", 10), ("b", 7))]
    return scenario(
        groups=groups,
        programmes=costing("participant", 9),
        objective=[{"maximize": "smallest_coverage", "by": "group"}],
    )


def light() -> dict[str, Any]:
    """Weights so small that the model counts them in another unit."""
    return scenario(competencies={"weight": 0.00002}, programmes=costing("participant", 3), funds={"amount": 17})


def another_pays() -> dict[str, Any]:
    """No term in the first level: what own funds pay, where they may pay nothing."""
    funds = [
        {"id": "apbd", "kind": "own", "amount": 100, "pays": {"items": {"per": "class"}}},
        {"id": "mitra", "kind": "partner", "amount": 100},
    ]
    return scenario(
        programmes=costing("participant", 3), funds=funds, rules=AT_LEAST_SIX, objective=[{"minimize": "own_cost"}]
    )


def drawn(draw: Callable[..., dict[str, Any]], *how: Any) -> Scenario:
    return Scenario.model_validate(draw(*how))


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "contoh-kecil": lambda: read_scenario(str(SMALL_EXAMPLE), ()),
    "a soft rule, free seats and a match": builders.scenario,
    "many people": lambda: Scenario.model_validate(many_people()),
    "least own cost": lambda: Scenario.model_validate(least_cost("own_cost")),
    "least total cost": lambda: Scenario.model_validate(least_cost("total_cost")),
    "the worst-off group": lambda: Scenario.model_validate(worst_off()),
    "small weights": lambda: Scenario.model_validate(light()),
    "an objective without terms": lambda: Scenario.model_validate(another_pays()),
    "nothing can be offered": lambda: Scenario.model_validate(scenario(programmes=costing("participant", 101))),
    **{f"tiny {n}": partial(drawn, tiny_scenarios, n) for n in (2, 19, 63)},
    **{f"random {n}": partial(drawn, random_scenarios, n, (3, 3, 2, 3)) for n in (1, 4)},
}


def key(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def objective_line(path: Path) -> dict[str, str]:
    """The one line of the key that says what the file's optimum means."""
    (line,) = [line for line in key(path) if line["kind"] == "objective"]
    return line


@pytest.mark.parametrize("suffix", [".mps", ".lp"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_reader_finds_the_optimum_of_the_planner(tmp_path: Path, name: str, suffix: str) -> None:
    made = SCENARIOS[name]()
    first = plan(made, SearchLimits(gap=0.0), inline=True, validated=True).plan.objective[0]
    file = tmp_path / f"model{suffix}"
    meant = objective_line(write_model(made, file))
    assert meant["family"] == first.goal
    factor = float(Fraction(meant["about"]))
    found = {reader: None if best is None else factor * best for reader, best in optima(file).items()}
    assert found == pytest.approx(dict.fromkeys(READERS_OF[suffix], float(first.value)), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("suffix", [".mps", ".lp"])
def test_every_reader_finds_that_there_is_no_plan(tmp_path: Path, suffix: str) -> None:
    rules = [{"name": "Sebelas peserta", "measure": "participants", "at_least": 11}]
    for impossible in (scenario(rules=rules), scenario(programmes=costing("participant", 101), rules=rules)):
        file = tmp_path / f"model{suffix}"
        write_model(Scenario.model_validate(impossible), file)
        assert optima(file) == dict.fromkeys(READERS_OF[suffix])


@pytest.mark.parametrize(
    ("plain", "family", "factor"),
    [
        (many_people(), "gaps_closed", "-1"),
        (light(), "gaps_closed", "-0.00001"),
        (worst_off(), "smallest_coverage", "-0.001"),
        (least_cost("own_cost"), "own_cost", "150000"),
        (least_cost("total_cost"), "total_cost", "150000"),
    ],
)
def test_the_key_and_the_file_say_by_what_the_minimum_is_multiplied(
    tmp_path: Path, plain: dict[str, Any], family: str, factor: str
) -> None:
    for suffix in (".mps", ".lp"):
        file = tmp_path / f"model{suffix}"
        with speaking("en"):
            line = objective_line(write_model(Scenario.model_validate(plain), file))
        assert (line["name"], line["family"], line["about"]) == ("OBJ", family, factor)
        assert f"{family} = {factor} x" in line["meaning"]
        assert file.read_text(encoding="ascii").splitlines()[0][2:] == line["meaning"]


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    write_model(SMALL, tmp_path / "model.MPS")
    assert by_highs((tmp_path / "model.MPS").rename(tmp_path / "model.mps")) == pytest.approx(-5)


@pytest.mark.parametrize(
    "plain", [another_pays(), scenario(programmes=costing("participant", 101), rules=AT_LEAST_SIX)]
)
def test_the_key_explains_the_columns_and_rows_that_only_help(tmp_path: Path, plain: dict[str, Any]) -> None:
    lines = key(write_model(Scenario.model_validate(plain), tmp_path / "model.mps"))
    named = {(line["kind"], line["name"]) for line in lines}
    text = (tmp_path / "model.mps").read_text()
    columns = set(re.findall(r"^ \w\w BND (\S+)", text, re.MULTILINE))
    rows = set(re.findall(r"^ [LEG] (\S+)", text, re.MULTILINE))
    assert [line["name"] for line in lines if line["family"] == "helper"]
    assert {("variable", column) for column in columns} | {("row", row) for row in rows} <= named


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
    assert {line["family"] for line in lines if line["kind"] == "variable"} <= {*VARIABLE_FAMILIES, "helper"}
    assert sum(line["kind"] == "pool" for line in lines) == len(model.parts.pools.members)
    assert [line["about"] for line in lines if line["kind"] == "level"] == [
        " ".join(filter(None, [goal.sense, goal.level.goal, goal.level.by and f"by {goal.level.by}"]))
        for goal in model.goals
    ]


def test_every_family_of_variables_has_a_meaning_in_both_languages() -> None:
    from planner.locale import _

    families = build(builders.scenario()).variables.families()
    assert set(families) == set(VARIABLE_FAMILIES)
    for language in ("id", "en"):
        with speaking(language):
            assert all(_(family.meaning) for family in VARIABLE_FAMILIES.values())
            assert _(HELPER)


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
    (tmp_path / "berkas").write_text("a file where a folder would have to be")
    with pytest.raises(InputError, match=r"model\.mps"):
        write_model(SMALL, tmp_path / "berkas" / "model.mps")
    assert [path.name for path in tmp_path.iterdir()] == ["berkas"]
