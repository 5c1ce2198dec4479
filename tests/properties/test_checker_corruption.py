"""The checker finds every corruption of a valid plan, and agrees with a second opinion about all of them."""

from __future__ import annotations

import random

import pytest

from tests.oracle.generate import tiny_scenarios
from tests.properties.corrupted import inconsistent, undetected
from tests.sampled import sampled

BATCH = 5


@pytest.mark.parametrize("batch", sampled(range(12), 12))
def test_every_corruption_of_a_valid_plan_is_found(batch: int) -> None:
    for seed in range(batch * BATCH, batch * BATCH + BATCH):
        assert undetected(tiny_scenarios(seed, most_plans=2000)) is None, seed


@pytest.mark.parametrize("batch", sampled(range(12), 12))
def test_people_and_money_that_are_moved_are_found_though_every_total_fits(batch: int) -> None:
    for seed in range(batch * BATCH, batch * BATCH + BATCH):
        assert inconsistent(tiny_scenarios(seed, most_plans=2000), random.Random(seed)) is None, seed
