"""Why no plan is known for some points: the words of their states."""

from __future__ import annotations

from collections.abc import Iterable

from planner.analysis.sweep.grid import state_of
from planner.locale import _
from planner.plans.plan import Status
from planner.report.material import listed
from planner.report.views.answers.sweep import STATES


def reasons(statuses: Iterable[Status | None]) -> str:
    """Return the states of points without a plan, each once: "no plan in the time given and the solver failed"."""
    return listed([_(text) for text in dict.fromkeys(STATES[state_of(None, status)] for status in statuses)])
