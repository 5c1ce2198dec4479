"""Whatever JSON is put before the checker, the answer is a verdict."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.check import check_plan
from planner.domain.scenario import Scenario
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.sampled import few

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**14)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["g0", "p0", "f0", "c0", "TW1", "2027", "optimal", "gaps_closed"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@cache
def solved() -> list[tuple[Scenario, dict[str, Any]]]:
    """Some tiny scenarios with a plan that uses every table."""
    found = []
    for seed in range(60):
        plain = tiny_scenarios(seed, most_plans=500)
        scenario = Scenario.model_validate(plain)
        best = solve(plain, scenario.sha256)
        if best is not None and best.plan["payments"]:
            found.append((scenario, best.plan))
    return found


@settings(max_examples=few(150), deadline=None)
@given(JSON)
def test_any_json_at_all_has_a_verdict(data: Any) -> None:
    assert not check_plan(solved()[0][0], data).passed


@settings(max_examples=few(400, 8), deadline=None)
@given(st.deferred(lambda: st.sampled_from(solved())), st.data())
def test_any_json_in_place_of_parts_of_a_plan_has_a_verdict(case: tuple[Scenario, dict[str, Any]], data: Any) -> None:
    scenario, plan = case
    corrupted = copy.deepcopy(plan)
    for _n in range(data.draw(st.integers(1, 4))):
        place: Any = corrupted
        while True:
            steps = list(place) if isinstance(place, dict) else range(len(place))
            step = data.draw(st.sampled_from(steps))
            if isinstance(place[step], dict | list) and place[step] and data.draw(st.booleans()):
                place = place[step]
                continue
            place[step] = data.draw(JSON)
            break
    verdict = check_plan(scenario, corrupted)
    assert all(finding.rule and finding.sentence for finding in verdict.findings)
