"""Each cause is named exactly when, with the rest of the plan as it is, it rules out one more participant."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.causes import Cause, leading_causes
from planner.plans.measures import Measures
from planner.plans.open_gaps import OpenGaps
from planner.report.material import Material
from planner.report.views.agency_groups import reason_left_open
from planner.report.views.cause_words import reason_words
from planner.report.views.heading import Heading
from planner.report.views.summary import summary
from planner.report.wording.formats import Formats
from tests.scenarios.builders import large, plan, plan_from
from tests.scenarios.builders import scenario as small_scenario

GROUP: dict[str, Any] = {"id": "g", "headcount": 20, "gaps": {"c": 10}}
PROGRAMME: dict[str, Any] = {"id": "p", "closes": {"c": 1}, "hours": 4}


def explained(
    group: dict[str, Any] | None = None,
    programme: dict[str, Any] | None = None,
    *,
    taking_part: int = 3,
    classes: int = 0,
    **blocks: Any,
) -> OpenGaps:
    """One group, one competency and one programme; 3 of 10 take part."""
    scenario = Scenario.model_validate(
        {
            "format": 1, "scenario": {"id": "s"}, "competencies": [{"id": "c", "kind": "technical"}],
            "groups": [GROUP | (group or {})], "programmes": [PROGRAMME | (programme or {})],
            "funds": [{"id": "f", "kind": "own", "amount": 1000}], **blocks,
        }
    )  # fmt: skip
    decisions = Decisions({("g", "p", "1"): taking_part}, {("p", "1"): classes})
    return OpenGaps(Measures(scenario, plan_from(scenario, decisions)))


def cause(found: OpenGaps) -> Cause:
    (row,) = found.rows
    return row.cause


def test_with_seats_and_money_left_no_single_cause_is_named() -> None:
    assert cause(explained()) is Cause.PRIORITY


def test_nothing_is_explained_when_nothing_stays_open() -> None:
    assert explained(taking_part=10).rows == ()
    assert explained(taking_part=10).by_reasons == {}


def test_a_gap_that_no_programme_closes_for_the_group() -> None:
    found = explained(programme={"for": {"id": "elsewhere"}}, taking_part=0)
    assert cause(found) is Cause.NO_PROGRAMME
    assert cause(explained(programme={"closes": {"d": 1}}, taking_part=0, competencies=[
        {"id": "c", "kind": "technical"}, {"id": "d", "kind": "technical"}])) is Cause.NO_PROGRAMME  # fmt: skip


def test_a_programme_that_may_hold_no_class_is_not_on_offer() -> None:
    assert cause(explained(programme={"class_size": {"max": 9}, "classes": {"max": 0}}, taking_part=0)) is (
        Cause.NO_PROGRAMME
    )


def test_a_person_has_one_chance_and_the_better_programme_had_it() -> None:
    second = {"id": "q", "closes": {"c": "40%"}}
    programmes = [PROGRAMME | {"closes": {"c": "80%"}}, second]
    # all ten had their chance of 80%; another 40% for the same people would close nothing
    (row,) = explained(taking_part=10, programmes=programmes).rows
    assert row.left == 2
    assert row.cause is Cause.SUCCESS
    # in the worse programme first: the better one could still take everybody
    (row,) = explained(
        taking_part=10, programmes=[PROGRAMME | {"closes": {"c": "40%"}}, second | {"closes": {"c": "80%"}}]
    ).rows
    assert row.left == 6
    assert row.cause is Cause.PRIORITY


def test_the_willing_of_an_agency_are_counted_together() -> None:
    # 3 x 50% + 3 x 50% = 3: two of g and one of h; nobody else is willing, though g alone could send 2 of 3
    groups = [GROUP | {"id": g, "agency": "A", "headcount": 3, "gaps": {"c": 3}, "uptake": "50%"} for g in ("g", "h")]
    found = explained(taking_part=2, groups=groups)
    assert [row.cause for row in found.rows] == [Cause.UNWILLING, Cause.PRIORITY]
    scenario = found.scenario
    decisions = Decisions({("g", "p", "1"): 2, ("h", "p", "1"): 1})
    full = OpenGaps(Measures(scenario, plan_from(scenario, decisions)))
    assert [row.cause for row in full.rows] == [Cause.UNWILLING, Cause.SUCCESS]


def test_the_unwilling_are_told_from_the_rest() -> None:
    (row,) = explained(group={"uptake": "70%"}).rows
    assert [row.left, row.unwilling, row.rest] == [7, 3, 4]
    assert row.cause is Cause.PRIORITY
    (row,) = explained(group={"uptake": "70%"}, taking_part=7).rows
    assert [row.left, row.unwilling, row.rest] == [3, 3, 0]
    assert row.cause is Cause.UNWILLING
    (row,) = explained(group={"uptake": 0}, taking_part=0).rows
    assert row.unwilling == 10
    assert row.cause is Cause.UNWILLING


def test_all_take_part_and_not_all_reach_the_standard() -> None:
    (row,) = explained(programme={"closes": {"c": 0.8}}, taking_part=10).rows
    assert row.left == 2
    assert row.cause is Cause.SUCCESS


@pytest.mark.parametrize(("elsewhere", "expected"), [(8, Cause.HOURS), (7, Cause.PRIORITY)])
def test_the_hours_are_used_up(elsewhere: int, expected: Cause) -> None:
    # 11 people x 4 JP are 44 JP: 3 people here and 8 in another course of 4 JP take all of them
    scenario = Scenario.model_validate(
        {
            "format": 1, "scenario": {"id": "s"}, "competencies": [{"id": c, "kind": "technical"} for c in "cd"],
            "groups": [GROUP | {"headcount": 11, "gaps": {"c": 10, "d": 11}, "max_hours": 4}],
            "programmes": [PROGRAMME, {"id": "q", "closes": {"d": 1}, "hours": 4}],
            "funds": [{"id": "f", "kind": "own", "amount": 1000}],
        }
    )  # fmt: skip
    decisions = Decisions({("g", "p", "1"): 3, ("g", "q", "1"): elsewhere}, {})
    found = OpenGaps(Measures(scenario, plan_from(scenario, decisions)))
    assert next(row.cause for row in found.rows if row.competency == "c") is expected


def test_a_course_is_too_long_for_one_person() -> None:
    assert cause(explained(group={"max_hours": 3.5}, taking_part=0)) is Cause.HOURS
    assert cause(explained(group={"max_hours": 4}, taking_part=0)) is Cause.PRIORITY


def test_no_more_days_can_be_released() -> None:
    # 20 people x 240 days, of which three of 240 days take 15%, and four 20%
    assert cause(explained(group={"release": "19%"}, programme={"days": 240})) is Cause.RELEASE
    assert cause(explained(group={"release": "20%"}, programme={"days": 240})) is Cause.PRIORITY
    assert cause(explained(programme={"days": 240})) is Cause.PRIORITY
    assert cause(explained(group={"release": "19%"}, programme={"days": 0})) is Cause.PRIORITY


def test_all_mentors_are_taken() -> None:
    # 10% of 20 people are two mentors: a fourth participant makes it 4 / 2 + 10% x 4 of them, or 4 / 3 + 10% x 4
    pools = [{"id": "m", "from": {}, "share": "10%"}]
    assert (
        cause(explained(programme={"mentors": {"pool": "m", "mentees_each": 2}}, mentor_pools=pools)) is Cause.MENTORS
    )
    assert cause(explained(programme={"mentors": {"pool": "m", "mentees_each": 3}}, mentor_pools=pools)) is (
        Cause.PRIORITY
    )


def test_what_is_used_up_is_named() -> None:
    def using(amount: int) -> OpenGaps:
        uses = {"asrama": {"per": "participant", "amount": 3}, "wi": {"per": "programme", "amount": 9}}
        resources = [{"id": "asrama", "amount": amount}, {"id": "wi", "amount": 10}]
        return explained(programme={"uses": uses}, resources=resources)

    # the 3 people who take part use 9 of 11, and one more would use 3; the programme needs no second trainer
    assert cause(using(11)) is Cause.RESOURCES
    assert using(11).used_up == using(11).rows[0].resources == ("asrama",)
    assert cause(using(12)) is Cause.PRIORITY
    assert using(12).used_up == ()


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"max": 1}, Cause.CLASSES),
        ({"per_period": 1}, Cause.CLASSES),
        ({"max": 2}, Cause.PRIORITY),
        ({}, Cause.PRIORITY),
    ],
)
def test_the_classes_are_full_and_no_more_are_allowed(limits: dict[str, int], expected: Cause) -> None:
    programme = {"class_size": {"max": 3}, "classes": limits}
    assert cause(explained(programme=programme, classes=1)) is expected


def test_a_seat_left_in_a_class_is_no_full_class() -> None:
    assert cause(explained(programme={"class_size": {"max": 4}, "classes": {"max": 1}}, classes=1)) is Cause.PRIORITY


def costs(**prices: int) -> dict[str, Any]:
    return {"costs": [{"item": f"per {per}", "per": per, "price": price} for per, price in prices.items()]}


def test_the_money_left_is_less_than_one_more_participant_costs() -> None:
    assert cause(explained(programme=costs(participant=251))) is Cause.MONEY
    assert cause(explained(programme=costs(participant=250))) is Cause.PRIORITY


def test_a_new_class_must_be_paid_when_the_seats_are_taken() -> None:
    programme = {"class_size": {"max": 3}, **costs(participant=100, **{"class": 301})}
    assert cause(explained(programme=programme, classes=1)) is Cause.MONEY
    assert cause(explained(programme=programme | {"class_size": {"max": 4}}, classes=1)) is Cause.PRIORITY


def test_a_programme_that_does_not_run_must_be_paid_first() -> None:
    assert cause(explained(programme=costs(programme=1001), taking_part=0)) is Cause.MONEY
    assert cause(explained(programme=costs(programme=1000), taking_part=0)) is Cause.PRIORITY


def test_a_free_seat_left_costs_nothing() -> None:
    funds = [{"id": "f", "kind": "own", "amount": 800}, {"id": "k", "kind": "partner", "amount": 0, "seats": {"p": 5}}]
    assert cause(explained(programme=costs(participant=251), funds=funds)) is Cause.PRIORITY


def test_money_of_a_fund_that_may_not_pay_does_not_count() -> None:
    funds = [
        {"id": "f", "kind": "own", "amount": 800},
        {"id": "k", "kind": "partner", "amount": 9999, "pays": {"items": {"per": "class"}}},
    ]
    assert cause(explained(programme=costs(participant=251), funds=funds)) is Cause.MONEY


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ({"rules": [{"name": "Batas", "measure": "participants", "at_most": 3}]}, Cause.RULES),
        ({"rules": [{"name": "Batas", "measure": "cost", "at_most": 999}]}, Cause.RULES),
        ({"rules": [{"name": "Batas", "measure": "participants", "at_most": 4}]}, Cause.MONEY),
    ],
)
def test_what_money_cannot_change_is_named_before_money(blocks: dict[str, Any], expected: Cause) -> None:
    found = explained(programme=costs(participant=251), **blocks)
    assert cause(found) is expected
    barriers = found.barriers(found.scenario.groups[0], found.scenario.programmes[0])
    assert barriers[-1] is Cause.MONEY


def test_a_choice_is_named_before_money() -> None:
    programmes = [PROGRAMME | costs(participant=2000), PROGRAMME | {"id": "q", "closes": {"d": 1}}]
    found = explained(taking_part=0, programmes=programmes, choices={"only_if": {"p": "q"}}, competencies=[
        {"id": "c", "kind": "technical"}, {"id": "d", "kind": "technical"}])  # fmt: skip
    assert cause(found) is Cause.CHOICES


@pytest.mark.parametrize(("smallest_class", "expected"), [(7, Cause.MONEY), (8, Cause.SMALLEST)])
def test_more_people_than_are_left_are_named_before_the_money_of_a_class(smallest_class: int, expected: Cause) -> None:
    # 3 of 10 take part, so that 7 are left; the class of one more takes `smallest_class` people more
    programme = {"class_size": {"min": smallest_class, "max": 20}, **costs(**{"class": 2000})}
    assert cause(explained(programme=programme, periods=["1", "2"], taking_part=0, group={"uptake": "70%"})) is expected


def test_mentors_of_a_whole_class_are_named_before_its_money() -> None:
    pools = [{"id": "m", "from": {}, "share": "10%"}]  # two mentors, and each who takes part takes a tenth of one
    for smallest, expected in ((3, Cause.MONEY), (4, Cause.MENTORS)):
        programme = {"class_size": {"min": smallest, "max": 9}, "mentors": {"pool": "m", "mentees_each": 2}}
        found = explained(programme=programme | costs(participant=2000), taking_part=0, mentor_pools=pools)
        assert cause(found) is expected


def test_who_would_not_reach_the_standard_is_told_from_what_money_could_close() -> None:
    # of 8 willing people 2 close 1.6; the 6 others would close 4.8, and 8 x 20% stay open whatever is done
    found = explained(
        group={"uptake": "80%"}, programme={"closes": {"c": "80%"}} | costs(participant=400), taking_part=2
    )
    (row,) = found.rows
    assert (row.cause, row.left) == (Cause.MONEY, Fraction("8.4"))
    assert [row.unwilling, row.not_reached, row.rest] == [2, Fraction("1.6"), Fraction("4.8")]
    assert found.by_reasons == {
        (Cause.UNWILLING,): 2, (Cause.SUCCESS,): Fraction("1.6"), (Cause.MONEY,): Fraction("4.8"),
    }  # fmt: skip
    with speaking("en"):
        material = Material(found.scenario, found.plan, Formats("en"))
        assert reason_left_open(material, found.scenario.groups[0], row) == (
            "2 not willing to take part; 1.6 would not reach the standard in any programme;"
            " the others: the money left is too little"
        )


def test_programmes_ruled_out_for_different_reasons_are_several() -> None:
    programmes = [
        PROGRAMME | {"class_size": {"max": 3}, "classes": {"max": 1}},
        PROGRAMME | {"id": "q"} | costs(participant=2000),
    ]
    scenario = Scenario.model_validate(
        {
            "format": 1, "scenario": {"id": "s"}, "competencies": [{"id": "c", "kind": "technical"}],
            "groups": [GROUP], "programmes": programmes, "funds": [{"id": "f", "kind": "own", "amount": 1000}],
        }
    )  # fmt: skip
    answer = plan_from(scenario, Decisions({("g", "p", "1"): 3}, {("p", "1"): 1}))
    (row,) = OpenGaps(Measures(scenario, answer)).rows
    assert (row.cause, row.causes) == (Cause.SEVERAL, (Cause.CLASSES, Cause.MONEY))
    found = OpenGaps(Measures(scenario, answer))
    assert found.by_reasons == {(Cause.CLASSES, Cause.MONEY): 7}
    with speaking("en"):
        material = Material(scenario, answer, Formats("en"))
        words = "For some programmes: classes are full; for others: the money left is too little"
        assert reason_words(material, row.reasons) == words
        causes = summary(material, Heading("summary", 1, "Summary")).causes
        assert causes is not None
        led = "All classes are full and no more are allowed, with other reasons for other programmes"
        assert [cells.cells[:3] for cells in causes.rows] == [(led, "7", "0")]


def test_causes_account_for_every_gap_left_open() -> None:
    for scenario, answer in (large(30, 12, 20), large(20, 30, 10)):
        measures = Measures(scenario, answer)
        found = OpenGaps(measures)
        assert sum(found.by_reasons.values(), Fraction(0)) == measures.coverage.left
        assert all(row.unwilling >= 0 and row.rest >= 0 for row in found.rows)
    small = OpenGaps(Measures(small_scenario(), plan()))
    assert sum(small.by_reasons.values(), Fraction(0)) == Fraction("106.3")


def test_a_named_cause_leads_and_each_gap_counts_once() -> None:
    gaps = {
        (Cause.SUCCESS,): Fraction(3),
        (Cause.PRIORITY,): Fraction(90),
        (Cause.SUCCESS, Cause.RESOURCES): Fraction(5),
        (Cause.RESOURCES, Cause.MONEY): Fraction(2),
        (Cause.SUCCESS, Cause.MONEY): Fraction(4),
        (Cause.MONEY,): Fraction(1),
    }
    led = leading_causes(gaps)
    assert [(each.cause, int(each.gaps), int(each.alone)) for each in led] == [
        (Cause.RESOURCES, 7, 0),
        (Cause.MONEY, 5, 1),
        (Cause.SUCCESS, 3, 3),
        (Cause.PRIORITY, 90, 90),
    ]
    assert sum(each.gaps for each in led) == sum(gaps.values())
