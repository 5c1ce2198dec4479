"""The levels below the first, for a plan that the exact proof or a second search has found for the first alone."""

from __future__ import annotations

import time
from dataclasses import replace

from planner.attendance.learning import learnt_from
from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.drafting.attempts import MOST_LESSONS, Attempts
from planner.drafting.claims import enough
from planner.drafting.drafts import Draft
from planner.errors import PlannerError
from planner.solve.engine import EngineName
from planner.solve.job import Proven
from planner.solve.mending import SECONDS
from planner.solve.run import Stopped, solve


def bettered(attempts: Attempts, best: Draft, decisions: Decisions | None) -> Draft:
    """Return the better of `best` and the draft of `decisions`, which were found for the first level alone.

    Where `decisions` are better, or an exact search has found `best`, a search from there optimises the levels below,
    since own money would otherwise be left to chance. It is short, as the first level is held, and uses HiGHS, the only
    engine that can start from there. It starts again with the limits learnt where nobody could attend its decisions.
    """
    found = attempts.better(best, decisions)
    if found is best and (attempts.found is None or attempts.found[0] != best.worth):
        return best
    job = attempts.job
    levels, known = levels_of(job.scenario), attempts.proven.of(job.scenario, found.values)
    if len(levels) < 2 or levels[0].goal != "gaps_closed" or job.aim is not None or not job.limits.polish:
        return found
    if enough(found, known, job.limits.gap, lower=True):
        return found
    bound = known[levels[0]].exact if levels[0] in known else None
    first = Proven(found.decisions, float(found.values[0]) if bound is None else bound)
    job = replace(job, brief=False, first=first)
    left = attempts.left()
    ends = None if left is None else time.monotonic() + max(SECONDS, left)
    for _number in range(MOST_LESSONS):
        left = None if ends is None else ends - time.monotonic()
        if attempts.stopped or (left is not None and left <= 0):
            break
        limits = replace(job.limits, solver=EngineName.HIGHS, time_limit=left)
        try:
            again = replace(job, limits=limits, learnt=attempts.learnt)
            decisions = solve(again, attempts.steady, inline=attempts.inline).decisions
            more = None if decisions is None else learnt_from(job.scenario, decisions, attempts.learnt)
        except (Stopped, KeyboardInterrupt):
            attempts.stopped = True
            break
        except PlannerError:
            break
        if more is None:
            return attempts.better(found, decisions)
        attempts.learnt = more
    return found
