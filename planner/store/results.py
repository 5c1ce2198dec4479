"""The folder of results: plan, scenario and documents, written whole or not at all.

Everything is made in a hidden folder beside the target, forced to disk, and then put in its place in
one step. A crash at any moment leaves the earlier results complete. Files that others have put into
the folder are kept; a folder that is not ours is left alone.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from planner.check import Verdict, check_plan
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InputError, Problem
from planner.locale import _
from planner.plans.plan import Plan
from planner.scenario_io import scenario_text
from planner.store.swap import put_in_place, restore
from planner.whole_file import keep_names

REPORT: Final = "report.html"
PLAN: Final = "plan.json"
SCENARIO: Final = "scenario.yaml"
TABLES: Final = "tables"
WORKBOOK: Final = "rencana.xlsx"
PDF: Final = "rencana.pdf"
ANSWERS: Final = "what-if"
"""The folder of answers to questions about the plan; a new plan begins without any."""
POINTS: Final = "points"
"""The folder in it of plans kept for further questions; they outlive a new plan of the very same scenario."""
OURS: Final = frozenset({REPORT, PLAN, SCENARIO, TABLES, WORKBOOK, PDF, ANSWERS})
"""Names in the folder that are ours to replace."""
_UNFINISHED: Final = ".unfinished"
_ABANDONED_AFTER: Final = 24 * 3600
"""An unfinished folder this old belongs to no run that is still writing [seconds]."""


def ensure_writable(folder: Path, scenario_id: str | None = None, force: bool = False) -> None:
    """InputError unless the results of the scenario may be written to `folder`; to be asked before solving.

    The id is the folder's name unless given. Refused: a file in the way; a folder with other content than
    earlier results of the same scenario, unless forced; a place where nothing can be created.
    """
    folder = Path(os.path.abspath(folder))
    with _refusals(folder):
        if os.path.ismount(folder):
            message = _("this is the top of a drive and cannot be replaced.")
            raise _refused(folder, message, _("Name a folder inside it with --out."))
        restore(folder)
        if folder.exists() and not folder.is_dir():
            raise _refused(folder, _("this is a file, not a folder."), _("Name another folder with --out."))
        if not force and not _is_free(folder, scenario_id or folder.name):
            raise _refused(
                folder,
                _("this folder holds other files than the results of '{id}'.").format(id=scenario_id or folder.name),
                _("Use --force to write into it all the same, or name another folder with --out."),
            )
        parent = folder.parent
        while not parent.exists():
            parent = parent.parent
        probe = parent / f".{secrets.token_hex(8)}{_UNFINISHED}"
        probe.mkdir()
        probe.rmdir()


def write_results(
    scenario: Scenario,
    plan: Plan,
    folder: Path,
    documents: Callable[[Path], None] = lambda folder: None,
    *,
    force: bool = False,
    verdict: Verdict | None = None,
) -> Path:
    """Write plan.json and scenario.yaml to `folder`, and what `documents` puts beside them; returns where a report is.

    `verdict` is what the checker has said of this plan already; without one it is asked here.
    `documents` is called with the folder in which all is prepared. What belongs to an earlier plan does not stay.

    Raises CheckFailed if the independent checker refuses the plan, and InputError where nothing can be
    written; either way the folder stays as it was.
    """
    findings = (verdict or check_plan(scenario, plan.to_plain())).findings
    if findings:
        raise CheckFailed("\n".join(str(finding) for finding in findings))
    folder = Path(os.path.abspath(folder))
    ensure_writable(folder, scenario.id, force)
    unfinished = folder.parent / f".{folder.name}.{secrets.token_hex(8)}{_UNFINISHED}"
    with _refusals(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.mkdir()
            (unfinished / PLAN).write_text(plan.to_json(), encoding="utf-8", newline="\n")
            (unfinished / SCENARIO).write_text(scenario_text(scenario), encoding="utf-8", newline="\n")
            documents(unfinished)
            _keep_foreign(folder, unfinished)
            _keep_points(folder, unfinished, scenario)
            _force_to_disk(unfinished)
            put_in_place(unfinished, folder)
            keep_names(folder.parent)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _clear_abandoned(folder)
    return folder / REPORT


def _is_free(folder: Path, scenario_id: str) -> bool:
    """Whether the folder is missing, holds no more than answers, or holds results of this scenario."""
    if not folder.exists() or all(entry.name == ANSWERS for entry in folder.iterdir()):
        return True
    try:
        found = json.loads((folder / PLAN).read_bytes())
        return bool(found["scenario"]["id"] == scenario_id)
    except (OSError, ValueError, RecursionError, KeyError, TypeError, IndexError):
        return False


def _keep_foreign(folder: Path, unfinished: Path) -> None:
    """Take along what others have put into the folder."""
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name in OURS:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, unfinished / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, unfinished / entry.name, follow_symlinks=False)


def _keep_points(folder: Path, unfinished: Path, scenario: Scenario) -> None:
    """Take along the plans kept for further questions, where they are asked of the scenario that was there before."""
    points = folder / ANSWERS / POINTS
    with suppress(OSError, ValueError, RecursionError, LookupError, TypeError):
        found = json.loads((folder / PLAN).read_bytes())
        if points.is_dir() and found["scenario"]["sha256"] == scenario.sha256:
            shutil.copytree(points, unfinished / ANSWERS / POINTS, symlinks=True)


def _force_to_disk(folder: Path) -> None:
    """Make files and names last through a power cut."""
    for path, _folders, files in os.walk(folder):
        for name in files:
            file = Path(path) / name
            if not file.is_symlink():
                with file.open("rb") as opened:
                    os.fsync(opened.fileno())
        keep_names(Path(path))


def _clear_abandoned(folder: Path) -> None:
    """Remove what killed runs have left beside the folder."""
    for left in folder.parent.glob(f".{folder.name}.*{_UNFINISHED}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED_AFTER:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """What the system refuses, as an error for the planner."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("the results cannot be written here ({reason}).").format(reason=reason)
        raise _refused(folder, message, _("Name another folder with --out.")) from error


def _refused(folder: Path, message: str, remedy: str) -> InputError:
    return InputError([Problem(message, remedy, file=str(folder))])
