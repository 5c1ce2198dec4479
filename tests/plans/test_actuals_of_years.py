"""Begun plans of several years: worked out by hand, against every plan of the rest, and in the report."""

from __future__ import annotations

from typing import Any

import pytest

from planner.check import check_plan
from planner.check.actuals import broken_by_facts
from planner.domain.attendance import EveryPattern, Learnt
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.model.build import build
from planner.planning import plan
from planner.plans.plan import Plan, Status
from planner.proof.proving import prove
from planner.report.material import Material
from planner.report.wording.formats import Formats
from planner.solve.levels import solve_model
from planner.solve.outcome import SearchLimits
from tests.oracle.facts import Rest, best_of_rest
from tests.oracle.generate_facts import with_facts_of_years
from tests.oracle.generate_years import scenarios_of_years
from tests.sampled import few, some
from tests.scenarios.begun import own_rows
from tests.scenarios.hand import costing, read, scenario

Plain = dict[str, Any]

EXACT = SearchLimits(gap=0.0)
PERIODS = [{"id": t, "year": year} for t, year in (("A1", 2027), ("A2", 2027), ("B1", 2028), ("B2", 2028), ("C", 2029))]


def made(plain: Plain) -> Plan:
    assert find_problems(read(plain)) == []
    found = plan(read(plain), EXACT, inline=True).plan
    assert found.status == Status.OPTIMAL
    assert check_plan(read(plain), found.to_plain()).passed
    return found


def begun(through: str, participants: int = 4, paid: int = 20, period: str = "A1", **changes: Any) -> Plain:
    """Rp5 for each participant of ten people with one gap; so many have come in A1, and so much was paid."""
    measured = {"closed": {"keu": changes.pop("closed")}} if "closed" in changes else {}
    row = {"programme": "bimtek", "period": period, "group": "a", "participants": participants, **measured}
    money = {
        "fund": "apbd",
        "programme": "bimtek",
        "group": "a",
        "item": "Butir",
        "account": "5.1.02.01.01.0001",
        "period": period,
    }
    actuals = {"through": through, "attended": [row], "paid": [money | {"amount": paid}]}
    programme = costing("participant", 5) | changes.pop("programmes", {})
    return scenario(periods=PERIODS, programmes=programme, **changes) | {"actuals": actuals}


def amounts(first: int, second: int, third: int, **more: Any) -> Plain:
    fund = {"id": "apbd", "kind": "own", "amounts": {2027: first, 2028: second, 2029: third}}
    return {"funds": [fund | more]}


def free(**groups: Any) -> Plain:
    """Twenty people, and a programme that costs nothing."""
    return {"groups": {"headcount": 20} | groups, "programmes": {"costs": []}}


def closed_by_year(found: Plan) -> list[float]:
    return [float(row.closed) for row in found.years]


def test_what_is_left_of_a_year_that_is_over_lapses_or_is_carried_over() -> None:
    # Rp20 of Rp30 were paid in 2027. Rp10 of 2028 are 2 people, Rp15 of 2029 are 3; the Rp10 of 2027 are gone
    assert made(begun("A2", **amounts(30, 10, 15))).gaps_closed == 4 + 2 + 3
    # with a part of 2027 left they are 2 more, of whom 1 is needed
    assert made(begun("A1", **amounts(30, 10, 15))).gaps_closed == 10
    # carried over, Rp35 are left: the 6 others
    assert made(begun("A2", **amounts(30, 10, 15, carry_over=True))).gaps_closed == 10


def test_more_paid_than_a_year_has_moves_the_limit_of_that_year() -> None:
    # Rp40 of Rp30: the amounts of 2028 and 2029 are what they were
    plain = begun("A2", paid=40, **amounts(30, 10, 15))
    found = made(plain)
    assert (float(found.gaps_closed), found.total_cost) == (9, 40 + 25)
    assert [finding.key for finding in broken_by_facts(read(plain))] == ["apbd__2027"]
    # with carry_over all that 2027 and 2028 have is paid; Rp15 are left in 2029
    found = made(begun("A2", paid=40, **amounts(30, 10, 15, carry_over=True)))
    assert float(found.gaps_closed) == 4 + 3
    assert {row.period for row in found.allocations if not row.actual} == {"C"}


