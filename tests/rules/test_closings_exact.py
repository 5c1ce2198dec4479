"""Exact closings: gaps closed are not understated where a rule caps them."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.readings import readings
from tests.rules.small import Plain, best, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, planned

TWO_GAPS: Plain = {
    "competencies": [{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "managerial"}],
    "groups": {"gaps": {"keu": 10, "arsip": 10}, "uptake": "80%"},
    "programmes": {"closes": {"keu": 1, "arsip": 1}},
    "rules": [
        {"name": "Batas", "measure": "gaps_closed", "where": {"competencies": {"kind": "technical"}}, "at_most": 4}
    ],
}
"""Every participant closes two gaps, of which one kind is to be closed four times at most."""


@proves("closings_exact", HAND)
def test_a_cap_on_gaps_closed_counts_all_that_training_closes() -> None:
    # four people close 4 + 4; a fifth would close a fifth technical gap, which cannot be left uncounted
    assert best(small(**TWO_GAPS)) == ["8", "0"]
    assert best(small(**TWO_GAPS | {"rules": []})) == ["16", "0"]


@proves("closings_exact", HAND)
def test_training_beyond_the_gap_of_the_willing_closes_nothing_more() -> None:
    # a cap of 8 is all that the willing have, however many are trained
    cap = TWO_GAPS["rules"][0] | {"at_most": 8}
    assert best(small(**TWO_GAPS | {"rules": [cap]})) == ["16", "0"]


@proves("closings_exact", HAND)
def test_a_cap_counts_the_chances_of_the_better_programme_first() -> None:
    # 5 of 10 in bimtek, so 5 x 90% = 4.5; each of the other 5 in daring closes 50%: three may, for at most 6
    programmes = [
        {"id": "bimtek", "closes": {"keu": "90%"}, "class_size": {"min": 5, "max": 5}, "classes": {"min": 1, "max": 1}},
        {"id": "daring", "closes": {"keu": "50%"}},
    ]
    rules = [
        {"name": "Batas", "measure": "gaps_closed", "at_most": 6},
        {"name": "Semua", "measure": "participants", "at_least": 10},
    ]
    # 10 participations: 5 in bimtek and 5 in daring would close 7; 10 in daring alone close 5
    assert best(small(programmes=programmes, rules=rules)) == ["5", "0"]
    assert best(small(programmes=programmes, rules=rules[:1])) == ["6", "0"]


FIRST: Plain = {
    "competencies": [{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "technical"}],
    "groups": [
        {"id": g, "agency": "A", "headcount": 5, "gaps": {"keu": 1, "arsip": 5}, "uptake": "50%"} for g in ("a", "b")
    ],
    "programmes": {"closes": {"keu": 1, "arsip": 1}},
    "rules": [
        {
            "name": "Kelompok b",
            "measure": "gaps_closed",
            "where": {"groups": {"id": "b"}, "competencies": {"id": "keu"}},
            "at_least": 1,
        }
    ],
}
"""The agency has one chance in keu. It counts for the group that comes first in the file, if somebody of it attends."""


@proves("chances_exact", HAND)
def test_a_rule_about_one_group_counts_the_chances_that_the_plan_reports() -> None:
    # for b to have the chance nobody of a attends: 3 of b close 3 + 1
    assert best(small(**FIRST)) == ["4", "0"]
    assert best(small(**FIRST | {"rules": []})) == ["6", "0"]
    # no more of b than 0: at least one of a attends
    cap = {"name": "Kelompok b", "measure": "gaps_closed", "where": {"groups": {"id": "b"}}, "at_most": 2}
    assert best(small(**FIRST | {"rules": [cap]})) == ["6", "0"]


YEARS: Plain = {
    "periods": ["TW1", {"id": "TW2", "year": 2028}],
    "competencies": FIRST["competencies"],
    "groups": {"headcount": 6, "gaps": {"keu": 2, "arsip": 4}, "new_gaps": {"2028": {"keu": 2}}},
    "programmes": FIRST["programmes"],
    "rules": [{"name": "Batas", "measure": "gaps_closed", "where": {"competencies": {"id": "keu"}}, "at_most": 1}],
}
"""Two lack keu in 2027 and four in 2028, four lack arsip; of keu one is to be closed at most."""

FIRST_OF_YEARS: Plain = FIRST | {
    "periods": YEARS["periods"],
    "groups": [FIRST["groups"][0], FIRST["groups"][1] | {"new_gaps": {"2028": {"keu": 1}}}],
}
"""As in FIRST, and b lacks keu once more in 2028: the agency has one chance in 2027 and one and a half by 2028."""


@proves("years_exact", HAND)
def test_a_cap_counts_all_that_training_closes_in_all_years() -> None:
    # whoever attends in either year closes a gap in keu, so one may: 1 + 1
    assert best(small(**YEARS)) == ["2", "0"]
    # up to 3 of them: two in 2027 and one in 2028, or four in 2027, of whom two close nothing in keu: 2 + 4, or 3 + 3
    # and with three in 2027 and one in 2028 3 + 4
    assert best(small(**YEARS | {"rules": [YEARS["rules"][0] | {"at_most": 3}]})) == ["7", "0"]


@proves("years_exact", HAND)
def test_a_rule_about_one_group_counts_the_best_use_of_all_years() -> None:
    # 5 of the agency attend and close 5 in arsip, and 1.5 in keu: a 1, first in the file, and b 0.5
    assert best(small(**FIRST_OF_YEARS | {"rules": []})) == ["13/2", "0"]
    # b is to close one in keu, so nobody of a attends: three of b close 3, and of b's 2 x 50% in keu 1
    assert best(small(**FIRST_OF_YEARS)) == ["4", "0"]


@proves("years_exact", GOLDEN)
def test_the_rows_of_a_best_use(request: pytest.FixtureRequest) -> None:
    golden("years_exact", small(**YEARS), request)


@proves("chances_exact", GOLDEN)
def test_the_rows_of_chances_in_order(request: pytest.FixtureRequest) -> None:
    golden("chances_exact", small(**FIRST), request)


@proves("closings_exact", GOLDEN)
def test_the_rows_of_all_that_closes(request: pytest.FixtureRequest) -> None:
    golden("closings_exact", small(**TWO_GAPS), request)


@proves("closings_exact", PROPERTY)
@proves("chances_exact", PROPERTY)
@proves("years_exact", PROPERTY)
def test_every_cap_on_gaps_closed_holds_for_all_that_training_closes() -> None:
    capped = 0
    wanted = ("gaps_closed", "at_most")
    for found in plans(
        lambda plain: any(r["measure"] == wanted[0] and wanted[1] in r for r in plain.get("rules", [])), 30
    ):
        for rule in found.plain["rules"]:
            if rule["measure"] == wanted[0] and wanted[1] in rule:
                (_of, measure, _at_least, at_most) = readings(found, rule)[0]
                assert at_most is not None
                assert measure <= at_most or "soft" in rule, found.seed
                capped += measure > 0
    assert capped > few(5)


@proves("closings_exact", CHECK)
def test_the_check_finds_one_gap_closed_too_many_and_one_left_uncounted() -> None:
    plain = small(**TWO_GAPS)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4}))
    five = planned(plain, {("a", "bimtek", "TW1"): 5})
    assert broken(plain, five) == {"rules"}
    five["closings"][0]["closed"] = 4.0
    five["rules"][0] |= {"measure": 4.0, "held": True}
    assert {"closings", "rules"} <= broken(plain, five)


@proves("chances_exact", CHECK)
def test_the_check_finds_a_chance_counted_for_the_wrong_group() -> None:
    plain = small(**FIRST)
    assert not broken(plain, planned(plain, {("b", "bimtek", "TW1"): 3}))
    both = planned(plain, {("a", "bimtek", "TW1"): 2, ("b", "bimtek", "TW1"): 3})
    assert broken(plain, both) == {"rules"}


@proves("years_exact", CHECK)
def test_the_check_finds_a_gap_of_a_later_year_left_uncounted() -> None:
    plain = small(**YEARS)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW2"): 1}))
    two = planned(plain, {("a", "bimtek", "TW1"): 1, ("a", "bimtek", "TW2"): 1})
    assert broken(plain, two) == {"rules"}
    two["closings"][0]["closed"] = 1.0
    two["rules"][0] |= {"measure": 1.0, "held": True}
    assert {"closings", "rules"} <= broken(plain, two)
