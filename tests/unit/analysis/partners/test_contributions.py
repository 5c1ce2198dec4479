"""What each partner brings, against an oracle that plans without every combination of partners."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import pytest

from planner.analysis.partners.contributions import Brief, OwnMoney, Partners, partners
from planner.analysis.partners.partners_varied import MOST, presence
from planner.analysis.partners.subsets import Subsets
from planner.batch.inquiry import Inquiry
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, InputError
from planner.planning import Limits
from planner.plans.plan import Status
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


def of(answer: Partners, partner: str) -> Brief:
    return next(brief for brief in answer.briefs if brief.partner == partner)


def test_two_like_partners_by_hand() -> None:
    """Each adds a class of 5; own funds would need Rp10 more, which they do not have."""
    answer = partners(asked(training()))
    assert [brief.partner for brief in answer.briefs] == ["satu", "dua"]
    for brief in answer.briefs:
        assert brief.gained == brief.share == 5
        assert brief.own_money == OwnMoney(10, beyond=True)
        assert [(c.group, c.competency, c.gained) for c in brief.changes] == [("g", "a", Fraction(5))]
    assert answer.joint == 10


def test_partners_that_stand_in_for_each_other_share_what_either_makes_possible() -> None:
    """All that can be closed takes one partner beside own funds: without one nothing is lost, without both 5 are."""
    answer = partners(asked(training(groups=[{"id": "g", "headcount": 20, "gaps": {"a": 10}}])))
    assert [brief.gained for brief in answer.briefs] == [0, 0]
    assert [brief.share for brief in answer.briefs] == [Fraction(5, 2), Fraction(5, 2)]


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


def test_what_not_even_more_own_money_replaces_is_not_reachable() -> None:
    """A rule caps what own funds may pay."""
    rules = [{"name": "Batas", "measure": "cost", "where": {"funds": {"kind": "own"}}, "at_most": 10}]
    answer = partners(asked(training(rules=rules)))
    assert [brief.own_money for brief in answer.briefs] == [None, None]


def test_a_partner_whom_the_plan_does_not_use_brings_nothing() -> None:
    funds = [
        {"id": "apbd", "kind": "own", "amount": 10},
        {"id": "jauh", "kind": "partner", "amount": 5, "minimum": 5, "pays": {"items": {"per": "participant"}}},
    ]
    answer = partners(asked(training(funds=funds)))
    brief = of(answer, "jauh")
    assert (brief.own_money, brief.changes) == (OwnMoney(0, beyond=False), ())
    assert brief.gained == brief.share == 0


def test_without_whom_rules_cannot_be_kept() -> None:
    rules = [{"name": "Wajib", "measure": "classes", "at_least": 3}]
    answer = partners(asked(training(rules=rules)))
    assert [outcome.status for outcome in answer.outcomes] == [Status.OPTIMAL, *[Status.INFEASIBLE] * 3]
    assert [brief.share for brief in answer.briefs] == [Fraction(15, 2), Fraction(15, 2)]
    assert [brief.own_money for brief in answer.briefs] == [OwnMoney(10, beyond=True)] * 2
    assert all(brief.compared is None and brief.changes == () for brief in answer.briefs)


def test_every_combination_and_every_share_is_that_of_the_oracle() -> None:
    several = 0
    for seed in (83, 132, *range(300, 316)):
        plain = with_partners(seed, most=3)
        try:
            answer = partners(asked(plain))
        except InfeasibleError:
            continue
        there = [fund["id"] for fund in offering(plain)]
        value = {
            outcome.absent: max(best_by_classes(without(plain, outcome.absent)).values(), default=Fraction(0))
            for outcome in answer.outcomes
        }
        assert len(value) == 2 ** len(there)
        assert {outcome.absent: outcome.level for outcome in answer.outcomes} == value, seed
        assert {brief.partner: brief.share for brief in answer.briefs} == _over_all_orders(there, value), seed
        assert sum(brief.share for brief in answer.briefs) == answer.joint
        several += len(there) > 1
        for brief in answer.briefs:
            _check(answer, brief)
    assert several > 5


def test_the_own_money_freed_is_that_of_the_oracle() -> None:
    """The least own cost of as many gaps: within own funds where they suffice, else with more own money."""
    kinds = set()
    for seed in range(20):
        plain = with_partners(seed)
        try:
            answer = partners(asked(plain))
        except InfeasibleError:
            continue
        for brief in answer.briefs:
            alone = without(plain, {brief.partner})
            least = least_own_cost(alone, brief.with_it.level)
            beyond = least is None
            if beyond:
                alone["funds"].append({"id": "lebih", "kind": "own", "amount": 60})
                least = least_own_cost(alone, brief.with_it.level)
            assert least is not None
            assert brief.with_it.plan is not None
            freed = max(0, least - brief.with_it.plan.own_cost)
            assert brief.own_money == OwnMoney(freed, beyond), (seed, brief.partner)
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


def _check(answer: Partners, brief: Brief) -> None:
    """More partners never close less; the plan held against uses nothing of the partner; changes add up."""
    assert brief.level_gained >= 0
    if brief.certain is not None:
        least, most = brief.certain
        assert least <= float(brief.level_gained) + 1e-9
        assert most >= float(brief.level_gained) - 1e-9
    if brief.compared is None or brief.with_it.plan is None:
        return
    assert brief.partner not in {row.fund for row in brief.compared.funds if row.spent}
    assert brief.partner not in {row.fund for row in brief.compared.seats}
    gained = brief.with_it.plan.gaps_closed - brief.compared.gaps_closed
    assert sum((change.gained for change in brief.changes), Fraction(0)) == gained


def test_the_plan_held_against_is_as_near_as_it_can_be() -> None:
    """Four groups alike: without the partner one class goes, and the others stay as they are."""
    groups = [{"id": f"g{n}", "headcount": 5, "gaps": {"a": 5}} for n in range(4)]
    answer = partners(asked(training(groups=groups)))
    for brief in answer.briefs:
        assert all(change.gained > 0 for change in brief.changes)
        assert sum(change.gained for change in brief.changes) == 5


def test_no_partners_one_that_offers_nothing_and_wrong_names() -> None:
    own = {"id": "apbd", "kind": "own", "amount": 10}
    assert partners(asked(training(funds=[own]))).briefs == ()
    answer = partners(asked(training(funds=[own, {"id": "kosong", "kind": "partner", "amount": 0}])))
    assert (answer.briefs, answer.presence.idle) == ((), ("kosong",))
    with pytest.raises(InputError, match=r"'sat'.*'satu'"):
        partners(asked(training()), ["sat"])


def test_partners_that_are_not_named_are_there_in_any_case() -> None:
    answer = partners(asked(training()), ["dua"])
    assert (answer.presence.varied, answer.presence.always) == (("dua",), ("satu",))
    assert answer.briefs[0].share == answer.joint == 5


def test_of_more_than_eight_the_ones_that_carry_most_are_weighed() -> None:
    """Ten partners of Rp1 to Rp10 that pay for classes: the two smallest are taken to be there."""
    many: list[Plain] = [{"id": f"m{n}", "kind": "partner", "amount": n} for n in range(1, 11)]
    question = asked(training(funds=[{"id": "apbd", "kind": "own", "amount": 0}, *many]))
    there = presence(question.scenario, question.plan)
    assert (len(there.varied), there.too_many) == (MOST, True)
    paid = {row.fund: row.spent for row in question.plan.funds}
    assert all(paid[here] <= paid[name] for name in there.varied for here in there.always)
    with pytest.raises(InputError):
        presence(question.scenario, question.plan, [fund["id"] for fund in many])


class _Failing(BatchRunner):
    """Fails at every point whose name has a word."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word

    def solve(self, points: Sequence[Point], limits: Limits) -> dict[str, Result]:
        good = super().solve([point for point in points if self.word not in point.name], limits)
        return {p.name: good.get(p.name, Result(p.name, None, message="terhenti")) for p in points}


@pytest.mark.parametrize("word", ["satu", "near", "own"])
def test_a_point_that_fails_is_said_and_the_others_go_on(word: str) -> None:
    question = asked(training())
    answer = partners(Inquiry(question.scenario, question.plan, _Failing(word), question.limits))
    assert len(answer.briefs) == 2
    assert answer.unknown == (2 if word == "satu" else 0)
    if word == "own":
        assert [brief.own_money for brief in answer.briefs] == [None, None]
    else:
        assert of(answer, "dua").gained == 5
    assert sum(brief.share for brief in answer.briefs) == answer.joint


def test_what_is_known_is_not_solved_again() -> None:
    question = asked(training())
    known = Subsets(question)
    partners(question, known=known)
    again = Inquiry(question.scenario, question.plan, _Failing("without"), question.limits)
    known.inquiry = again
    known.solve([frozenset({"satu"}), frozenset({"satu", "dua"})])
    assert known.outcome(frozenset({"satu"})).gaps == 10
