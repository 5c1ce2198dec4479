"""What is tried until there is a plan that can be paid in whole rupiah: the engine asked, an exact search, money kept
back for rounding, another engine. All share the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, Interrupted, NoPlanInTime, PlannerError, SolverError
from planner.locale import _
from planner.payments.conditions import CannotSettle
from planner.payments.payment import Payment
from planner.payments.settlement import settle
from planner.plans.assembly import contradicted
from planner.plans.claim import outward
from planner.plans.evaluation import closings, level_value, rule_results, weighted
from planner.proof.aims import aim_bound
from planner.proof.proving import Contradiction, Proof, Worth, prove
from planner.solve.answers import Solution
from planner.solve.outcome import Ending, Progress
from planner.solve.run import Stopped, solve, why_infeasible
from planner.solve.second import OTHER, SecondOpinion, second_job
from planner.solve.worker import Job

KEPT_BACK: Final = (1000, 1_000_000)
"""What each fund keeps back where amounts cannot be planned to the rupiah [rupiah]; the least that helps."""

RESERVE: Final = 0.1
MOST_RESERVE: Final = 3.0
"""Part of the time limit, and seconds at most, that are left for proof, payments and check."""

LEAST_SECOND: Final = 5.0
"""Least time of a second search that begins after the first [seconds]."""

LEAST_ATTEMPT: Final = 1.0
"""Time below which no further attempt begins: starting its process alone takes a second [seconds]."""

PATIENCE: Final = 3.0
"""Time for the bound of a plan when the search was interrupted: the planner wants to go on [seconds]."""

QUICK: Final = 0.25
"""Part of the work of a proof that is done for a plan that is one of many compared."""


@dataclass(frozen=True)
class Draft:
    """Decisions that can be paid in whole rupiah, their payments, and the exact values of the levels they reach."""

    decisions: Decisions
    payments: tuple[Payment, ...]
    worth: Worth
    rank: tuple[Fraction, ...]
    """The values of the levels so that more is better."""

    @property
    def values(self) -> tuple[Fraction, ...]:
        """The value of each level, in the scenario's units."""
        return self.worth.values


def drafted(scenario: Scenario, decisions: Decisions) -> Draft | None:
    """The draft of `decisions`; None where they cannot be paid in whole rupiah, or break a hard rule of the planner."""
    try:
        payments = settle(scenario, decisions)
    except CannotSettle:
        return None
    closed = closings(scenario, decisions)
    results = rule_results(scenario, decisions, payments, closed)
    if any(rule.hard and not result.held for rule, result in zip(scenario.rules, results, strict=True)):
        return None
    own = sum(row.amount for row in payments if scenario.fund[row.fund].own)
    total = sum(row.amount for row in payments)
    levels = levels_of(scenario)
    values = tuple(level_value(scenario, level, closed, results, own, total) for level in levels)
    rank = tuple(v if level.maximize else -v for v, level in zip(values, levels, strict=True))
    return Draft(decisions, payments, Worth(values, weighted(scenario, closed)), rank)


def better_of(first: Draft | None, second: Draft | None) -> Draft | None:
    """The draft that ranks higher; the first of equals."""
    if first is None or second is None:
        return first or second
    return second if second.rank > first.rank else first


