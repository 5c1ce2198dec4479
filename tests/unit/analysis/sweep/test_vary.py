"""What is varied: values as planners write them, the scenarios they make, and refusals that help."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from planner.analysis.sweep.values import MOST_VALUES, read_values
from planner.analysis.sweep.vary import Grid, read_grid
from planner.errors import InputError
from planner.locale import speaking
from tests.scenarios.sweep_file import SCENARIO


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "skenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def amounts(grid: Grid) -> list[dict[str, int]]:
    scenarios = [cell.scenario for cell in grid.cells]
    return [{fund.id: fund.amount for fund in scenario.funds} for scenario in scenarios if scenario is not None]


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("80%:120%:20%", "share", ["8/10", "1", "12/10"]),
        ("0:1,5 miliar:500 juta", "rupiah", ["0", "500000000", "1000000000", "1500000000"]),
        ("Rp1.000.000:Rp2.000.000:Rp400.000", "rupiah", ["1000000", "1400000", "1800000"]),
        ("0:0.3:0.1", "number", ["0", "1/10", "2/10", "3/10"]),
        ("3:1:1", "number", ["3", "2", "1"]),
        ("5:5:1", "number", ["5"]),
        ("0%, 50%,100%", "share", ["0", "1/2", "1"]),
        ("1,5 miliar; 2 miliar", "rupiah", ["1500000000", "2000000000"]),
        ("0;500 juta", "rupiah", ["0", "500000000"]),
        ("2_500_000,3000000", "number", ["2500000", "3000000"]),
        ("12,5%;25%", "share", ["1/8", "1/4"]),
        ("1,1,2", "number", ["1", "2"]),
    ],
)
def test_quantities_are_read_exactly(text: str, kind: str, numbers: list[str]) -> None:
    values = read_values(text)
    assert [value.number for value in values] == [Fraction(number) for number in numbers]
    assert {value.kind for value in values} == {kind}


def test_a_comma_that_could_be_a_decimal_one_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match="';'"):
        read_values("0,500 juta")


@pytest.mark.parametrize(("text", "both"), [("1.500%", "1500% or 1.5%"), ("1.500", "1500 or 1.5")])
def test_a_number_of_two_readings_is_refused_with_both(text: str, both: str) -> None:
    with speaking("en"), pytest.raises(ValueError, match=f"could be read in two ways. Write {both}."):
        read_values(text)


def test_names_and_records_are_text() -> None:
    assert [(value.text, value.kind) for value in read_values("TW1;TW2")] == [("TW1", "text"), ("TW2", "text")]
    assert [value.text for value in read_values("[TW1,TW2],[TW1]")] == ["[TW1,TW2]", "[TW1]"]
    assert [value.text for value in read_values("{min: 5, max: 10};{min: 1, max: 2}")] == [
        "{min: 5, max: 10}",
        "{min: 1, max: 2}",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "1,,2", "1:2:0", "1:2:-1", "1%:2:1", "a:b:c", "0:1 miliar:1", "0:1e30:1", "1,5 miliar", "1:9%:5%"],
)
def test_what_is_no_list_and_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_values(text)


def test_as_many_values_as_are_allowed_and_no_more() -> None:
    assert len(read_values(f"1:{MOST_VALUES}:1")) == MOST_VALUES
    with pytest.raises(ValueError, match=str(MOST_VALUES + 1)):
        read_values(f"0:{MOST_VALUES}:1")


def test_a_range_in_fractions_has_no_rounding() -> None:
    assert read_values("0%:100%:0.1%")[-1].number == 1
    assert read_values("0:1:0.001")[333].text == "0.333"


def test_own_funds_are_divided_as_they_are_now_in_whole_rupiah(file: Path) -> None:
    grid = read_grid(file, [], ["own-budget=0;100%;5000002"])
    own = [(each["apbd"], each["blud"]) for each in amounts(grid)]
    assert own == [(0, 0), (2_500_000, 1), (5_000_000, 2)]
    assert grid.axes[0].kind == "rupiah"


def test_of_a_partner_an_amount_is_its_money_and_a_share_its_seats_too(file: Path) -> None:
    of_money, of_all = (read_grid(file, [], [text]) for text in ("partner:kampus=7,9", "partner:kampus=0%,50%"))
    assert [each["kampus"] for each in amounts(of_money)] == [7, 9]
    assert [each["kampus"] for each in amounts(of_all)] == [0, 500_000]
    scenarios = [cell.scenario for cell in (*of_money.cells, *of_all.cells)]
    assert [s and s.fund["kampus"].seats["bimtek"] for s in scenarios] == [5, 5, 0, 2]


def test_shares_of_all_partners(file: Path) -> None:
    grid = read_grid(file, ["funds.lan.amount=10"], ["partners=0;0.5;200%"])
    assert [(each["kampus"], each["lan"], each["blud"]) for each in amounts(grid)] == [
        (0, 0, 1),
        (500_000, 5, 1),
        (2_000_002, 20, 1),
    ]


def test_prices_are_rounded_so_that_every_cost_is_whole(file: Path) -> None:
    """At a quantity of 1.5 a price is even; 27,500.5 becomes 27,501."""
    grid = read_grid(file, [], ["prices=50%,100%,110%"])
    prices = [[item.price for item in cell.scenario.programmes[0].costs] for cell in grid.cells if cell.scenario]
    assert prices == [[500_002, 27_501], [1_000_002, 55_001], [1_100_002, 60_501]]
    assert {fund for each in amounts(grid) for fund in each.values()} == {2_500_000, 1, 1_000_001, 0}


def test_a_path_is_the_file_read_again(file: Path) -> None:
    grid = read_grid(file, [], ["groups.analis.headcount=12:20:8"])
    assert [cell.scenario and cell.scenario.groups[0].headcount for cell in grid.cells] == [12, 20]
    assert (grid.axes[0].path, grid.axes[0].kind) == ("groups.analis.headcount", "number")
    assert read_grid(file, [], ["funds.apbd.amount=1,2"]).axes[0].kind == "rupiah"


def test_a_grid_has_all_combinations_the_last_running_fastest(file: Path) -> None:
    grid = read_grid(file, [], ["partners=0%,100%", "own-budget=1,2,3"])
    assert [cell.position for cell in grid.cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert [value.number for value in grid.values(grid.cells[4])] == [1, 2]


def test_a_combination_that_is_impossible_is_a_cell_without_a_scenario(file: Path) -> None:
    grid = read_grid(file, [], ["groups.analis.headcount=10,20", "groups.analis.gaps.keu=5,15"])
    assert [cell.scenario is None for cell in grid.cells] == [False, True, False, False]
    assert "15" in grid.cells[1].problem


def refused(file: Path, *asked: str) -> list[str]:
    with speaking("id"), pytest.raises(InputError) as caught:
        read_grid(file, [], asked)
    return [str(problem) for problem in caught.value.problems]


def test_all_that_is_wrong_is_said_at_once_with_names_that_are_near(file: Path) -> None:
    said = refused(
        file,
        "own-budgt=1",
        "partner:kampuss=1",
        "partner:apbd=1",
        "prices=1 juta",
        "prices=200",
        "own-budget",
        "funds.apbd.amont=1",
        "groups.analis.headcount=-1",
        "partners=100%",
        "partners=50%",
    )
    whole = "\n".join(said)
    for part in (
        "--vary own-budgt: tidak ada 'own-budgt'",
        "Maksud Anda 'own-budget'?",
        "tidak ada mitra 'kampuss'",
        "'kampus'",
        "'apbd' adalah dana sendiri, bukan mitra",
        "Maksud Anda 'amount'?",
        "--vary groups.analis.headcount",
        "--vary partners: ",
    ):
        assert part in whole
    assert len(said) == 9


def test_a_grid_of_too_many_points_is_refused(file: Path) -> None:
    (said,) = refused(file, "own-budget=1:100:1", "prices=1%:100%:1%")
    assert "10000" in said.replace(".", "")


def test_nobody_to_vary_is_said(tmp_path: Path, file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    alone = tmp_path / "sendiri.yaml"
    alone.write_text("\n".join(line for line in lines if "partner" not in line), encoding="utf-8")
    (said,) = refused(alone, "partners=50%")
    assert "mitra" in said
    given = tmp_path / "mitra.yaml"
    given.write_text("\n".join(line for line in lines if "kind: own" not in line), encoding="utf-8")
    (said,) = refused(given, "own-budget=50%")
    assert "dana sendiri" in said
