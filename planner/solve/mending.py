"""A brief search that mends a plan that people cannot attend, when there is no time for another whole search."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Final

from planner.domain.decisions import Decisions
from planner.errors import PlannerError
from planner.solve.job import Job
from planner.solve.run import Stopped, solve

SECONDS: Final = 3.0
GAP: Final = 0.01
"""Least time limit [s] and gap [0-1] of such a search."""


def mend(job: Job, decisions: Decisions | None, seconds: float | None, *, inline: bool) -> Decisions | None:
    """Search among plans with no more participants than those of `decisions`, within what `job` has learnt.

    None where none is found in time. Its bounds are not used, since it leaves out most plans.
    """
    limits = replace(job.limits, time_limit=max(SECONDS, seconds or 0.0), gap=max(GAP, job.limits.gap), polish=False)
    with suppress(Stopped, PlannerError):
        within = replace(job, limits=limits, within=decisions, aim=None)
        return solve(within, lambda _: None, inline=inline).decisions
    return None
