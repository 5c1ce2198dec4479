"""An engine that answers what a test wants, and the small scenario it is asked about.

SCENARIO   10 people lack one competency, Rp3 juta a head, Rp17,999,999 to spend: 5 are trained
Fake       stands in for HiGHS: its real answer, changed as the test says
planned    the whole way from the scenario to a checked plan, with the fake as the engine
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.model.build import Model
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan
from planner.solve.engine import EngineName, Feature, RunOptions
from planner.solve.engines import ENGINES
from planner.solve.highs import Highs
from planner.solve.outcome import Outcome
from tests.scenarios.hand import costing, scenario

SCENARIO = Scenario.model_validate(scenario(programmes=costing("participant", 3_000_000), funds={"amount": 17_999_999}))

Change = Callable[[Outcome, Model], Outcome]


class Fake:
    """An engine whose answers are those of HiGHS, changed; `asked` counts how often it was asked."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self.asked = 0

    def run(self, model: Model, options: RunOptions) -> Outcome:
        self.asked += 1
        return self.change(Highs().run(model, options), model)


def put_in(monkeypatch: pytest.MonkeyPatch, change: Change) -> Fake:
    """Make the changed engine the one that answers to "highs"; it is run once for each goal, not in stages."""
    fake = Fake(change)
    replace_highs(monkeypatch, fake.run, Highs.features - {Feature.KNOWN_BOUND})
    return fake


def replace_highs(
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[Model, RunOptions], Outcome],
    its_features: frozenset[Feature] = Highs.features,
) -> None:
    """Make an engine that answers so the one that is called "highs"."""

    class Replaced(Highs):
        features: ClassVar = its_features

        def run(self, model: Model, options: RunOptions) -> Outcome:
            return answer(model, options)

    monkeypatch.setitem(ENGINES, EngineName.HIGHS, Replaced)


def planned(asked: Scenario = SCENARIO, limits: SearchLimits | None = None) -> Plan:
    """The plan that comes out; whatever the engine said, it is checked once more here."""
    found = plan(asked, limits or SearchLimits(), inline=True).plan
    assert check_plan(asked, found.to_plain()).passed
    assert found.total_cost <= sum(fund.amount for fund in asked.funds)
    return found


def came_to(asked: Scenario = SCENARIO, limits: SearchLimits | None = None) -> Plan | PlannerError:
    """The plan that comes out, or the error."""
    try:
        return planned(asked, limits)
    except PlannerError as error:
        return error


def moved(outcome: Outcome, model: Model, values: Mapping[str, float], **fields: Any) -> Outcome:
    """The outcome with values put at the first variables of families ("participants", …), and other fields.

    An outcome without a point stays as it is.
    """
    if outcome.point is None:
        return outcome
    point = np.array(outcome.point)
    for family, value in values.items():
        members = model.variables.families()[family]
        for number, variable in enumerate(members.values()):
            point[variable.id] = value if number == 0 else 0.0
    said: dict[str, Any] = {"ending": outcome.ending, "point": point, "value": outcome.value, "bound": outcome.bound}
    return Outcome(**(said | fields))
