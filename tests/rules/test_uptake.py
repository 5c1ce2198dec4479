"""Uptake: only the willing take part, and each person takes a programme once."""

from __future__ import annotations

from math import floor

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, small
from tests.unit.check.hand import broken, planned

GROUPS: Plain = {"uptake": "75%", "socialization": {"raises_uptake_to": "95%", "cost": 4}}


@proves("uptake", HAND)
def test_only_whole_willing_people_in_need_take_part() -> None:
    # 75% of 10 are 7.5 people: 7; once socialized 95% are 9.5: 9
    assert best(small(groups={"uptake": "75%"})) == ["7", "0"]
    assert best(small(groups=GROUPS)) == ["9", "4"]
    assert best(small(groups={"uptake": "100%"})) == ["10", "0"]


@proves("uptake", HAND)
def test_nobody_takes_a_programme_in_both_periods() -> None:
    # 80% of the participants of each period: 10 people close 8, though both periods have room for all
    assert best(small(programmes={"closes": {"keu": "80%"}})) == ["8", "0"]
    # a second programme of the same kind may be taken too: 16, of which 10 are needed
    second = [{"id": "bimtek", "closes": {"keu": "80%"}}, {"id": "lanjutan", "closes": {"keu": "80%"}}]
    assert best(small(programmes=second)) == ["10", "0"]


@proves("uptake", HAND)
def test_the_largest_gap_that_a_programme_closes_says_how_many_need_it() -> None:
    # 4 lack one thing and 6 the other; 6 people take part, and close 4 + 6
    plain = small(
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "technical"}],
        groups={"gaps": {"keu": 4, "arsip": 6}},
        programmes={"closes": {"keu": "50%", "arsip": 1}},
    )
    # 6 x 50% = 3 of keu, 6 of arsip; were 10 people sent, keu would be closed to 4
    assert best(plain) == ["9", "0"]


@proves("uptake", GOLDEN)
def test_the_rows_of_uptake(request: pytest.FixtureRequest) -> None:
    golden("uptake", small(groups=GROUPS, programmes={"closes": {"keu": "50%"}}), request)


@proves("uptake", PROPERTY)
def test_every_plan_sends_no_more_than_the_willing_in_need() -> None:
    full = 0
    for found in plans(lambda plain: any("uptake" in group for group in plain["groups"])):
        for g, p in {(g, p) for g, p, _t in found.people}:
            sent = sum(n for (of, to, _t), n in found.people.items() if (of, to) == (g, p))
            most = found.instance.need(g, p) * found.willing(g)
            assert sent <= most, (found.seed, g, p)
            full += sent == floor(most)
    assert full > 20


@proves("uptake", CHECK)
def test_the_check_finds_one_participant_too_many() -> None:
    plain = small(groups=GROUPS)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 4})) == {"uptake"}
