"""`planner export`: documents from stored plans, each checked again first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.cli import failures, spoken
from planner.errors import InputError, PlannerError, Problem
from planner.locale import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from planner.cli.stored import StoredPlan


@spoken.command(
    "export",
    help=N_(
        "Makes documents from stored plans, without planning again. Each plan is checked first, like planner verify"
        " does; of one that does not hold nothing is made."
    ),
    examples=(
        ("planner export reports/jambi-2027 --xlsx", N_("An Excel workbook, rencana.xlsx, beside the report:")),
        ("planner export reports/jambi-2027 --pdf", N_("The report as PDF, rencana.pdf:")),
    ),
    exit_codes=(0, 2, 5),
)
@spoken.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar=N_("FOLDER..."),
    help=N_("Folders of results, as planner plan has written them."),
)
@spoken.option("--xlsx", is_flag=True, help=N_("Write an Excel workbook: rencana.xlsx in the folder of the results."))
@spoken.option("--pdf", is_flag=True, help=N_("Write the report as PDF: rencana.pdf in the folder of the results."))
def command(folders: tuple[str, ...], xlsx: bool, pdf: bool) -> int:
    """Make the documents of each stored plan; the exit code is that of the worst."""
    from planner.report import pdf as pdf_files
    from planner.report import workbook

    if not (xlsx or pdf):
        raise click.UsageError(_("Say what to make: --xlsx, --pdf."))
    if xlsx:
        workbook.ensure_available()
    if pdf:
        pdf_files.ensure_available()
    return failures.worst([export(folder, xlsx=xlsx, pdf=pdf) for folder in folders])


def export(folder: str, *, xlsx: bool, pdf: bool) -> int:
    """Check one stored plan and write its documents beside it; return the exit code."""
    from planner.cli.stored import read_stored
    from planner.report.folder import PDF, WORKBOOK
    from planner.report.workbook import write_workbook

    try:
        stored = read_stored(folder)
        plan = stored.plan()
        if xlsx:
            write_workbook(stored.scenario, plan, _target(stored, WORKBOOK))
            click.echo(_("Workbook: {path}").format(path=stored.path.with_name(WORKBOOK)))
        if pdf:
            _write_pdf(stored, _target(stored, PDF))
            click.echo(_("PDF: {path}").format(path=stored.path.with_name(PDF)))
    except (PlannerError, OSError) as error:
        return failures.show(error)
    return 0


def _target(stored: StoredPlan, name: str) -> Path:
    """The file beside the plan; InputError where a folder is in the way."""
    target = stored.path.with_name(name)
    if target.is_dir():
        raise InputError([Problem(_("this is a folder, not a file."), file=str(target))])
    return target


def _write_pdf(stored: StoredPlan, target: Path) -> None:
    """The report of the plan as PDF, with the warnings about its scenario."""
    from planner.cli.stored import SCENARIO_FILE
    from planner.report import render_report
    from planner.report.pdf import write_pdf
    from planner.scenario_io import read_located

    warnings = read_located(stored.path.with_name(SCENARIO_FILE), resolved=True).warnings
    write_pdf(render_report(stored.scenario, stored.plan(), [str(warning) for warning in warnings]), target)
