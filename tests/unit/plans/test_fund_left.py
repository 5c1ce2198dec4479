"""Why a fund keeps money: each reason by hand, on a plan that is settled for decisions already made."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.payments.payment import Payment
from planner.planning import adopt
from planner.plans.fund_left import FundLimit, FundsLeft, Kept, MoneyLeft
from planner.plans.measures import Measures
from planner.plans.open_gaps import OpenGaps
from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]
OWN: Plain = {"id": "apbd", "kind": "own", "amount": 1000}


def partner(amount: int, name: str = "unja", **conditions: Any) -> Plain:
    return {"id": name, "kind": "partner", "amount": amount, **conditions}


def left(
    fund: str,
    *funds: Plain,
    people: int = 5,
    used: tuple[str, ...] = (),
    paid: dict[str, int] | None = None,
    **changes: Any,
) -> MoneyLeft | None:
    """What a fund keeps where some people take a programme of Rp10 a head, and funds pay what is said or settled."""
    read = Scenario.model_validate(scenario(programmes=costing("participant", 10), funds=[*funds], **changes))
    assert not find_problems(read)
    account = read.programmes[0].costs[0].account
    item = read.programmes[0].costs[0].item
    rows = [Payment(f, "bimtek", "a", item, account, "TW1", amount) for f, amount in (paid or {}).items()]
    plan = adopt(read, Decisions({("a", "bimtek", "TW1"): people}, used=frozenset(used)), payments=rows or None)
    measures = Measures(read, plan)
    return FundsLeft(measures, OpenGaps(measures)).of(read.fund[fund])


def why(*args: Any, **changes: Any) -> tuple[Kept, tuple[FundLimit, ...]] | None:
    found = left(*args, **changes)
    return None if found is None else (found.kept, found.limits)


def kept(plain: Plain, people: dict[tuple[str, str, str], int], fund: str = "apbd") -> MoneyLeft:
    """What a fund keeps with these people."""
    read = Scenario.model_validate(plain)
    assert not find_problems(read)
    measures = Measures(read, adopt(read, Decisions(people)))
    found = FundsLeft(measures, OpenGaps(measures)).of(read.fund[fund])
    assert found is not None
    return found


def test_a_fund_that_spends_all_keeps_nothing() -> None:
    assert left("apbd", OWN | {"amount": 50}) is None


def test_a_fund_may_pay_all_there_is() -> None:
    assert why("apbd", OWN) == (Kept.ALL_PAID, ())
    assert why("unja", OWN, partner(80)) == (Kept.ALL_PAID, ())


def test_own_money_is_kept_where_partners_pay_first() -> None:
    assert why("apbd", OWN, partner(30)) == (Kept.PARTNERS, ())
    goals = [{"maximize": "gaps_closed"}]
    assert why("unja", OWN, partner(30), objective=goals) == (Kept.OTHERS, ()), "the first in the file pays"


@pytest.mark.parametrize(
    ("conditions", "limit"),
    [
        ({"max_share": "40%"}, FundLimit.SHARE),
        ({"match": {"with": "apbd", "ratio": 0.25}}, FundLimit.MATCH),
        ({"releases": {"TW1": "10%", "TW2": "100%"}}, FundLimit.RELEASED),
        ({"minimum": 60}, FundLimit.USE),
    ],
)
def test_a_limit_that_is_met_is_the_reason(conditions: Plain, limit: FundLimit) -> None:
    assert why("unja", OWN, partner(100, **conditions)) == (Kept.LIMITS, (limit,))


def test_less_than_a_step_of_rounding_below_a_limit_is_at_the_limit() -> None:
    """Of Rp50 it may pay 40%, Rp20; Rp18 are as near as multiples of 3 come."""
    shared = partner(100, max_share="40%")
    paid = {"apbd": 32, "unja": 18}
    assert why("unja", OWN, shared, paid=paid) == (Kept.OTHERS, ())
    rounding = {"id": "uji", "fiscal_year": 2027, "round_to": 3}
    assert why("unja", OWN, shared, paid=paid, scenario=rounding) == (Kept.LIMITS, (FundLimit.SHARE,))


@pytest.mark.parametrize("bound", [{"at_most": 20}, {"at_most": "40%"}])
def test_a_rule_on_cost_that_is_met_is_the_reason(bound: Plain) -> None:
    rule = {"name": "Mitra", "measure": "cost", "where": {"funds": {"id": "unja"}}} | bound
    assert why("unja", OWN, partner(100), rules=[rule]) == (Kept.LIMITS, (FundLimit.RULE,))
    own = {"name": "APBD", "measure": "cost", "where": {"funds": {"id": "apbd"}}, "at_least": 30}
    assert why("unja", OWN, partner(100), rules=[own]) == (Kept.LIMITS, (FundLimit.RULE,))


def test_what_buys_no_further_person_is_the_reason_where_another_partner_has_it() -> None:
    funds = (partner(33, "lan"), partner(100), OWN)
    assert left("lan", *funds) is None, "of equal payments those of the first in the file, part of a person too"
    assert why("lan", *funds, paid={"lan": 30, "unja": 20}) == (Kept.WHOLE_UNITS, ())


def test_the_gaps_left_open_say_whether_money_is_wanting() -> None:
    """Ten lack it: with Rp55 five attend and Rp5 buy no sixth; with Rp1,000 the plan could close more."""
    short = left("apbd", OWN | {"amount": 55})
    assert short is not None
    assert (short.amount, short.nobody_fits, short.needless) == (5, True, False)
    beside = left(
        "apbd",
        OWN | {"amount": 55},
        competencies=[{"id": name, "kind": "technical"} for name in ("keu", "hukum")],
        groups={"gaps": {"keu": 10, "hukum": 4}},
    )
    assert beside is not None
    assert (beside.nobody_fits, beside.needless) == (True, False), (
        "no programme closes the other gap: no matter of money"
    )
    rich = left("apbd", OWN)
    assert rich is not None
    assert (rich.nobody_fits, rich.needless) == (False, False)
    done = left("apbd", OWN, people=10)
    assert done is not None
    assert (done.nobody_fits, done.needless) == (False, True)


def test_the_money_of_an_agency_without_groups_pays_for_nobody() -> None:
    assert left("dinas", OWN, {**OWN, "id": "dinas", "agency": "Dinas"}) == MoneyLeft(1000, Kept.NO_GROUP)


@pytest.mark.parametrize(("items", "fits"), [("Lain", False), ("Butir", True)])
def test_what_buys_no_participant_is_said_though_another_fund_has_money(items: str, fits: bool) -> None:
    """Rp9 buy no sixth participant at Rp10, unless the partner, which has money for the other training, may pay too."""
    bimtek = {"id": "bimtek", "closes": {"keu": 1}, **costing("participant", 10)}
    other = {"id": "lain", "closes": {"keu": 1}, **costing("participant", 20)}
    other["costs"][0]["item"] = "Lain"
    own = OWN | {"amount": 59, "pays": {"items": {"item": "Butir"}}}
    paying = partner(100, pays={"items": {"item": ["Lain", items]}})
    plain = scenario(programmes=[bimtek, other], funds=[own, paying])
    read = Scenario.model_validate(plain)
    row = Payment("apbd", "bimtek", "a", "Butir", "5.1.02.01.01.0001", "TW1", 50)
    measures = Measures(read, adopt(read, Decisions({("a", "bimtek", "TW1"): 5}), payments=[row]))
    found = FundsLeft(measures, OpenGaps(measures)).of(read.fund["apbd"])
    assert found is not None
    assert (found.amount, found.nobody_fits) == (9, not fits)


def test_a_partner_is_not_short_of_money_for_programmes_that_it_may_not_pay() -> None:
    """All ten have taken what the partner pays; the other programme costs more than own money holds."""
    bimtek = {"id": "bimtek", "closes": {"keu": 1}, **costing("participant", 10)}
    dear = {"id": "pka", "closes": {"pimpin": 1}, **costing("participant", 100)}
    plain = scenario(
        competencies=[{"id": name, "kind": "technical"} for name in ("keu", "pimpin")],
        groups={"gaps": {"keu": 10, "pimpin": 4}},
        programmes=[bimtek, dear],
        funds=[OWN | {"amount": 80}, partner(500, pays={"programmes": {"id": "bimtek"}}, max_share="40%")],
    )
    people = {("a", "bimtek", "TW1"): 10}
    own, partners = kept(plain, people), kept(plain, people, "unja")
    assert (own.amount, own.nobody_fits, own.needless) == (20, True, False)
    assert (partners.amount, partners.nobody_fits) == (460, False)
    assert (partners.needless, partners.elsewhere) == (True, True)


def test_two_funds_that_are_short_together_are_not_told_short_alone() -> None:
    """One more seat costs 6 + 6; own money keeps 8 for its 6, the partner 5 for its 6."""
    costs = [
        {"item": name, "account": f"5.1.02.01.01.000{n}", "per": "participant", "price": 6}
        for n, name in enumerate("ab", 1)
    ]
    bimtek = {"id": "bimtek", "closes": {"keu": 1}, "costs": costs}
    funds = [
        OWN | {"amount": 38, "pays": {"items": {"item": "a"}}},
        partner(35, pays={"items": {"item": "b"}}),
    ]
    plain, people = scenario(programmes=[bimtek], funds=funds), {("a", "bimtek", "TW1"): 5}
    own, partners = kept(plain, people), kept(plain, people, "unja")
    assert (own.amount, own.nobody_fits, own.needless) == (8, False, False)
    assert (partners.amount, partners.nobody_fits, partners.needless) == (5, True, False)


@pytest.mark.parametrize("uses", [{}, {"resources": [{"id": "kamar", "amount": 10}]}])
def test_a_dearer_programme_may_close_more_of_people_whose_hours_or_places_are_used_up(uses: Plain) -> None:
    """All ten take the cheap course, which closes half; in the same hours, the dear one would close more."""
    bed = {"uses": {"kamar": {"per": "participant", "amount": 1}}} if uses else {}
    cheap = {"id": "bimtek", "hours": 24, "closes": {"keu": 0.5}, **costing("participant", 1), **bed}
    dear = {"id": "mahal", "hours": 24, "closes": {"keu": 0.9}, **costing("participant", 50), **bed}
    hours = {} if uses else {"max_hours": 24}
    plain = scenario(programmes=[cheap, dear], funds=[OWN | {"amount": 20}], groups=hours, periods=["TW1"], **uses)
    found = kept(plain, {("a", "bimtek", "TW1"): 10})
    assert (found.amount, found.nobody_fits, found.needless) == (10, False, False)


def test_a_participant_whom_a_rule_alone_keeps_out_is_not_said_to_be_too_dear() -> None:
    """Rp5 are left: one more person of `a` costs Rp2, and only the rule forbids it; one of `b` costs Rp9."""
    price = costing("participant", 0)
    price["costs"][0]["price"] = {"by": "id", "a": 2, "b": 9}
    groups = [{"id": id, "headcount": 10, "gaps": {"keu": 10}} for id in "ab"]
    rule = {"name": "r", "measure": "participants", "where": {"groups": {"id": "a"}}, "at_most": 4}
    people = {("a", "bimtek", "TW1"): 4}
    plain = scenario(programmes=price, funds=[OWN | {"amount": 13}], groups=groups)
    assert not kept(plain | {"rules": [rule]}, people).nobody_fits
    assert kept(plain | {"rules": [rule | {"at_most": 9}], "funds": [OWN | {"amount": 9}]}, people).amount == 1
    assert kept(plain | {"funds": [OWN | {"amount": 9}]}, people).nobody_fits


def test_a_socialization_that_is_not_given_might_be_paid_with_more_money() -> None:
    told = {"uptake": "50%", "socialization": {"raises_uptake_to": "100%", "cost": 100}}
    plain = scenario(programmes=costing("participant", 1), funds=[OWN | {"amount": 12}], groups=told)
    assert not kept(plain, {("a", "bimtek", "TW1"): 5}).needless
    unwilling = scenario(programmes=costing("participant", 1), funds=[OWN | {"amount": 12}], groups={"uptake": "50%"})
    assert kept(unwilling, {("a", "bimtek", "TW1"): 5}).needless


def test_money_of_a_year_that_lapses_is_not_said_to_be_too_little() -> None:
    """Rp50 of 2027 are left, which would pay for five; the programme runs in 2028, whose money is spent."""
    late = {**costing("participant", 10), "periods": ["S2"]}
    fund = {"id": "apbd", "kind": "own", "amounts": {2027: 50, 2028: 50}}
    years = [{"id": "S1", "year": 2027}, {"id": "S2", "year": 2028}]
    found = kept(scenario(programmes=late, funds=[fund], periods=years), {("a", "bimtek", "S2"): 5})
    assert (found.amount, found.nobody_fits, found.needless) == (50, False, False)


def test_a_whole_person_below_a_step_of_rounding_might_be_paid() -> None:
    """Rounding to 50 forbids no fund to pay one person of Rp30, so that it is the other that pays first."""
    funds = [OWN | {"amount": 1000}, partner(40)]
    plain = scenario(programmes=costing("participant", 30), funds=funds, objective=[{"maximize": "gaps_closed"}])
    plain["scenario"] |= {"round_to": 50}
    assert (kept(plain, {("a", "bimtek", "TW1"): 3}, "unja").kept) is Kept.OTHERS
