"""What is said of the plan's quality is what is proven, and no more."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from planner.locale import speaking
from planner.plans.claim import Claim
from planner.plans.plan import Plan, SolverRun, Status
from planner.report.material import Material
from planner.report.views.quality import confirmed, quality, quality_in_short
from planner.report.wording.formats import Formats
from tests.scenarios.builders import SMALL, plan, scenario


def said(answer: dict[str, Any] | None = None, **blocks: Any) -> tuple[str, str]:
    built = scenario(**blocks)
    with speaking("en"):
        material = Material(built, below_its_bound(plan(built, **(answer or {}))), Formats("en"))
        return quality_in_short(material), quality(material)


def below_its_bound(made: Plan) -> Plan:
    """Return the plan with exact bounds that leave a little open, as most have."""
    levels = (replace(row, exact_bound=float(row.value) + 0.001) for row in made.objective)
    return replace(made, objective=tuple(levels))


FOUND: dict[str, Any] = {
    "status": Status.FEASIBLE,
    "claim": Claim.CLAIMED,
    "bound": 130.0,
    "relative_gap": 0.1236,
}


def test_a_proven_plan_is_said_to_be_best_within_its_tolerance() -> None:
    short, long = said()
    assert short == "Proven best within 0.01%"
    assert "can close more than 0.01% in addition" in long


def test_a_plan_proven_without_tolerance_is_simply_best() -> None:
    short, long = said({"tolerance": 0.0})
    assert short == "Proven best"
    assert long.startswith("Proven best: no other plan within the same funds and rules does better.")


def test_a_plan_that_reaches_all_its_bounds_is_simply_best() -> None:
    built = scenario()
    for made, words in ((plan(built), "Proven best"), (below_its_bound(plan(built)), "Proven best within 0.01%")):
        with speaking("en"):
            assert quality_in_short(Material(built, made, Formats("en"))) == words


def test_a_plan_that_is_not_proven_says_how_many_more_gaps_there_could_be() -> None:
    short, long = said(FOUND)
    assert short == "Best plan found; at most 12% better is possible"
    assert "at most 14.3 more gaps (expected, 12%) could be closed" in long


def test_an_open_goal_above_gaps_closed_is_named_and_the_share_of_gaps_is_not_said_of_it() -> None:
    goals = [{"maximize": "smallest_coverage", "by": "agency"}, {"maximize": "gaps_closed"}]
    built = scenario(objective=goals)
    made = plan(built, status=Status.FEASIBLE, claim=Claim.CLAIMED, relative_gap=0.0)
    first, second = made.objective
    for claims, words in (
        ((Claim.CLAIMED, Claim.PROVEN), "Best plan found; not proven to be best in: "),
        ((Claim.PROVEN, Claim.CLAIMED), "Best plan found; at most 0% better is possible"),
    ):
        levels = (replace(first, claim=claims[0]), replace(second, claim=claims[1]))
        with speaking("en"):
            said_ = quality_in_short(Material(built, replace(made, objective=levels), Formats("en")))
        assert said_.startswith(words)
        assert ("overage" in said_) is (claims[0] is Claim.CLAIMED)


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ({}, "This is the best plan found; at most"),
        ({"late": True}, "found in the time given; at most"),
        ({"exhausted": True}, "The search ended by itself with time left"),
    ],
)
def test_why_a_search_ended_is_said_only_where_it_is_known(ended: dict[str, Any], words: str) -> None:
    run = replace(SolverRun("HiGHS", "1", None, "levels"), **ended)
    assert words in said(FOUND | {"solver": run})[1]
    level = {"objective": [{"minimize": "own_cost"}]}
    assert words.split(";")[0] in said(FOUND | {"solver": run}, **level)[1]


def test_gaps_may_be_proven_while_a_later_goal_is_not() -> None:
    short, long = said({"status": Status.FEASIBLE, "claim": Claim.CLAIMED})
    assert short == "Gaps closed proven best within 0.01%"
    assert "it has not been proven that no plan is better" in long


def test_a_plan_on_which_two_searches_agree_says_so_and_what_is_confirmed() -> None:
    built = scenario(rules=[])
    made = plan(built, claim=Claim.AGREED)
    first = replace(made.objective[0], claim=Claim.AGREED, exact_bound=float(made.objective[0].value) + 1.5)
    with speaking("en"):
        material = Material(built, replace(made, objective=(first, *made.objective[1:])), Formats("en"))
        assert quality_in_short(material) == "Best within 0.01%: two searches agree"
        assert "Two searches that work differently agree" in quality(material)
        assert confirmed(material) == "at most 1.5 more gaps (expected) can be closed with these funds and rules"
        assert f"it is confirmed that {confirmed(material)}" in quality(material)
        assert "roven" not in quality(material)


def test_what_exact_arithmetic_confirms_is_said_of_every_plan() -> None:
    built = scenario(rules=[])
    with speaking("en"):
        nothing = confirmed(Material(built, plan(built), Formats("en")))
        assert nothing == "no more gaps can be closed with these funds and rules"
        made = plan(built)
        unknown = tuple(replace(row, exact_bound=None, bound=None, claim=Claim.CLAIMED) for row in made.objective)
        stopped = replace(made, objective=unknown, claim=Claim.CLAIMED)
        assert confirmed(Material(built, stopped, Formats("en"))).startswith("nothing:")


def test_where_weights_or_penalties_count_more_gaps_are_not_said_to_be_impossible() -> None:
    """Ten dear gaps of weight 10 may leave thirty cheap ones open: nothing more by weight, but many more gaps."""
    built = scenario(rules=[], groups=[group | {"weight": 3 - n} for n, group in enumerate(SMALL["groups"][:2])])
    with speaking("en"):
        said_of_it = confirmed(Material(built, plan(built), Formats("en")))
    assert said_of_it == "counted in weighted gaps: nothing more can be reached with these funds and rules"


def test_goals_above_gaps_closed_are_named_with_what_is_confirmed() -> None:
    """A plan that gives up the coverage may close more gaps; that none can is said of those that keep it only."""
    built = scenario(rules=[])
    made = plan(built)
    gaps = made.gaps_level
    above = [
        replace(gaps, goal="smallest_coverage", by="group", value=Fraction(1, 2)),
        replace(gaps, goal="own_cost", value=Fraction(7)),
    ]
    with speaking("en"):
        material = Material(built, replace(made, objective=(*above, gaps)), Formats("en"))
        assert confirmed(material) == (
            "no more gaps can be closed with these funds and rules without lowering the smallest coverage among groups"
            " or spending more of own funds"
        )
        below = Material(built, replace(made, objective=(gaps, *above)), Formats("en"))
        assert "without" not in confirmed(below)


def test_weighted_gaps_are_said_to_be_weighted() -> None:
    competencies = [
        {"id": "keu-daerah", "kind": "technical", "weight": 2},
        {"id": "komunikasi", "kind": "managerial"},
        {"id": "perekat", "kind": "socio_cultural"},
    ]
    weighted = said(competencies=competencies)[1]
    assert weighted.endswith("What counts is: weighted gaps, less the penalties of missed goals.")
    assert said(competencies=competencies, rules=[])[1].endswith("What counts is: weighted gaps.")
    assert "What counts" not in said(rules=[])[1]


@pytest.mark.parametrize(
    ("answer", "expected"), [({}, "does better by more than 0.01%"), (FOUND, "has not been proven")]
)
def test_of_another_first_goal_nothing_is_said_in_gaps(answer: dict[str, Any], expected: str) -> None:
    _short, long = said(answer, objective=[{"minimize": "total_cost"}])
    assert expected in long
    assert "gaps" not in long


def test_indonesian_says_the_same() -> None:
    built = scenario()
    with speaking("id"):
        assert (
            quality_in_short(Material(built, below_its_bound(plan(built)), Formats("id")))
            == "Terbukti terbaik, selisih paling banyak 0,01%"
        )
        found = quality(Material(built, plan(built, **FOUND), Formats("id")))
    assert "paling banyak 14,3 kesenjangan lagi (perkiraan, 12%) mungkin ditutup" in found
