"""Uptake: only the willing take part, and each person takes a programme once."""

from __future__ import annotations

from math import ceil, floor

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found, plans, shares_an_agency
from tests.rules.small import Plain, best, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, planned

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
    # a second programme of the same kind may be taken too, but each gap has one chance
    second = [{"id": "bimtek", "closes": {"keu": "80%"}}, {"id": "lanjutan", "closes": {"keu": "80%"}}]
    assert best(small(programmes=second)) == ["8", "0"]


@proves("uptake", HAND)
def test_the_largest_gap_that_a_programme_closes_says_how_many_need_it() -> None:
    # 4 lack one thing and 6 the other; 6 people take part, and close 4 + 6
    plain = small(
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "technical"}],
        groups={"gaps": {"keu": 4, "arsip": 6}},
        programmes={"closes": {"keu": "50%", "arsip": 1}},
    )
    # 4 of the 6 lack keu: 4 x 50% = 2; 6 of arsip
    assert best(plain) == ["8", "0"]


def of_one(number: int, **group: object) -> list[Plain]:
    """Groups of one person each, in one agency."""
    return [{"id": f"g{n}", "agency": "A", "headcount": 1, "gaps": {"keu": 1}} | group for n in range(number)]


@proves("uptake_of_agency", HAND)
def test_willingness_is_counted_for_the_agency() -> None:
    # 90% of twenty groups of one person each: 18, not 20 x floor(0.9) = 0
    assert best(small(groups=of_one(20, uptake="90%"))) == ["18", "0"]
    # 34% of 2 are 0.68 people, of 3 they are 1.02
    assert best(small(groups=of_one(2, uptake="34%"))) == ["0", "0"]
    assert best(small(groups=of_one(3, uptake="34%"))) == ["1", "0"]
    # without an agency each stands alone; so does one beside groups that may not attend
    assert best(small(groups=[group | {"agency": None} for group in of_one(20, uptake="90%")])) == ["0", "0"]
    one = {"closes": {"keu": 1}, "for": {"id": "g0"}}
    assert best(small(groups=of_one(20, uptake="90%"), programmes=one)) == ["0", "0"]


@proves("uptake_of_agency", HAND)
def test_socialization_of_one_group_makes_people_of_its_agency_willing() -> None:
    # 2 x 50% + 1 x 50% = 1.5; with socialization of the first group 2 x 90% + 50% = 2.3
    groups = of_one(2, uptake="50%")
    groups[0] |= {"headcount": 2, "gaps": {"keu": 2}, "socialization": {"raises_uptake_to": "90%", "cost": 4}}
    assert best(small(groups=groups)) == ["2", "4"]
    assert best(small(groups=groups, funds={"amount": 3})) == ["1", "0"]


@proves("uptake", HAND)
def test_participants_count_in_the_year_in_which_their_course_starts() -> None:
    years = {"periods": ["TW1", {"id": "TW2", "year": 2028}]}
    group = {"headcount": 20, "gaps": {"keu": 6}, "new_gaps": {"2028": {"keu": 4}}, "uptake": "75%"}
    # 75% of 6 are 4.5 people in 2027: 4; of 10 they are 7.5 in 2028: 7 in all
    assert best(small(**years, groups=group)) == ["7", "0"]
    assert best(small(**years, groups=group, programmes={"periods": ["TW1"]})) == ["4", "0"]
    plain = small(**years, groups=group)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3}))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 5})) == {"uptake"}
    assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 4})) == {"uptake"}


@proves("uptake_of_agency", HAND)
def test_an_agency_sends_no_more_than_are_willing_by_the_end_of_each_year() -> None:
    years = {"periods": ["TW1", {"id": "TW2", "year": 2028}]}
    groups = of_one(3, uptake="50%")
    groups[2] |= {"headcount": 3, "new_gaps": {"2028": {"keu": 2}}}
    # 3 x 50% = 1.5 people in 2027: 1; 5 x 50% = 2.5 in 2028: 2 in all, though each group might send one in 2027
    assert best(small(**years, groups=groups)) == ["2", "0"]
    assert best(small(**years, groups=groups, programmes={"periods": ["TW1"]})) == ["1", "0"]
    plain = small(**years, groups=groups)
    assert broken(plain, planned(plain, {("g0", "bimtek", "TW1"): 1, ("g1", "bimtek", "TW1"): 1})) == {"uptake"}
    assert not broken(plain, planned(plain, {("g0", "bimtek", "TW1"): 1, ("g1", "bimtek", "TW2"): 1}))


