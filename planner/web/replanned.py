"""The scenario of what is left of a plan: its own file, made of the plan's scenario and what has happened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _, speaking
from planner.report.wording.broken_by_facts import breaches_in_rows, breaches_said
from planner.scenario_io import scenario_text
from planner.scenario_io.problems import located
from planner.scenario_io.replanning import read_with_actuals
from planner.store.stored_plan import SCENARIO_FILE
from planner.web.creating import unused, written
from planner.web.passed import CheckedPlan
from planner.web.workspace import LARGEST_UPLOAD, ScenarioFile, Workspace, told
from planner.whole_file import write_whole

_TABLE: Final = re.compile(r"[A-Za-z][A-Za-z _-]{1,30}\.csv")
"""Names of tables that are sent: those of the sheets of actuals."""
_BOOK: Final = re.compile(r"\w[\w (),.-]{0,80}\.xlsx")
"""Names of workbooks that are safe to keep."""


def replanned(
    work: Workspace, kept: CheckedPlan, sent: Mapping[str, bytes], through: str
) -> tuple[ScenarioFile, tuple[str, ...]]:
    """Make the scenario file of what is left of a plan, from a workbook or from CSV files that were `sent`, by name;
    return it with what deserves a look in what was sent, each at its cell, which the file made of it no longer names.

    `through` is the last period that is over; the latest of the tables when empty. Raises InputError with all problems,
    each at its cell; nothing is left then, and no file is ever replaced.
    """
    horizon = kept.stored.scenario.horizon
    if through and through not in horizon:
        raise InputError([Problem(_("unknown period '{name}'.").format(name=through))])
    if not sent:
        raise InputError(_("Choose the workbook with what has happened."))
    if sum(map(len, sent.values())) > LARGEST_UPLOAD:
        raise InputError(_("This file is larger than a scenario can be (10 MB)."))
    with TemporaryDirectory() as folder:
        table = _table(Path(folder), sent)
        loaded = read_with_actuals(kept.stored.path.with_name(SCENARIO_FILE), table, through or None, horizon)
        scenario = loaded.scenario
        in_rows = [
            located(loaded.place(each.path), each.message, each.remedy, each.path)
            for each in breaches_in_rows(scenario)
        ]
        notices = told(each for each in (*loaded.warnings, *in_rows) if each.file.startswith(str(table)))
    stem = unused(work, scenario.id)
    title = _title(kept.stored.scenario, scenario)
    identity = scenario.scenario.model_copy(update={"id": stem, "name": title})
    broken = breaches_said(scenario)
    made = written(work, stem, scenario_text(scenario.changed(scenario=identity)))
    return made, (*notices, *((broken,) if broken else ()))


def _title(before: Scenario, rest: Scenario) -> str:
    """Return the title of the plan with what is left of it, in the language of its documents."""
    with speaking(rest.scenario.language):
        words = _("{title}, what is left after {period}")
        title = before.scenario.label
        if before.actuals is not None:
            title = title.removesuffix(words.format(title="", period=before.actuals.through))
        assert rest.actuals is not None
        return words.format(title=title, period=rest.actuals.through)


def _table(folder: Path, sent: Mapping[str, bytes]) -> Path:
    """Write what was sent into `folder`: the workbook, or the folder itself with its CSV files."""
    if len(sent) == 1 and next(iter(sent.values())).startswith(b"PK"):
        ((name, content),) = sent.items()
        table = folder / (name if _BOOK.fullmatch(name) else "realisasi.xlsx")  # as messages call it
        write_whole(table, content, flush=False)
        return table
    tables = folder / (next(iter(sent)) if len(sent) == 1 else "realisasi")
    for name, content in sent.items():
        if not _TABLE.fullmatch(name):
            words = _("{name}: send one workbook, or CSV files that are named after their sheets.")
            raise InputError(words.format(name=name[:80]))
        tables.mkdir(exist_ok=True)
        write_whole(tables / name, content, flush=False)
    return tables
