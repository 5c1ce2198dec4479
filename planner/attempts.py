"""What is tried until there is a plan that can be paid in whole rupiah: the engine asked for, an exact search, less
money, another engine. All attempts share one time limit and one Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from typing import Final

from planner.claims import Known
from planner.domain.decisions import Decisions
from planner.drafts import Answer, Draft, better_of, checked, drafted
from planner.errors import InfeasibleError, Interrupted, NoPlanInTime, PlannerError, SolverError
from planner.locale import _
from planner.plans.assembly import contradicted
from planner.plans.claim import outward
from planner.plans.plan import SolverRun
from planner.proof.aims import aim_bound
from planner.proof.proving import Contradiction, Proof, Worth, prove
from planner.solve.answers import Solution
from planner.solve.engines import solver_version
from planner.solve.job import Job
from planner.solve.outcome import Ending, Progress, Stage, Strategy
from planner.solve.run import Stopped, solve, why_infeasible
from planner.solve.second import SecondOpinion, second_engine, second_job
from planner.solve.worker import Worker

WITHHELD: Final = (1000, 1_000_000)
"""Amounts withheld from each fund where payments do not come out in whole rupiah, smallest first [rupiah]."""

RESERVE: Final = 0.1
RESERVE_SECONDS: Final = 3.0
"""Share of the time limit [0-1], and most seconds [s], reserved for proof, payments and check."""

SECOND_SEARCH_SECONDS: Final = 5.0
"""Least time limit of a second search that begins after the first [s]."""

LEAST_ATTEMPT: Final = 1.0
"""Time left below which no further attempt begins: starting its process alone takes a second [s]."""

STOPPED_SECONDS: Final = 3.0
"""Time limit of the proof after Ctrl-C [s]."""

QUICK: Final = 0.25
"""Share of the full effort of a proof for a plan that is one of many compared [0-1]."""

LARGE: Final = 600
"""Seats above which the second search starts at once, beside the first: the proof of smaller scenarios nearly always
succeeds without it."""


@dataclass
class Attempts:
    """One job on its way to a draft that can be paid, proven and checked."""

    job: Job
    progress: Callable[[Progress], None] = lambda _: None
    inline: bool = False
    ahead: Worker | None = None
    """A worker that was started before the job was known."""
    began: float = field(default_factory=time.monotonic)
    stopped: bool = False
    """Whether the user has stopped the search with Ctrl-C."""
    found: tuple[Worth, Proof] | None = field(default=None, init=False)
    """The plan that an exact search has found here, and its proof, which need not be made again."""

    @property
    def may_go_on(self) -> bool:
        """Whether a plan may be confirmed by a second search: not after Ctrl-C, and not a plan for an aim."""
        return self.job.aim is None and not self.stopped

    def left(self) -> float | None:
        """Time left [s]; None without a limit."""
        limit = self.job.limits.time_limit
        return None if limit is None else max(0.0, limit - (time.monotonic() - self.began))

    def by_second_engine(self) -> Attempts:
        """The same job for the second engine, within the same time limit. Raises Interrupted after Ctrl-C."""
        if self.stopped:
            raise _interrupted()
        limits = replace(self.job.limits, solver=second_engine(self.job))
        return replace(self, job=replace(self.job, limits=limits))

    def solution(self, job: Job) -> Solution:
        """Search a solution with decisions; raise the error that says why there is none."""
        left = self.left()
        if left is not None:
            job = replace(job, limits=replace(job.limits, time_limit=left - min(RESERVE_SECONDS, RESERVE * left)))
        try:
            found = solve(job, self.progress, inline=self.inline, ahead=self.ahead)
            if found.ending is Ending.INFEASIBLE:
                return self._second_look(job)
        except Stopped as stopped:
            self.stopped = True
            if stopped.best is None:
                raise _interrupted() from None
            return Solution(Ending.STOPPED, stopped.best, strategy=Strategy.INTERRUPTED)
        if found.decisions is not None:
            return found
        if found.ending is Ending.STOPPED:
            raise NoPlanInTime(_("No plan was found in the time given. Allow more time with --time-limit."))
        raise SolverError(_("The solver gave no usable answer: {reason}").format(reason=found.message))

    def draft(self, solution: Solution) -> Draft:
        """Make the best draft of a solution; where none can be paid, that of the first further attempt that can.

        Raises InfeasibleError where no plan can be paid, NoPlanInTime where none was found in time, Interrupted where
        none was found before Ctrl-C.
        """
        best: Draft | None = None
        for decisions in (solution.decisions, solution.first):
            if decisions is not None:
                best = better_of(best, self._drafted(decisions))
        best = best or next(self._further(), None)
        if best is not None:
            return best
        if self.stopped:
            raise _interrupted()
        raise NoPlanInTime(_("No plan that can be paid in whole rupiah was found in the time given."))

    def better(self, best: Draft, decisions: Decisions | None) -> Draft:
        """The better of `best` and the draft of `decisions`, if there are any that can be paid."""
        return best if decisions is None else better_of(best, self._drafted(decisions)) or best

    def proof(self, known: Worth | None, stop: Callable[[], bool] = lambda: False) -> Proof:
        """Prove what exact arithmetic can about the best plan known; nothing about a plan for an aim.

        Ctrl-C shortens the proof; a second one ends it.
        """
        if self.job.aim is not None:
            return Proof()
        if self.found is not None and known == self.found[0]:
            return replace(self.found[1], better=None)
        try:
            self._report(Stage.PROOF)
            return self._prove(known, stop)
        except KeyboardInterrupt:
            if self.stopped:
                return Proof()
            self.stopped = True
        return self.proof(known, stop)

    def second_opinion(self) -> AbstractContextManager[SecondOpinion | None]:
        """Start the second search now, beside the first, where it will probably be needed."""
        scenario = self.job.scenario
        seats = sum(
            len(scenario.periods_of(programme))
            for programme in scenario.programmes
            for group in scenario.groups_in(programme.for_)
            if scenario.need(group, programme)
        )
        return SecondOpinion(self.job) if self.may_go_on and not self.inline and seats > LARGE else nullcontext()

    def opinion(self, running: SecondOpinion | None) -> Solution | None:
        """Wait for the second search that is running, or run one now, with twice the time of the first.

        None where it finds nothing; where it is stopped, its best plan.
        """
        left, seconds = self.left(), time.monotonic() - self.began
        try:
            self._report(Stage.SECOND_SEARCH)
            if running is not None:
                return running.wait(left)
            job, most = second_job(self.job), max(SECOND_SEARCH_SECONDS, 2 * seconds)
            limits = replace(job.limits, time_limit=most if left is None else min(left, most))
            return solve(replace(job, limits=limits), self.progress, inline=self.inline)
        except Stopped as stopped:
            self.stopped = True
            return None if stopped.best is None else Solution(Ending.STOPPED, stopped.best)
        except KeyboardInterrupt:
            self.stopped = True
        except PlannerError:
            pass
        return None

    def _aim_bound(self, solution: Solution) -> float | None:
        """Prove the least value that the aim can have; None where exact arithmetic confirms none."""
        aim, gap = self.job.aim, self.job.limits.gap
        if aim is None or self.stopped or self.left() == 0.0:
            return None
        try:
            bound = aim_bound(self.job.scenario, aim, solution.aim_value, gap=gap, effort=QUICK, seconds=self.left())
        except KeyboardInterrupt:
            self.stopped = True
            return None
        return None if bound is None else outward(bound, upper=False)

    def checked(self, best: Draft, known: Known, solution: Solution, opinion: Solution | None) -> Answer:
        """Make the checked plan of the best draft. Raises CheckFailed where our own check refuses it."""
        bound = self._aim_bound(solution)

        def made() -> Answer:
            name, version = solver_version(self.job.limits.solver)
            second = "" if opinion is None else " ".join(solver_version(second_engine(self.job)))
            seconds = round(time.monotonic() - self.began, 3)
            run = SolverRun(name, version, seconds, solution.strategy, second, self.stopped)
            return checked(self.job.scenario, best, known, self.job.limits.gap, run, bound)

        return self._finished(made)

    def _drafted(self, decisions: Decisions) -> Draft | None:
        return self._finished(lambda: drafted(self.job.scenario, decisions))

    def _finished[T](self, work: Callable[[], T]) -> T:
        """Do short work without which there is no plan: the first Ctrl-C is noted and the work begins again."""
        try:
            return work()
        except KeyboardInterrupt:
            if self.stopped:
                raise
            self.stopped = True
        return work()

    def _prove(self, known: Worth | None, stop: Callable[[], bool]) -> Proof:
        """Prove within the time left; after Ctrl-C only briefly, for the planner wants to go on."""
        scenario, limits, left = self.job.scenario, self.job.limits, self.left()
        if self.stopped:
            left = STOPPED_SECONDS if left is None else min(STOPPED_SECONDS, left)

        def judge(decisions: Decisions) -> Worth | None:
            draft = drafted(scenario, decisions)
            return None if draft is None else draft.worth

        try:
            return prove(
                scenario,
                judge,
                known,
                gap=limits.gap,
                effort=1.0 if limits.polish else QUICK,
                seconds=left,
                stop=lambda: self.stopped or stop(),
            )
        except Contradiction as error:
            raise contradicted(error) from None

    def _report(self, stage: Stage) -> None:
        """Report that a stage after the search begins; not after Ctrl-C, for a report may ask to stop again."""
        if not self.stopped:
            self.progress(Progress(stage, None, None, time.monotonic() - self.began))

    def _further(self) -> Iterator[Draft]:
        """Make the drafts of further attempts one by one."""
        scenario, limits = self.job.scenario, self.job.limits
        proof = self.proof(None)
        if proof.impossible and not self.stopped:
            try:
                self._second_look(replace(self.job, proven=True))
            except Stopped:
                raise _interrupted() from None
        if proof.better is not None and (found := self._drafted(proof.better)) is not None:
            self.found = found.worth, proof
            yield found
        for amount in WITHHELD:
            funds = (f.model_copy(update={"amount": max(f.minimum, f.amount - amount)}) for f in scenario.funds)
            yield from self._of(replace(self.job, scenario=scenario.changed(funds=tuple(funds))))
        yield from self._of(replace(self.job, limits=replace(limits, solver=second_engine(self.job))))

    def _of(self, job: Job) -> Iterator[Draft]:
        """Make the draft of another job, if it has one and there is time for it."""
        left = self.left()
        if self.stopped or (left is not None and left < LEAST_ATTEMPT):
            return
        with suppress(InfeasibleError, SolverError):
            found = self.solution(job).decisions
            draft = None if found is None else self._drafted(found)
            if draft is not None:
                yield draft

    def _second_look(self, job: Job) -> Solution:
        """Return a plan that the first search overlooked, or raise InfeasibleError naming what clashes."""
        if job.aim is not None and job.aim.at_least is not None:
            raise NoPlanInTime(_("No plan closes as many gaps as this aim asks for."))
        if job.aim is not None and job.aim.alone:
            raise InfeasibleError(_("There is no such plan."))
        explanation = why_infeasible(job, inline=self.inline)
        if explanation.found is not None:
            return Solution(Ending.STOPPED, explanation.found, strategy=Strategy.SECOND_LOOK)
        raise explanation.error()


def _interrupted() -> Interrupted:
    return Interrupted(_("Stopped before a plan was found."))
