"""One-off costs: each is paid in one period, and not after the first use of what it pays for."""

from __future__ import annotations

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan as planned_by_program
from tests.oracle.dates import first_uses
from tests.oracle.generate_years import scenarios_of_years
from tests.oracle.instance import Instance
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few, some
from tests.scenarios.hand import broken, paid, planned

LATE: Plain = {"amount": 100, "releases": {"TW1": "0%", "TW2": "100%"}}
"""Money that is there in the second period only."""

ONCE: Plain = {"costs": [{"item": "Kurikulum", "per": "programme", "price": 1}]}


@proves("one_off_paid", HAND)
def test_a_curriculum_is_paid_when_money_is_there() -> None:
    # Rp1 in the second period, when all ten are taught
    assert best(small(programmes=ONCE, funds=LATE)) == ["10", "1"]


@proves("one_off_before_use", HAND)
def test_nobody_is_taught_before_the_curriculum_is_paid() -> None:
    # taught in the first period alone, when nothing can be paid
    assert best(small(programmes=ONCE | {"periods": ["TW1"]}, funds=LATE)) == ["0", "0"]
    classes: Plain = ONCE | {"class_size": {"max": 5}, "classes": {"per_period": 1}}
    # one class of five in each period, the first of them before there is money
    assert best(small(programmes=classes, funds=LATE)) == ["5", "1"]
    assert best(small(programmes=classes)) == ["10", "1"]


@proves("one_off_before_use", HAND)
def test_a_socialization_is_paid_before_its_group_is_taught() -> None:
    group: Plain = {"uptake": "20%", "socialization": {"raises_uptake_to": "100%", "cost": 7}}
    assert best(small(groups=group, funds=LATE)) == ["10", "7"]
    # without the measure two come in the first period
    assert best(small(groups=group, programmes={"periods": ["TW1"]}, funds=LATE)) == ["2", "0"]


@proves("one_off_before_use", HAND)
def test_an_agreement_is_paid_before_its_fund_gives() -> None:
    own: Plain = {"id": "apbd", "kind": "own"} | LATE
    partner: Plain = {"id": "unja", "kind": "partner", "amount": 50, "agreement_cost": {"amount": 2}}
    # Rp2 in the second period, then the partner pays for ten people at Rp3 what it has
    taught: Plain = costing("participant", 3)
    assert best(small(programmes=taught, funds=[own | {"amount": 2}, partner])) == ["10", "2"]
    # the partner alone could pay in the first period, and has no agreement yet
    assert best(small(programmes=taught | {"periods": ["TW1"]}, funds=[own | {"amount": 2}, partner])) == ["0", "0"]
    seats: Plain = {
        "id": "unja",
        "kind": "partner",
        "amount": 0,
        "agreement_cost": {"amount": 2},
        "seats": {"bimtek": 4},
    }
    assert best(small(programmes=taught, funds=[own | {"amount": 2}, seats])) == ["4", "2"]
    assert best(small(programmes=taught | {"periods": ["TW1"]}, funds=[own | {"amount": 2}, seats])) == ["0", "0"]


@proves("one_off_paid", HAND)
def test_a_rule_about_a_period_may_want_it_paid_earlier() -> None:
    rule = {"name": "awal", "measure": "cost", "where": {"periods": ["TW1"]}, "at_least": 1}
    assert best(small(programmes=ONCE | {"periods": ["TW2"]}, rules=[rule])) == ["10", "1"]
    none = {"name": "awal", "measure": "cost", "where": {"periods": ["TW2"]}, "at_most": 0}
    assert best(small(programmes=ONCE | {"periods": ["TW2"]}, rules=[none])) == ["10", "1"]
    assert best(small(programmes=ONCE | {"periods": ["TW2"]}, rules=[none], funds=LATE)) == ["0", "0"]


@proves("one_off_paid", GOLDEN)
def test_the_rows_of_what_is_paid_once(request: pytest.FixtureRequest) -> None:
    golden("one_off_paid", small(programmes=ONCE, funds=LATE), request)


@proves("one_off_before_use", GOLDEN)
def test_the_rows_of_what_is_used_after_it_is_paid(request: pytest.FixtureRequest) -> None:
    # a class of five in the first period, too, if it need not be paid for before
    classes: Plain = ONCE | {"class_size": {"max": 5}, "classes": {"per_period": 1}}
    golden("one_off_before_use", small(programmes=classes, funds=LATE), request)


@proves("one_off_paid", PROPERTY)
@proves("one_off_before_use", PROPERTY)
def test_every_plan_pays_once_and_in_time() -> None:
    later = 0
    for found in plans(lambda plain: len(plain.get("periods", ())) > 1, 60):
        seats = {(row.fund, row.programme, row.group, row.period): row.seats for row in found.plan.seats}
        rows = found.plan.payments
        payments = {(r.fund, (r.programme, r.group, r.item, r.account, r.period)): r.amount for r in rows}
        place = found.instance.periods.index
        for one_off, first in first_uses(found.instance, found.people, seats, payments).items():
            periods = {key[4] for _f, key in payments if key[:4] == one_off}
            assert len(periods) <= 1, (found.seed, one_off)
            assert all(place(t) <= place(first) for t in periods), (found.seed, one_off)
            later += any(place(t) > 0 for t in periods)
    assert later > few(2)


@proves("one_off_paid", CHECK)
@proves("one_off_before_use", CHECK)
def test_the_check_finds_what_is_paid_after_its_use() -> None:
    plain = small(programmes=costing("programme", 9))
    for period, found in (("TW1", set()), ("TW2", {"one_off"})):
        plan = planned(plain, {("a", "bimtek", "TW1"): 2}, payments=[paid(9, period=period)])
        assert broken(plain, plan) == found
    twice = [paid(9), paid(9, period="TW2")]
    assert broken(plain, planned(plain, {("a", "bimtek", "TW2"): 2}, payments=twice)) == {"cost"}


