"""Quantities as a number or as named factors, and taxes on prices."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.coefficient import Product, read_coefficient
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import plan
from planner.plans.budget_lines import budget_lines
from planner.report.wording.budget_lines import calculation, unit_text
from planner.report.wording.formats import Formats
from planner.scenario_io import read_text
from planner.scenario_io.writing import scenario_text
from planner.solve.outcome import SearchLimits
from tests.rules.small import Plain, best, small
from tests.scenarios.hand import broken, paid, planned


@pytest.mark.parametrize(
    ("written", "value", "text"),
    [
        (24, 24, "24"),
        (0.5, Fraction(1, 2), "1/2"),
        ({"OJ": 4, "hari": 3}, 12, "4 OJ x 3 hari"),
        ("4 OJ x 3 hari", 12, "4 OJ x 3 hari"),
        ("40 Orang × 2,5 Hari", 100, "40 Orang x 2.5 Hari"),  # noqa: RUF001
        ({"OJ": 2, "hari": 3, "kelas": 2, "kali": 1}, 12, "2 OJ x 3 hari x 2 kelas x 1 kali"),
    ],
)
def test_a_quantity_is_a_number_or_a_product(written: object, value: Fraction | int, text: str) -> None:
    read = read_coefficient(written)
    assert read == value
    assert str(read) == text


def test_a_product_stays_one_where_it_is_copied() -> None:
    product = read_coefficient("4 OJ x 3 hari")
    for again in (pickle.loads(pickle.dumps(product)), copy.copy(product), copy.deepcopy(product)):
        assert isinstance(again, Product)
        assert again.factors == (("OJ", Fraction(4)), ("hari", Fraction(3)))


@pytest.mark.parametrize(
    "written",
    [
        "abc",
        "4 OJ x",
        "4 x 3",
        "4 OJ*3 hari",
        "4 OJ x3 hari",
        "4 OJ, 3 hari",
        "24 OJ (4 x 6)",
        "4 OJ x 3 OJ",
        {},
        dict.fromkeys("abcde", 1),
        {"OJ": -1},
        {"": 1},
        {"OJ x 2": 3},
        {"3": 1},
    ],
)
def test_other_quantities_are_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_coefficient(written)


def taxed(price: int, tax: str, quantity: object = 1) -> Plain:
    line = {
        "item": "Modul",
        "account": "5.1.02.01.01.0001",
        "per": "participant",
        "quantity": quantity,
        "price": price,
        "tax": tax,
    }
    return small(periods=["TW1"], programmes={"costs": [line]}, funds={"amount": 10_000})


def test_a_price_with_its_tax_is_what_a_plan_pays() -> None:
    # Rp100 and 11% are Rp111: Rp10,000 pay for 90 people; with two units Rp222 each, ten people Rp2,220
    assert best(taxed(100, "11%")) == ["10", "1110"]
    assert best(taxed(100, "11%", {"OJ": 2, "hari": 1})) == ["10", "2220"]
    # nine people at Rp1,110
    assert best(taxed(1000, "11%")) == ["9", "9990"]


@pytest.mark.parametrize(
    ("price", "tax", "near"),
    [(950, "11%", "Rp900, Rp1000"), (50, "11%", "Rp100"), (33, "2.5%", "Rp40"), (75, "2.5%", "Rp40, Rp80")],
)
def test_a_tax_that_is_no_whole_rupiah_is_refused_with_the_nearest_prices(price: int, tax: str, near: str) -> None:
    with speaking("en"):
        (problem,) = find_problems(Scenario.model_validate(taxed(price, tax)))
    assert problem.path == ("programmes", 0, "costs", 0, "price")
    assert "not whole rupiah" in problem.message
    assert problem.remedy.endswith(f": {near}.")


def test_half_a_quantity_gives_whole_rupiah() -> None:
    # half of Rp111 is none; half of Rp222 is
    (problem,) = find_problems(Scenario.model_validate(taxed(100, "11%", 0.5)))
    assert problem.path == ("programmes", 0, "costs", 0, "price")
    assert not find_problems(Scenario.model_validate(taxed(200, "11%", 0.5)))


def test_the_check_counts_the_tax() -> None:
    plain = taxed(100, "11%")

    def found(amount: int) -> set[str]:
        rows = [paid(amount, group="a", item="Modul")]
        return broken(plain, planned(plain, {("a", "bimtek", "TW1"): 1}, payments=rows))

    assert found(111) == set()
    assert found(100) == {"cost"}


def test_a_line_of_the_budget_shows_its_factors_and_its_tax() -> None:
    scenario = Scenario.model_validate(taxed(100, "11%", {"OJ": 4, "hari": 2}))
    found = plan(scenario, SearchLimits(gap=0.0), inline=True).plan
    (line,) = budget_lines(scenario, found)
    assert (int(line.coefficient), line.price, line.net_price, line.amount) == (80, 111, 100, 8880)
    with speaking("en"):
        words = calculation(scenario, line, Formats("en"))
        assert words == "10 participants × 4 OJ × 2 hari; Rp100 + tax 11%"  # noqa: RUF001
        assert unit_text(line) == "OJ × hari"  # noqa: RUF001


def test_factors_and_tax_are_written_as_they_were_read() -> None:
    scenario = Scenario.model_validate(taxed(100, "11%", "4 OJ x 3 hari"))
    again = read_text(scenario_text(scenario))
    assert again.sha256 == scenario.sha256
    quantity = again.programmes[0].costs[0].quantity
    assert isinstance(quantity, Product)
    assert str(quantity) == "4 OJ x 3 hari"
