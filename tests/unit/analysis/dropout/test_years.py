"""Partners that withhold the money of one year."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from planner.analysis.dropout.expected import drop_out
from planner.analysis.partners.subsets import PartnerSubsets
from planner.analysis.scenarios.variants import without_partners
from planner.domain.scenario import Scenario
from tests.scenarios.hand import costing, scenario
from tests.unit.analysis.plans import inquiry

PERIODS = [{"id": "TW1", "year": 2027}, {"id": "TW2", "year": 2028}]


def given(**partner: Any) -> Scenario:
    """Three people at Rp3 of own money in each year, and two more that a partner pays in each."""
    own = {"id": "apbd", "kind": "own", "amounts": {2027: 9, 2028: 9}}
    other = {"id": "unja", "kind": "partner", "amounts": {2027: 6, 2028: 6}, "chance": "50%", **partner}
    return Scenario.model_validate(scenario(periods=PERIODS, programmes=costing("participant", 3), funds=[own, other]))


def test_what_is_withheld_in_a_year_by_hand() -> None:
    # with both years 3 + 2 and 3 + 2 people; without 2028 two fewer, with an even chance; without both, four fewer
    asked = inquiry(given())
    assert asked.plan.gaps_closed == 10
    whole, year = drop_out(asked), drop_out(asked, ("unja",), PartnerSubsets(asked, "2028"))
    assert [(case.absent, case.probability) for case in year.cases] == [
        ((), Fraction(1, 2)),
        (("unja",), Fraction(1, 2)),
    ]
    assert (whole.replanned.gaps.expected, whole.replanned.gaps.worst) == (Fraction(8), Fraction(6))
    assert (year.replanned.gaps.expected, year.replanned.gaps.worst) == (Fraction(9), Fraction(8))
    assert year.year == "2028"


def test_money_carried_over_is_missed_later_too() -> None:
    # people are taught in 2028 alone: Rp9 of one's own, and Rp12 that the partner has by then, or Rp6 without 2027
    late = given(carry_over=True)
    late = late.changed(programmes=(late.programmes[0].model_copy(update={"periods": ("TW2",)}),))
    asked = inquiry(late)
    assert asked.plan.gaps_closed == 7
    without = drop_out(asked, ("unja",), PartnerSubsets(asked, "2027")).replanned.gaps
    assert (without.expected, without.worst) == (Fraction(6), Fraction(5))


def test_the_scenario_without_a_year_keeps_what_else_is_given() -> None:
    left = without_partners(given(seats={"bimtek": 4}), ["unja"], "2027").fund["unja"]
    assert (left.amounts, left.amount, left.seats) == ({"2027": 0, "2028": 6}, 6, {"bimtek": 4})
