"""Steps are as wide as the values of a level allow, so that no bound stays a hair above what plans can have."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import pytest

from planner.domain.objectives import buckets
from planner.proof.formulation import formulate
from planner.proof.steps import step_of
from tests.scenarios.builders import scenario


@pytest.mark.parametrize("by", ["agency", "location", "group", "competency"])
def test_a_smallest_coverage_has_the_needs_of_its_own_buckets_as_denominators(by: str) -> None:
    built = scenario(objective=[{"maximize": "smallest_coverage", "by": by}, {"maximize": "gaps_closed"}])
    needs = [sum(built.group[g].needs[c] for g, c in keys) for keys in buckets(built, built.objective[0]).values()]
    formulation = formulate(built)
    step, gaps = step_of(formulation, 0), step_of(formulation, 1)  # all weights are 1
    assert step == gaps / lcm(*needs)
    assert all(gaps / need % step == Fraction(0) for need in needs)
