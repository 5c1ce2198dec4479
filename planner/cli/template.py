"""`planner template`: a scenario, or an example to begin with, as an Excel workbook."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import spoken
from planner.cli.files import quoted, refuse_to_overwrite, write_file
from planner.errors import InputError, Problem
from planner.locale import N_, _

ENDING = ".xlsx"


@spoken.command(
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
@spoken.argument("file", metavar=N_("FILE.xlsx"), help=N_("Workbook to write."))
@spoken.argument("scenario", required=False, metavar=N_("[SCENARIO]"), help=N_("Scenario file to put into it."))
@spoken.option("--force", is_flag=True, help=N_("Overwrite a file that is there already."))
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
    click.echo(_("Next: planner import {path}").format(path=quoted(file)))