def test_releases_of_a_year_that_has_begun_count_what_was_paid_in_it() -> None:
    # through B1: of Rp40 of 2028 half is there by B2, of which Rp15 were paid: 1 more; Rp10 of 2029: 2 more
    released = amounts(30, 40, 10, releases={"B1": "50%", "C": "100%"})
    found = made(begun("B1", paid=15, period="B1", participants=3, **released))
    assert float(found.gaps_closed) == 3 + 1 + 2


def test_measured_closings_count_in_the_year_in_which_the_course_ends() -> None:
    needs = free(gaps={"keu": 4}, new_gaps={"2028": {"keu": 3}})

    def closed(participants: int, **facts: Any) -> list[float]:
        plain = begun("A2", participants, 0, **needs, **facts)
        plain["programmes"].append({"id": "lanjut", "closes": {"keu": 1}})
        return closed_by_year(made(plain))

    # 4 lack it in 2027. 6 came, and 5 reached the standard: 4 count. 3 more lack it from 2028 on, who take the other
    assert closed(6, closed=5) == [4, 7, 7]
    # 2 reached it: the 4 chances of 2027 are used, those of the 3 others are not
    assert closed(6, closed=2) == [2, 5, 5]
    # a course from A2 to B1 ends in 2028: 6 of 7 chances are used, 5 are closed, 1 is left
    needs["programmes"] |= {"lasts": 2}
    assert closed(6, period="A2", closed=5) == [0, 6, 6]


def test_those_who_came_beyond_the_gap_of_their_year_do_not_count_later() -> None:
    # 3 lack it in 2027, 7 from 2028 on. 5 came in 2027, of whom 3 count; 2 of the 7 have not come: 3 + 2
    plain = begun("A1", 5, 0, **free(gaps={"keu": 3}, new_gaps={"2028": {"keu": 4}}))
    found = made(plain)
    assert closed_by_year(found) == [3, 5, 5]
    assert {row.period[0] for row in found.allocations if not row.actual} == {"B"}
    assert [finding.key for finding in broken_by_facts(read(plain))] == ["a__bimtek__2027"]


def test_an_agency_has_the_chances_that_measured_closings_of_its_groups_left_in_each_year() -> None:
    # a and b lack 3 each in 2027, 1 and 2 more from 2028 on; half are willing: 3 together in 2027, 4.5 later.
    # 2 of a were measured in 2027, 1 of them closed; by 2028 2.5 are left, of them at most 3 of b and none of a
    own = {"agency": "dinas", "uptake": "50%", "headcount": 9, "gaps": {"keu": 3}}
    groups = [{"id": "a", "new_gaps": {"2028": {"keu": 1}}} | own, {"id": "b", "new_gaps": {"2028": {"keu": 2}}} | own]
    found = made(begun("A2", 2, 0, closed=1, groups=groups, programmes={"costs": []}))
    # uptake lets whole people come: 4 of 4.5, so 2 more beside the 2; both close a gap
    assert closed_by_year(found) == [1, 3, 3]


def test_what_is_owed_is_paid_in_any_year_that_is_left_at_its_price() -> None:
    # a curriculum of Rp30 was not paid: Rp33 in 2028, Rp36 in 2029 (36.3). A participant costs Rp6 (5.5 and 6.05)
    lines = [*costing("participant", 5)["costs"], {"item": "Kurikulum", "per": "programme", "price": 30}]
    growing: Plain = {"price_growth": "10%", "programmes": {"costs": lines}}
    found = made(begun("A2", **growing, **amounts(20, 40, 36)))
    assert (float(found.gaps_closed), found.total_cost) == (10, 20 + 33 + 6 * 6)
    # Rp30 in 2028 are too little for it, and 5 people; all of 2029 goes to the curriculum
    found = made(begun("A2", **growing, **amounts(20, 30, 36)))
    assert (float(found.gaps_closed), found.total_cost) == (9, 20 + 36 + 5 * 6)


