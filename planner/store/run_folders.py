"""Runs: every plan that was made in the workbench, each in a folder of its own that never changes.

They are in the hidden folder `.runs` of the results, beside the results of each scenario, which are those of its last
plan. A folder has the plan, its scenario, and what is known about how it was made; it is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from planner.errors import InputError, Problem
from planner.locale import _
from planner.store.stored_plan import FIRST_PLAN, PLAN_FILE, SCENARIO_FILE, read_plan_data
from planner.whole_file import keep_names, making, write_whole

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.plans.plan import Plan

RUNS: Final = ".runs"
"""Hidden folder of all runs, in the folder of results."""
FACTS: Final = "run.json"
_ID: Final = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
_UNFINISHED: Final = ".unfinished"
_FIGURES: Final = ("planner_version", "status", "claim", "total_need", "total_cost", "own_cost", "partner_cost")
"""Figures of a plan that the description of its run repeats, under the same names."""


@dataclass(frozen=True)
class RunFacts:
    """How a plan was made, and its headline figures."""

    file: str
    """Name of the scenario file."""
    scenario_id: str
    title: str
    agency: str
    scenario_sha256: str
    plan_sha256: str
    """SHA-256 of plan.json."""
    made_at: str
    """Time in UTC, as 2027-01-31T08:15:00Z."""
    made_by: str
    planner_version: str
    solver: str
    """Solver and its version."""
    seconds: float
    """Time of the search [s]; 0 where it is unknown, as for plans made by the command line."""
    interrupted: bool
    status: str
    claim: str
    gaps_closed: float
    total_need: int
    total_cost: int
    own_cost: int
    partner_cost: int
    participants: int
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, file: str, scenario: Scenario, plan: Plan, made_by: str, warnings: Sequence[str]) -> Self:
        """Return the facts of a plan that is made now."""
        return cls(
            file,
            scenario.id,
            scenario.scenario.label,
            scenario.scenario.agency or "",
            scenario.sha256,
            digest(plan.to_json().encode()),
            f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            made_by,
            plan.planner_version,
            f"{plan.solver.name} {plan.solver.version}",
            round(plan.solver.took, 3),
            plan.solver.interrupted or plan.solver.failed,
            plan.status.value,
            plan.claim.value,
            float(plan.gaps_closed),
            plan.total_need,
            plan.total_cost,
            plan.own_cost,
            plan.partner_cost,
            sum(row.participants for row in plan.allocations),
            tuple(warnings),
        )

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """Return the facts in plain data. Raises TypeError where it has others."""
        return cls(**{**plain, "warnings": tuple(plain.get("warnings", ()))})

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


class RunFolders:
    """The runs below a folder of results."""

    def __init__(self, results: Path) -> None:
        self.top = results / RUNS

    def keep(self, facts: RunFacts, scenario: Scenario, plan: Plan, first: Plan | None = None) -> str:
        """Keep a checked plan as a run, and return the run's id. Raises OSError, and leaves nothing then."""
        from planner.scenario_io import scenario_text

        run = f"{facts.moment:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        unfinished = self.top / f".{run}{_UNFINISHED}"
        with making(self.top):
            try:
                unfinished.mkdir()
                write_whole(unfinished / PLAN_FILE, plan.to_json())
                write_whole(unfinished / SCENARIO_FILE, scenario_text(scenario))
                if first is not None:
                    write_whole(unfinished / FIRST_PLAN, first.to_json())
                write_whole(unfinished / FACTS, json.dumps(asdict(facts), ensure_ascii=False, indent=1))
                unfinished.rename(self.top / run)
                keep_names(self.top)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
        return run

    def ids(self) -> Iterator[str]:
        """Yield the ids of all runs."""
        if self.top.is_dir():
            yield from (entry.name for entry in self.top.iterdir() if _ID.fullmatch(entry.name))

    def folder(self, run: str) -> Path:
        """Return the folder of a run. Raises KeyError where there is no such run, so no id leads outside the folder of
        runs."""
        if not _ID.fullmatch(run) or not (self.top / run / PLAN_FILE).is_file():
            raise KeyError(run)
        return self.top / run

    def facts(self, run: str) -> RunFacts:
        """Return what is known about a run. Raises KeyError, and InputError where its file cannot be read."""
        file = self.folder(run) / FACTS
        try:
            return RunFacts.from_plain(json.loads(file.read_bytes()))
        except (OSError, ValueError, TypeError, RecursionError) as error:
            raise InputError([Problem(_("this is not the description of a run."), file=str(file))]) from error

    def checked_facts(self, run: str) -> tuple[RunFacts, bool]:
        """Return the facts of a run with the figures of its plan.json, and whether that is the plan that was kept.

        Where it is another plan, or cannot be read, the facts are those of the description. Raises as `facts` does.
        """
        facts = self.facts(run)
        file = self.folder(run) / PLAN_FILE
        try:
            plan = read_plan_data(file)
            solver = plan["solver"]
            figures: dict[str, Any] = {name: plan[name] for name in _FIGURES}
            figures["gaps_closed"] = float(plan["gaps_closed"])
            figures["participants"] = sum(row["participants"] for row in plan["allocations"])
            figures["solver"] = f"{solver['name']} {solver['version']}"
            return replace(facts, **figures), digest(file.read_bytes()) == facts.plan_sha256
        except (InputError, OSError, KeyError, TypeError, ValueError):
            return facts, False

    def remove(self, run: str) -> None:
        """Remove a run for good."""
        gone = self.top / f".{run}{_UNFINISHED}"
        self.folder(run).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()
