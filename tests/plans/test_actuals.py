"""Plans of which a part has happened: worked out by hand, against every plan of the rest, and in the report."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from planner.check import check_plan
from planner.check.actuals import broken_by_facts
from planner.domain.scenario import Scenario
from planner.drafting.drafts import drafted
from planner.errors import InfeasibleError
from planner.model.build import build
from planner.planning import plan
from planner.plans.plan import Plan, Status
from planner.plans.realisation import realisation
from planner.report.material import material_of
from planner.scenario_io import read_scenario
from planner.solve.levels import solve_model
from planner.solve.outcome import SearchLimits
from tests.oracle.facts import best_of_rest
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.oracle.generate_facts import with_facts
from tests.sampled import few, sampled, some
from tests.scenarios.begun import own_rows
from tests.scenarios.hand import costing, read, scenario

Plain = dict[str, Any]

SCENARIOS = Path(__file__).parents[2] / "scenarios"
EXACT = SearchLimits(gap=0.0)
CLASS = {"item": "Narasumber", "account": "5.3.02.01.01.0001", "per": "class", "price": 1}


def made(plain: Plain) -> Plan:
    found = plan(read(plain), EXACT, inline=True).plan
    assert found.status == Status.OPTIMAL
    return found


def people(found: Plan, *, actual: bool) -> dict[tuple[str, str], int]:
    """Participants by programme and period: those that attended, or those of the rest."""
    counted: dict[tuple[str, str], int] = {}
    for row in found.allocations:
        if row.actual == actual:
            counted[row.programme, row.period] = counted.get((row.programme, row.period), 0) + row.participants
    return counted


def quarters(**changes: Any) -> Plain:
    """10 people who lack one thing, in four quarters; Rp5 for each participant, and Rp100."""
    programme = costing("participant", 5) | changes.pop("programmes", {})
    return scenario(periods=["TW1", "TW2", "TW3", "TW4"], programmes=programme, **changes)


def attended(number: int, period: str = "TW1", **more: Any) -> Plain:
    return {"programme": "bimtek", "period": period, "group": "a", "participants": number, **more}


def paid(amount: int, period: str = "TW1", fund: str = "apbd") -> Plain:
    row = {"fund": fund, "programme": "bimtek", "group": "a", "item": "Butir", "account": "5.1.02.01.01.0001"}
    return row | {"period": period, "amount": amount}


def happened(*, through: str = "TW2", **lists: Any) -> Plain:
    return {"actuals": {"through": through, **lists}}


def test_the_small_example_after_half_a_year() -> None:
    # worked out in the head of the scenario: 8 measured + 6 expected + 5 x 60% + 13 x 80%
    found = plan(read_scenario(SCENARIOS / "contoh-kecil-perubahan.yaml"), EXACT, inline=True).plan
    assert found.gaps_closed == Fraction(8) + 6 + 3 + Fraction(104, 10)
    assert (found.total_cost, found.own_cost, found.partner_cost) == (50_000_000, 44_000_000, 6_000_000)
    assert people(found, actual=True) == {("bimtek-keuangan", "TW1"): 12, ("elearning-arsip", "TW2"): 10}
    assert sum(people(found, actual=False).values()) == 5 + 13
    assert {row.period for row in found.allocations if not row.actual} <= {"TW3", "TW4"}
    assert {row.actual for row in found.payments if row.period in ("TW1", "TW2")} == {True}


def test_the_rest_has_what_is_left_of_money_and_gaps() -> None:
    # first plan: 10 people for Rp50. 4 came, and Rp30 was paid for them; measured, 1 reached the standard.
    # Left are Rp10 of Rp40: 2 people; with Rp100 the 6 who did not come
    facts = happened(attended=[attended(4, closed={"keu": 1})], paid=[paid(30)])
    assert made(quarters(funds={"amount": 40}) | facts).gaps_closed == 1 + 2
    assert made(quarters() | facts).gaps_closed == 1 + 6
    # not measured, the 4 count as expected
    facts = happened(attended=[attended(4)], paid=[paid(30)])
    assert made(quarters() | facts).gaps_closed == 4 + 6


def test_measured_closings_may_exceed_those_who_were_willing() -> None:
    # 5 of 10 are willing; 7 came and all reached the standard: they used all chances, and nobody else is willing
    facts = happened(attended=[attended(7, closed={"keu": 7})], paid=[paid(35)])
    plain = quarters(groups={"uptake": "50%"}) | facts
    found = made(plain)
    assert found.gaps_closed == 7
    assert people(found, actual=False) == {}
    assert {finding.rule for finding in broken_by_facts(read(plain))} == {"uptake"}
    # 4 came: one more is willing
    facts = happened(attended=[attended(4, closed={"keu": 0})], paid=[paid(20)])
    assert made(quarters(groups={"uptake": "50%"}) | facts).gaps_closed == 1


def test_an_upper_limit_that_facts_break_moves_to_them() -> None:
    # at most 3 participants, and 4 came: nobody may be added, and the plan stands
    rule = {"name": "Paling banyak tiga", "measure": "participants", "at_most": 3}
    facts = happened(attended=[attended(4)], paid=[paid(20)])
    plain = quarters(rules=[rule]) | facts
    found = made(plain)
    assert found.gaps_closed == 4
    assert not found.rules[0].held
    assert [finding.rule for finding in broken_by_facts(read(plain))] == ["rules"]
    assert check_plan(read(plain), found.to_plain()).passed
    # at most 5: one may be added
    assert made(quarters(rules=[rule | {"at_most": 5}]) | facts).gaps_closed == 5


@pytest.mark.parametrize("per", ["participant", "class", "programme"])
@pytest.mark.parametrize("came", [{}, {"attended": [attended(0)]}, {"paid": [paid(7)]}])
def test_classes_to_which_nobody_came_are_facts(per: str, came: Plain) -> None:
    if per != "participant" and "paid" in came:
        came = {"paid": [{key: value for key, value in paid(7).items() if key != "group"}]}
    plain = quarters(programmes=costing(per, 5) | {"class_size": {"min": 3, "max": 5}})
    plain |= happened(through="TW1", held=[{"programme": "bimtek", "period": "TW1", "classes": 2}], **came)
    found = made(plain)
    assert found.gaps_closed == 10
    assert [row.participants for row in found.classes if row.actual] == [0]
    assert [finding.rule for finding in broken_by_facts(read(plain))] == ["class_size"]
    assert check_plan(read(plain), found.to_plain()).passed


def test_a_partner_that_has_paid_ahead_of_its_share_pays_the_share_of_the_whole() -> None:
    # a partner pays at most half. It paid all Rp20 of TW1; of Rp50 in all it may pay Rp25, so Rp5 for the 6 others
    funds = [{"id": "apbd", "kind": "own", "amount": 100}, {"id": "unja", "kind": "partner", "amount": 100}]
    funds[1]["max_share"] = "50%"
    facts = happened(attended=[attended(4)], paid=[paid(20, fund="unja")])
    plain = quarters(funds=funds) | facts
    found = made(plain)
    assert (float(found.gaps_closed), found.own_cost, found.partner_cost) == (10, 25, 25)
    assert broken_by_facts(read(plain)) == (), "the share is kept again in the end, so nobody need be warned"
    assert material_of(read(plain), found).broken_by_facts == ()


def test_a_share_that_stays_exceeded_is_named_and_nothing_is_added_to_it() -> None:
    # with own Rp15 for 3 more the whole is Rp35, of which Rp20 are more than half
    funds = [{"id": "apbd", "kind": "own", "amount": 15}, {"id": "unja", "kind": "partner", "amount": 100}]
    funds[1]["max_share"] = "50%"
    plain = quarters(funds=funds) | happened(attended=[attended(4)], paid=[paid(20, fund="unja")])
    found = made(plain)
    assert (float(found.gaps_closed), found.own_cost, found.partner_cost) == (7, 15, 20)
    (broken,) = material_of(read(plain), found).broken_by_facts
    assert (broken.rule, "Rp20" in broken.sentence, "Rp18" in broken.sentence) == ("fund_max_share", True, True)


def test_a_partner_that_has_paid_ahead_of_its_match_waits_for_own_funds() -> None:
    # as much as own funds pay for programmes: it paid Rp20 of TW1, so of the Rp30 for 6 others it pays Rp5
    funds: list[dict[str, Any]] = [
        {"id": "apbd", "kind": "own", "amount": 100},
        {"id": "unja", "kind": "partner", "amount": 100, "match": {"with": "apbd", "ratio": 1}},
    ]
    facts = happened(attended=[attended(4)], paid=[paid(20, fund="unja")])
    found = made(quarters(funds=funds) | facts)
    assert (float(found.gaps_closed), found.own_cost, found.partner_cost) == (10, 25, 25)
    funds[0]["amount"] = 15  # never as much as Rp20: the partner adds nothing, and own funds pay for 3 more
    short = made(quarters(funds=funds) | facts)
    assert (float(short.gaps_closed), short.own_cost, short.partner_cost) == (7, 15, 20)


def test_more_paid_than_a_fund_has_leaves_nothing() -> None:
    plain = quarters(funds={"amount": 10}) | happened(attended=[attended(4)], paid=[paid(20)])
    found = made(plain)
    assert (float(found.gaps_closed), found.total_cost) == (4, 20)
    assert {finding.rule for finding in broken_by_facts(read(plain))} == {"fund_amount"}


def test_a_lower_limit_stays_and_may_be_out_of_reach() -> None:
    # at least 9 in TW1 and TW2, of which 4 came
    rule = {"name": "Cepat", "measure": "participants", "where": {"periods": ["TW1", "TW2"]}, "at_least": 9}
    facts = happened(attended=[attended(4)], paid=[paid(20)])
    assert made(quarters(rules=[rule | {"at_least": 4}]) | facts).gaps_closed == 10
    with pytest.raises(InfeasibleError, match="Cepat"):
        plan(read(quarters(rules=[rule]) | facts), EXACT, inline=True)


def test_what_is_paid_once_is_not_due_again_and_what_is_not_paid_is_owed() -> None:
    curriculum = {"item": "Kurikulum", "account": "5.2.02.01.01.0001", "per": "programme", "price": 30}
    plain = quarters(programmes={"costs": [*costing("participant", 5)["costs"], curriculum]})
    came: dict[str, Any] = {"attended": [attended(4)]}
    row = {"fund": "apbd", "programme": "bimtek", "item": "Kurikulum", "account": "5.2.02.01.01.0001", "period": "TW1"}
    settled = plain | happened(**came, paid=[paid(20), row | {"amount": 10}])
    assert made(settled).total_cost == 20 + 10 + 30  # 6 more people, and no curriculum
    owed = plain | happened(**came, paid=[paid(20)])
    assert made(owed).total_cost == 20 + 30 + 30
    waived = plain | happened(**came, paid=[paid(20), row | {"amount": 0}])
    assert made(waived).total_cost == 20 + 30


def test_a_socialization_that_was_paid_still_raises_willingness() -> None:
    measure = {"raises_uptake_to": "90%", "cost": 7}
    row = {"fund": "apbd", "group": "a", "item": "socialization", "period": "TW2", "amount": 6}
    plain = quarters(groups={"uptake": "50%", "socialization": measure})
    told = plain | happened(attended=[attended(2)], paid=[paid(10), row])
    found = made(told)
    assert (float(found.gaps_closed), found.total_cost) == (9, 6 + 45)
    untold = (
        plain | happened(attended=[attended(2)], paid=[paid(10)]) | {"funds": [{**plain["funds"][0], "amount": 35}]}
    )
    assert made(untold).gaps_closed == 5  # Rp25 left: 3 more are willing today; Rp7 and 4 at Rp5 are Rp27


def test_a_minimum_is_not_asked_of_a_fund_that_was_used_before_only() -> None:
    partner = {"id": "unja", "kind": "partner", "amount": 60, "minimum": 40, "pays": {"items": {"per": "class"}}}
    classes = {"costs": [*costing("participant", 5)["costs"], CLASS], "class_size": {"max": 10}}
    facts = happened(attended=[attended(4)], paid=[paid(20, fund="unja")])
    # the partner may pay the Rp1 of a class, and is not used: with Rp40 over the whole year it cannot be
    own = {"id": "apbd", "kind": "own", "amount": 31}
    found = made(quarters(funds=[own, partner], programmes=classes) | facts)
    assert (float(found.gaps_closed), found.partner_cost) == (10, 20)
    found = made(quarters(funds=[own | {"amount": 30}, partner], programmes=classes) | facts)
    assert (float(found.gaps_closed), found.partner_cost) == (9, 20)
    # a minimum of Rp21 is reached with the Rp20 that it paid before
    found = made(quarters(funds=[own | {"amount": 30}, partner | {"minimum": 21}], programmes=classes) | facts)
    assert (float(found.gaps_closed), found.partner_cost) == (10, 21)


def test_a_course_that_still_runs_takes_its_place_in_the_rest() -> None:
    # a room for 4 in each period; 3 began in TW2 a course of two periods, so that TW3 has room for 1
    room = {"resources": [{"id": "ruang", "amount": 4}]}
    use = {"lasts": 2, "uses": {"ruang": {"per": "participant", "each_period": 1}}}
    plain = quarters(**room, programmes=use) | happened(attended=[attended(3, "TW2")], paid=[paid(15, "TW2")])
    assert people(made(plain), actual=False) == {("bimtek", "TW3"): 1}


def test_facts_that_are_the_plan_itself_leave_its_value_as_it_was() -> None:
    replanned = 0
    for seed in some(range(50)):
        plain = tiny_scenarios(seed)
        if len(plain.get("periods", [])) < 2:
            continue
        first = Scenario.model_validate(plain)
        if len(first.years) > 1:
            continue
        try:
            before = plan(first, EXACT, inline=True).plan
        except InfeasibleError:
            continue
        after = plan(Scenario.model_validate(own_rows(plain, first, before)), EXACT, inline=True).plan
        assert [row.value for row in after.objective] == [row.value for row in before.objective], seed
        replanned += 1
    assert replanned > few(8)


@pytest.mark.parametrize("seed", sampled(range(60), 60, 4))
def test_the_model_values_a_plan_of_the_rest_as_it_is(seed: int) -> None:
    """What facts close is counted once, also where agencies share the chances of several programmes."""
    plain = random_scenarios(seed)
    first = Scenario.model_validate(plain)
    if len(first.horizon) < 2 or len(first.years) > 1:
        return
    try:
        before = plan(first, SearchLimits(gap=0.01), inline=True).plan
    except InfeasibleError:
        return
    begun = Scenario.model_validate(own_rows(plain, first, before))
    solution = solve_model(build(begun), SearchLimits(gap=0.01))
    assert solution.decisions is not None
    draft = drafted(begun, solution.decisions)
    if draft is not None:  # else these people cannot attend it all, and the search goes on
        level, worth = solution.levels[0], float(draft.values[0])
        assert level.bound is not None
        assert level.value <= worth * (1 + 1e-5), "a point within the gap may leave closings below what they are"
        assert worth <= level.bound * (1 + 1e-5)


@pytest.mark.parametrize("chunk", [0, *(pytest.param(n, marks=pytest.mark.more) for n in range(1, 12))])
def test_no_plan_of_the_rest_is_better(chunk: int) -> None:
    tried = 0
    for seed in range(chunk * 150, chunk * 150 + 150):
        plain = with_facts(seed, 500 if chunk == 0 else 1500)
        if plain is None:
            continue
        try:
            found = tuple(row.value for row in made(plain).objective)
        except InfeasibleError:
            assert best_of_rest(plain) is None, seed
            continue
        best = best_of_rest(plain)
        assert best is not None, seed
        assert found == best[1], seed
        tried += 1
    assert tried > 10


def test_more_people_may_have_come_than_an_agency_has() -> None:
    # four of two people came to the only programme, of whom 34% each are willing: to the proof that is not impossible
    plain = with_facts(248, 500)
    assert plain is not None
    values = (Fraction(1, 2), Fraction(1), Fraction(25))
    assert best_of_rest(plain) == (("smallest_coverage", "gaps_closed", "own_cost"), values)
    assert tuple(row.value for row in made(plain).objective) == values


def test_the_figures_of_plan_actual_and_rest() -> None:
    # first plan Rp50; 4 of its 10 came for Rp30; 1 of 4 reached the standard; the 6 others are planned for Rp30
    before = plan(read(quarters()), EXACT, inline=True).plan
    facts = happened(through="TW1", attended=[attended(4, closed={"keu": 1})], paid=[paid(30)])
    found = read(quarters() | facts)
    figures = realisation(found, plan(found, EXACT, inline=True).plan, before)
    (money,) = figures.programmes
    assert (money.planned, money.actual, money.rest, money.total) == (50, 30, 30, 60)
    assert [row.key for row in figures.funds] == ["apbd"]
    assert [row.key for row in figures.accounts] == ["5.1.02.01.01.0001"]
    (short,) = figures.shortfalls
    assert (float(short.expected), float(short.closed), short.paid, short.lost) == (
        4,
        1,
        30,
        23,  # three quarters of 30, halves up
    )


def test_what_was_paid_for_people_not_measured_is_not_said_to_be_lost() -> None:
    # 4 of 10 were measured and none of them reached the standard: the money of these four is lost, not that of all
    before = plan(read(quarters()), EXACT, inline=True).plan
    rows = [attended(4, closed={"keu": 0}), attended(6) | {"group": "b"}]
    of_two = quarters(groups=[{"id": id, "headcount": 10, "gaps": {"keu": 10}} for id in "ab"])
    found = read(of_two | happened(through="TW1", attended=rows, paid=[paid(30)]))
    (short,) = realisation(found, plan(found, EXACT, inline=True).plan, before).shortfalls
    assert (short.expected, short.closed) == (Fraction(4), Fraction(0))
    assert (short.measured, short.lost) == (Fraction(2, 5), 12)


@pytest.mark.parametrize(
    ("table", "row", "change"),
    [
        ("allocations", 0, {"participants": 5}),
        ("allocations", 0, {"actual": False}),
        ("payments", 0, {"amount": 19}),
        ("payments", 0, {"period": "TW2"}),
    ],
)
def test_the_check_finds_facts_that_are_not_what_happened(table: str, row: int, change: Plain) -> None:
    plain = quarters() | happened(attended=[attended(4)], paid=[paid(20)])
    stated = made(plain).to_plain()
    assert stated[table][row]["actual"] is True
    stated[table][row] |= change
    assert "actuals" in {finding.rule for finding in check_plan(read(plain), stated).findings}
