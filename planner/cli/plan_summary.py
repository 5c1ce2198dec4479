"""What `planner plan` prints of a scenario and its plan: warnings before the search, the summary after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli import failures
from planner.errors import Problem
from planner.locale import _, ngettext

if TYPE_CHECKING:
    from planner.cli.outputs import Outputs
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario

MOST_WARNINGS = 10
"""Most warnings printed per scenario; `planner check` prints all."""


def show_warnings(typed: str, warnings: Sequence[Problem]) -> None:
    """Print the first warnings, and how to see the others of what was `typed`."""
    for warning in warnings[:MOST_WARNINGS]:
        failures.warn(warning)
    more = len(warnings) - MOST_WARNINGS
    if more > 0:
        text = ngettext(
            "{count} more warning: planner check {path}", "{count} more warnings: planner check {path}", more
        )
        failures.say(text.format(count=more, path=typed))


def show_summary(loaded: LoadedScenario, plan: Plan, folder: Path, outputs: Outputs) -> None:
    """Print the summary table and the paths of the documents."""
    from planner.cli import terminal
    from planner.report import summary_table
    from planner.report.word import notices
    from planner.store.results import PDF, WORD, WORKBOOK

    scenario = loaded.scenario
    terminal.show(summary_table(scenario, plan), title=scenario.scenario.label, on_stderr=outputs.on_stdout)
    outputs.say(_("Report: {path}").format(path=folder / "report.html"))
    if outputs.xlsx:
        outputs.say(_("Workbook: {path}").format(path=folder / WORKBOOK))
    if outputs.printer is not None:
        outputs.say(_("PDF: {path}").format(path=folder / PDF))
    if outputs.word is not None:
        outputs.say(_("Word: {path}").format(path=folder / WORD))
        for notice in notices(scenario, outputs.word):
            failures.say(notice)
