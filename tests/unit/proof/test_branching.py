"""Which column the exact search branches on."""

from __future__ import annotations

import json
import math
from fractions import Fraction

import numpy as np
import pytest

from planner.proof.branching import Chooser, Gains
from planner.proof.columns import CHOICES, MONEY, TOTALS
from planner.proof.exact_model import ExactModel
from planner.proof.node import Node
from planner.proof.proving import Worth, prove
from planner.proof.relaxation import Relaxation
from planner.proof.search import Search
from planner.scenario_io import read_scenario
from tests.plans.shipped import GALLERY, SCENARIOS

HALVES = np.array([0.5, 0.5])
BOTH = np.array([0, 1])


def gains_of(*by_column: tuple[float, float]) -> Gains:
    """Gains of columns half-way between whole numbers, down and up."""
    gains = Gains()
    for column, (down, up) in enumerate(by_column):
        gains.learn(column, False, 0.5, down)
        gains.learn(column, True, 0.5, up)
    return gains


def test_a_column_that_closes_one_side_is_worth_more_than_one_that_hardly_moves_both() -> None:
    gains = gains_of((100.0, 0.0), (0.1, 0.1))
    gain, place = gains.best(BOTH, HALVES, 10.0)
    assert place == 0
    assert gain == pytest.approx(math.sqrt(10.0 * 0.1))


def test_no_gain_counts_for_more_than_what_is_left_to_the_target() -> None:
    gains = gains_of((1000.0, 0.5), (10.0, 1.0))
    assert gains.best(BOTH, HALVES, 10.0)[1] == 1
    assert gains.best(BOTH, HALVES, math.inf)[1] == 0


def test_columns_count_as_unsure_until_both_sides_were_tried_so_often() -> None:
    gains = gains_of((1.0, 1.0))
    gains.learn(0, True, 0.5, 1.0)
    assert list(gains.unsure(BOTH, HALVES, 1)) == [1]
    assert list(gains.unsure(BOTH, HALVES, 2)) == [0, 1], "column 0 went down once"


def a_choice(others: int = TOTALS) -> tuple[Search, Node, tuple[int, int]]:
    """The root of a model of classes c for at most 10 people each, 3 units a class and 1 a person of 17, and of one
    person p of whom half may attend, who is worth little."""
    model = ExactModel()
    c, s = model.column(5, whole=True, rank=CHOICES), model.column(50, whole=False)
    p = model.column(1, whole=True, rank=others)
    model.row([(s, 1), (c, -10)], high=0)
    model.row([(s, 1), (c, 3)], high=17)
    q = model.column(1, whole=False)
    model.row([(p, 2), (q, -1)], high=0)
    model.row([(q, 1)], high=1)
    search = Search(model, [(s, 1), (p, Fraction(1, 1000))], lambda _: None)
    node = search.root()
    assert node is not None
    assert node.point is not None
    assert [round(float(node.point[column]) % 1, 3) for column in (c, p)] == [0.308, 0.5]
    return search, node, (c, p)


def test_a_column_that_seemed_to_have_no_effect_is_tried_again_before_others_are_branched_on() -> None:
    """At the root other columns may have made up for it."""
    search, node, (c, p) = a_choice()
    chooser = Chooser()
    for up in (False, True):
        chooser.gains.learn(c, up, 0.3, 0.0)
    columns, ranks = np.array([c, p]), np.array([CHOICES, TOTALS])
    assert chooser.chosen(node, columns, ranks, search.relaxation, Fraction(10)) == c


def test_columns_of_the_next_rank_are_branched_on_where_the_first_have_no_effect() -> None:
    search, node, (c, p) = a_choice()
    chooser = Chooser()
    for _time in range(10):
        for up in (False, True):
            chooser.gains.learn(c, up, 0.3, 0.0)
            chooser.gains.learn(p, up, 0.5, 100.0)
    columns, ranks = np.array([c, p]), np.array([CHOICES, TOTALS])
    assert chooser.chosen(node, columns, ranks, search.relaxation, Fraction(10)) == p
    assert chooser.chosen(node, columns, np.array([CHOICES, MONEY]), search.relaxation, Fraction(10)) == c


def test_what_is_tried_leaves_the_node_as_it_is() -> None:
    search, node, (c, p) = a_choice()
    before = list(node.lower), list(node.upper)
    Chooser().chosen(node, np.array([c, p]), np.array([CHOICES, TOTALS]), search.relaxation, Fraction(10))
    assert (node.lower, node.upper) == before


def test_a_relaxation_that_has_no_point_on_a_side_counts_as_closing_it() -> None:
    model = ExactModel()
    x = model.column(3, whole=True)
    model.row([(x, 2)], low=1, high=1)  # half of one
    model.row([(x, 1)], high=1)
    relaxation = Relaxation(model, [(x, 1)])
    node = Node([0], [3], Fraction(9), np.array([0.5]))
    chooser = Chooser()
    assert chooser.chosen(node, np.array([x]), np.array([CHOICES]), relaxation, Fraction(4)) == x
    assert list(chooser.gains.unsure(np.array([x]), np.array([0.5]), 1)) == []


@pytest.mark.parametrize("name", ["jambi-2027-tanpa-mitra", "jambi-2027-pemotongan-15"])
def test_classes_by_quarter_are_branched_on_early_enough_to_prove_a_province(name: str) -> None:
    """Branched on after people, 600 nodes left more than twice the gap open."""
    scenario = read_scenario(SCENARIOS / f"{name}.yaml")
    plan = json.loads((GALLERY / name / "plan.json").read_text(encoding="utf-8"))
    values = tuple(Fraction(str(level["value"])) for level in plan["objective"])
    known = Worth(values, Fraction(str(plan["weighted_gaps_closed"])))
    bounds = prove(scenario, lambda _: None, known, gap=0.0001, while_near=True).bounds
    assert bounds[0] is not None
    assert values[0] <= bounds[0] <= values[0] * Fraction(10001, 10000)
    assert len(bounds) == len(values), "gaps closed are near enough for the levels below"
