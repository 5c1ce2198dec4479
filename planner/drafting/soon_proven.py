"""A plan that a brief search finds and the exact proof confirms, so that no full search is needed."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.objectives import levels_of
from planner.drafting.attempts import Attempts
from planner.drafting.claims import enough
from planner.drafting.drafts import Draft
from planner.solve.answers import Solution
from planner.solve.job import Proven
from planner.solve.second import is_hard_to_prove


def soon_proven(attempts: Attempts, solution: Solution) -> tuple[Draft | None, bool]:
    """Return the draft of a brief search (None if it cannot be paid), and whether it is good enough.

    It is where a proof confirms all its levels, or the user stopped; where a proof is hard, gaps closed and the levels
    above it are enough, since a full search proves no more. Otherwise the job of `attempts` is searched in full from
    here on, except for the first level where that is proven.
    """
    attempts.job = job = replace(attempts.job, brief=False)
    best = None if solution.decisions is None else attempts.draft_of(solution.decisions)
    if best is None:
        return None, False
    best = attempts.better(best, attempts.proof(best.worth, while_near=is_hard_to_prove(job.scenario)).better)
    known = attempts.proven.of(job.scenario, best.values)
    if attempts.stopped or enough(best, known, job.limits.gap, lower=not is_hard_to_prove(job.scenario)):
        return best, True
    level = levels_of(job.scenario)[0]
    bound = known[level].exact if level in known else None
    if bound is not None and enough(best, known, job.limits.gap):
        attempts.job = replace(job, first=Proven(best.decisions, bound))
    elif is_hard_to_prove(job.scenario):
        attempts.job = replace(job, hints=replace(job.hints, start=best.decisions))
    return best, False
