"""The best draft of a search: decisions found, paid and proven."""

from __future__ import annotations

from planner.drafting.attempts import Attempts
from planner.drafting.drafts import Draft
from planner.drafting.levels_below import bettered
from planner.drafting.second_opinions import SecondSearch
from planner.drafting.soon_proven import soon_proven
from planner.errors import NoPlanInTime, PlannerError, SolverError
from planner.solve.answers import Solution


def found(attempts: Attempts, second: SecondSearch) -> tuple[Solution, Draft]:
    """Search, pay and prove: a plan of a brief search if the proof confirms it, else that of a full one, with a
    `second` search beside it where one will probably be needed."""
    if not attempts.job.brief:
        second.begin()
    solution, soon = attempts.solution(attempts.job), None
    if solution.brief:
        brief = solution
        soon, proven = attempts.to_its_end(lambda: soon_proven(attempts, brief))
        if soon is not None and proven:
            return solution, soon
        second.begin()
        try:
            solution = attempts.solution(attempts.job)
        except PlannerError as error:
            if soon is None:
                raise
            if isinstance(error, SolverError) and not isinstance(error, NoPlanInTime):
                attempts.broke = error.message
            return solution, soon
    best = attempts.draft(solution, soon)
    proof = attempts.proof(best.worth)  # to its end, whenever the second search is ready: the same bounds always
    return solution, attempts.to_its_end(lambda: bettered(attempts, best, proof.better))
