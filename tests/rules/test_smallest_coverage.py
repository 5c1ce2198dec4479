"""Smallest coverage: the worst-off bucket says how fair a plan is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.small import Plain, best, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned


def near_and_far(*levels: Plain) -> Plain:
    """Ten people nearby at Rp1, two from afar at Rp3, and Rp6."""
    price = {"by": "location", "default": 1, "Kerinci": 3}
    return small(
        groups=[
            {"id": "a", "headcount": 10, "gaps": {"keu": 10}, "location": "Kota Jambi"},
            {"id": "b", "headcount": 2, "gaps": {"keu": 2}, "location": "Kerinci"},
        ],
        programmes={"costs": [{"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": price}]},
        funds={"amount": 6},
        objective=[*levels, {"maximize": "gaps_closed"}],
    )


FAIR: Plain = {"maximize": "smallest_coverage", "by": "location"}


@proves("smallest_coverage", HAND)
def test_the_worst_off_come_first_where_the_planner_says_so() -> None:
    # one from afar for Rp3 and three nearby: 1/2 and 3/10; two from afar would leave nobody nearby
    assert best(near_and_far(FAIR)) == ["3/10", "4"]
    assert best(near_and_far()) == ["6"]
    # as competencies there is one bucket: 6 of 12
    assert best(near_and_far(FAIR | {"by": "competency"})) == ["1/2", "6"]


@proves("smallest_coverage", GOLDEN)
def test_the_rows_of_smallest_coverage(request: pytest.FixtureRequest) -> None:
    golden("smallest_coverage", near_and_far(FAIR), request)


@proves("smallest_coverage", PROPERTY)
def test_every_plan_says_the_coverage_of_its_worst_off() -> None:
    def bucket(group: Plain, competency: str, by: str) -> str | None:
        return competency if by == "competency" else group["id"] if by == "group" else group.get(by)

    uneven = 0
    for found in plans(lambda plain: any("by" in level for level in plain.get("objective", [])), 60, 3):
        for level in found.plan.objective:
            if level.by is not None:
                shares: dict[str | None, list[Fraction]] = {}
                for (g, c), closed in found.closed.items():
                    sums = shares.setdefault(bucket(found.instance.groups[g], c, level.by), [Fraction(0), Fraction(0)])
                    sums[0] += closed
                    sums[1] += found.instance.gaps[g, c]
                coverages = [closed / need for closed, need in shares.values()]
                assert level.value == min(coverages, default=Fraction(1)), found.seed
                uneven += len(set(coverages)) > 1
    assert uneven > few(5, 3)


@proves("smallest_coverage", CHECK)
def test_the_check_finds_a_coverage_that_is_not_reached() -> None:
    plain = near_and_far(FAIR)
    people = {("a", "bimtek", "TW1"): 3, ("b", "bimtek", "TW1"): 1}
    plan = planned(plain, people, payments=[paid(3, group="a"), paid(3, group="b")])
    assert not broken(plain, plan)
    plan["objective"][0] |= {"value": 0.4, "bound": 0.4, "exact_bound": 0.4}
    assert "objective" in broken(plain, plan)
