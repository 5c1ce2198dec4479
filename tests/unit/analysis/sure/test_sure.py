"""The plan kept at the worst case, what has to be cut, and the plan made for that case."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from planner.analysis.scenarios.loosened import with_loose_minimums
from planner.analysis.sure.limits import Corner, Span, read_span, worst_corner
from planner.analysis.sure.question import Doubts
from planner.analysis.sure.worst import sure
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_scenario
from tests.sampled import some
from tests.scenarios.workshop import MUST, workshop
from tests.unit.analysis.plans import assert_passes, inquiry, tiny_ones

EXAMPLE = Path(__file__).parents[4] / "scenarios" / "contoh-kecil.yaml"
TENTH = Corner(Fraction(9, 10), Fraction(9, 10), Fraction(11, 10))


def prices(factor: str) -> Corner:
    return Corner(Fraction(1), Fraction(1), Fraction(factor))


def test_the_small_example_at_its_worst_corner_by_hand() -> None:
    """14 analysts and 15 archivists; at the corner 22 and 13 of them are willing, so 14 + 13 come.

    The class Rp11 million, 14 x Rp1.1 million, e-learning 3.3 + 13 x 0.22 = 6.16: in all Rp32.56 million of 30.5. What
    is missing, 2.06, takes two analysts at 1.1: 12 x 0.72 + 13 x 0.54 = 15.66, and no plan made anew is better.
    As assumed after all it closes 12 x 0.8 + 13 x 0.6 = 17.4.
    """
    asked = inquiry(read_scenario(EXAMPLE))
    answer = sure(asked, TENTH)
    assert answer.all_paid.plan is not None
    assert (answer.all_paid.plan.total_cost, answer.missing) == (32_560_000, 2_060_000)
    assert answer.must_give
    assert answer.kept.plan is not None
    assert answer.kept.plan.gaps_closed == Fraction("15.66")
    assert answer.made.plan is not None
    assert answer.made.plan.gaps_closed == Fraction("15.66")
    assert answer.made_as_assumed is not None
    assert answer.made_as_assumed.gaps_closed == Fraction("17.4")
    assert_passes(TENTH.of(asked.scenario), answer.made.plan)


def test_a_plan_that_can_no_longer_be_paid_and_one_that_could_have_been_made() -> None:
    """Rp66: the large class at Rp60. At 120% it costs Rp72: Rp6 short, and nothing of it is left; two small ones at
    Rp30 close 8."""
    answer = sure(inquiry(workshop(66)), prices("1.2"))
    assert answer.missing == 6
    assert answer.kept.plan is not None
    assert answer.kept.plan.gaps_closed == 0
    assert answer.made.plan is not None
    assert answer.made.plan.gaps_closed == 8


def test_what_a_fund_keeps_for_round_amounts_is_not_said_to_be_missing() -> None:
    """The same with payments in tens: Rp72 of 66 lack Rp6, not the 12 that Rp60 in tens would leave."""
    tens = workshop(66).scenario.model_copy(update={"round_to": 10})
    assert sure(inquiry(workshop(66).changed(scenario=tens)), prices("1.2")).missing == 6


def test_a_plan_that_can_still_be_paid_keeps_everything() -> None:
    """Rp110 pays for all at Rp60 + 2 x Rp25; at 95% success 0.95 x 18 = 17.1 are closed, and nothing has to be cut."""
    answer = sure(inquiry(workshop(110)), Corner(Fraction(95, 100), Fraction(1), Fraction(1)))
    assert (answer.missing, answer.must_give) == (0, False)
    assert answer.kept.plan is not None
    assert answer.kept.plan.gaps_closed == Fraction("17.1")


def test_a_class_that_no_longer_fills_is_not_held() -> None:
    """Nine of ten are willing: the large class needs ten. Of eight, seven are: one small class of four."""
    answer = sure(inquiry(workshop(110)), Corner(Fraction(1), Fraction(9, 10), Fraction(1)))
    assert answer.kept.plan is not None
    assert answer.kept.plan.gaps_closed == 4


def test_a_rule_that_only_the_plan_as_assumed_could_keep() -> None:
    """The large class is a must, and can no longer be paid: the rule is missed by one class, as no plan keeps it."""
    answer = sure(inquiry(workshop(66, rules=[MUST])), prices("1.2"))
    assert answer.missing == 6
    for found, closed in ((answer.kept, 0), (answer.made, 8)):
        assert found.plan is not None
        assert found.plan.gaps_closed == closed
        assert [(rule.rule, rule.measure, rule.at_least) for rule in found.missed] == [
            ("Wajib", Fraction(0), Fraction(1))
        ]


def test_a_loosened_scenario_can_be_written() -> None:
    """18 gaps over seven classes is no decimal number; the penalty is rounded up."""
    loose = with_loose_minimums(workshop(66, rules=[MUST | {"at_least": 7}]))
    assert Scenario.model_validate(loose.to_plain()).sha256 == loose.sha256


def test_upper_bounds_of_rules_stay_hard() -> None:
    """At least and at most one large class: the lower bound gives, the upper one does not."""
    one = MUST | {"at_most": 1}
    loose = with_loose_minimums(workshop(66, rules=[one]))
    assert [(rule.hard, rule.at_least is None, rule.at_most is None) for rule in loose.rules] == [
        (False, False, True),
        (True, True, False),
    ]


def test_the_kept_plan_is_part_of_the_plan_and_the_plan_made_anew_is_never_worse() -> None:
    for _plain, asked in tiny_ones(some(range(12), 4)):
        answer = sure(asked, TENTH)
        kept, made = answer.kept.plan, answer.made.plan
        if kept is None:
            continue
        assert_passes(TENTH.of(asked.scenario), kept)
        assert made is not None
        assert made.rank_of_gaps >= kept.rank_of_gaps
        seats = asked.decisions.participants
        assert all(row.participants <= seats.get((row.group, row.programme, row.period), 0) for row in kept.allocations)
        held = asked.decisions.classes
        assert all(row.classes <= held.get((row.programme, row.period), 0) for row in kept.classes)
        assert set(kept.socialized) <= set(asked.plan.socialized)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("0.9..1", "0.9", "1"), ("90%..110%", "0.9", "1.1"), ("0,85 .. 1", "0.85", "1"), ("1", "1", "1")],
)
def test_ranges_are_read(text: str, low: str, high: str) -> None:
    assert read_span(text) == Span(Fraction(low), Fraction(high))


@pytest.mark.parametrize("text", ["1..0.9", "0..1", "0.9...1", "..1", "satu", "nan", "1..1e9", "-1..1", ""])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"."):
        Doubts.read({"closes": text})


def test_the_worst_corner_takes_the_lowest_and_for_prices_the_highest() -> None:
    span = Span(Fraction(8, 10), Fraction(12, 10))
    assert worst_corner(span, span, span) == Corner(Fraction(8, 10), Fraction(8, 10), Fraction(12, 10))
    with pytest.raises(InputError, match="--closes"):
        Doubts.read({"closes": "1..2", "uptake": "1", "prices": "0.5..1"})


def test_chances_never_exceed_one() -> None:
    scenario = Corner(Fraction(2), Fraction(2), Fraction(1)).of(workshop(110))
    assert {effect for p in scenario.programmes for effect in p.closes.values()} == {1}
    assert {group.uptake for group in scenario.groups} == {1}


@pytest.mark.parametrize("text", ["0.9..1.500", "90%..1,500%"])
def test_a_factor_of_two_readings_is_refused(text: str) -> None:
    with speaking("en"), pytest.raises(ValueError, match=r"could be read in two ways\. Write 1500%? or 1\.5%?\."):
        read_span(text)
