"""A comparison of three small plans, for the tests of its page and table."""

from __future__ import annotations

import copy

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.plans.comparison import Comparison, compare
from tests.scenarios.builders import SMALL, plan, scenario


def without_partner() -> Scenario:
    """The small scenario without its university and with less own money."""
    funds = [fund for fund in copy.deepcopy(SMALL["funds"]) if fund["id"] != "unja"]
    funds[0]["amount"] = 300_000_000
    return scenario(scenario={"id": "tanpa-mitra", "name": "Tanpa mitra universitas"}, funds=funds)


HALF = Decisions(
    participants={
        ("bpkad-analis", "bimtek-keu", "TW1"): 40,
        ("dinkes-kerinci", "bimtek-keu", "TW2"): 30,
    },
    classes={("bimtek-keu", "TW1"): 1, ("bimtek-keu", "TW2"): 1},
)


def small_comparison() -> Comparison:
    base, other = scenario(), without_partner()
    same = scenario(scenario={"id": "sama", "name": "Rencana yang sama"})
    return compare([(base, plan(base)), (other, plan(other, HALF)), (same, plan(same))])