@proves("uptake", GOLDEN)
def test_the_rows_of_uptake(request: pytest.FixtureRequest) -> None:
    golden("uptake", small(groups=GROUPS, programmes={"closes": {"keu": "50%"}}, funds={"amount": 3}), request)


@proves("uptake_of_agency", GOLDEN)
def test_the_rows_of_uptake_of_an_agency(request: pytest.FixtureRequest) -> None:
    groups = of_one(3, uptake="90%")
    groups[0] |= {"socialization": {"raises_uptake_to": "95%", "cost": 4}}
    # a fourth of the agency lacks something else, so that three of four are willing to attend anything, and 2.7 this
    groups.append({"id": "g9", "headcount": 1, "agency": "A", "uptake": "90%", "gaps": {"lain": 1}})
    competencies = [{"id": c, "kind": "technical"} for c in ("keu", "lain")]
    programmes = [{"id": "bimtek", "closes": {"keu": 1}}, {"id": "kursus", "closes": {"lain": 1}, "for": {"id": "g9"}}]
    golden("uptake_of_agency", small(groups=groups, competencies=competencies, programmes=programmes), request)


@proves("uptake", PROPERTY)
def test_every_plan_sends_no_more_than_the_willing_in_need() -> None:
    full = 0
    for found in plans(lambda plain: any("uptake" in group for group in plain["groups"]), every=3):
        for g, p in {(g, p) for g, p, _t in found.people}:
            sent = sum(n for (of, to, _t), n in found.people.items() if (of, to) == (g, p))
            exact = found.instance.need(g, p) * found.willing(g)
            most = next(ceil(exact) if len(those) > 1 else floor(exact) for those in attending(found, p) if g in those)
            assert sent <= most, (found.seed, g, p)
            full += sent == most
            for year in found.instance.years:
                by_then = sum(found.people.get((g, p, t), 0) for t in found.instance.up_to(year))
                assert by_then <= ceil(found.instance.need(g, p, year) * found.willing(g)), (found.seed, g, p, year)
    assert full > few(20, 3)


def attending(found: Found, programme: str) -> list[list[str]]:
    return found.instance.attending(programme)


@proves("uptake_of_agency", PROPERTY)
def test_every_plan_sends_no_more_of_an_agency_than_its_willing_in_need() -> None:
    full = shared = 0
    for found in plans(shares_an_agency, 25):
        for p in found.instance.programmes:
            for those in attending(found, p):
                sent = sum(n for (g, to, _t), n in found.people.items() if to == p and g in those)
                most = sum(found.instance.need(g, p) * found.willing(g) for g in those)
                assert sent <= most, (found.seed, p, those)
                shared += len(those) > 1
                full += len(those) > 1 and sent == floor(most) > 0
    assert shared > few(5)
    assert full > few(2)


@proves("uptake", CHECK)
def test_the_check_finds_one_participant_too_many() -> None:
    plain = small(groups=GROUPS)
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 3}))
    too_many = planned(plain, {("a", "bimtek", "TW1"): 4, ("a", "bimtek", "TW2"): 4})
    assert broken(plain, too_many) == {"uptake", "attendance"}, "who is not willing attends nothing"


@proves("uptake_of_agency", CHECK)
def test_the_check_finds_one_participant_of_the_agency_too_many() -> None:
    plain = small(groups=of_one(3, uptake="90%"))
    two = {("g0", "bimtek", "TW1"): 1, ("g1", "bimtek", "TW2"): 1}
    assert not broken(plain, planned(plain, two))
    assert broken(plain, planned(plain, two | {("g2", "bimtek", "TW1"): 1})) == {"uptake", "attendance"}
