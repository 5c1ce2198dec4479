"""The answers that a worker sends back: plain records that load no engine and no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.attendance import Learnt
from planner.domain.checks.problem import Path
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.errors import InfeasibleError, NoPlanInTime, SolverError
from planner.locale import _
from planner.solve.limits_set_aside import Clash
from planner.solve.outcome import Ending, PlanStrategy


@dataclass(frozen=True)
class LevelOutcome:
    """Value and bound of one level of the objective, in the scenario's units."""

    level: Level
    value: float
    bound: float | None
    ending: Ending

    @property
    def proven(self) -> bool:
        """Whether the bound proves the value to the gap asked for."""
        return self.ending is Ending.PROVEN


@dataclass(frozen=True)
class Solution:
    """The answer to a search; it has decisions only where an engine gave a usable point."""

    ending: Ending
    decisions: Decisions | None = None
    levels: tuple[LevelOutcome, ...] = ()
    message: str = ""
    strategy: PlanStrategy = PlanStrategy.LEVELS
    aim_value: float | None = None
    """The value of the aim, as the engine states it, in the scenario's units."""
    first: Decisions | None = None
    """The best decisions for gaps closed before lower levels were optimised, since engines hold a level only
    approximately."""
    brief: bool = False
    """Whether the search was brief: its plan is probably the best, and a full search may find a better one."""
    attended: Decisions | None = None
    """Decisions known to be attendable, where the search checked that; the final decisions may be others."""
    learnt: Learnt | None = None
    """What the search has learnt of attendance beyond what it was told; None where that is nothing."""

    def ensure_found(self) -> None:
        """Raise the error that gives the reason, where there are no decisions."""
        if self.decisions is None and self.ending is Ending.STOPPED:
            raise NoPlanInTime(_("No plan was found in the time given. Allow more time with --time-limit."))
        if self.decisions is None:
            raise SolverError(_("The solver gave no usable answer: {reason}").format(reason=self.message))


@dataclass(frozen=True)
class Explanation:
    """Why there is no plan, or the plan that a second look found."""

    clashes: tuple[Clash, ...] = ()
    limits: tuple[Path, ...] = ()
    """The paths of all limits that clash, one by one."""
    certain: bool = True
    """Whether each limit is known to be needed for the clash."""
    found: Decisions | None = None

    def error(self) -> InfeasibleError:
        """Return the error that tells the user what clashes."""
        certain = _("Change at least one of them.")
        open_ = _("Change at least one of them; the time was too short to find out whether all of them are needed.")
        clashes = [f"  - {clash}" for clash in self.clashes]
        lines = [_("No plan can keep all of these together:"), *clashes, certain if self.certain else open_]
        return InfeasibleError("\n".join(lines), [(str(clash), clash.path) for clash in self.clashes], self.limits)


@dataclass(frozen=True)
class Committed:
    """Classes to commit (None if none were found), and a bound on the expected gaps closed of any commitment."""

    classes: Mapping[tuple[str, str], int] | None
    bound: float | None
    """Most weighted gaps, less penalties, that any commitment is expected to close, in exact arithmetic; None if
    unknown."""
