"""A search that goes on from a plan made before, of the same scenario: what comes of it is never worse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from planner import planning
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer
from planner.errors import CheckFailed, InputError, NoPlanInTime
from planner.locale import _
from planner.plans.plan import Plan, Status
from planner.solve.engine import EngineName
from planner.solve.engines import solver_version
from planner.solve.hints import Hints
from planner.version import VERSION


class Gain(StrEnum):
    """What came of a search that went on."""

    BETTER = "better"
    """A better plan."""
    NEARER = "nearer"
    """The same plan, now proven to be nearer to the best."""
    NOTHING = "nothing"
    """The plan stays as it was."""


@dataclass(frozen=True)
class Gained:
    """What a search that went on ends with."""

    answer: Answer
    """The better plan, or the one that the search began from: unchanged where nothing was gained."""
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
    """As it was stored. What its file calls proven is said again only where the search finds nothing better."""

    @classmethod
    def of(cls, scenario: Scenario, stored: Plan) -> Self:
        """Begin from a plan that was stored. Raises CheckFailed where it is no plan of `scenario` as it stands.

        What its file calls proven counts only for the same scenario and the same versions of program and solver.
        """
        same = stored.scenario_sha256 == scenario.sha256
        made_by = stored.planner_version, stored.solver.name, stored.solver.version
        stated = same and made_by == (VERSION, *solver_version(EngineName.HIGHS))
        try:
            plan = planning.adopt(
                scenario,
                stored.decisions(scenario),
                payments=stored.payments if same else None,
                bounds=stored.bounds if stated else (),
                tolerance=stored.tolerance,
                solver=stored.solver,
            )
        except (LookupError, InputError):
            raise CheckFailed(_("It allocates to what this scenario does not have.")) from None
        except ArithmeticError:
            raise CheckFailed(_("It reaches more than it says is possible.")) from None
        return cls(scenario, plan)

    @property
    def hints(self) -> Hints:
        """What the search begins with: the plan alone, since anybody may have written into its file what is proven."""
        return Hints(start=self.plan.decisions(self.scenario))

    def search(self, search: Callable[[Hints], Answer]) -> Gained:
        """Search with these hints; return the better plan of the two, or the same one with what this search has proven.

        A new plan says only what this search has proven. Where the search has no plan in time there is still the one
        that it began from. Raises as `search` does, and CheckFailed where what it has proven contradicts that plan.
        """
        try:
            answer = search(self.hints)
        except NoPlanInTime:
            return Gained(Answer(self.plan), Gain.NOTHING)
        found, before = answer.plan, self.plan
        interrupted = found.solver.interrupted
        if found.rank > before.rank:
            return Gained(answer, Gain.BETTER, interrupted)
        nothing = Gained(Answer(before, broke=answer.broke), Gain.NOTHING, interrupted)
        same = planning.adopt(  # what was proven holds of all plans, also where the plan found is not as good as this
            self.scenario,
            before.decisions(self.scenario),
            payments=before.payments,
            bounds=found.bounds,
            tolerance=found.tolerance,
            solver=found.solver,
        )
        return Gained(Answer(same, broke=answer.broke), Gain.NEARER, interrupted) if _nearer(same, before) else nothing


def _nearer(after: Plan, before: Plan) -> bool:
    """Return whether an equally good plan is proven nearer to the best, in the first level in which that differs."""
    for new, old in zip(after.objective, before.objective, strict=True):
        left = [None if row.bound is None else abs(row.bound - float(row.value)) for row in (new, old)]
        if left[0] != left[1]:
            return left[1] is None or (left[0] is not None and left[0] < left[1])
    return after.status is Status.OPTIMAL and before.status is not Status.OPTIMAL
