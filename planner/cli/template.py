"""`planner template`: an Excel workbook with a scenario or an example."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import translated
from planner.cli.files import refuse_to_overwrite, shell_quoted, write_file
from planner.errors import InputError, Problem
from planner.locale import N_, _

ENDING = ".xlsx"


@translated.command(
    "template",
    help=N_(
        "Writes an Excel workbook to fill in: one sheet each for groups, gaps, competencies, programmes, costs, funds"
        " and rules, with drop-downs and explanations. With a scenario it holds that scenario completely; without one,"
        " an example row in each sheet. `planner import` makes a scenario of the workbook."
    ),
    examples=(
        ("planner template anggaran.xlsx", N_("A workbook to fill in:")),
        (
            "planner template jambi.xlsx scenarios/jambi-2027.yaml",
            N_("A scenario that exists, to go on with in Excel:"),
        ),
    ),
    exit_codes=(0, 2),
)
@translated.argument("file", metavar=N_("FILE.xlsx"), help=N_("Workbook to write."))
@translated.argument("scenario", required=False, metavar=N_("[SCENARIO]"), help=N_("Scenario file to put into it."))
@translated.option("--force", is_flag=True, help=N_("Overwrite a file that is there already."))
def command(file: str, scenario: str | None, force: bool) -> None:
    """Write the workbook in the language in force; refuse to overwrite without --force."""
    from planner.scenario_io import read_scenario
    from planner.scenario_io.scenario_workbook import workbook_bytes

    target = Path(file)
    if target.suffix.lower() != ENDING:
        raise InputError([Problem(_("the name of a workbook must end in .xlsx."), file=file)])
    refuse_to_overwrite(target, ours=False, force=force)
    write_file(target, workbook_bytes(read_scenario(scenario) if scenario else None))
    click.echo(_("Workbook: {path}").format(path=target))
    click.echo(_("Next: planner import {path}").format(path=shell_quoted(file)))
