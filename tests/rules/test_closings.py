"""Closing and need: gaps close by training, and no more than the willing have."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest

from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.model.rules.closings import closings_by_agency
from tests.oracle.measures import closed_gaps
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans, shares_an_agency
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, planned

TWICE = [{"id": "bimtek", "closes": {"keu": "60%"}}, {"id": "daring", "closes": {"keu": "60%"}}]
"""Two programmes that each close 60% of the same gap."""

SOCIALIZATION: Plain = {"uptake": "50%", "socialization": {"raises_uptake_to": "80%", "cost": 4}}


@proves("closings_by_training", HAND)
def test_gaps_close_by_the_share_that_training_closes() -> None:
    # all 10 take part; half of them close their gap
    assert best(small(programmes={"closes": {"keu": "50%"}})) == ["5", "0"]
    assert best(small(programmes={"closes": {"keu": 1}})) == ["10", "0"]


@proves("closings_by_need", HAND)
def test_a_gap_closes_once_however_much_training_is_given() -> None:
    # 10 people in both programmes: each gap has one chance of 60%
    assert best(small(programmes=TWICE)) == ["6", "0"]
    # were the second programme to close another gap, both would count: 6 + 6
    other: Plain = {
        "competencies": [{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "technical"}],
        "groups": {"gaps": {"keu": 10, "arsip": 10}},
        "programmes": [TWICE[0], {"id": "daring", "closes": {"arsip": "60%"}}],
    }
    assert best(small(**other)) == ["12", "0"]


@proves("closings_by_need", HAND)
def test_only_the_willing_close_gaps_and_socialization_makes_more_of_them() -> None:
    # 80% of 10 are willing for Rp4: 8 x 60%, whether they take one of the programmes or both
    assert best(small(groups=SOCIALIZATION, programmes=TWICE)) == ["24/5", "4"]
    # Rp3 do not buy it: 5 x 60%
    assert best(small(groups=SOCIALIZATION, programmes=TWICE, funds={"amount": 3})) == ["3", "0"]


@proves("closings_by_need", HAND)
def test_the_better_programme_takes_the_chances_first() -> None:
    # 6 seats of 90%, and for the other 4 gaps 50%: 5.4 + 2
    programmes = [
        {"id": "bimtek", "closes": {"keu": "90%"}, "class_size": {"max": 6}, "classes": {"max": 1}},
        {"id": "daring", "closes": {"keu": "50%"}},
    ]
    assert best(small(programmes=programmes)) == ["37/5", "0"]


SHARED: Plain = {
    "competencies": [{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "technical"}],
    "groups": [
        {"id": g, "agency": "A", "headcount": 5, "gaps": {"keu": 1, "arsip": 5}, "uptake": "50%"} for g in ("a", "b")
    ],
    "programmes": {"closes": {"keu": 1, "arsip": 1}},
}
"""Of ten people half are willing: five of all, and one of the two who lack keu."""


@proves("closings_by_agency", HAND)
def test_the_gaps_of_an_agency_have_the_chances_of_its_willing_people() -> None:
    # 5 people close 5 gaps in arsip, and 1 x 50% + 1 x 50% = 1 in keu; each group alone 2 + 2 and 2 x 0.5
    assert best(small(**SHARED)) == ["6", "0"]
    alone = [group | {"agency": None} for group in SHARED["groups"]]
    assert best(small(**SHARED | {"groups": alone})) == ["5", "0"]


@proves("closings_by_agency", HAND)
def test_chances_of_an_agency_of_unlike_worth_go_to_the_best_programme() -> None:
    # 1.5 chances in keu: one of 100% for the one seat in bimtek, half a chance of 40% in daring
    groups = [
        {"id": g, "agency": "A", "headcount": 3, "gaps": {"keu": 1, "arsip": 3}, "uptake": "50%"}
        for g in ("a", "b", "c")
    ]
    programmes = [
        {"id": "bimtek", "closes": {"keu": 1}, "class_size": {"max": 1}, "classes": {"max": 1}},
        {"id": "daring", "closes": {"keu": "40%", "arsip": 1}},
    ]
    # daring: 4.5 willing people, 4 of them sit: 4 gaps in arsip
    assert best(small(competencies=SHARED["competencies"], groups=groups, programmes=programmes)) == ["26/5", "0"]


TWO_YEARS: Plain = {
    "periods": ["TW1", {"id": "TW2", "year": 2028}],
    "groups": {"headcount": 20, "gaps": {"keu": 10}, "new_gaps": {"2028": {"keu": 5}}},
}
"""10 people lack keu in 2027, and 5 more from 2028 on; TW1 is of 2027, TW2 of 2028."""

WIDER: Plain = TWO_YEARS | {
    "competencies": SHARED["competencies"],
    "groups": TWO_YEARS["groups"] | {"gaps": {"keu": 10, "arsip": 15}},
    "programmes": {"closes": {"keu": 1, "arsip": 1}},
}
"""15 people lack arsip from the start, so that 15 may attend in 2027."""

OF_AGENCY: Plain = {
    "periods": TWO_YEARS["periods"],
    "competencies": SHARED["competencies"],
    "groups": [SHARED["groups"][0], SHARED["groups"][1] | {"new_gaps": {"2028": {"keu": 2}}}],
    "programmes": {"closes": {"keu": 1, "arsip": 1}},
}
"""Five of ten are willing; 2 lack keu in 2027 and 4 in 2028, of whom 1 and 2 are willing."""


@proves("closings_by_year", HAND)
def test_new_gaps_are_closed_from_their_year_on() -> None:
    # 10 in 2027 and 5 in 2028, or 15 in 2028
    assert best(small(**TWO_YEARS)) == ["15", "0"]
    # in 2027 there are 10 gaps, and what is given beyond them does not count later
    assert best(small(**TWO_YEARS, programmes={"periods": ["TW1"]})) == ["10", "0"]
    assert best(small(**TWO_YEARS, programmes={"periods": ["TW2"]})) == ["15", "0"]
    # a course over the turn of the year starts where there are 10 in need, and closes in 2028
    assert best(small(**TWO_YEARS, programmes={"lasts": 2})) == ["10", "0"]


@proves("closings_by_year", HAND)
def test_training_beyond_the_gap_of_its_year_does_not_count_later() -> None:
    # 15 seats: for arsip all may be taken in 2027, but then keu closes 10 of 15
    assert best(small(**WIDER)) == ["30", "0"]
    only_first = WIDER["programmes"] | {"periods": ["TW1"]}
    assert best(small(**WIDER | {"programmes": only_first})) == ["25", "0"]


@proves("closings_by_year", HAND)
def test_the_chances_of_an_agency_grow_with_its_gaps() -> None:
    # 5 people close 5 in arsip; one of them, in 2027, 1 x 100% in keu, and another in 2028 a second
    assert best(small(**OF_AGENCY)) == ["7", "0"]
    only_first = OF_AGENCY["programmes"] | {"periods": ["TW1"]}
    assert best(small(**OF_AGENCY | {"programmes": only_first})) == ["6", "0"]


@proves("closings_by_training", GOLDEN)
def test_the_rows_of_closing(request: pytest.FixtureRequest) -> None:
    programme = {"closes": {"keu": "50%"}} | costing("participant", 20)
    golden("closings_by_training", small(programmes=programme), request)


@proves("closings_by_need", GOLDEN)
def test_the_rows_of_need(request: pytest.FixtureRequest) -> None:
    golden("closings_by_need", small(groups=SOCIALIZATION, programmes=TWICE, funds={"amount": 3}), request)


@proves("closings_by_agency", GOLDEN)
def test_the_rows_of_an_agency(request: pytest.FixtureRequest) -> None:
    golden("closings_by_agency", small(**SHARED), request)


@proves("closings_by_year", GOLDEN)
def test_the_rows_of_years(request: pytest.FixtureRequest) -> None:
    only_first = OF_AGENCY["programmes"] | {"periods": ["TW1"]}
    golden("closings_by_year", small(**OF_AGENCY | {"programmes": only_first}), request)


@proves("closings_by_training", PROPERTY)
@proves("closings_by_need", PROPERTY)
@proves("closings_by_agency", PROPERTY)
def test_every_plan_closes_what_training_closes_within_the_gaps_of_the_willing() -> None:
    at_the_gap = below_it = shared = 0
    for found in (*plans(lambda plain: True, 60), *plans(shares_an_agency, 20)):
        for (g, c), closed in found.closed.items():
            trained = sum(
                (
                    found.instance.closes[p].get(c, Fraction(0)) * n
                    for (of, p, _t), n in found.people.items()
                    if of == g
                ),
                Fraction(0),
            )
            best_share = max(closes.get(c, Fraction(0)) for closes in found.instance.closes.values())
            limit = found.chances(g, c) * best_share
            assert closed <= trained, (found.seed, g, c)
            assert closed <= limit, (found.seed, g, c)
            at_the_gap += closed == limit > 0
            below_it += 0 < closed < limit
            those = found.colleagues(g, c)
            exact = sum(found.instance.gaps[h, c] * found.willing(h) for h in those)
            assert sum(found.closed[h, c] for h in those) <= exact * best_share, (found.seed, g, c)
            shared += len(those) > 1 and closed > 0
    assert min(at_the_gap, below_it) > few(10)
    assert shared > few(2)


@proves("closings_by_training", CHECK)
def test_the_check_finds_a_closing_that_nobody_was_trained_for() -> None:
    plain = small(programmes={"closes": {"keu": "50%"}})
    plan = planned(plain, {("a", "bimtek", "TW1"): 6})
    assert not broken(plain, plan)
    plan["closings"][0]["closed"] += 1
    assert "closings" in broken(plain, plan)


@proves("closings_by_need", CHECK)
def test_the_check_finds_a_closing_beyond_the_gap() -> None:
    plain = small(programmes=TWICE)
    plan = planned(plain, {("a", "bimtek", "TW1"): 10, ("a", "daring", "TW2"): 10})
    assert plan["closings"][0]["closed"] == 6
    assert not broken(plain, plan)
    plan["closings"][0]["closed"] = 10.0
    assert "closings" in broken(plain, plan)


@proves("closings_by_agency", CHECK)
def test_the_check_finds_a_closing_beyond_the_willing_of_the_agency() -> None:
    plain = small(**SHARED)
    plan = planned(plain, {("a", "bimtek", "TW1"): 3, ("b", "bimtek", "TW1"): 2})
    assert [row["closed"] for row in plan["closings"]] == [1.0, 3.0, 0.0, 2.0]
    assert not broken(plain, plan)
    plan["closings"][2]["closed"] = 1.0
    assert "closings" in broken(plain, plan)


@proves("closings_by_year", PROPERTY)
def test_every_plan_closes_by_the_end_of_each_year_only_gaps_that_exist_by_then() -> None:
    later = 0
    for found in plans(lambda plain: any(group.get("new_gaps") for group in plain["groups"]), 25):
        i = found.instance
        for row in found.plan.years:
            closed = closed_gaps(i, found.people, frozenset(found.plan.socialized), row.year)
            assert (row.need, row.closed) == (sum(i.gaps_by[row.year].values()), sum(closed.values())), found.seed
            for (g, c), n in closed.items():
                effect = max(closes.get(c, Fraction(0)) for closes in i.closes.values())
                assert n <= ceil(i.gaps_by[row.year].get((g, c), 0) * found.willing(g)) * effect, (found.seed, g, c)
        later += found.plan.years[0].closed < found.plan.years[-1].closed == found.plan.gaps_closed
    assert later > few(5)


@proves("closings_by_year", CHECK)
def test_the_check_counts_only_the_gaps_that_exist_by_the_end_of_the_year() -> None:
    plain = small(**WIDER)
    plan = planned(plain, {("a", "bimtek", "TW1"): 15})
    assert [row["closed"] for row in plan["closings"]] == [10.0, 15.0]
    assert [(row["need"], row["closed"]) for row in plan["years"]] == [(25, 25.0), (30, 25.0)]
    assert not broken(plain, plan)
    plan["closings"][0]["closed"] = 15.0
    assert "closings" in broken(plain, plan)
    stated = planned(plain, {("a", "bimtek", "TW1"): 15})
    stated["years"][0]["closed"] = 24.0
    assert broken(plain, stated) == {"totals"}


def _rows_of_agency(plain: Plain) -> list[tuple[int, float, float]]:
    """Terms, side and what facts make of the left side, of each row of an agency's chances."""
    rows = closings_by_agency(build(Scenario.model_validate(plain)).parts)
    return [(len(row.terms), row.rhs, row.done) for row in rows]


