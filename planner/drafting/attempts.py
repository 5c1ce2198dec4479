"""Successive attempts to find a plan that can be paid in whole rupiah: the engine asked for, an exact search, less
money, another engine. All attempts share one time limit and one Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from typing import Final

from planner.attendance.learning import learnt_at_first, learnt_from, unattended
from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.drafting.claims import ProvenBounds
from planner.drafting.drafts import Draft, better_of, drafted
from planner.errors import InfeasibleError, Interrupted, NoPlanInTime, PlannerError, SolverError
from planner.locale import _
from planner.payments.withholding import WITHHELD, withholding
from planner.plans.assembly import contradicted
from planner.proof.ahead import ProofAhead
from planner.proof.possible import possible
from planner.proof.proving import Contradiction, Proof, Worth, prove
from planner.solve import second
from planner.solve.answers import Solution
from planner.solve.job import Job
from planner.solve.mending import mend
from planner.solve.outcome import Ending, PlanStrategy, Progress, Stage
from planner.solve.run import Stopped, solve, why_infeasible
from planner.solve.second import is_huge, second_engine
from planner.solve.steady import SteadyProgress
from planner.solve.worker import Worker

RESERVE: Final = 0.15
"""Share of the time limit reserved for proof, levels below, payments and check [0-1]."""

RESERVE_SECONDS: Final = 10.0
"""The most that is reserved for them [s], except in scenarios so large that the relaxation of the proof alone takes
longer."""

HUGE_RESERVE: Final = 0.25
"""Share of the time limit reserved for them in such scenarios [0-1]: without its relaxation the proof has no bound."""

LEAST_ATTEMPT: Final = 1.0
"""No attempt starts with less time left than this [s]: starting its process alone takes a second."""

STOPPED_SECONDS: Final = 3.0
"""Time limit of a proof after Ctrl-C [s]."""

MOST_LESSONS: Final = 30
"""Most times that a search or a proof is repeated because nobody could attend its decisions."""

QUICK: Final = 0.25
"""Share of the full effort of a proof for a plan that is one of many compared [0-1]."""


@dataclass
class Attempts:
    """One job on its way to a draft that can be paid, proven and checked; `consider` is called with what a worker has
    found."""

    job: Job
    progress: Callable[[Progress], None] = lambda _: None
    inline: bool = False
    ahead: Worker | None = None  # a worker started before the job was known
    consider: Callable[[Decisions], None] = lambda _: None
    began: float = field(default_factory=time.monotonic)
    stopped: bool = False  # whether the user has stopped the search with Ctrl-C
    broke: str = ""  # how the solver broke after it had found a plan
    proven: ProvenBounds = field(default_factory=ProvenBounds)
    """What exact arithmetic has confirmed so far; a retry goes on with it."""
    learnt: Learnt = NOTHING_LEARNT  # what plans without attendance patterns have taught so far
    found: tuple[Worth, Proof] | None = field(default=None, init=False)
    """The plan that an exact search has found here, with its proof; both are reused."""
    proof_ahead: ProofAhead | None = field(default=None, init=False)  # its preparation, where it runs beside the search

    def __post_init__(self) -> None:
        if self.learnt is NOTHING_LEARNT:
            self.learnt = learnt_at_first(self.job.scenario)
        levels = levels_of(self.job.scenario)
        self.steady = SteadyProgress(levels, self.progress, lambda: self.proven.first, self._seconds)

    def _told(self, job: Job) -> Callable[[Progress], None]:
        """Return the callback for the progress of `job`; bounds of a scenario with other funds do not hold for this
        one."""
        return self.steady if job.scenario.funds is self.job.scenario.funds else self.steady.without_bounds

    def _seconds(self) -> float:
        """Return the time since the first search began, whichever runs now [s]."""
        return time.monotonic() - self.began

    def left(self) -> float | None:
        """Return the time left [s]; None without a limit."""
        limit = self.job.limits.time_limit
        return None if limit is None else max(0.0, limit - self._seconds())

    def by_second_engine(self) -> Attempts:
        """Return the same job for the second engine, within the same time limit. Raises Interrupted after Ctrl-C."""
        if self.stopped:
            raise _interrupted()
        limits = replace(self.job.limits, solver=second_engine(self.job))
        again = replace(self, job=replace(self.job, limits=limits, first=None))
        again.steady = self.steady
        return again

    def ending(self, error: PlannerError) -> PlannerError:
        """Return the error to raise where there is no plan: an interruption after Ctrl-C, otherwise `error`."""
        return _interrupted() if self.stopped else error

    def solution(self, job: Job) -> Solution:
        """Search for decisions that people can attend; raise the error with the reason where there are none.

        Where nobody could attend the decisions, the search starts again with the limits learnt from that.
        """
        if job.hints.impossible:
            return self._second_look(replace(job, proven=True))
        sure, attended = True, None
        found = self._solution(replace(job, learnt=self.learnt, learn=learnt_from))
        for _number in range(MOST_LESSONS):
            more = None if found.decisions is None else learnt_from(job.scenario, found.decisions, self.learnt)
            if more is None:
                break
            attended = found.attended or attended
            self.learnt, limit, left = more, self.job.limits.time_limit, self.left()
            if self.stopped or (limit is not None and left is not None and left < limit / 2):
                sure = False
                mended = mend(replace(job, learnt=more), found.decisions, left, inline=self.inline)
                found = replace(found, decisions=mended or attended, first=attended)
                if mended is None:
                    break
            else:
                found = self._solution(replace(job, learnt=more, learn=learnt_from))
        return found if sure and not self.learnt.spared else replace(found, levels=())

    def _solution(self, job: Job) -> Solution:
        left = self.left()
        if left is not None:
            job = replace(job, limits=replace(job.limits, time_limit=left - reserve(job.scenario, left)))
        try:
            found = solve(job, self._told(job), inline=self.inline, ahead=self.ahead, found=self.consider)
            self.learnt = found.learnt or self.learnt
            if found.ending is Ending.INFEASIBLE:
                return self._second_look(replace(job, learnt=self.learnt))
        except Stopped as stopped:
            self.stopped, best = True, stopped.best
            if best is None:
                raise _interrupted() from None
        except SolverError as error:
            if error.best is None:
                raise
            self.broke, best = error.message, error.best
        else:
            found.ensure_found()
            return found
        return Solution(Ending.STOPPED, best, strategy=PlanStrategy.INTERRUPTED)

    def draft(self, solution: Solution, best: Draft | None = None) -> Draft:
        """Return the best draft of a solution, or the `best` known; where there is none, that of the first further
        attempt.

        `Solution.first` is not tried for a plan that is only compared. Raises InfeasibleError where no plan can be
        paid, NoPlanInTime where none was found in time, Interrupted where none was found before Ctrl-C.
        """
        for decisions in (solution.decisions, None if solution.first == solution.decisions else solution.first):
            if decisions is not None and (best is None or self.job.limits.polish):
                best = better_of(best, self.draft_of(decisions))
        best = best or next(self._further(), None)
        if best is None:
            raise self.ending(NoPlanInTime(_("No plan that can be paid in whole rupiah was found in the time given.")))
        return best

    def better(self, best: Draft, decisions: Decisions | None) -> Draft:
        """Return the better of `best` and the draft of `decisions`, if there are any that can be paid."""
        return best if decisions is None else better_of(best, self.draft_of(decisions)) or best

    def proof(self, known: Worth | None, *, while_near: bool = False) -> Proof:
        """Prove in exact arithmetic what it can about the best plan known; nothing about a plan for an aim.

        With `while_near` nothing is proven of the levels below gaps closed where that stays open.

        Ctrl-C shortens the proof; a second one ends it.
        """
        if self.job.aim is not None:
            return Proof()
        if self.found is not None and known == self.found[0]:
            return replace(self.found[1], better=None)
        try:
            self.report(Stage.PROOF)
            for _number in range(MOST_LESSONS):
                before = self.learnt
                proof = self._prove(known, while_near)
                if self.learnt is before or self.stopped or self.left() == 0.0:
                    break
            return proof
        except KeyboardInterrupt:
            if self.stopped:
                return Proof()
            self.stopped = True
        return self.proof(known, while_near=while_near)

    def proof_prepared(self) -> AbstractContextManager[object]:
        """Prepare the proof beside the search, where no second search runs there."""
        if self.job.aim is None and not self.inline and (self.job.brief or is_huge(self.job.scenario)):
            self.proof_ahead = ProofAhead(self.job.scenario, self.learnt)
        return self.proof_ahead or nullcontext()

    def draft_of(self, decisions: Decisions) -> Draft | None:
        return self.to_its_end(lambda: drafted(self.job.scenario, decisions))

    def to_its_end[T](self, work: Callable[[], T]) -> T:
        """Do short work without which there is no plan: the first Ctrl-C is noted and the work starts again."""
        try:
            return work()
        except KeyboardInterrupt:
            if self.stopped:
                raise
            self.stopped = True
        return work()

    def _prove(self, known: Worth | None, while_near: bool) -> Proof:
        """Prove within the time left; after Ctrl-C only briefly, since the planner wants to go on."""
        scenario, limits, left = self.job.scenario, self.job.limits, self.left()
        if self.stopped:
            left = STOPPED_SECONDS if left is None else min(STOPPED_SECONDS, left)

        def judge(decisions: Decisions) -> Worth | None:
            draft = drafted(scenario, decisions)
            if draft is None:
                self.learnt = learnt_from(scenario, decisions, self.learnt) or self.learnt
                return None
            return draft.worth

        try:
            return prove(
                scenario,
                judge,
                known,
                gap=limits.gap,
                effort=1.0 if limits.polish else QUICK,
                seconds=left,
                stop=lambda: self.stopped,
                keep=self.proven.keep,
                learnt=self.learnt,
                first=None if known is None or self.job.first is None else min(self.proven.first),
                while_near=while_near,
                prepared=None if self.proof_ahead is None else self.proof_ahead.prepared(self.learnt, left),
            )
        except Contradiction as error:
            raise contradicted(error) from None

    def report(self, stage: Stage) -> None:
        """Report that a stage after the search begins; not after Ctrl-C, since a report may raise it again."""
        if not self.stopped:
            self.progress(Progress(stage, None, None, self._seconds()))

    def _further(self) -> Iterator[Draft]:
        """Yield the drafts of further attempts one by one."""
        scenario, limits = self.job.scenario, self.job.limits
        proof = self.proof(None)
        if proof.impossible and not self.stopped:
            try:
                self._second_look(replace(self.job, proven=True))
            except Stopped:
                self.stopped = True
                raise _interrupted() from None
        if proof.better is not None and (found := self.draft_of(proof.better)) is not None:
            self.found = found.worth, proof
            yield found
        for amount in WITHHELD:
            yield from self._of(replace(self.job, scenario=withholding(scenario, amount)))
        yield from self._of(replace(self.job, limits=replace(limits, solver=second_engine(self.job))))

    def _of(self, job: Job) -> Iterator[Draft]:
        """Yield the draft of another job, if it has one and there is time for it."""
        left = self.left()
        if self.stopped or (left is not None and left < LEAST_ATTEMPT):
            return
        with suppress(InfeasibleError, SolverError):
            found = self.solution(job).decisions
            if found is not None and (draft := self.draft_of(found)) is not None:
                yield draft

    def _second_look(self, job: Job) -> Solution:
        """Return a plan that the first search overlooked, or raise InfeasibleError naming what clashes."""
        if job.aim is not None and job.aim.at_least is not None:
            raise NoPlanInTime(_("No plan closes as many gaps as this aim asks for."))
        if job.aim is not None and job.aim.alone:
            raise InfeasibleError(_("There is no such plan."))
        if job.learnt.any and possible(job.scenario, STOPPED_SECONDS) is not False:
            if found := second.found_otherwise(job, self._told(job), inline=self.inline):
                return found
            raise unattended(job.learnt)
        explanation = why_infeasible(job, inline=self.inline)
        if explanation.found is not None:
            return Solution(Ending.STOPPED, explanation.found, strategy=PlanStrategy.SECOND_LOOK)
        raise explanation.error()


def reserve(scenario: Scenario, left: float) -> float:
    """Return the part of the time `left` that a search leaves to what follows it [s]."""
    return HUGE_RESERVE * left if is_huge(scenario) else min(RESERVE_SECONDS, RESERVE * left)


def _interrupted() -> Interrupted:
    return Interrupted(_("Stopped before a plan was found."))