def test_an_agreement_is_paid_in_the_year_of_the_next_use_not_of_an_earlier_one() -> None:
    # the partner paid in B1, and its agreement was not settled: Rp2 are due again with its next payment, in the same
    # year or later; own funds have Rp2 in 2029 alone, so it pays for people in 2029 only
    own = {"id": "apbd", "kind": "own", "amounts": {2029: 2}}
    partner = {"id": "unja", "kind": "partner", "amount": 60, "agreement_cost": {"amount": 2}}
    plain = begun("B1", period="B1", funds=[own, partner])
    plain["actuals"]["paid"][0]["fund"] = "unja"
    found = made(plain)
    assert (float(found.gaps_closed), found.own_cost, found.partner_cost) == (10, 2, 20 + 30)
    assert {row.period for row in found.allocations if not row.actual} == {"C"}


@pytest.mark.parametrize("limits", [{"max": 0}, {"max": 1}, {"per_period": 1}])
def test_limits_on_classes_give_way_to_what_is_promised(limits: Plain) -> None:
    # 4 of 10 have come in a class; two classes of at most 3 are promised in B1: the 6 others
    classes = {"class_size": {"max": 3}, "classes": limits, "periods": ["B1"]}
    plain = begun("A2", programmes=classes, **amounts(20, 100, 0))
    plain["actuals"] |= {
        "held": [{"programme": "bimtek", "period": "A1", "classes": 1}],
        "committed": [{"programme": "bimtek", "period": "B1", "classes": 2}],
    }
    found = made(plain)
    assert float(found.gaps_closed) == 10
    assert [row.classes for row in found.classes if not row.actual] == [2]


def test_hours_of_a_year_are_not_used_by_those_of_another() -> None:
    # at most 10 JP a year: the 4 who took 10 JP in 2027 may take the other course of 10 JP in 2028
    programmes = [{"id": name, "closes": {c: 1}, "hours": 10} for name, c in (("bimtek", "keu"), ("lanjut", "arsip"))]
    programmes[1]["periods"] = ["A2", "B1"]
    needs: Plain = {"competencies": [{"id": c, "kind": "technical"} for c in ("keu", "arsip")]}
    groups = {"headcount": 4, "gaps": {"keu": 4, "arsip": 4}, "max_hours": 10}
    plain = begun("A1", 4, 0, groups=groups, **needs) | {"programmes": programmes}
    found = made(plain)
    assert found.gaps_closed == 8
    assert {row.period for row in found.allocations if row.programme == "lanjut"} == {"B1"}


def test_the_rka_is_that_of_the_first_year_that_is_not_over() -> None:
    for through, year in (("A1", "2027"), ("A2", "2028"), ("B1", "2028"), ("B2", "2029"), ("C", "2029")):
        plain = begun(through, **amounts(30, 10, 15))
        assert Material(read(plain), made(plain), Formats("id")).year == year


def test_a_rule_of_a_year_counts_what_has_happened_in_it() -> None:
    # at most 3 participants in 2027, of whom 4 came: none may be added in A2; at most 2 in 2028
    rules = [
        {"name": f"tahun {year}", "measure": "participants", "where": {"years": [year]}, "at_most": most}
        for year, most in ((2027, 3), (2028, 2), (2029, 1))
    ]
    found = made(begun("A1", rules=rules, **amounts(100, 100, 100)))
    assert float(found.gaps_closed) == 4 + 2 + 1


def test_facts_that_are_the_plan_itself_leave_its_value_as_it_was() -> None:
    replanned = 0
    for seed in range(12):
        plain = scenarios_of_years(seed, 400)
        first = Scenario.model_validate(plain)
        try:
            before = plan(first, EXACT, inline=True).plan
        except InfeasibleError:
            continue
        after = plan(Scenario.model_validate(own_rows(plain, first, before)), EXACT, inline=True).plan
        assert [row.value for row in after.objective] == [row.value for row in before.objective], seed
        replanned += 1
    assert replanned > 4


