"""`planner init`: a commented starter scenario that can be planned as it is."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from planner.cli import translated
from planner.cli.files import SCHEMA, refuse_to_overwrite, shell_quoted
from planner.errors import InputError, Problem
from planner.locale import N_, _
from planner.whole_file import write_together

STARTER: Final = "skenario.yaml"


@translated.command(
    "init",
    help=N_(
        "Makes a folder with a commented starter scenario that runs as it is, and the schema that lets an editor"
        " complete and check it. Replace its figures with yours, step by step."
    ),
    examples=(
        ("planner init anggaran", N_("Begin in a new folder:")),
        ("planner plan anggaran/skenario.yaml", N_("Then plan it:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument("folder", metavar=N_("FOLDER"), help=N_("Folder to make, or one that exists."))
@translated.option("--force", is_flag=True, help=N_("Overwrite a starter that is there already."))
def command(folder: str, force: bool) -> None:
    """Write the starter and its schema into the folder; refuse to overwrite without --force."""
    from planner.scenario_io import schema_text

    target = Path(folder)
    contents = {
        STARTER: files("planner.cli").joinpath("starter", STARTER).read_text(encoding="utf-8"),
        SCHEMA: schema_text(),
    }
    taken = [target / name for name in contents if _has_content(target / name)]
    if taken and not force:
        remedy = _("Choose another folder, or use --force to overwrite it.")
        raise InputError([Problem(_("this file exists."), remedy, file=str(path)) for path in taken])
    for name in contents:
        refuse_to_overwrite(target / name, ours=True, force=force)
    write_together({target / name: text for name, text in contents.items()})
    starter = target / STARTER
    click.echo(_("Scenario: {path}").format(path=starter))
    click.echo(_("Schema for editors: {path}").format(path=target / SCHEMA))
    click.echo(_("Next: planner plan {path}").format(path=shell_quoted(str(starter))))


def _has_content(path: Path) -> bool:
    return path.is_symlink() or (path.exists() and (not path.is_file() or path.stat().st_size > 0))
