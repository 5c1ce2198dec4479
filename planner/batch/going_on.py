"""A search that goes on from a plan made before, of the same scenario: what comes of it is never worse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from planner import planning
from planner.domain.objectives import COSTS
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.errors import CheckFailed, InputError, NoPlanInTime
from planner.locale import _
from planner.plans.claim import Bounds, tightest
from planner.plans.plan import Plan, SolverRun, Status
from planner.plans.plan_rows import LevelResult
from planner.solve.engine import EngineName
from planner.solve.engines import solver_version
from planner.solve.hints import Hints
from planner.version import VERSION


class Gain(StrEnum):
    """What came of a search that went on."""

    BETTER = "better"
    """A better plan."""
    NEARER = "nearer"
    """The same plan, of which it is now proven that less is left open."""
    NOTHING = "nothing"
    """The plan stays as it was."""


@dataclass(frozen=True)
class Gained:
    """What a search that went on ends with."""

    answer: Answer
    """With the plan that it began from, as it was, where nothing was gained."""
    gain: Gain
    interrupted: bool = False
    """Whether this search was stopped, whatever is said of the one before."""

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return the end of a search that began anew."""
        return cls(answer, Gain.BETTER, answer.plan.solver.interrupted)


@dataclass(frozen=True)
class GoingOn:
    """A checked plan of `scenario`, from which its search goes on."""

    scenario: Scenario
    plan: Plan

    @classmethod
    def of(cls, scenario: Scenario, stored: Plan) -> Self:
        """Begin from a plan that was stored. Raises CheckFailed where it is no plan of `scenario` as it stands.

        Its bounds hold for the very same scenario only, and are believed where this version of the program and of the
        solver has proven them: they limit what is searched.
        """
        same = stored.scenario_sha256 == scenario.sha256
        made_by = stored.planner_version, stored.solver.name, stored.solver.version
        believed = same and made_by == (VERSION, *solver_version(EngineName.HIGHS))
        try:
            plan = planning.adopt(
                scenario,
                stored.decisions(scenario),
                payments=stored.payments if same else None,
                bounds=stored.bounds if believed else (),
                tolerance=stored.tolerance,
                solver=stored.solver,
            )
        except (LookupError, InputError):
            raise CheckFailed(_("It allocates to what this scenario does not have.")) from None
        return cls(scenario, plan)

    @property
    def hints(self) -> Hints:
        """What the search begins with: the plan, and what is proven of all plans."""
        return Hints(start=self.plan.decisions(self.scenario), bound=self.plan.bounds[0].exact)

    def search(self, search: Callable[[Hints], Answer], gap: float) -> Gained:
        """Search with these hints to within `gap`; return the better plan of the two, with the nearest bounds of both.

        Nothing is searched where the plan is proven so far already. Where the search has no plan in time there is still
        the one that it began from. Raises as `search` does.
        """
        at_once = self._again(self.plan, self.plan.bounds, gap, self.plan.solver)
        if at_once.status is Status.OPTIMAL and gap < self.plan.tolerance:
            return Gained(Answer(at_once), Gain.NEARER)
        try:
            answer = search(self.hints)
        except NoPlanInTime:
            return Gained(Answer(self.plan), Gain.NOTHING)
        found, before = answer.plan, self.plan
        better, as_good = found.rank > before.rank, found.rank == before.rank
        plan, other = (found, before) if better else (before, found)
        bounds = [self._nearest(level, plan, other, as_good=as_good) for level in range(len(plan.bounds))]
        best = self._again(plan, bounds, found.tolerance, found.solver)
        if best.tolerance < best.relative_gap <= before.tolerance:  # it is still proven to what it was proven to before
            best = self._again(plan, bounds, before.tolerance, found.solver)
        gain = Gain.BETTER if better else Gain.NEARER if _nearer(best, before) else Gain.NOTHING
        best = before if gain is Gain.NOTHING else best
        return Gained(Answer(best, broke=answer.broke), gain, found.solver.interrupted)

    def _again(self, plan: Plan, bounds: Sequence[Bounds], tolerance: float, solver: SolverRun) -> Plan:
        """Return a plan of the scenario with other bounds, checked again."""
        return planning.adopt(
            self.scenario,
            plan.decisions(self.scenario),
            payments=plan.payments,
            bounds=bounds,
            tolerance=tolerance,
            solver=solver,
        )

    def _nearest(self, level: int, plan: Plan, other: Plan, *, as_good: bool) -> Bounds:
        """Return the bound of a level: the nearer one where both hold for the plan, which is always so of the first."""
        own, second = plan.bounds[level], other.bounds[level]
        if level and not (as_good and own.above == second.above):
            return own
        upper = plan.objective[level].goal not in COSTS
        value = plan.objective[level].value
        nearest = replace(tightest((own, second), upper=upper), above=own.above)
        known = nearest.nearest(upper=upper)
        wrong = known is not None and (float(value) > known if upper else float(value) < known)
        return own if wrong else nearest


def _nearer(after: Plan, before: Plan) -> bool:
    """Return whether an equally good plan is proven to a smaller gap, or less is left open in any of its levels."""
    if after.status is Status.OPTIMAL and (before.status is not Status.OPTIMAL or after.tolerance < before.tolerance):
        return True

    def nearer(new: LevelResult, old: LevelResult) -> bool:
        if new.bound is None or old.bound is None:
            return new.bound is not None
        return abs(new.bound - float(new.value)) < abs(old.bound - float(old.value))

    return any(nearer(new, old) for new, old in zip(after.objective, before.objective, strict=True))
