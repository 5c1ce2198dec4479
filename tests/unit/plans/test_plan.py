"""plan.json: what is written is read back, in a stable order, as plain UTF-8 JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, InputError
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan
from tests.oracle.brute_force import solve
from tests.oracle.generate import tiny_scenarios
from tests.sampled import few, some
from tests.scenarios import builders

KEYS = [
    "format", "scenario", "status", "claim", "gaps_closed", "weighted_gaps_closed", "bound", "relative_gap",
    "total_need", "total_cost", "own_cost", "partner_cost", "allocations", "classes", "socialized", "seats",
    "payments", "closings", "funds", "rules", "objective", "attendance", "hours_target", "tolerance", "solver",
    "planner_version",
]  # fmt: skip


def test_the_keys_stand_in_their_order() -> None:
    written = builders.plan().to_json()
    assert list(json.loads(written)) == KEYS
    assert written.endswith("}\n")
    assert json.loads(written)["format"] == 1


def test_each_row_has_a_line_of_its_own() -> None:
    made = builders.plan()
    lines = made.to_json().splitlines()
    rows = [made.allocations, made.classes, made.seats, made.payments, made.closings, made.funds, made.rules,
            made.objective, made.attendance, made.hours_target]  # fmt: skip
    assert sum(line.startswith("  {") for line in lines) == sum(map(len, rows))


def test_text_is_written_as_it_is() -> None:
    made = replace(builders.plan(), socialized=('Bidang "Kepegawaian"\n| é 漢 </script>',))
    assert Plan.from_plain(json.loads(made.to_json())) == rounded(made)
    assert "é 漢" in made.to_json()


def rounded(made: Plan) -> Plan:
    """The plan with its fractions as the floats that a file keeps."""

    def near(value: Any) -> Any:
        return Fraction(float(value)) if isinstance(value, Fraction) else value

    return replace(
        made,
        gaps_closed=near(made.gaps_closed),
        weighted_gaps_closed=near(made.weighted_gaps_closed),
        closings=tuple(replace(row, closed=near(row.closed)) for row in made.closings),
        years=tuple(replace(row, closed=near(row.closed)) for row in made.years),
        rules=tuple(
            replace(row, measure=near(row.measure), at_least=near(row.at_least), at_most=near(row.at_most))
            for row in made.rules
        ),
        objective=tuple(replace(row, value=near(row.value)) for row in made.objective),
    )


def test_random_plans_are_read_back_as_they_were_written() -> None:
    plans = 0
    for seed in some(range(60)):
        plain = tiny_scenarios(seed, most_plans=500)
        made = Scenario.model_validate(plain)
        if find_problems(made):
            continue
        try:
            found = plan(made, SearchLimits(), inline=True).plan
        except InfeasibleError:
            assert solve(plain) is None
            continue
        again = Plan.from_plain(json.loads(found.to_json()))
        assert again == rounded(found)
        assert again.to_json() == found.to_json()
        assert json.loads(found.to_json()) == found.to_plain()
        plans += 1
    assert plans > few(40)


def test_large_amounts_keep_every_digit() -> None:
    made = replace(builders.plan(), total_cost=999_999_999_999_999, own_cost=9_007_199_254_740_993)
    again = Plan.from_plain(json.loads(made.to_json()))
    assert again.total_cost == 999_999_999_999_999
    assert again.own_cost == 9_007_199_254_740_993


@pytest.mark.parametrize("harm", [
    lambda plain: plain.pop("payments"),
    lambda plain: plain.update(status="hopeful"),
    lambda plain: plain.update(payments=[{"fund": "apbd"}]),
    lambda plain: plain.update(closings=[{"group": "a", "competency": "b", "need": 1, "closed": "banyak"}]),
    lambda plain: plain.update(solver=None),
    lambda plain: plain["allocations"][0].update(extra=1),
])  # fmt: skip
def test_what_is_not_a_plan_is_refused(harm: Any) -> None:
    plain = builders.plan().to_plain()
    harm(plain)
    with pytest.raises(InputError):
        Plan.from_plain(plain)
