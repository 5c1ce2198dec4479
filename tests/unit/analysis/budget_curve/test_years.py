"""The curve over years: all amounts in proportion, or those of one year alone, against trying every plan."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from planner.analysis.budget_curve.curve import Curve, curve
from planner.analysis.budget_curve.question import DEFINITION, BudgetCurve
from planner.analysis.question import Source
from planner.batch.inquiry import Inquiry
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, InputError
from planner.locale import speaking
from planner.scenario_io import LoadedScenario
from tests.oracle.generate_years import scenarios_of_years
from tests.unit.analysis.budgets import best_value
from tests.unit.analysis.plans import GAPS_FIRST, inquiry

Plain = dict[str, Any]


SEEDS = (7, 24, 27, 50)
"""Of these two rise with the budget."""


def of_one_own_fund(seeds: Iterable[int]) -> Iterator[tuple[Plain, Inquiry]]:
    """Scenarios of two years with one own fund, which has amounts per year, and the inquiries into them."""
    for seed in seeds:
        plain = scenarios_of_years(seed, 300) | {"objective": GAPS_FIRST}
        own = [fund for fund in plain["funds"] if fund["kind"] == "own"]
        if len(own) == 1 and sum(own[0].get("amounts", {}).values()):
            try:
                yield plain, inquiry(Scenario.model_validate(plain))
            except InfeasibleError:
                continue


def best_with(plain: Plain, amounts: dict[int, int]) -> Fraction | None:
    changed = copy.deepcopy(plain)
    next(fund for fund in changed["funds"] if fund["kind"] == "own")["amounts"] = amounts
    return best_value(changed)


def amounts_of(plain: Plain) -> dict[int, int]:
    own = next(fund for fund in plain["funds"] if fund["kind"] == "own")
    return {year: own["amounts"].get(year, 0) for year in (2027, 2028)}


def assert_reached(answer: Curve, best: dict[int, Fraction | None]) -> int:
    """Each point is what trying every plan says; a least budget is enough, and nothing below its lower end is."""
    for point in answer.points:
        assert point.counted == best[point.budget], point.budget
    return len({value for value in best.values() if value is not None})


def test_all_amounts_grow_and_shrink_together(more: bool) -> None:
    rising = 0
    for plain, asked in of_one_own_fund(range(60) if more else SEEDS):
        amounts = amounts_of(plain)
        whole = sum(amounts.values())
        answer = curve(asked, 4)
        at = {p.budget: best_with(plain, {y: p.budget * n // whole for y, n in amounts.items()}) for p in answer.points}
        rising += assert_reached(answer, at) > 1
        for target in answer.targets:
            if target.least is not None and target.least.lowest:
                less = {y: (target.least.lowest - 1) * n // whole for y, n in amounts.items()}
                value = best_with(plain, less)
                assert value is None or value < target.target
    assert rising > 1


def test_the_amounts_of_one_year_are_varied_and_those_of_the_other_stay(more: bool) -> None:
    rising = 0
    for plain, asked in of_one_own_fund(range(60) if more else SEEDS):
        amounts = amounts_of(plain)
        answer = curve(asked, 4, year="2028")
        assert answer.today == amounts[2028]
        at = {p.budget: best_with(plain, amounts | {2028: p.budget}) for p in answer.points}
        rising += assert_reached(answer, at) > 1
        for target in answer.targets:
            if target.least is not None and target.least.lowest:
                value = best_with(plain, amounts | {2028: target.least.lowest - 1})
                assert value is None or value < target.target
    assert rising > 1


@pytest.mark.parametrize(
    ("year", "amounts", "words"),
    [("2031", True, "has no year 2031. Name one of: 2027, 2028"), ("2028", False, "has amounts per year")],
)
def test_a_year_that_cannot_be_varied_is_refused(year: str, amounts: bool, words: str) -> None:
    plain = next(plain for plain, _ in of_one_own_fund(SEEDS))
    if not amounts:
        for fund in plain["funds"]:
            fund["amount"] = sum(fund.pop("amounts", {2027: fund.get("amount", 0)}).values())
            fund.pop("carry_over", None)
    source = Source(loaded(plain), "uji.yaml")
    assert DEFINITION.prepare is not None
    with speaking("en"), pytest.raises(InputError, match=words):
        DEFINITION.prepare(source, BudgetCurve(year=year))


def loaded(plain: Plain) -> LoadedScenario:
    class Loaded:
        scenario = Scenario.model_validate(plain)

    return Loaded()  # type: ignore[return-value]  # the scenario is all that is asked for
