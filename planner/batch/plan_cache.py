"""Results of batches on disk, so that a question asked again continues where it was stopped.

The key of a result is a hash of what is asked: the scenario, however it is written (`same_plans`), the aim, the engine,
and the versions of planner and solver; with an aim also the limits and hints. So a point has one plan, whichever
question asks for it first: a result serves all requests of the same or less precision, whatever their search would
start from. A plan is settled and checked again when it is read, and used only if the result is the same plan. Several
processes and threads may use a folder at once: each result is a file of its own, written whole.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final

from planner import planning
from planner.batch.points import Point, Result
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.locale import language_in_force
from planner.planning import SearchLimits
from planner.plans.plan import Plan, Status
from planner.solve.engines import solver_version
from planner.version import VERSION
from planner.whole_file import write_whole

FORMAT: Final = 2

MAX_RESULTS: Final = 1000
"""Results in a folder; `evict` removes the least recently used ones."""

_UNREADABLE: Final = (
    OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError, PlannerError,
)  # fmt: skip
"""Errors from files that are truncated or edited, and from plans that no longer pass the check."""


@dataclass(frozen=True)
class PlanCache:
    """The results in `folder`; none where it is None. Results of earlier runs are read only if `trusted`."""

    folder: Path | None
    trusted: bool = True

    def has(self, point: Point, limits: SearchLimits) -> bool:
        """Return whether there is a result for what `point` asks, which `get` may still refuse."""
        return self.folder is not None and self.trusted and (self.folder / _name(point, limits)).is_file()

    def get(self, point: Point, limits: SearchLimits) -> Result | None:
        """Return the cached result of `point`; None where there is none, or its plan no longer passes the check."""
        if self.folder is None or not self.trusted:
            return None
        file = self.folder / _name(point, limits)
        try:
            stored = json.loads(gzip.decompress(file.read_bytes()))
            found = _from_plain(point, stored) if point.aim or _serves(stored, limits) else None
            os.utime(file)
        except _UNREADABLE:
            return None
        return found

    def put(self, point: Point, limits: SearchLimits, result: Result) -> bool:
        """Store a result, and return whether it is stored.

        Failures and searches that ran out of time are not stored: they are worth another try. A disk that is full or
        cannot be written is not an error: a rerun then only takes longer.
        """
        if self.folder is None or result.failed or result.status == Status.NO_PLAN_IN_TIME:
            return False
        content = gzip.compress(json.dumps(_to_plain(result, limits), ensure_ascii=False).encode(), mtime=0)
        file = self.folder / _name(point, limits)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(file, content)
        except OSError:
            return False
        return True

    def evict(self) -> None:
        """Remove the least recently used results beyond MAX_RESULTS."""
        if self.folder is None or not self.folder.is_dir():
            return
        used: dict[Path, float] = {}
        with suppress(OSError):
            for file in self.folder.iterdir():
                with suppress(OSError):  # another process has removed it
                    used[file] = file.stat().st_mtime
        for file in sorted(used, key=used.__getitem__, reverse=True)[MAX_RESULTS:]:
            with suppress(OSError):
                file.unlink()


NO_CACHE: Final = PlanCache(None)
"""Stores nothing."""


def _name(point: Point, limits: SearchLimits) -> str:
    """Return the file of a point: a hash of what is asked."""
    return key_of(point, limits) + ".json.gz"


def key_of(point: Point, limits: SearchLimits) -> str:
    """Return the common part of the keys of all results of one question, whatever its precision; see the top of this
    file."""
    asked: dict[str, Any] = {
        "format": FORMAT,
        "versions": (VERSION, *solver_version(limits.solver)),
        "scenario": point.asked,
    }
    if point.aim is not None:
        template, start = point.hints.template, point.hints.start
        asked |= {
            "template": None if template is None else template.sha256,
            "start": _canonical(start),
            "aim": _canonical(point.aim),
            "limits": _canonical(limits),
        }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def serves(found: SearchLimits, optimal: bool, asked: SearchLimits) -> bool:
    """Return whether a result found within some limits serves a request with others: as precise, or searched as
    long."""
    as_long = found.time_limit is None or (asked.time_limit is not None and asked.time_limit <= found.time_limit)
    return found.gap <= asked.gap and (found.polish or not asked.polish) and (optimal or as_long)


def _serves(stored: dict[str, Any], limits: SearchLimits) -> bool:
    found = stored["limits"]
    settled = stored["result"]["status"] in (Status.OPTIMAL, Status.INFEASIBLE)
    return serves(
        SearchLimits(found["gap"], found["time_limit"], limits.solver, limits.strategy, found["polish"]),
        settled,
        limits,
    )


def _canonical(value: Any) -> Any:
    """Return records, mappings and sets as lists in a fixed order; anything else as its `repr`."""
    if is_dataclass(value):
        return [_canonical(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return sorted([repr(key), repr(content)] for key, content in value.items())
    if isinstance(value, frozenset):
        return sorted(repr(member) for member in value)
    return repr(value)


def _to_plain(result: Result, limits: SearchLimits) -> dict[str, Any]:
    content = {f.name: getattr(result, f.name) for f in fields(result) if f.name not in ("name", "plan")}
    plan = None if result.plan is None else result.plan.to_plain()
    found = {"gap": limits.gap, "time_limit": limits.time_limit, "polish": limits.polish}
    return {"result": content, "limits": found, "language": language_in_force(), "plan": plan}


def _from_plain(point: Point, stored: dict[str, Any]) -> Result | None:
    """Return the stored result, its plan assembled again from decisions and bounds, and checked.

    None where the plan comes out different, or where a text is in another language than the current one.
    """
    content = {name: _frozen(value) for name, value in stored["result"].items()}
    found = Result(**{**content, "name": point.name, "status": Status(content["status"])})
    if stored["plan"] is None:
        return found if found.status == Status.INFEASIBLE and stored["language"] == language_in_force() else None
    plan = of_scenario(point.scenario, Plan.from_plain(stored["plan"]))
    return None if plan is None or plan.status != found.status else replace(found, plan=plan)


def of_scenario(scenario: Scenario, plan: Plan) -> Plan | None:
    """Return a plan of a scenario with the same plans as one of `scenario`, checked again; None if it differs."""
    again = planning.adopt(
        scenario, plan.decisions(scenario), bounds=plan.bounds, tolerance=plan.tolerance, solver=plan.solver
    )
    return again if _figures(again) == _figures(plan) else None


def _figures(plan: Plan) -> dict[str, Any]:
    """Return all of a plan but the name of its scenario, and the funds with what they offer."""
    return {key: value for key, value in plan.to_plain().items() if key not in ("scenario", "funds")}


def _frozen(value: Any) -> Any:
    """Return JSON lists as tuples, recursively."""
    return tuple(_frozen(member) for member in value) if isinstance(value, list) else value
