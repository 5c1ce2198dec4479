"""`planner import`: a scenario file from an Excel workbook."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import failures, translated
from planner.cli.check import contents
from planner.cli.files import SCHEMA, refuse_to_overwrite, shell_quoted
from planner.errors import InputError, Problem
from planner.locale import N_, _
from planner.whole_file import write_together


@translated.command(
    "import",
    help=N_(
        "Makes a scenario file from a workbook of `planner template` that was filled in. Reports all mistakes at"
        " once, with sheet, cell and remedy, and warns of what is allowed but dubious. The example rows of the template"
        " are passed over."
    ),
    examples=(
        ("planner import anggaran.xlsx --out anggaran", N_("Make a scenario in a folder:")),
        ("planner import anggaran.xlsx --example", N_("To try the example of the template:")),
        ("planner import anggaran.xlsx --out anggaran --force", N_("Again, after the workbook changed:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument("file", metavar=N_("FILE.xlsx"), help=N_("Workbook to read."))
@translated.option(
    "--out",
    "folder",
    default=".",
    show_default=True,
    metavar=N_("FOLDER"),
    help=N_("Folder of the scenario file, which is named after its id."),
)
@translated.option("--example", is_flag=True, help=N_("Read the example rows of the template, too."))
@translated.option("--force", is_flag=True, help=N_("Overwrite a scenario that is there already."))
def command(file: str, folder: str, example: bool, force: bool) -> None:
    """Write the scenario and its schema into the folder; refuse to overwrite without --force."""
    from planner.scenario_io import scenario_text, schema_text
    from planner.scenario_io.documents import WRITTEN
    from planner.scenario_io.paths import read_bytes
    from planner.scenario_io.problems import Refused
    from planner.scenario_io.scenario_workbook import imported
    from planner.scenario_io.tables.sheet import MAX_BYTES
    from planner.scenario_io.tree import Place

    try:
        data = read_bytes(Path(file), MAX_BYTES, Place(file))
    except Refused as refused:
        raise InputError([refused.problem]) from None
    loaded = imported(data, file, examples=example)
    target = Path(folder) / f"{loaded.scenario.id}.yaml"
    text = scenario_text(loaded.scenario)
    if len(text.encode()) > WRITTEN.size:
        message = _("the scenario file would have {size} MB; at most {most} MB are allowed.")
        size, most = -(-len(text.encode()) // 10**6), WRITTEN.size // 10**6
        remedy = _("Split it into several scenarios, or keep its tables in files of their own (table: …).")
        raise InputError([Problem(message.format(size=size, most=most), remedy, file=file)])
    refuse_to_overwrite(target, ours=False, force=force)
    schema = target.parent / SCHEMA
    there = schema.exists() or schema.is_symlink()
    write_together({target: text} | ({} if there else {schema: schema_text()}))
    for warning in loaded.warnings:
        failures.warn(warning)
    click.echo(_("Scenario: {path}").format(path=target))
    click.echo(contents(loaded.scenario))
    click.echo(_("Next: planner plan {path}").format(path=shell_quoted(str(target))))