@proves("one_off_before_use", CHECK)
def test_the_check_finds_measures_and_agreements_paid_after_their_use() -> None:
    group: Plain = {"uptake": "50%", "socialization": {"raises_uptake_to": "100%", "cost": 7}}
    plain = small(groups=group)
    measure: Plain = {"programme": None, "group": "a", "item": "socialization", "account": None}
    for period, found in (("TW1", set()), ("TW2", {"one_off"})):
        people = {("a", "bimtek", "TW1"): 6}
        plan = planned(plain, people, payments=[paid(7, **measure, period=period)], socialized=("a",))
        assert broken(plain, plan) == found
    partner = {"id": "unja", "kind": "partner", "amount": 9, "agreement_cost": {"amount": 2}}
    plain = small(programmes=costing("participant", 3), funds=[{"id": "apbd", "kind": "own", "amount": 9}, partner])
    agreed: Plain = {"programme": None, "group": None, "item": "agreement:unja", "account": None}
    for period, found in (("TW1", set()), ("TW2", {"one_off"})):
        payments = [paid(6, "unja", group="a"), paid(2, **agreed, period=period)]
        assert broken(plain, planned(plain, {("a", "bimtek", "TW1"): 2}, payments=payments)) == found


YEARS: list[Plain] = [{"id": "TW1", "year": 2027}, {"id": "TW2", "year": 2028}]

WILLING: Plain = {"uptake": "20%", "socialization": {"raises_uptake_to": "100%", "cost": 7}}

LATER: Plain = {"periods": YEARS, "groups": WILLING, "programmes": {"periods": ["TW2"]}}
"""People who are taught in 2028, more of them after a measure for Rp7."""


def funds(amounts: dict[int, int], **fund: object) -> list[Plain]:
    return [{"id": "apbd", "kind": "own", "amounts": amounts, **fund}]


@proves("one_off_in_year", HAND)
def test_what_is_due_once_is_paid_in_the_year_of_its_first_use() -> None:
    # there are Rp7 in 2027, and the group is taught in 2028: the measure cannot be paid in that year
    assert best(small(**LATER, funds=funds({2027: 7}))) == ["2", "0"]
    assert best(small(**LATER, funds=funds({2028: 7}))) == ["10", "7"]
    assert best(small(**LATER, funds=funds({2027: 7}, carry_over=True))) == ["10", "7"]
    # taught in both years, it is first used in 2027; then eight more may come in 2028
    assert best(small(**LATER | {"programmes": {}}, funds=funds({2027: 7}))) == ["10", "7"]
    # a curriculum for Rp1 is paid in the year in which the programme is first held
    assert best(small(periods=YEARS, programmes=ONCE | {"periods": ["TW2"]}, funds=funds({2027: 1}))) == ["0", "0"]
    assert best(small(periods=YEARS, programmes=ONCE, funds=funds({2027: 1}))) == ["10", "1"]


@proves("one_off_in_year", HAND)
def test_an_agreement_is_paid_in_the_year_in_which_its_fund_first_gives() -> None:
    partner: Plain = {"id": "unja", "kind": "partner", "amount": 30, "agreement_cost": {"amount": 2}}
    taught: Plain = costing("participant", 3)
    for amounts, reached in (({2027: 2}, ["10", "2"]), ({2028: 2}, ["10", "2"])):
        assert best(small(periods=YEARS, programmes=taught, funds=[*funds(amounts), partner])) == reached
    late = taught | {"periods": ["TW2"]}
    assert best(small(periods=YEARS, programmes=late, funds=[*funds({2027: 2}), partner])) == ["0", "0"]


@proves("one_off_in_year", GOLDEN)
def test_the_rows_of_what_is_paid_in_the_year_of_its_use(request: pytest.FixtureRequest) -> None:
    golden("one_off_in_year", small(**LATER, funds=funds({2027: 7})), request)


@proves("one_off_in_year", PROPERTY)
def test_every_plan_of_two_years_pays_once_in_the_year_of_the_use() -> None:
    second = 0
    for seed in some(range(90)):
        plain = scenarios_of_years(seed, 400)
        try:
            plan = planned_by_program(Scenario.model_validate(plain), inline=True).plan
        except InfeasibleError:
            continue
        instance = Instance(plain)
        people = {(row.group, row.programme, row.period): row.participants for row in plan.allocations}
        seats = {(row.fund, row.programme, row.group, row.period): row.seats for row in plan.seats}
        payments = {(r.fund, (r.programme, r.group, r.item, r.account, r.period)): r.amount for r in plan.payments}
        for one_off, first in first_uses(instance, people, seats, payments).items():
            years = {instance.year[key[4]] for _f, key in payments if key[:4] == one_off}
            assert years <= {instance.year[first]}, (seed, one_off)
            second += years == {"2028"}
    assert second > few(2)


@proves("one_off_in_year", CHECK)
def test_the_check_finds_what_is_paid_in_another_year_than_its_use() -> None:
    plain = small(**LATER)
    measure: Plain = {"programme": None, "group": "a", "item": "socialization", "account": None}
    for period, found in (("TW2", set()), ("TW1", {"one_off"})):
        people = {("a", "bimtek", "TW2"): 6}
        plan = planned(plain, people, payments=[paid(7, **measure, period=period)], socialized=("a",))
        assert broken(plain, plan) == found
