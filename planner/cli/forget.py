"""`planner forget`: a person out of tables, uploads and lists of names."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.cli import failures, translated
from planner.errors import InputError
from planner.locale import N_, _, ngettext


@translated.command(
    "forget",
    help=N_(
        "Takes a person out of every table in folders (CSV, Excel, Parquet; lists of people, uploads, lists of names,"
        " also in hidden folders) and says where. What is no table and holds the id is named, and the exit code is 2"
        " then. Plans and reports hold counts and no people: they stay."
    ),
    examples=(
        ("planner forget 198001012005011001 scenarios reports", N_("A person, by the id in the tables:")),
        ("planner forget - scenarios reports < nip.txt", N_("With the id in a file, so that no shell remembers it:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument("person", metavar=N_("ID"), help=N_("The person's id, such as the NIP; with -, standard input."))
@translated.argument("folders", nargs=-1, required=True, metavar=N_("FOLDER..."), help=N_("Folders to look through."))
@translated.option("--dry-run", is_flag=True, help=N_("Only say where the person is; change nothing."))
def command(person: str, folders: tuple[str, ...], dry_run: bool) -> int:
    """Take the person out and print each place; return the exit code."""
    from planner.store.forgetting import forget, is_sure, plain_person

    wanted = plain_person(sys.stdin.read() if person == "-" else person)
    if not is_sure(wanted):
        failures.say(
            _(
                "An id that is no NIP may be something else: it is looked for only in columns of tables whose head says"
                " that they hold ids, such as id, NIP or pengenal. Look through other files yourself."
            )
        )
    left = rows = 0
    for folder in folders:
        for place in forget(wanted, Path(folder), only_look=dry_run):
            rows += place.rows
            if place.rows:
                count = ngettext("{file}: {count} row", "{file}: {count} rows", place.rows)
                click.echo(count.format(file=place.file, count=place.rows))
            if place.cells:
                rows += place.cells
                count = ngettext(
                    "{file}: {count} cell in the row of somebody else; look for a name beside it",
                    "{file}: {count} cells in rows of others; look for names beside them",
                    place.cells,
                )
                click.echo(count.format(file=place.file, count=place.cells))
            if place.left:
                left += 1
                by_hand = (
                    _("{file}: the name of this folder holds the id; rename it by hand.")
                    if place.file.is_dir()
                    else _("{file}: holds the id; take it out by hand.")
                )
                failures.say(by_hand.format(file=place.file))
    if not rows and not left:
        click.echo(_("The id is in no file."))
    elif dry_run:
        click.echo(_("Nothing was changed."))
    elif rows:
        click.echo(_("Plans that were made with these tables stay; name lists are made anew only after planning anew."))
    return InputError.exit_code if left else 0
