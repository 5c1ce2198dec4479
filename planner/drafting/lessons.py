"""Limits learnt from decisions that cannot become a plan because people could not attend them."""

from __future__ import annotations

from planner.attendance.learning import learnt_from
from planner.domain.attendance import Learnt
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario


def lesson(scenario: Scenario, decisions: Decisions, known: Learnt) -> Learnt | None:
    """Return `known` with what `decisions` teach of attendance; None where people can attend them, or nothing is
    learnt."""
    return learnt_from(scenario, decisions, known)
