"""A small nation that all tests of this folder plan: six agencies, money of their own and of all, shared classes."""

from __future__ import annotations

from typing import Any

from benchmarks.nation_data import plain_nation
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.nation.kept import NOTHING_KEPT, KeptBlocks
from planner.nation.planning import Apart
from planner.nation.structure import Structure, structure_of
from planner.planning import SearchLimits

LIMITS = SearchLimits(gap=0.02)


def small(**parts: Any) -> Scenario:
    """The nation, with other parts."""
    return Scenario.model_validate(plain_nation(6, groups=3, own=3) | parts)


def structure(scenario: Scenario | None = None) -> Structure:
    """How it falls apart."""
    found = structure_of(scenario or small())
    assert found is not None
    return found


def apart(scenario: Scenario | None = None, *, kept: KeptBlocks = NOTHING_KEPT, runner: Any = None) -> Apart:
    """The nation on its way to a plan, in this process."""
    return Apart(structure(scenario), LIMITS, lambda _progress: None, runner or BatchRunner(), kept)
