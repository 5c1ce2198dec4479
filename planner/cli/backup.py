"""`planner backup`: everything of a workbench in one file."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import settings, translated
from planner.cli.account import opened
from planner.cli.files import refuse_to_overwrite
from planner.errors import InputError
from planner.locale import N_, _, ngettext


@translated.command(
    "backup",
    help=N_(
        "Writes scenarios with their earlier texts, results, kept plans, journal and accounts to one file, also while"
        " the workbench is in use. It holds hashes of passwords: keep it as safe as the server."
    ),
    examples=(
        ("planner backup cadangan.zip scenarios", N_("Everything of the workbench on a folder:")),
        ("planner backup cadangan.zip scenarios --out hasil", N_("With results in another folder:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument("file", metavar=N_("FILE.zip"), help=N_("File to write."))
@translated.argument(
    "folder", default="scenarios", required=False, metavar=N_("FOLDER"), help=N_("Folder of the scenario files.")
)
@translated.option(
    "--out", default="reports", show_default=True, metavar=N_("FOLDER"), help=N_("Folder of the results.")
)
@settings.database
@translated.option("--force", is_flag=True, help=N_("Overwrite the file if it is there."))
def command(file: str, folder: str, out: str, database: str, force: bool) -> None:
    """Write the file."""
    target = Path(file)
    refuse_to_overwrite(target, ours=False, force=force)
    if not Path(folder).is_dir():
        raise InputError(_("{folder}: there is no such folder.").format(folder=folder))
    opened(Path(out), database)
    from planner.web.backup import back_up

    count = back_up(Path(folder), Path(out), target)
    words = ngettext("{file}: {count} file and the accounts.", "{file}: {count} files and the accounts.", count)
    click.echo(words.format(file=target, count=count))
