"""`planner template`: an Excel workbook with a scenario or an example."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from planner.cli import failures, translated
from planner.cli.files import refuse_to_overwrite, shell_quoted, write_file
from planner.errors import InputError, Problem
from planner.locale import N_, _, language_in_force

ENDING = ".xlsx"
WORD_ENDING = ".docx"


@translated.command(
    "template",
    help=N_(
        "Writes an Excel workbook to fill in: one sheet each for groups, gaps, competencies, programmes, costs, funds"
        " and rules, with drop-downs and explanations. With a scenario it holds that scenario completely; without one,"
        " an example row in each sheet. `planner plan` and `planner check` take the workbook as it is; `planner import`"
        " makes a scenario file of it."
    ),
    examples=(
        ("planner template anggaran.xlsx", N_("A workbook to fill in:")),
        (
            "planner template jambi.xlsx scenarios/jambi-2027.yaml",
            N_("A scenario that exists, to go on with in Excel:"),
        ),
        (
            "planner template anggaran.xlsx --prices ssh-2027.xlsx --activities kegiatan.csv",
            N_("With the codes of a price list and of activities to choose from:"),
        ),
        (
            "planner template realisasi-tw2.xlsx --actuals reports/jambi-2027 --through TW2",
            N_("What really happened until TW2, to fill in:"),
        ),
        ("planner template --docx kop.docx", N_("A Word template for planner export --docx, for your letterhead:")),
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
@translated.option(
    "--lists",
    metavar=N_("FOLDER"),
    help=N_(
        "With --actuals: folder of planner assign whose participants' lists came back with who was present and who"
        " passed; who attended is counted from them."
    ),
)
@translated.option(
    "--docx",
    is_flag=True,
    help=N_("Write the Word template of terms of reference and letter instead, to put your letterhead in."),
)
@translated.option(
    "--sections", is_flag=True, help=N_("With --docx: one heading and one tag for each section, to be moved about.")
)
@translated.option(
    "--prices",
    "price_files",
    multiple=True,
    metavar=N_("FILE"),
    help=N_(
        "Price list (SSH, SBU) in the layout of SIPD, of its import template, or with the columns code, name, unit and"
        " price; .csv or .xlsx. Its codes become a drop-down of the cost lines. May be given several times."
    ),
)
@translated.option(
    "--prices-column",
    "price_column",
    metavar=N_("HEAD"),
    help=N_("Head of the column of the prices, for a list with prices in several columns (SBU), as 'Luar Kota'."),
)
@translated.option(
    "--activities",
    "activity_file",
    metavar=N_("FILE"),
    help=N_(
        "List of activities (sub kegiatan) with the columns code and name; .csv or .xlsx. Its codes become a drop-down"
        " of the programmes."
    ),
)
@translated.option("--force", is_flag=True, help=N_("Overwrite a file that is there already."))
def command(
    file: str,
    scenario: str | None,
    results: str | None,
    through: str | None,
    lists: str | None,
    price_files: tuple[str, ...],
    price_column: str | None,
    activity_file: str | None,
    docx: bool,
    sections: bool,
    force: bool,
) -> None:
    """Write the workbook or the Word template in the language in force; refuse to overwrite without --force."""
    if docx or sections or file.lower().endswith(WORD_ENDING):
        if scenario is not None or results is not None or through is not None or price_files or activity_file:
            raise click.UsageError(_("A Word template takes no scenario, no --actuals and no --through."))
        _write_word(Path(file), sections=sections, force=force)
        return
    if results is not None and scenario is not None:
        raise click.UsageError(_("Give a scenario or --actuals, not both."))
    if results is not None and (price_files or activity_file):
        raise click.UsageError(_("--prices and --activities do not go with --actuals."))
    if through is not None and results is None:
        raise click.UsageError(_("--through goes with --actuals."))
    if lists is not None and results is None:
        raise click.UsageError(_("--lists goes with --actuals."))
    if price_column is not None and not price_files:
        raise click.UsageError(_("--prices-column goes with --prices."))
    from planner.scenario_io.activity_list import offered_activities
    from planner.scenario_io.price_lists import offered_prices
    from planner.scenario_io.reading import read_located
    from planner.scenario_io.scenario_workbook import dated_prices, left_beside, without_them, workbook_bytes

    target = Path(file)
    if target.suffix.lower() != ENDING:
        raise InputError([Problem(_("the name of a workbook must end in .xlsx."), file=file)])
    refuse_to_overwrite(target, ours=False, force=force)
    if results is not None:
        from planner.cli.replan import blank_actuals

        write_file(target, blank_actuals(results, through, lists))
        click.echo(_("Workbook: {path}").format(path=target))
        period = "" if through is None else f" --through {shell_quoted(through)}"
        command_line = f"planner replan {shell_quoted(results)} --actuals {shell_quoted(file)}{period}"
        click.echo(_("Next: {command}").format(command=command_line))
        return
    loaded = read_located(scenario) if scenario else None
    filled_in = None if loaded is None else loaded.scenario
    year = None if filled_in is None else filled_in.scenario.fiscal_year
    read_list = partial(offered_prices, column=price_column, year=year)
    offered = [] if loaded is None else dated_prices(loaded)
    offered.extend(entry for name in price_files for entry in _read(read_list, name))
    activities = _read(offered_activities, activity_file) if activity_file else ()
    write_file(target, workbook_bytes(None if filled_in is None else without_them(filled_in), offered, activities))
    click.echo(_("Workbook: {path}").format(path=target))
    if filled_in is not None and (left := left_beside(filled_in)):
        click.echo(_("Not in the workbook: {keys}. Keep them in the scenario file.").format(keys=", ".join(left)))
    words = _("Next: planner check {path}") if filled_in else _("Next: fill it in, then planner check {path}")
    click.echo(words.format(path=shell_quoted(file)))


def _write_word(target: Path, *, sections: bool, force: bool) -> None:
    """Write the shipped Word template."""
    from planner.report.word import template_bytes

    if target.suffix.lower() != WORD_ENDING:
        raise InputError([Problem(_("the name of a Word template must end in .docx."), file=str(target))])
    refuse_to_overwrite(target, ours=False, force=force)
    write_file(target, template_bytes(language_in_force(), sections=sections))
    click.echo(_("Word template: {path}").format(path=target))
    command_line = f"planner export {_('FOLDER')} --docx --template {shell_quoted(str(target))}"
    click.echo(_("Next: {command}").format(command=command_line))


def _read[T](read: Callable[[Path], tuple[list[T], list[Problem]]], file: str) -> list[T]:
    """Return what a list of prices or activities offers, after printing its warnings; raise InputError if a file is no
    such list."""
    from planner.scenario_io.problems import Refused

    try:
        offered, doubts = read(Path(file))
    except Refused as refused:
        raise InputError([refused.problem]) from None
    for doubt in doubts:
        failures.warn(doubt)
    return offered
