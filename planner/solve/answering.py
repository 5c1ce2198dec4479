"""Answers a job in this process. Loads the engines."""

from __future__ import annotations

from collections.abc import Callable

from planner.domain.decisions import Decisions
from planner.solve.aimed import solve_aim
from planner.solve.commitment import solve_commitment
from planner.solve.infeasible import explain
from planner.solve.job import Answer, Job
from planner.solve.levels import solve_levels
from planner.solve.outcome import Progress


def answer(job: Job, news: Callable[[Progress, Decisions | None], None]) -> Answer:
    """Answer `job`, reporting progress and better decisions to `news`."""
    if job.explain:
        return explain(job.scenario, job.limits, proven=job.proven)
    if job.cases:
        return solve_commitment(job.scenario, job.cases, job.limits, news, job.hints.start)
    if job.aim is not None:
        return solve_aim(job.scenario, job.limits, job.aim, news, job.hints, job.learnt)
    return solve_levels(
        job.scenario,
        job.limits,
        news,
        hints=job.hints,
        learnt=job.learnt,
        within=job.within,
        brief=job.brief,
        first=job.first,
        learn=job.learn,
    )