@proves("closings_by_agency", HAND)
def test_chances_that_were_measured_are_taken_off_those_of_an_agency() -> None:
    """Of 15 people half are willing. Three were measured and used three chances; two closings count as four more."""
    groups = [{"id": g, "agency": "A", "headcount": 5, "gaps": {"keu": 5}, "uptake": "50%"} for g in "abc"]
    programmes = [
        {"id": "bimtek", "closes": {"keu": "50%"}, "for": {"id": ["a", "b"]}},
        {"id": "lama", "closes": {"keu": "50%"}, "for": {"id": "c"}, "periods": ["TW1"]},
    ]
    attended = [
        {"group": g, "programme": p, "period": "TW1", "participants": n, "closed": {"keu": 1}}
        for g, p, n in (("a", "bimtek", 2), ("c", "lama", 1))
    ]
    plain = small(groups=groups, programmes=programmes)
    assert _rows_of_agency(plain) == [(3, 7.5, 0.0)]
    assert _rows_of_agency(plain | {"actuals": {"through": "TW1", "attended": attended}}) == [(3, 7.5, 3.0 - 4.0)]


@proves("closings_by_agency", HAND)
def test_an_agency_of_which_one_group_alone_can_be_paid_for_has_no_row_of_its_own() -> None:
    groups = [
        {"id": g, "agency": "A", "location": g, "headcount": 5, "gaps": {"keu": 1}, "uptake": "50%"} for g in "ab"
    ]

    def at(price: int) -> Plain:
        costs = costing("participant", 1)["costs"][0] | {"price": {"by": "location", "a": 1, "b": price}}
        return small(groups=groups, programmes={"closes": {"keu": "50%"}, "costs": [costs]})

    assert _rows_of_agency(at(1)) == [(2, 1.0, 0.0)]
    assert _rows_of_agency(at(1000)) == []
