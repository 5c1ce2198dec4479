"""Adjustable limits: positions on round values, each allowing more plans than the one before, that can be written."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from planner.analysis.repairs.adjustable import AdjustableLimit, as_written, money_step
from planner.analysis.repairs.adjustable_funds import fund_limits
from planner.analysis.repairs.adjustable_people import group_limits, programme_limits
from planner.analysis.repairs.smallest import LimitChange, adjustable_limits
from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.report.views.answers.repair_words import change_sentence
from planner.report.wording.formats import Formats
from planner.solve.limits_set_aside import families
from planner.units.numbers import read_rupiah, read_share
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.sampled import sampled


def adjustable(old: Fraction, loosest: Fraction, step: Fraction) -> AdjustableLimit:
    return AdjustableLimit("fund_amount", "x", ("x",), "gaps", old, loosest, step, change=lambda s, v: s)


def test_positions_go_from_the_old_value_to_the_loosest_by_multiples_of_the_step() -> None:
    up = adjustable(Fraction(5, 2), Fraction(6), Fraction(1))
    assert [up.value(n) for n in range(up.last + 1)] == [Fraction(5, 2), 3, 4, 5, 6]
    down = adjustable(Fraction(5, 2), Fraction(0), Fraction(1))
    assert [down.value(n) for n in range(down.last + 1)] == [Fraction(5, 2), 2, 1, 0]
    short = adjustable(Fraction(1, 2), Fraction(9, 10), Fraction(1, 4))
    assert [short.value(n) for n in range(short.last + 1)] == [Fraction(1, 2), Fraction(3, 4), Fraction(9, 10)]
    assert adjustable(Fraction(1), Fraction(1), Fraction(1)).last == 0


def test_the_position_of_a_value_is_the_first_that_allows_as_much() -> None:
    dice = random.Random(1)
    for _ in range(500):
        old, loosest, value = (Fraction(dice.randint(0, 60), dice.randint(1, 7)) for _ in range(3))
        each = adjustable(old, loosest, Fraction(1, dice.randint(1, 4)))
        found = each.position(value)
        sign = 1 if each.increases else -1
        if each.last and sign * value <= sign * each.value(each.last):
            assert sign * each.value(found) >= sign * value
        assert found == 0 or sign * each.value(found - 1) < sign * value or found == each.last


def test_money_keeps_four_digits_and_is_never_rounded_by_more_than_a_million() -> None:
    amounts = (0, 29, 9_999, 24_500_000, 600_000_000, 2_500_000_000, 10**14)
    assert [money_step(amount) for amount in amounts] == [1, 1, 1, 10_000, 100_000, 10**6, 10**6]


def test_what_is_written_is_read_as_the_same_value() -> None:
    assert read_rupiah(as_written("rupiah", Fraction(2_512_000_000))) == 2_512_000_000
    assert read_share(as_written("share", Fraction(275, 1000))) == Fraction(275, 1000)
    assert as_written("hours", Fraction(93, 2)) == "46.5"


@pytest.mark.parametrize("seed", sampled(range(25), 6))
def test_every_position_of_every_limit_is_a_scenario_that_may_be_written(seed: int) -> None:
    for plain in (tiny_scenarios(seed), random_scenarios(seed)):
        scenario = Scenario.model_validate(plain)
        if find_problems(scenario):
            continue
        for family in families(scenario):
            for limit in family:
                limits = adjustable_limits(scenario, limit)
                assert limits
                for each in limits:
                    assert each.change(scenario, each.value(0)) == scenario
                    for position in {1, each.last // 2, each.last} - {0}:
                        assert not find_problems(each.change(scenario, each.value(min(position, each.last))))


ALSO = {"uptake": {"socialization"}}
"""Changes of another kind that loosen a limit too."""


@pytest.mark.parametrize("seed", range(4))
def test_what_is_changed_is_the_limit_that_clashes_and_is_said(seed: int) -> None:
    scenario = Scenario.model_validate(random_scenarios(seed))
    with speaking("id"):
        for limit in (limit for family in families(scenario) for limit in family):
            kind = limit.clash.kind
            for each in adjustable_limits(scenario, limit):
                assert each.kind.split(".")[0] in {kind} | ALSO.get(kind, set()), (kind, each.kind)
                values = (each.unit, each.old, each.loosest, each.edits(each.loosest), Fraction(1), each.named)
                change = LimitChange(each.kind, each.owner, each.path, *values)
                assert "{" not in change_sentence(scenario, Formats("id"), change)


@pytest.mark.parametrize("part", [programme_limits, group_limits, fund_limits])
def test_no_other_limit_is_proposed_for_one_of_which_no_change_is_stated(part: Callable[..., Any]) -> None:
    scenario = Scenario.model_validate(random_scenarios(0))
    record = {programme_limits: scenario.programmes, group_limits: scenario.groups, fund_limits: scenario.funds}[part][
        0
    ]
    with pytest.raises(NotImplementedError, match="planner/analysis/repairs states no change of the limit largest"):
        list(part(scenario, "largest", record))