@pytest.mark.parametrize("chunk", [0, *(pytest.param(n, marks=pytest.mark.more) for n in range(1, 30))])
def test_no_plan_of_the_rest_of_years_is_better(chunk: int) -> None:
    tried = 0
    for seed in some(range(chunk * 50, chunk * 50 + 50)):
        plain = with_facts_of_years(seed, 200 if chunk == 0 else 400)
        if plain is None:
            continue
        best = best_of_rest(plain)
        try:
            found = made(plain)
        except InfeasibleError:
            assert best is None, seed
            continue
        assert best is not None, seed
        assert tuple(row.value for row in found.objective) == best[1], seed
        rest, decisions = Rest(plain), found.decisions(read(plain))
        facts = read(plain).facts
        for row in found.years:
            people, socialized = dict(decisions.participants), frozenset(decisions.socialized)
            assert row.closed == sum(rest.closed_by(people, socialized, row.year).values()), (seed, row.year)
            alone = sum(rest.closed_by(rest.people, rest.told, row.year).values())
            assert sum(facts.closed_by(row.year).values()) == alone, (seed, row.year)
        tried += 1
    assert tried > few(10)


@pytest.mark.parametrize("seed", [11_263, 20_212, 30_598, 40_666, 60_947])
def test_what_facts_leave_is_proven(seed: int) -> None:
    """People who attended where nothing was offered are people of the agency all the same; what was measured in one of
    its groups is no chance of another; and a course that began in time is closed to nobody once it is over."""
    plain = with_facts_of_years(seed, 400)
    assert plain is not None
    best = best_of_rest(plain)
    assert best is not None
    assert tuple(row.value for row in made(plain).objective) == best[1]


def test_a_prerequisite_that_those_who_came_lack_is_not_asked_of_those_who_come_later() -> None:
    # one of four came without `dasar`, which all need, and lacks it ever after; the three others take both
    programmes = [{"id": "bimtek", "closes": {"keu": 1}, "requires": ["dasar"]}, {"id": "dasar", "closes": {"keu": 1}}]
    plain = begun("A1", 1, 0, closed=1, groups={"headcount": 4, "gaps": {"keu": 4}}) | {"programmes": programmes}
    plain["rules"] = [
        {"name": "Semua", "measure": "participants", "where": {"programmes": {"id": "bimtek"}}, "at_least": 4}
    ]
    found = made(plain)
    people = {row.programme: row.participants for row in found.allocations if not row.actual}
    assert people["bimtek"] == 3
    assert sum(row.participants for row in found.allocations if row.programme == "dasar") == 3


def test_somebody_who_came_when_nothing_was_offered_does_not_come_again() -> None:
    # one of one person came in A1, where it is not offered; nobody is left to take it in B1, where it is
    plain = begun("A1", 1, 0, **free(headcount=1, gaps={"keu": 1}))
    plain["programmes"][0] |= {"periods": ["B1"], "closes": {"keu": "50%"}}
    found = made(plain)
    assert {row.period for row in found.allocations} == {"A1"}
    assert [row.programmes for row in found.attendance] == [(("bimtek", "A1"),)]


def test_all_patterns_of_a_group_count_what_it_attended_before() -> None:
    # a learnt list of all patterns leaves what has happened as it was: 4 came, 6 may still come
    plain = begun("A1", **amounts(100, 100, 100))
    scenario_read = read(plain)
    every = tuple(((("bimtek", t),)) for t in ("A2", "B1", "B2", "C"))
    for facts in ((), ((("bimtek", "A1"),),)):
        learnt = Learnt(every=(EveryPattern("a", (*every, *facts), covering=True),), facts_fit=bool(facts))
        found = solve_model(build(scenario_read, learnt=learnt), EXACT)
        assert found.levels[0].value == 10
        assert prove(scenario_read, lambda _: None, None, gap=0, learnt=learnt).bounds[0] == 10
