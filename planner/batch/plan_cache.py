"""Plans of batches that are kept on disk as they come, so that a question asked again goes on where it was stopped.

A plan is found again by everything that it depends on: the scenario, the aim, the limits, the plan it was sought
from, and the versions of planner and solver. So a plan of something else is never taken for it. What is found is
adopted anew: settled, checked, and taken only if it comes out as it was kept.
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
from planner.errors import PlannerError
from planner.locale import language_in_force
from planner.planning import SearchLimits
from planner.plans.plan import Plan, Status
from planner.solve.engines import solver_version
from planner.version import VERSION
from planner.whole_file import write_whole

FORMAT: Final = 1

MOST: Final = 1000
"""Plans kept in a folder; beyond, those that have not been used for longest go."""

_UNREADABLE: Final = (
    OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError, PlannerError,
)  # fmt: skip
"""What comes of files that are cut short, changed by hand, or of a plan that no longer stands the check."""


@dataclass(frozen=True)
class Kept:
    """Plans kept in `folder`; nowhere where it is None. `trusted` says whether those of earlier runs are taken."""

    folder: Path | None
    trusted: bool = True

    def find(self, point: Point, limits: SearchLimits) -> Result | None:
        """What `point` came to in an earlier run; None where that is not known, or no longer stands the check."""
        if self.folder is None or not self.trusted:
            return None
        file = self.folder / _name(point, limits)
        try:
            found = _from_plain(point, json.loads(gzip.decompress(file.read_bytes())))
            os.utime(file)
        except _UNREADABLE:
            return None
        return found

    def keep(self, point: Point, limits: SearchLimits, result: Result) -> bool:
        """Keep what `point` came to, and say whether it is kept: a plan, or that there is none.

        What failed or ran out of time is worth another try. A disk that is full costs a rerun its time and no more.
        """
        if self.folder is None or result.failed or result.status == Status.NO_PLAN_IN_TIME:
            return False
        content = gzip.compress(json.dumps(_to_plain(result), ensure_ascii=False).encode(), mtime=0)
        file = self.folder / _name(point, limits)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(file, content)
        except OSError:
            return False
        return True

    def tidy(self) -> None:
        """Remove what has not been used for longest, where there are more than MOST."""
        if self.folder is None or not self.folder.is_dir():
            return
        with suppress(OSError):
            files = sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in files[MOST:]:
                file.unlink()


NOTHING_KEPT: Final = Kept(None)
"""Where nothing is to be kept."""


def _name(point: Point, limits: SearchLimits) -> str:
    """The file of a point: a fingerprint of all that its plan depends on."""
    template, start = point.hints.template, point.hints.start
    asked = {
        "format": FORMAT,
        "versions": (VERSION, *solver_version(limits.solver)),
        "scenario": point.scenario.sha256,
        "template": None if template is None else template.sha256,
        "start": _canonical(start),
        "aim": _canonical(point.aim),
        "limits": _canonical(limits),
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest() + ".json.gz"


def _canonical(value: Any) -> Any:
    """Records, mappings and sets as lists in one order; anything else as it is written in Python."""
    if is_dataclass(value):
        return [_canonical(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return sorted([repr(key), repr(content)] for key, content in value.items())
    if isinstance(value, frozenset):
        return sorted(repr(member) for member in value)
    return repr(value)


def _to_plain(result: Result) -> dict[str, Any]:
    told = {f.name: getattr(result, f.name) for f in fields(result) if f.name not in ("name", "plan")}
    plan = None if result.plan is None else result.plan.to_plain()
    return {"result": told, "language": language_in_force(), "plan": plan}


def _from_plain(point: Point, kept: dict[str, Any]) -> Result | None:
    """The result as it was, its plan made again of its decisions and what was proven, and checked again.

    That there is no plan was explained in the language of then.
    """
    told = {name: _frozen(value) for name, value in kept["result"].items()}
    found = Result(**{**told, "name": point.name, "status": Status(told["status"])})
    if kept["plan"] is None:
        return found if found.status == Status.INFEASIBLE and kept["language"] == language_in_force() else None
    old = Plan.from_plain(kept["plan"])
    plan = planning.adopt(
        point.scenario,
        old.decisions(point.scenario),
        bounds=old.bounds,
        tolerance=old.tolerance,
        solver=old.solver,
    )
    same = plan.to_plain() == kept["plan"] and plan.status == found.status
    return replace(found, plan=plan) if same else None


def _frozen(value: Any) -> Any:
    """Lists of JSON as the tuples that they were."""
    return tuple(_frozen(member) for member in value) if isinstance(value, list) else value
