"""Points of the exact model: one that was not found in time is told apart from one that there is not."""

from __future__ import annotations

import pytest

from planner.certificate import plan_point
from planner.certificate.plan_point import NoPoint, PointNotFound
from tests.unit.proof.programmes import best_of, random_model


def test_a_point_is_found_or_there_is_none() -> None:
    ended = set()
    for seed in range(40):
        model, objective = random_model(seed)
        try:
            plan_point._best_point(model, objective, 2_000)
        except NoPoint:
            assert best_of(model, objective) is None, seed
            ended.add("none")
        else:
            ended.add("found")
    assert ended == {"none", "found"}


def test_a_search_that_is_too_short_says_so_and_what_to_do() -> None:
    """Some points are found in the first relaxation, without a node."""
    late: list[PointNotFound] = []
    for model, objective in map(random_model, range(40)):
        try:
            plan_point._best_point(model, objective, 0)
        except PointNotFound as error:
            late.append(error)
        except NoPoint:
            assert best_of(model, objective) is None
    assert late
    assert {(error.exit_code, "--effort" in str(error)) for error in late} == {(4, True)}


def test_twice_the_effort_is_proposed() -> None:
    with pytest.raises(PointNotFound, match="--effort 4 "):
        raise PointNotFound(2 * plan_point.NODES)
