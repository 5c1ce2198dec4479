"""Exact closings: gaps closed are not understated where a rule caps them."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.readings import reading
from tests.rules.small import Plain, best, golden, small
from tests.unit.check.hand import broken, planned

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


@proves("closings_exact", GOLDEN)
def test_the_rows_of_all_that_closes(request: pytest.FixtureRequest) -> None:
    golden("closings_exact", small(**TWO_GAPS), request)


@proves("closings_exact", PROPERTY)
def test_every_cap_on_gaps_closed_holds_for_all_that_training_closes() -> None:
    capped = 0
    wanted = ("gaps_closed", "at_most")
    for found in plans(
        lambda plain: any(r["measure"] == wanted[0] and wanted[1] in r for r in plain.get("rules", [])), 30
    ):
        for rule in found.plain["rules"]:
            if rule["measure"] == wanted[0] and wanted[1] in rule:
                measure, _at_least, at_most = reading(found, rule)
                assert at_most is not None
                assert measure <= at_most or "soft" in rule, found.seed
                capped += measure > 0
    assert capped > 5


@proves("closings_exact", CHECK)
def test_the_check_finds_one_gap_closed_too_many_and_one_left_uncounted() -> None:
    plain = small(**TWO_GAPS)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4}))
    five = planned(plain, {("a", "bimtek", "TW1"): 5})
    assert broken(plain, five) == {"rules"}
    five["closings"][0]["closed"] = 4.0
    five["rules"][0] |= {"measure": 4.0, "held": True}
    assert {"closings", "rules"} <= broken(plain, five)
