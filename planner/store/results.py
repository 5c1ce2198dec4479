"""The folder of results: plan, scenario and documents, written whole or not at all.

Everything is prepared in a hidden folder beside the target, flushed to disk, and then put in place in one step. A crash
at any moment leaves the earlier results complete. If several write, the last one wins. Foreign files in the folder of
the same results are kept, and a folder that holds something else is refused.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from planner.check import Verdict, check_plan
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InputError, Problem, reason_of
from planner.locale import _
from planner.plans.plan import Plan
from planner.scenario_io import scenario_text
from planner.store.folder_lock import writing_in
from planner.store.leftovers import clear_leftovers
from planner.store.stored_plan import FIRST_PLAN, PLAN_FILE, SCENARIO_FILE
from planner.store.swap import put_in_place, restore
from planner.whole_file import force_to_disk, keep_names, making, write_whole

REPORT: Final = "report.html"
TABLES: Final = "tables"
WORKBOOK: Final = "rencana.xlsx"
PDF: Final = "rencana.pdf"
WORD: Final = "word"
"""The folder of Word documents."""
CALENDAR: Final = "rencana.ics"
CERTIFICATE: Final = "certificate"
"""The folder of certificates of the plan; removed with that plan."""
ANSWERS: Final = "what-if"
"""The folder of answers about the plan; removed with that plan."""
POINTS: Final = "points"
BLOCKS: Final = "blocks"
"""The folder in it with the cache of further plans; kept while the scenario stays the same."""
OURS: Final = frozenset(
    (REPORT, PLAN_FILE, SCENARIO_FILE, TABLES, WORKBOOK, PDF, CALENDAR, WORD, CERTIFICATE, ANSWERS, FIRST_PLAN)
)
"""Names in the folder that belong to the planner and are replaced."""
_UNFINISHED: Final = ".unfinished"


def ensure_writable(folder: Path, scenario_id: str | None = None, force: bool = False) -> None:
    """Raise InputError unless the results of the scenario may be written to `folder`; call it before solving.

    The id is the folder's name unless given. Refused are: a file of that name; a folder with other content than
    earlier results of the same scenario, unless `force`; a place where nothing can be created.
    """
    folder = Path(os.path.abspath(folder))
    with _refusals(folder):
        if os.path.ismount(folder):
            message = _("this is the top of a drive and cannot be replaced.")
            raise _refused(folder, message, _("Name a folder inside it with --out."))
        if folder.parent.is_dir():
            with writing_in(folder.parent):
                restore(folder)
                _ensure_ours(folder, scenario_id or folder.name, force)
        parent = folder.parent
        while not parent.exists():
            parent = parent.parent
        probe = parent / f".{secrets.token_hex(8)}{_UNFINISHED}"
        probe.mkdir()
        probe.rmdir()


def _ensure_ours(folder: Path, scenario_id: str, force: bool) -> None:
    """Raise InputError where the folder's name belongs to something other than results of the scenario."""
    if folder.exists() and not folder.is_dir():
        raise _refused(folder, _("this is a file, not a folder."), _("Name another folder with --out."))
    if not force and not _is_free(folder, scenario_id):
        raise _refused(
            folder,
            _("this folder holds other files than the results of '{id}'.").format(id=scenario_id),
            _("Use --force to write into it all the same, or name another folder with --out."),
        )


def write_results(
    scenario: Scenario,
    plan: Plan,
    folder: Path,
    documents: Callable[[Path], None] = lambda folder: None,
    *,
    force: bool = False,
    verdict: Verdict | None = None,
) -> Path:
    """Write plan.json, scenario.yaml and the documents to `folder`; return the path of the report.

    `documents` is called with the folder in which everything is prepared. `verdict` is the checker's on this plan, if
    it is known; otherwise the plan is checked here. Files of an earlier plan are removed.

    Raises CheckFailed where the checker refuses the plan, and InputError where the folder cannot be written or belongs
    to something else by then; the folder then stays as it was.
    """
    findings = (verdict or check_plan(scenario, plan.to_plain())).findings
    if findings:
        raise CheckFailed("\n".join(str(finding) for finding in findings))
    folder = Path(os.path.abspath(folder))
    ensure_writable(folder, scenario.id, force)
    unfinished = folder.parent / f".{folder.name}.{secrets.token_hex(8)}{_UNFINISHED}"
    with _refusals(folder), making(folder.parent):
        try:
            unfinished.mkdir()
            write_whole(unfinished / PLAN_FILE, plan.to_json(), flush=False)
            write_whole(unfinished / SCENARIO_FILE, scenario_text(scenario), flush=False)
            documents(unfinished)
            with writing_in(
                folder.parent
            ):  # one writer at a time, so that nothing is lost between copying and replacing
                restore(folder)
                _ensure_ours(folder, scenario.id, force)
                _keep_foreign(folder, unfinished)
                _keep_points(folder, unfinished, scenario)
                force_to_disk(unfinished)
                put_in_place(unfinished, folder)
                keep_names(folder.parent)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        clear_leftovers(folder.parent)
    return folder / REPORT


def _is_free(folder: Path, scenario_id: str) -> bool:
    """Return whether the folder is missing, holds only answers, or holds results of this scenario."""
    if not folder.exists() or all(entry.name == ANSWERS for entry in folder.iterdir()):
        return True
    try:
        found = json.loads((folder / PLAN_FILE).read_bytes())
        return bool(found["scenario"]["id"] == scenario_id)
    except (OSError, ValueError, RecursionError, KeyError, TypeError, IndexError):
        return False


def _keep_foreign(folder: Path, unfinished: Path) -> None:
    """Copy foreign files in the folder."""
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
    """Copy the cache of further plans, if it belongs to the same scenario."""
    points = folder / ANSWERS / POINTS
    with suppress(OSError, ValueError, RecursionError, LookupError, TypeError):
        found = json.loads((folder / PLAN_FILE).read_bytes())
        if points.is_dir() and found["scenario"]["sha256"] == scenario.sha256:
            half_written = shutil.ignore_patterns(".*.partial")
            shutil.copytree(points, unfinished / ANSWERS / POINTS, symlinks=True, ignore=half_written)


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """Turn errors of the operating system into InputError."""
    try:
        yield
    except OSError as error:
        message = _("the results cannot be written here ({reason}).").format(reason=reason_of(error))
        raise _refused(folder, message, _("Name another folder with --out.")) from error


def _refused(folder: Path, message: str, remedy: str) -> InputError:
    return InputError([Problem(message, remedy, file=str(folder))])
