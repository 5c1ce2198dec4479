"""`planner restore`: a workbench from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import settings, translated
from planner.cli.account import configured
from planner.errors import InputError
from planner.locale import N_, _, ngettext


@translated.command(
    "restore",
    help=N_(
        "Writes what `planner backup` has kept to folders that are empty or not there yet, makes the index anew, and"
        " brings the accounts back. Nothing is overwritten but accounts of the same name."
    ),
    examples=(
        ("planner restore cadangan.zip scenarios", N_("On a new machine:")),
        ("planner restore cadangan.zip lama --out lama-hasil", N_("Beside what is there, to look at:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument("file", metavar=N_("FILE.zip"), help=N_("File that planner backup has written."))
@translated.argument(
    "folder", default="scenarios", required=False, metavar=N_("FOLDER"), help=N_("Folder of the scenario files.")
)
@translated.option(
    "--out", default="reports", show_default=True, metavar=N_("FOLDER"), help=N_("Folder of the results.")
)
@settings.database
def command(file: str, folder: str, out: str, database: str) -> None:
    """Write the folders."""
    configured(Path(out), database)
    from planner.web.backup import restore

    if not Path(file).is_file():
        raise InputError(_("{file}: there is no such file.").format(file=file))
    count = restore(Path(file), Path(folder), Path(out))
    words = ngettext("{count} file and the accounts are back.", "{count} files and the accounts are back.", count)
    click.echo(words.format(count=count))
