"""The last steps of a plan: fewer classes and allocations where nothing else changes, its aim bounded, the check."""

from __future__ import annotations

import time
from dataclasses import replace

from planner.drafting.attempts import LEAST_ATTEMPT, QUICK, Attempts, reserve
from planner.drafting.claims import Known
from planner.drafting.drafts import Answer, Draft, checked, stands_for
from planner.plans.claim import outward
from planner.plans.fewest_classes import in_fewest_classes
from planner.plans.gathering import gathered
from planner.plans.plan import SolverRun, Status
from planner.proof.aims import aim_bound
from planner.solve.answers import Solution
from planner.solve.engines import solver_version
from planner.solve.second import is_huge, second_engine


def tidied(attempts: Attempts, best: Draft) -> Draft:
    """Return `best` with no class too many and its people gathered in fewer allocations, where nothing else changes.

    Plans for an aim stay as they are.
    """
    if attempts.job.aim is not None:
        return best
    for tidier in (in_fewest_classes, gathered):
        other = tidier(attempts.job.scenario, best.decisions)
        draft = None if other is None else attempts.draft_of(other)
        if draft is not None and stands_for(attempts.job.scenario, draft, best):
            best = draft
    return best


def finished(attempts: Attempts, best: Draft, known: Known, solution: Solution, opinion: Solution | None) -> Answer:
    """Return the checked plan of the best draft. Raises CheckFailed where our own check refuses it."""
    job, bound = attempts.job, _aim_bound(attempts, solution)

    def made() -> Answer:
        asked = solver_version(job.limits.solver)
        other = "" if opinion is None else " ".join(solver_version(second_engine(job)))
        took, broke = time.monotonic() - attempts.began, bool(attempts.broke)
        run = SolverRun(*asked, None, solution.strategy, other, attempts.stopped, broke, took)
        return checked(job.scenario, best, known, job.limits.gap, run, bound, attempts.broke)

    return with_its_end(attempts, attempts.to_its_end(made))


def with_its_end(attempts: Attempts, answer: Answer) -> Answer:
    """Note of a plan that is not proven whether its search ended by itself, or because its time was up."""
    run, limit, left = answer.plan.solver, attempts.job.limits.time_limit, attempts.left()
    if answer.status is not Status.FEASIBLE or run.interrupted or run.failed:
        return answer
    late = limit is not None and left is not None and left < reserve(attempts.job.scenario, limit) + LEAST_ATTEMPT
    return replace(answer, plan=replace(answer.plan, solver=replace(run, late=late, exhausted=not late)))


def _aim_bound(attempts: Attempts, solution: Solution) -> float | None:
    """Prove the least value that the aim can have, even where time is up, if that is quick; return None where exact
    arithmetic confirms none."""
    job, left = attempts.job, attempts.left()
    if job.aim is None or not job.aim.bounded or attempts.stopped or (left == 0.0 and is_huge(job.scenario)):
        return None
    try:
        bound = aim_bound(job.scenario, job.aim, solution.aim_value, gap=job.limits.gap, effort=QUICK, seconds=left)
    except KeyboardInterrupt:
        attempts.stopped = True
        return None
    return None if bound is None else outward(bound, upper=False)
