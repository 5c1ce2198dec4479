"""How sure the number of gaps closed is, by hand and against every outcome of small plans."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

from planner.planning import plan
from planner.plans.certainty import likely_range, variance
from planner.plans.measures import Measures
from planner.plans.plan import Plan
from planner.scenario_io import read_scenario
from tests.scenarios.workshop import workshop
from tests.unit.analysis.plans import EXACT

EXAMPLE = Path(__file__).parents[3] / "scenarios" / "contoh-kecil.yaml"


def test_the_range_of_the_small_example_by_hand() -> None:
    """14 people at 80% and 15 at 60%: 14 x 0.8 x 0.2 + 15 x 0.6 x 0.4 = 2.24 + 3.6 = 5.84.

    The root is 2.41661; 20.2 -+ 1.645 x 2.41661 = 16.22 and 24.18, outward 16 and 25.
    """
    scenario = read_scenario(EXAMPLE)
    made = plan(scenario, EXACT, inline=True).plan
    assert variance(Measures(scenario, made)) == Fraction(584, 100)
    found = likely_range(Measures(scenario, made))
    assert (found.low, found.high) == (16, 25)
    assert 0 <= found.deviation - Fraction(241661, 100_000) < Fraction(1, 10_000)


def test_training_that_always_works_has_no_range() -> None:
    scenario = workshop(110)
    made = plan(scenario, EXACT, inline=True).plan
    found = likely_range(Measures(scenario, made))
    assert (found.low, found.high, found.deviation) == (18, 18, Fraction(0))


def unsure(effect: str, gap: int) -> Plan:
    programme = {"id": "p", "closes": {"a": effect}, "costs": [{"item": "X", "per": "participant", "price": 1}]}
    scenario = workshop(100, groups=[{"id": "g", "headcount": gap, "gaps": {"a": gap}}], programmes=[programme])
    return plan(scenario, EXACT, inline=True).plan


def test_the_range_stays_between_nothing_and_the_need() -> None:
    """One person at 50%: 0.5 -+ 1.645 x 0.5 = -0.32 and 1.32; there are neither fewer than 0 nor more than 1."""
    made = unsure("50%", 1)
    scenario = workshop(
        100,
        groups=[{"id": "g", "headcount": 1, "gaps": {"a": 1}}],
        programmes=[{"id": "p", "closes": {"a": "50%"}}],
    )
    assert variance(Measures(scenario, made)) == Fraction(1, 4)
    found = likely_range(Measures(scenario, made))
    assert (found.low, found.high, found.deviation) == (0, 1, Fraction(1, 2))


def sure_of(programmes: list[dict[str, object]], gap: int, seats: int) -> tuple[Fraction, Fraction]:
    """The gaps closed and their variance, for seats that cost Rp1 each."""
    line = {"item": "X", "per": "participant", "price": 1}
    offered = [{**programme, "costs": [line]} for programme in programmes]
    group = {"id": "g", "headcount": gap, "gaps": {"a": gap}}
    scenario = workshop(seats, groups=[group], programmes=offered)
    made = plan(scenario, EXACT, inline=True).plan
    return made.gaps_closed, variance(Measures(scenario, made))


def test_one_gap_has_one_chance() -> None:
    """Ten gaps and twenty seats, ten at 90%: a second course at 50% closes nothing more, 9 with 10 x 0.9 x 0.1."""
    programmes: list[dict[str, object]] = [{"id": "p", "closes": {"a": "50%"}}, {"id": "r", "closes": {"a": "90%"}}]
    assert sure_of(programmes, 10, 20) == (Fraction(9), Fraction(9, 10))


def test_the_variance_is_that_of_all_outcomes() -> None:
    """Three people at 70%: every outcome with its probability."""
    effect = Fraction(7, 10)
    outcomes = []
    for wins in product((0, 1), repeat=3):
        chance = Fraction(1)
        for win in wins:
            chance *= effect if win else 1 - effect
        outcomes.append((sum(wins), chance))
    mean = sum((number * chance for number, chance in outcomes), Fraction(0))
    expected = sum(((number - mean) ** 2 * chance for number, chance in outcomes), Fraction(0))
    assert sure_of([{"id": "p", "closes": {"a": "70%"}}], 3, 3) == (mean, expected)
