"""Chances that are remembered of one plan are those of every plan whose groups attend the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from planner.domain.chances import chances
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.plans.closings import closings
from tests.oracle.generate import tiny_scenarios


def plans_of(scenario: Scenario, dice: random.Random) -> Iterator[Decisions]:
    """Decisions by chance, each of which differs from the one before in some groups."""
    seats = [
        (group.id, programme.id, period)
        for group in scenario.groups
        for programme in scenario.programmes
        for period in scenario.periods_of(programme)
    ]
    people: dict[tuple[str, str, str], int] = {}
    for _plan in range(12):
        people |= {seat: dice.randint(0, 9) for seat in dice.sample(seats, min(2, len(seats)))}
        socialized = frozenset(group.id for group in scenario.groups if dice.random() < 0.3)
        yield Decisions({seat: n for seat, n in people.items() if n}, {}, socialized)


@pytest.mark.parametrize("seed", range(40))
def test_a_scenario_that_has_seen_other_plans_counts_the_same_chances_and_closings(seed: int) -> None:
    plain = tiny_scenarios(seed)
    known = Scenario.model_validate(plain)
    for decisions in plans_of(known, random.Random(seed)):
        fresh = Scenario.model_validate(plain)
        for until in (None, *known.years):
            assert closings(known, decisions, until) == closings(fresh, decisions, until)
            found = chances(known, decisions.participants, decisions.socialized, until)
            assert found == chances(Scenario.model_validate(plain), decisions.participants, decisions.socialized, until)