@dataclass
class Attempts:
    """One job on its way to a draft."""

    job: Job
    progress: Callable[[Progress], None] = lambda _: None
    inline: bool = False
    began: float = field(default_factory=time.monotonic)
    stopped: bool = False
    """Whether the user has stopped the search."""
    found: tuple[Worth, Proof] | None = field(default=None, init=False)
    """The plan that an exact search has found here, and its proof, which need not be made again."""

    def left(self) -> float | None:
        """Seconds left of the time limit; None without one."""
        limit = self.job.limits.time_limit
        return None if limit is None else max(0.0, limit - (time.monotonic() - self.began))

    def solution(self, job: Job) -> Solution:
        """What the engine asked comes to, with decisions; or the error that says why there are none."""
        left = self.left()
        if left is not None:
            job = replace(job, limits=replace(job.limits, time_limit=left - min(MOST_RESERVE, RESERVE * left)))
        try:
            found = solve(job, self.progress, inline=self.inline)
            if found.ending == Ending.INFEASIBLE:
                return self._second_look(job)
        except Stopped as stopped:
            self.stopped = True
            if stopped.best is None:
                raise Interrupted(_("Stopped before a plan was found.")) from None
            return Solution(Ending.STOPPED, stopped.best)
        if found.decisions is not None:
            return found
        if found.ending == Ending.STOPPED:
            raise NoPlanInTime(_("No plan was found in the time given. Allow more time with --time-limit."))
        raise SolverError(_("The solver gave no usable answer: {reason}").format(reason=found.message))

    def draft(self, solution: Solution) -> Draft:
        """The best draft that a solution leads to, or, where it cannot be paid, that of the next attempt that can.

        Raises InfeasibleError where it turns out that nothing can be paid, NoPlanInTime where nothing was found that
        can.
        """
        scenario, best = self.job.scenario, None
        for decisions in (solution.decisions, solution.first):
            if decisions is not None:
                best = better_of(best, drafted(scenario, decisions))
        best = best or next(self._further(), None)
        if best is not None:
            return best
        if self.stopped:
            raise Interrupted(_("Stopped before a plan was found."))
        raise NoPlanInTime(_("No plan that can be paid in whole rupiah was found in the time given."))

    def proof(self, known: Worth | None, stop: Callable[[], bool] = lambda: False) -> Proof:
        """What exact arithmetic confirms, given the values of the best plan known; nothing of a plan for an aim."""
        scenario, limits = self.job.scenario, self.job.limits
        if self.job.aim is not None:
            return Proof()
        if self.found is not None and known == self.found[0]:
            return replace(self.found[1], better=None)

        def judge(decisions: Decisions) -> Worth | None:
            draft = drafted(scenario, decisions)
            return None if draft is None else draft.worth

        def enough() -> bool:
            return self.stopped or stop()

        try:
            self._tell("proof")
            effort = 1.0 if limits.polish else QUICK
            left = self.left()
            if self.stopped:
                left = PATIENCE if left is None else min(PATIENCE, left)
            return prove(scenario, judge, known, gap=limits.gap, effort=effort, seconds=left, stop=enough)
        except Contradiction as error:
            raise contradicted(error) from None
        except KeyboardInterrupt:
            self.stopped = True
            return Proof()

    def opinion(self, running: SecondOpinion | None) -> Solution | None:
        """What a second search comes to: one that is running, or else one that begins now.

        One that begins now has the time of the first and as much again. None where it is stopped or comes to nothing.
        """
        left, seconds = self.left(), time.monotonic() - self.began
        try:
            self._tell("second_search")
            if running is not None:
                return running.wait(left)
            job, patience = second_job(self.job), max(LEAST_SECOND, 2 * seconds)
            limits = replace(job.limits, time_limit=patience if left is None else min(left, patience))
            return solve(replace(job, limits=limits), self.progress, inline=self.inline)
        except (KeyboardInterrupt, Stopped):
            self.stopped = True
        except PlannerError:
            pass
        return None

    def aim_bound(self, solution: Solution) -> float | None:
        """The least that the aim can come to, as far as exact arithmetic confirms it; None where that is not known."""
        aim, gap = self.job.aim, self.job.limits.gap
        if aim is None or self.stopped or self.left() == 0.0:
            return None
        try:
            bound = aim_bound(self.job.scenario, aim, solution.aim_value, gap=gap, effort=QUICK, seconds=self.left())
        except KeyboardInterrupt:
            self.stopped = True
            return None
        return None if bound is None else outward(bound, upper=False)

    def _tell(self, stage: str) -> None:
        """Report that a stage begins after the search; once it is stopped nobody listens, and may ask to stop again."""
        if not self.stopped:
            self.progress(Progress(stage, None, None, time.monotonic() - self.began))

    def _further(self) -> Iterator[Draft]:
        """Drafts of further attempts, made as they are asked for."""
        scenario, limits = self.job.scenario, self.job.limits
        proof = self.proof(None)
        if proof.impossible:
            try:
                self._second_look(replace(self.job, proven=True))
            except Stopped:
                raise Interrupted(_("Stopped before a plan was found.")) from None
        if proof.better is not None and (found := drafted(scenario, proof.better)) is not None:
            self.found = found.worth, proof
            yield found
        for back in KEPT_BACK:
            funds = (f.model_copy(update={"amount": max(f.minimum, f.amount - back)}) for f in scenario.funds)
            yield from self._of(replace(self.job, scenario=scenario.changed(funds=tuple(funds))))
        yield from self._of(replace(self.job, limits=replace(limits, solver=OTHER[limits.solver])))

    def _of(self, job: Job) -> Iterator[Draft]:
        """The draft that another job comes to, if it comes to one and there is time for it."""
        left = self.left()
        if self.stopped or (left is not None and left < LEAST_ATTEMPT):
            return
        with suppress(InfeasibleError, SolverError):
            found = self.solution(job).decisions
            draft = None if found is None else drafted(self.job.scenario, found)
            if draft is not None:
                yield draft

    def _second_look(self, job: Job) -> Solution:
        """A plan that the first solve overlooked, or InfeasibleError naming what clashes."""
        if job.aim is not None and job.aim.at_least is not None:
            raise NoPlanInTime(_("No plan closes as many gaps as this aim asks for."))
        if job.aim is not None and job.aim.alone:
            raise InfeasibleError(_("There is no such plan."))
        explanation = why_infeasible(job, inline=self.inline)
        if explanation.found is not None:
            return Solution(Ending.STOPPED, explanation.found, strategy="second-look")
        raise InfeasibleError(
            _("No plan can keep all of these together:")
            + "".join(f"\n  - {clash}" for clash in explanation.clashes)
            + "\n"
            + (
                _("Change at least one of them.")
                if explanation.certain
                else _(
                    "Change at least one of them; time did not suffice to see whether all of them are needed for this."
                )
            ),
            [(str(clash), clash.path) for clash in explanation.clashes],
            explanation.limits,
        )
