"""Settlement beside the oracle's: random decisions are paid as well, or by neither."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.payments.conditions import CannotSettle
from planner.payments.settlement import Settlement
from planner.plans.closings import closings
from planner.plans.rule_measures import penalty, rule_results
from tests.oracle.brute_force import Search
from tests.oracle.dates import first_uses
from tests.oracle.funding import Payers
from tests.oracle.generate import tiny_scenarios
from tests.oracle.instance import Instance
from tests.oracle.measures import charges
from tests.sampled import few, some

Plain = dict[str, Any]


@pytest.mark.parametrize("briefly", [False, True])
def test_random_decisions_are_paid_as_the_oracle_would_or_not_at_all(briefly: bool) -> None:
    settled = refused = 0
    for seed in some(range(200)):
        plain = tiny_scenarios(seed, most_plans=300)
        read = Scenario.model_validate(plain)
        if find_problems(read):
            continue
        candidates = list(Search(Instance(plain)).candidates())
        for _hope, people, socialized, classes in random.Random(seed).sample(candidates, min(3, len(candidates))):
            decisions = Decisions({k: n for k, n in people.items() if n}, dict(classes), frozenset(socialized))
            ours, theirs = best_of_ours(read, plain, decisions, briefly), best_of_theirs(plain, decisions)
            assert ours == theirs, (seed, decisions)
            settled, refused = settled + (theirs is not None), refused + (theirs is None)
    assert settled > few(200)
    assert refused > few(80)


def subsets(things: list[str]) -> list[frozenset[str]]:
    return [frozenset(some) for n in range(len(things) + 1) for some in combinations(things, n)]


def best_of_ours(read: Scenario, plain: Plain, decisions: Decisions, briefly: bool) -> Any:
    """The rank of the best settlement over all funds that might be used, None if there is none."""
    ranks = []
    for used in subsets([f.id for f in read.funds if f.conditional]):
        made = Decisions(decisions.participants, decisions.classes, decisions.socialized, used=used)
        try:
            payments = Settlement(read, made, briefly=briefly).payments(whole_units=not briefly)
        except CannotSettle:
            continue
        results = rule_results(read, made, payments, closings(read, made))
        of_money = {rule.name for rule in read.rules if rule.measure == "cost"}
        lost = penalty(read, [result for result in results if result.rule in of_money])
        own_cost = sum(p.amount for p in payments if read.fund[p.fund].own)
        ranks.append(Payers(Instance(plain)).rank(lost, own_cost, sum(p.amount for p in payments)))
    return max(ranks, default=None)


def best_of_theirs(plain: Plain, decisions: Decisions) -> Any:
    instance = Instance(plain)
    payers, ranks = Payers(instance), []
    for agreed in subsets([f for f in instance.funds if instance.agreement(f)]):
        people = dict(decisions.participants)
        when = first_uses(instance, people, {}, {})  # as our own settlement dates what is not decided
        due = charges(instance, people, dict(decisions.classes), decisions.socialized, {}, agreed, when)
        running = frozenset(p for _g, p, _t in people)
        funded = payers.best(due, frozenset(), agreed, running=running)
        if funded is not None:
            ranks.append(payers.rank(funded.penalty, funded.own, funded.total))
    return max(ranks, default=None)
