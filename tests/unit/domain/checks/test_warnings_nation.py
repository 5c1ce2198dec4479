"""What joins many agencies is told: they are planned all at once then."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.nation_data import plain_nation
from planner.domain.checks import warnings_nation
from planner.domain.checks.selections import eligible
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.nation.structure import structure_of

NATION = plain_nation(6, groups=3, own=3)


def told(fund: str, **parts: Any) -> tuple[list[tuple[str | int, ...]], str, bool]:
    """Where something is told of the nation with another fund, the words, and whether it still falls apart."""
    funds = [each | (parts if each["id"] == fund else {}) for each in NATION["funds"]]
    scenario = Scenario.model_validate(NATION | {"funds": funds})
    with speaking("en"):
        doubts = list(warnings_nation.agencies_joined(scenario, eligible(scenario)))
    return [doubt.path for doubt in doubts], " ".join(d.message for d in doubts), structure_of(scenario) is not None


@pytest.mark.parametrize("parts", [{"minimum": 1_000}, {"match": {"with": "pusat", "ratio": 1}}], ids=str)
def test_a_condition_of_a_fund_for_all_agencies_is_told(monkeypatch: pytest.MonkeyPatch, parts: dict[str, Any]) -> None:
    monkeypatch.setattr(warnings_nation, "MANY_SEATS", 0)
    key = next(iter(parts))
    paths, words, apart = told("mitra", **parts)
    assert paths == [("funds", 7, key)]
    assert f"'mitra' may pay for 6 agencies and has {key}" in words
    assert not apart


def test_nothing_is_told_where_nothing_is_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told("mitra", minimum=1_000)[0] == []  # small enough to be planned at once
    monkeypatch.setattr(warnings_nation, "MANY_SEATS", 0)
    assert told("mitra")[0] == []
    assert told("i000", minimum=1_000)[0] == []
