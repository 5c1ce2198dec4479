"""The checker and plans of which a part has happened: it takes those of the oracle, and nothing that was changed."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from tests.oracle.corrupt import corruptions, ids_of
from tests.oracle.facts import Rest, plan_of_rest
from tests.oracle.generate_facts import with_facts, with_facts_of_years
from tests.sampled import sampled

Plain = dict[str, Any]

DECISIONS = ("allocations", "classes", "socialized", "seats", "payments", "attendance")
CLAIMS = ("status", "claim", "bound", "relative_gap", "tolerance", "objective", "solver", "planner_version", "format")
"""What a plan says of itself is checked elsewhere; it may claim less."""

EVERY = 5
"""Of the many changes of a plan one in so many is tried."""


def begun(seed: int) -> list[Plain]:
    """Scenarios of one year and of several of which a part has happened."""
    return [plain for plain in (with_facts(seed, 200), with_facts_of_years(seed, 200)) if plain is not None]


@pytest.mark.parametrize("chunk", sampled(range(20), 10))
def test_the_best_plan_of_the_oracle_passes(chunk: int) -> None:
    tried = 0
    for seed in range(chunk * 20, chunk * 20 + 20):
        for plain in begun(seed):
            scenario = Scenario.model_validate(plain)
            best = plan_of_rest(plain, scenario.sha256)
            if best is not None:
                assert check_plan(scenario, best).findings == (), (seed, plain["scenario"]["id"])
                tried += 1
    assert tried > 5


@pytest.mark.parametrize("seed", sampled(range(60), 15, 7))
def test_a_changed_plan_is_refused_or_is_one_that_the_oracle_knows(seed: int) -> None:
    for plain in begun(seed):
        scenario = Scenario.model_validate(plain)
        best = plan_of_rest(plain, scenario.sha256)
        if best is None:
            continue
        rest = Rest(plain)
        for what, changed in islice(corruptions(best, ids_of(plain)), 0, None, EVERY):
            if what.split("[")[0].split(".")[0].split(":")[0] in CLAIMS or not check_plan(scenario, changed).passed:
                continue
            if all(changed[table] == best[table] for table in DECISIONS):
                assert sorted(map(repr, changed["closings"])) == sorted(map(repr, best["closings"])), (seed, what)
                continue
            values = {row["goal"]: row["value"] for row in changed["objective"]}
            assert values in known(rest, changed), (seed, what)


def known(rest: Rest, plan: Plain) -> list[dict[str, float]]:
    """The values that the oracle finds for the people, classes, socializations and seats of a plan."""
    people = {(r["group"], r["programme"], r["period"]): r["participants"] for r in plan["allocations"]}
    classes = {(r["programme"], r["period"]): r["classes"] for r in plan["classes"]}
    seats = {(r["fund"], r["programme"], r["group"], r["period"]): r["seats"] for r in plan["seats"]}
    decided = people, {key: n for key, n in classes.items() if n}, frozenset(plan["socialized"])
    goals = [goal for goal, _by in rest.instance.levels]
    return [
        {g: float(-v if g.endswith("cost") else v) for g, v in zip(goals, rank, strict=True)}
        for placed in rest.placements()
        if (placed[0], {key: n for key, n in placed[1].items() if n}, placed[2]) == decided
        for given in rest.seats(placed[0])
        if {**rest.given, **given} == seats
        for rank, _paid in rest.ranks(*placed, given)
    ]


def test_rows_of_the_rest_alone_pass_only_where_facts_fit_nobody() -> None:
    """Somebody came and takes another course: the row says what the person attends, not what is left of it."""
    groups = [{"id": "a", "headcount": 2, "gaps": {"keu": 2, "arsip": 2}}]
    programmes = [{"id": p, "closes": {c: 1}} for p, c in (("bimtek", "keu"), ("lanjut", "arsip"))]
    attended = [{"programme": "bimtek", "period": "TW1", "group": "a", "participants": 1}]
    plain: Plain = {
        "format": 1,
        "scenario": {"id": "s", "fiscal_year": 2027},
        "periods": ["TW1", "TW2"],
        "competencies": [{"id": c, "kind": "technical"} for c in ("keu", "arsip")],
        "groups": groups,
        "programmes": programmes,
        "funds": [{"id": "apbd", "kind": "own", "amount": 0}],
        "actuals": {"through": "TW1", "attended": attended},
    }
    scenario = Scenario.model_validate(plain)
    best = plan_of_rest(plain, scenario.sha256)
    assert best is not None
    assert check_plan(scenario, best).passed
    rows = [
        row | {"programmes": [each for each in row["programmes"] if each["period"] == "TW2"]}
        for row in best["attendance"]
    ]
    alone = best | {"attendance": [row for row in rows if row["programmes"]]}
    assert {finding.rule for finding in check_plan(scenario, alone).findings} >= {"attendance"}
