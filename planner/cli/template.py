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
        (
            "planner template realisasi-tw2.xlsx --actuals reports/jambi-2027 --through TW2",
            N_("What really happened until TW2, to fill in:"),
        ),
    ),
    exit_codes=(0, 2),
)
@translated.argument("file", metavar=N_("FILE.xlsx"), help=N_("Workbook to write."))
@translated.argument("scenario", required=False, metavar=N_("[SCENARIO]"), help=N_("Scenario file to put into it."))
@translated.option(
    "--actuals",
    "results",
    metavar=N_("DIR"),
    help=N_(
        "Write the workbook of what has happened instead: the rows of the plan in this folder of results, to be changed"
        " to what was really attended, held and paid. planner replan reads it."
    ),
)
@translated.option(
    "--through",
    metavar=N_("PERIOD"),
    help=N_("With --actuals: the last period that is over.  [default: the first that was not over yet]"),
)
@translated.option("--force", is_flag=True, help=N_("Overwrite a file that is there already."))
def command(file: str, scenario: str | None, results: str | None, through: str | None, force: bool) -> None:
    """Write the workbook in the language in force; refuse to overwrite without --force."""
    if results is not None and scenario is not None:
        raise click.UsageError(_("Give a scenario or --actuals, not both."))
    if through is not None and results is None:
        raise click.UsageError(_("--through goes with --actuals."))
    from planner.scenario_io import read_scenario
    from planner.scenario_io.scenario_workbook import workbook_bytes

    target = Path(file)
    if target.suffix.lower() != ENDING:
        raise InputError([Problem(_("the name of a workbook must end in .xlsx."), file=file)])
    refuse_to_overwrite(target, ours=False, force=force)
    if results is not None:
        from planner.cli.replan import blank_actuals

        write_file(target, blank_actuals(results, through))
        click.echo(_("Workbook: {path}").format(path=target))
        period = "" if through is None else f" --through {shell_quoted(through)}"
        command_line = f"planner replan {shell_quoted(results)} --actuals {shell_quoted(file)}{period}"
        click.echo(_("Next: {command}").format(command=command_line))
        return
    write_file(target, workbook_bytes(read_scenario(scenario) if scenario else None))
    click.echo(_("Workbook: {path}").format(path=target))
    click.echo(_("Next: planner import {path}").format(path=shell_quoted(file)))
