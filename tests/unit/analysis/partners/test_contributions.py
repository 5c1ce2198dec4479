"""What each partner brings, against an oracle that plans without every combination of partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest

from planner.analysis.partners.contributions import Contribution, OwnMoney, Partners, partners
from planner.analysis.partners.partner_roles import MOST, partner_roles
from planner.analysis.partners.subsets import PartnerSubsets
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, InputError
from planner.planning import SearchLimits
from planner.plans.plan import Status
from tests.sampled import few, some
from tests.unit.analysis.partner_scenarios import (
    Plain,
    best_by_classes,
    least_own_cost,
    offering,
    training,
    with_partners,
    without,
)
from tests.unit.analysis.plans import inquiry


def asked(plain: Plain) -> Inquiry:
    return inquiry(Scenario.model_validate(plain))


def of(answer: Partners, partner: str) -> Contribution:
    return next(contribution for contribution in answer.contributions if contribution.partner == partner)


def test_two_like_partners_by_hand() -> None:
    """Each adds a class of 5; own funds would need Rp10 more, which they do not have."""
    answer = partners(asked(training()))
    assert [contribution.partner for contribution in answer.contributions] == ["satu", "dua"]
    for contribution in answer.contributions:
        assert contribution.gained == contribution.share == 5
        assert contribution.own_money == OwnMoney(10, beyond=True)
        assert [(c.group, c.competency, c.gained) for c in contribution.changes] == [("g", "a", Fraction(5))]
    assert answer.joint == 10


def test_partners_that_stand_in_for_each_other_share_what_either_makes_possible() -> None:
    """All that can be closed takes one partner beside own funds: without one nothing is lost, without both 5 are."""
    answer = partners(asked(training(groups=[{"id": "g", "headcount": 20, "gaps": {"a": 10}}])))
    assert [contribution.gained for contribution in answer.contributions] == [0, 0]
    assert [contribution.share for contribution in answer.contributions] == [Fraction(5, 2), Fraction(5, 2)]


def test_money_that_own_funds_could_pay_themselves_is_freed() -> None:
    """Own Rp30 would pay both classes; the partner pays one of them, and its agreement costs Rp1."""
    funds = [
        {"id": "apbd", "kind": "own", "amount": 30},
        {"id": "satu", "kind": "partner", "amount": 10, "agreement_cost": {"amount": 1}},
    ]
    groups = [{"id": "g", "headcount": 20, "gaps": {"a": 10}}]
    answer = partners(asked(training(funds=funds, groups=groups)))
    assert of(answer, "satu").gained == 0
    assert of(answer, "satu").own_money == OwnMoney(9, beyond=False)


def test_a_loss_that_is_proven_is_replaced_also_where_the_tolerance_is_wider() -> None:
    """Plans may be far from the best; that one class less is held without a partner is certain all the same."""
    rough = replace(asked(training()), limits=SearchLimits(gap=0.9))
    for contribution in partners(rough).contributions:
        assert contribution.certain is not None
        assert contribution.certain[0] >= 1
        assert contribution.own_money == OwnMoney(10, beyond=True)
        assert contribution.own_money_short == 0


def test_a_difference_within_the_tolerance_is_own_money_for_nearly_as_many() -> None:
    """Without a bound no loss is certain."""
    rough = replace(asked(training()), limits=SearchLimits(gap=0.9))
    found = PartnerSubsets(rough)
    found.solve([frozenset({"satu"})])
    outcome = replace(found.outcome(frozenset({"satu"})), bound=None)
    assert outcome.level == 10
    assert outcome.may_reach(Fraction(15), Fraction(5))
    assert not outcome.may_reach(Fraction(15), Fraction(4))
    assert not replace(outcome, bound=14.9).may_reach(Fraction(15), Fraction(5))
    near = replace(partners(rough).contributions[0], own_money=OwnMoney(0, beyond=False))
    assert near.own_money_short == 5


def test_what_not_even_more_own_money_replaces_is_not_reachable() -> None:
    """A rule caps what own funds may pay."""
    rules = [{"name": "Batas", "measure": "cost", "where": {"funds": {"kind": "own"}}, "at_most": 10}]
    answer = partners(asked(training(rules=rules)))
    assert [contribution.own_money for contribution in answer.contributions] == [None, None]


def test_a_partner_whom_the_plan_does_not_use_brings_nothing() -> None:
    funds = [
        {"id": "apbd", "kind": "own", "amount": 10},
        {"id": "jauh", "kind": "partner", "amount": 5, "minimum": 5, "pays": {"items": {"per": "participant"}}},
    ]
    answer = partners(asked(training(funds=funds)))
    contribution = of(answer, "jauh")
    assert (contribution.own_money, contribution.changes) == (OwnMoney(0, beyond=False), ())
    assert contribution.gained == contribution.share == 0


def test_without_whom_rules_cannot_be_kept() -> None:
    rules = [{"name": "Wajib", "measure": "classes", "at_least": 3}]
    answer = partners(asked(training(rules=rules)))
    assert [outcome.status for outcome in answer.outcomes] == [Status.OPTIMAL, *[Status.INFEASIBLE] * 3]
    assert [contribution.share for contribution in answer.contributions] == [Fraction(15, 2), Fraction(15, 2)]
    assert [contribution.own_money for contribution in answer.contributions] == [OwnMoney(10, beyond=True)] * 2
    assert all(contribution.compared is None and contribution.changes == () for contribution in answer.contributions)


def test_every_combination_and_every_share_is_that_of_the_oracle() -> None:
    several = 0
    for seed in (83, 132, *some(range(300, 316))):
        plain = with_partners(seed, most=3)
        try:
            answer = partners(asked(plain))
        except InfeasibleError:
            continue
        roles = [fund["id"] for fund in offering(plain)]
        value = {
            outcome.absent: max(best_by_classes(without(plain, outcome.absent)).values(), default=Fraction(0))
            for outcome in answer.outcomes
        }
        assert len(value) == 2 ** len(roles)
        assert {outcome.absent: outcome.level for outcome in answer.outcomes} == value, seed
        assert {contribution.partner: contribution.share for contribution in answer.contributions} == _over_all_orders(
            roles, value
        ), seed
        assert sum(contribution.share for contribution in answer.contributions) == answer.joint
        several += len(roles) > 1
        for contribution in answer.contributions:
            _check(answer, contribution)
    assert several > few(5)


def test_the_own_money_freed_is_that_of_the_oracle() -> None:
    """The least own cost of as many gaps: within own funds where they suffice, else with more own money."""
    kinds = set()
    for seed in some(range(20), 4):
        plain = with_partners(seed)
        try:
            answer = partners(asked(plain))
        except InfeasibleError:
            continue
        for contribution in answer.contributions:
            alone = without(plain, {contribution.partner})
            least = least_own_cost(alone, contribution.with_it.level)
            beyond = least is None
            if beyond:
                alone["funds"].append({"id": "lebih", "kind": "own", "amount": 60})
                least = least_own_cost(alone, contribution.with_it.level)
            assert least is not None
            assert contribution.with_it.plan is not None
            freed = max(0, least - contribution.with_it.plan.own_cost)
            assert contribution.own_money == OwnMoney(freed, beyond), (seed, contribution.partner)
            kinds.add((beyond, freed > 0))
    assert kinds == {(False, False), (False, True), (True, True)}


def _over_all_orders(names: list[str], value: dict[frozenset[str], Fraction]) -> dict[str, Fraction]:
    """What each adds when it joins, averaged over all orders; `value` is by who is absent."""
    shares = dict.fromkeys(names, Fraction(0))
    orders = list(permutations(names))
    for order in orders:
        for place, name in enumerate(order):
            missing = frozenset(order[place:])
            shares[name] += (value[missing - {name}] - value[missing]) / len(orders)
    return shares


def _check(answer: Partners, contribution: Contribution) -> None:
    """More partners never close less; the plan held against uses nothing of the partner; changes add up."""
    assert contribution.level_gained >= 0
    if contribution.certain is not None:
        least, most = contribution.certain
        assert least <= float(contribution.level_gained) + 1e-9
        assert most >= float(contribution.level_gained) - 1e-9
    if contribution.compared is None or contribution.with_it.plan is None:
        return
    assert contribution.partner not in {row.fund for row in contribution.compared.funds if row.spent}
    assert contribution.partner not in {row.fund for row in contribution.compared.seats}
    gained = contribution.with_it.plan.gaps_closed - contribution.compared.gaps_closed
    assert sum((change.gained for change in contribution.changes), Fraction(0)) == gained


def test_the_plan_held_against_is_as_near_as_it_can_be() -> None:
    """Four groups alike: without the partner one class goes, and the others stay as they are."""
    groups = [{"id": f"g{n}", "headcount": 5, "gaps": {"a": 5}} for n in range(4)]
    answer = partners(asked(training(groups=groups)))
    for contribution in answer.contributions:
        assert all(change.gained > 0 for change in contribution.changes)
        assert sum(change.gained for change in contribution.changes) == 5


def test_no_partners_one_that_offers_nothing_and_wrong_names() -> None:
    own = {"id": "apbd", "kind": "own", "amount": 10}
    assert partners(asked(training(funds=[own]))).contributions == ()
    answer = partners(asked(training(funds=[own, {"id": "kosong", "kind": "partner", "amount": 0}])))
    assert (answer.contributions, answer.roles.idle) == ((), ("kosong",))
    with pytest.raises(InputError, match=r"'sat'.*'satu'"):
        partners(asked(training()), ["sat"])


def test_partners_that_are_not_named_are_there_in_any_case() -> None:
    answer = partners(asked(training()), ["dua"])
    assert (answer.roles.varied, answer.roles.always) == (("dua",), ("satu",))
    assert answer.contributions[0].share == answer.joint == 5


def test_of_more_than_eight_the_ones_that_carry_most_are_weighed() -> None:
    """Ten partners of Rp1 to Rp10 that pay for classes: the two smallest are taken to be there."""
    many: list[Plain] = [{"id": f"m{n}", "kind": "partner", "amount": n} for n in range(1, 11)]
    question = asked(training(funds=[{"id": "apbd", "kind": "own", "amount": 0}, *many]))
    roles = partner_roles(question.scenario, question.plan)
    assert (len(roles.varied), roles.too_many) == (MOST, True)
    paid = {row.fund: row.spent for row in question.plan.funds}
    assert all(paid[here] <= paid[name] for name in roles.varied for here in roles.always)
    with pytest.raises(InputError):
        partner_roles(question.scenario, question.plan, [fund["id"] for fund in many])


class _Failing(BatchRunner):
    """Fails at every point whose name has a word."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word

    def solve(self, points: Sequence[Point], limits: SearchLimits) -> dict[str, Result]:
        good = super().solve([point for point in points if self.word not in point.name], limits)
        return {p.name: good.get(p.name, Result(p.name, None, message="terhenti")) for p in points}


@pytest.mark.parametrize("word", ["satu", "near", "own"])
def test_a_point_that_fails_is_said_and_the_others_go_on(word: str) -> None:
    question = asked(training())
    answer = partners(Inquiry(question.scenario, question.plan, _Failing(word), question.limits))
    assert len(answer.contributions) == 2
    assert answer.unknown == (2 if word == "satu" else 0)
    if word == "own":
        assert [contribution.own_money for contribution in answer.contributions] == [None, None]
    else:
        assert of(answer, "dua").gained == 5
    assert sum(contribution.share for contribution in answer.contributions) == answer.joint


def test_what_is_known_is_not_solved_again() -> None:
    question = asked(training())
    known = PartnerSubsets(question)
    partners(question, known=known)
    again = Inquiry(question.scenario, question.plan, _Failing("without"), question.limits)
    known.inquiry = again
    known.solve([frozenset({"satu"}), frozenset({"satu", "dua"})])
    assert known.outcome(frozenset({"satu"})).gaps == 10
