"""Plans that the checker has passed since this server began: none is checked twice, and nothing else is trusted.

What is remembered is the content: the SHA-256 of plan.json as it was read, and that of its scenario. A file that is
changed has another, and is checked anew. Nothing of it is written down, so that nobody can write it but this process.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from planner.store.stored_plan import StoredPlan

if TYPE_CHECKING:
    from planner.plans.plan import Plan
    from planner.report.views.summary import Tile

_MOST: Final = 10_000
"""How many are remembered."""


@dataclass(frozen=True)
class CheckedPlan:
    """A stored plan that the checker has passed, with its scenario and its folder."""

    stored: StoredPlan
    plan: Plan
    folder: Path

    @cached_property
    def as_written(self) -> Plan:
        """The plan with its gaps as the decimals that were stored."""
        from planner.plans.stored_figures import as_written  # with all records of scenarios: the first page needs none

        return as_written(self.plan)

    @cached_property
    def has_days(self) -> bool:
        """Whether the days of some class are known, as a calendar needs them."""
        from planner.plans.courses import courses

        return any(course.begins is not None for course in courses(self.stored.scenario, self.plan))

    @cached_property
    def tiles(self) -> dict[str, tuple[Tile, ...]]:
        """Its key figures in words, by language, where they have been worked out: cards and heads of pages show
        them."""
        return {}


class PassedPlans:
    """What the checker has passed. Any thread may use it."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._changing = Lock()

    def add(self, plan_sha256: str, scenario_sha256: str) -> None:
        """Remember that the checker has passed a plan just now, by the SHA-256 of its plan.json and its scenario."""
        with self._changing:
            self._known[plan_sha256, scenario_sha256] = None
            while len(self._known) > _MOST:
                self._known.popitem(last=False)

    def checked(self, stored: StoredPlan, *, anew: bool = False) -> CheckedPlan:
        """Return a stored plan that the checker passes, or has passed: `anew` asks it whatever is remembered.

        Raises CheckFailed where it refuses the plan.
        """
        key = stored.sha256, stored.scenario.sha256
        with self._changing:
            known = key in self._known and not anew
        plan = stored.plan(passed=known)
        if not known:
            self.add(*key)
        return CheckedPlan(stored, plan, stored.path.parent)


PASSED: Final = PassedPlans()
"""Those of this process."""
