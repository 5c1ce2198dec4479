"""What a plan closes when gaps fall on as few people twice as possible, by hand and against every way they can lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product

import pytest

from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.plans.measures import Measures
from planner.plans.overlap import _least, closed_at_least
from tests.unit.analysis.plans import EXACT

HALF, MOST, ALL = Fraction(1, 2), Fraction(4, 5), Fraction(1)


def both(headcount: int, gaps: dict[str, int], seats: int, **changes: object) -> Scenario:
    """A course of this many seats that closes two competencies, Rp1 a seat."""
    programme = {
        "id": "p",
        "closes": {"a": 1, "b": 1},
        "costs": [{"item": "Peserta", "per": "participant", "price": 1}],
    } | changes
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "tumpang", "fiscal_year": 2027},
            "competencies": [{"id": name, "kind": "technical"} for name in ("a", "b")],
            "groups": [{"id": "g", "headcount": headcount, "gaps": gaps}],
            "programmes": [programme],
            "funds": [{"id": "apbd", "kind": "own", "amount": seats}],
        }
    )


@pytest.mark.parametrize(
    ("headcount", "gaps", "seats", "best", "least"),
    [
        (100, {"a": 50, "b": 50}, 50, 100, 50),  # fifty lack a, fifty others lack b
        (60, {"a": 50, "b": 50}, 50, 100, 90),  # at least forty lack both: 40 x 2 + 10
        (50, {"a": 50, "b": 50}, 50, 100, 100),  # all lack both
        (60, {"a": 50, "b": 50}, 20, 40, 40),  # twenty of the forty who lack both
    ],
)
def test_the_least_overlap_by_hand(headcount: int, gaps: dict[str, int], seats: int, best: int, least: int) -> None:
    scenario = both(headcount, gaps, seats)
    made = plan(scenario, EXACT, inline=True).plan
    assert made.gaps_closed == best
    assert closed_at_least(Measures(scenario, made)) == least


def test_the_higher_chance_comes_first() -> None:
    """Ten lack a, ten others lack b: ten seats at 80% close 8; with the best overlap 10 x 1.3 = 13."""
    scenario = both(20, {"a": 10, "b": 10}, 12, closes={"a": "50%", "b": "80%"})
    made = plan(scenario, EXACT, inline=True).plan
    assert made.gaps_closed == 13
    assert made.allocations[0].participants == 10
    assert closed_at_least(Measures(scenario, made)) == 8


def test_a_programme_for_one_gap_makes_no_difference() -> None:
    scenario = both(100, {"a": 50}, 50)
    made = plan(scenario, EXACT, inline=True).plan
    assert closed_at_least(Measures(scenario, made)) == made.gaps_closed == 50


def profiles(people: int, gaps: Mapping[str, int]) -> Iterator[list[set[str]]]:
    """Every way in which gaps can lie on people."""
    for lacking in product(*(combinations(range(people), gap) for gap in gaps.values())):
        yield [{c for c, who in zip(gaps, lacking, strict=True) if person in who} for person in range(people)]


@pytest.mark.parametrize("effects", [(ALL, ALL), (MOST, HALF), (HALF, MOST), (ALL, MOST, HALF)])
def test_no_way_to_lie_closes_less_and_of_two_one_closes_as_little(effects: tuple[Fraction, ...]) -> None:
    names = "abc"[: len(effects)]
    closes = dict(zip(names, effects, strict=True))
    people = 4
    for sizes in product(range(1, people + 1), repeat=len(effects)):
        gaps = dict(zip(names, sizes, strict=True))
        for seats in range(1, people + 1):
            worst = min(
                max(
                    sum((closes[c] for person in chosen for c in person), Fraction(0))
                    for chosen in combinations(lacking, seats)
                )
                for lacking in profiles(people, gaps)
            )
            found = _least(closes, seats, {c: Fraction(gap) for c, gap in gaps.items()}, Fraction(people))
            assert found <= worst
            if len(effects) == 2:
                assert found == worst
