"""Plans stored by `planner plan`: read and checked again, without any solver."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.errors import CheckFailed, InputError, PlannerError, Problem, reason_of
from planner.locale import _

if TYPE_CHECKING:
    from planner.check import Verdict
    from planner.domain.scenario import Scenario
    from planner.plans.plan import Plan

PLAN_FILE: Final = "plan.json"
SCENARIO_FILE: Final = "scenario.yaml"
FIRST_PLAN: Final = "rencana-awal.json"
"""The first plan, beside a plan of what was left of it."""
LARGEST_PLAN: Final = 256 * 1024 * 1024
"""A plan.json of more bytes is refused unread [bytes]."""

_ATTEMPTS: Final = 5
"""Readings of a folder that others may replace meanwhile; results that do not belong together fail the check anyway."""


@dataclass(frozen=True)
class StoredPlan:
    """A stored plan as plain data, with its scenario."""

    path: Path
    scenario: Scenario
    data: dict[str, Any]
    sha256: str
    """SHA-256 of the bytes that the data were read from."""

    @property
    def first(self) -> Plan | None:
        """The first plan, where this one is of what was left of it; None where it is not kept, or cannot be
        read."""
        from planner.plans.plan import Plan

        try:
            return Plan.from_plain(read_plan_data(self.path.with_name(FIRST_PLAN)))
        except (InputError, KeyError, TypeError, ValueError):
            return None

    def verdict(self) -> Verdict:
        """Return the verdict of the independent checker."""
        from planner.check import check_plan

        return check_plan(self.scenario, self.data)

    def plan(self, *, passed: bool = False) -> Plan:
        """Return the plan. Raises CheckFailed unless the checker passes it, which is not run where it `passed`
        before."""
        from planner.plans.plan import Plan

        if not passed and (findings := self.verdict().findings):
            raise CheckFailed("\n".join(f"{self.path}: {finding}" for finding in findings))
        return Plan.from_plain(self.data)


def content_of(folder: Path) -> str:
    """Return what tells one stored plan from another: the SHA-256 of its files together. Raises InputError where one of
    them cannot be read."""
    found = hashlib.sha256()
    for name in (PLAN_FILE, SCENARIO_FILE, FIRST_PLAN):
        file = folder / name
        found.update(_content(file) if file.is_file() else b"")
        found.update(b"\0")
    return found.hexdigest()


def better_stored(scenario: Scenario, plan: Plan, folder: Path) -> Plan | None:
    """Return the plan in `folder`, where it is of exactly this scenario, passes the check and is better than `plan`.

    Equally good plans are better if they are proven where `plan` is not, or have a nearer bound.
    """
    from planner.plans.plan import Plan, Status

    try:
        stored = read_stored(folder / PLAN_FILE)
        kept = stored.plan() if stored.scenario.sha256 == scenario.sha256 else None
    except PlannerError:
        return None
    if kept is None:
        return None
    this = Plan.from_plain(plan.to_plain())  # its values as they are stored

    def worth(plan: Plan) -> tuple[tuple[Fraction, ...], bool, float]:
        return plan.rank, plan.status is Status.OPTIMAL, -plan.relative_gap

    return kept if worth(kept) > worth(this) else None


def is_stored(path: str | Path) -> bool:
    """Return whether `path` is a stored plan rather than a scenario: a folder, or a .json file."""
    return Path(path).is_dir() or Path(path).suffix.lower() == ".json"


def read_stored(path: str | Path) -> StoredPlan:
    """Return the plan in a folder of results, or in a plan.json, with its scenario.

    Both belong to the same results, even while others write new ones. Raises InputError where either file is missing or
    cannot be read.
    """
    from planner.scenario_io import read_scenario

    file = Path(path) / PLAN_FILE if Path(path).is_dir() else Path(path)
    scenario_file = file.with_name(SCENARIO_FILE)
    for attempt in range(_ATTEMPTS):
        before = _identity(file)
        content = _content(file)
        data = _plan_data(file, content)
        if not scenario_file.is_file():
            raise _refused(
                scenario_file,
                _("the scenario that the plan belongs to is missing."),
                _("Keep scenario.yaml beside plan.json, as planner plan writes them."),
            )
        scenario = read_scenario(scenario_file, resolved=True)
        if _identity(file) == before or attempt == _ATTEMPTS - 1:
            break
    return StoredPlan(file, scenario, data, hashlib.sha256(content).hexdigest())


def _identity(file: Path) -> tuple[int, int, int] | None:
    """Return what changes when another file takes the place of this one; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def read_plan_data(file: Path) -> dict[str, Any]:
    """Return the plain data of a plan.json. Raises InputError where it is not one."""
    return _plan_data(file, _content(file))


def _content(file: Path) -> bytes:
    """Return the bytes of a plan.json. Raises InputError where they cannot be read."""
    try:
        if file.stat().st_size > LARGEST_PLAN:
            raise _refused(file, _("this file is too large for a plan."))
        return file.read_bytes()
    except FileNotFoundError:
        raise _refused(file, _("there is no such file."), _("Run planner plan first.")) from None
    except OSError as error:
        raise _refused(file, _("cannot be read or written: {reason}.").format(reason=reason_of(error))) from None


def _plan_data(file: Path, content: bytes) -> dict[str, Any]:
    """Return the plain data in the bytes of a plan.json. Raises InputError where it is not one."""
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=lambda pairs: _once(file, pairs))
        if rb"\u" in content:  # half a surrogate pair, which no document can hold, has no UTF-8
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        problem = Problem(_("this is not JSON."), path="", file=str(file), line=error.lineno, column=error.colno)
        raise InputError([problem]) from None
    except (ValueError, RecursionError):
        raise _refused(file, _("this is not JSON.")) from None
    if not isinstance(data, dict) or not {"format", "scenario", "allocations"} <= data.keys():
        raise _refused(file, _("this is not a plan."), _("Name a plan.json that planner plan has written."))
    return data


def _once(file: Path, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of a plan.json. Raises InputError where a key occurs twice: other programs may read the other
    value."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for number, (key, _value) in enumerate(pairs) if key in dict(pairs[:number]))
        message = _("'{name}' is defined twice.").format(name=twice)
        raise _refused(file, message, _("Name a plan.json that planner plan has written."))
    return found


def _refused(file: Path, message: str, remedy: str = "") -> InputError:
    return InputError([Problem(message, remedy, file=str(file))])
