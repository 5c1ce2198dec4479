"""`planner account`: accounts of an office's workbench, made where the server runs."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from planner.cli import settings, translated
from planner.errors import InputError
from planner.locale import N_, _

ROLES = ("reader", "planner", "reviewer", "administrator")


@translated.command(
    "account",
    help=N_(
        "Makes an account of the office's workbench, or gives one a further role; without a name it lists all."
        " Administrators do the same in the browser; the first one is made here. The password is asked for, or read"
        " from standard input where that is no terminal."
    ),
    examples=(
        ("planner account siti --role administrator --full-name 'Siti Aminah'", N_("The first administrator:")),
        (
            "planner account budi --role planner --agency 'BPSDM Provinsi Jambi'",
            N_("A planner of the scenarios of one agency:"),
        ),
        ("planner account budi --password", N_("Another password, where it was forgotten:")),
        ("planner account", N_("Who has an account:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument("name", default="", required=False, metavar=N_("[NAME]"), help=N_("User name."))
@translated.option("--role", type=click.Choice(ROLES), help=N_("Role to give."))
@translated.option("--agency", default="", metavar=N_("AGENCY"), help=N_("Only for scenarios of this agency."))
@translated.option("--full-name", default="", metavar=N_("NAME"), help=N_("Name as documents print it."))
@translated.option("--password", is_flag=True, help=N_("Set another password."))
@translated.option(
    "--out", default="reports", show_default=True, metavar=N_("FOLDER"), help=N_("Folder of the results.")
)
@settings.database
def command(name: str, role: str | None, agency: str, full_name: str, password: bool, out: str, database: str) -> None:
    """Make or change an account."""
    archive, register = opened(Path(out), database)
    if not name:
        for user in register.accounts():
            click.echo(_line(user))
        return
    user = register.account(name.strip().lower())
    with acting():
        if user is None:
            if role is None:
                raise InputError(_("Say with --role what the new account may do."))
            user = register.make(archive, name, full_name, _asked(), [(role, agency)])
        else:
            if role is not None:
                register.give(archive, user, role, agency)
            if password:
                register.set_password(archive, user, _asked())
    click.echo(_line(user))


def configured(results: Path, database: str) -> None:
    """Set the database up. Raises InputError where packages are missing."""
    try:
        from planner.web.configuration import configure_database
    except ImportError as error:
        words = _("The workbench needs the package '{name}'. Install it with: pip install 'planner[web]'")
        raise InputError(words.format(name=error.name)) from None
    configure_database(results, database)


def opened(results: Path, database: str) -> tuple[Any, Any]:
    """Return the archive of the results and the register of accounts, ready for use. Raises InputError."""
    configured(results, database)
    from planner.web.archive import Archive

    archive = Archive(results.absolute())
    archive.open()
    from planner.web.accounts import register

    return archive, register


def acting() -> AbstractContextManager[None]:
    """Return a block in which the journal names as actor whoever typed the command, by the account of this machine."""
    import getpass

    from planner.web.acting import Actor, acting_as

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = "?"
    return acting_as(Actor(_("{name} at the server's command line").format(name=name), signed_in=True))


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(_("Password"), hide_input=True, confirmation_prompt=_("Once more")))


def _line(user: Any) -> str:
    from planner.web.role_names import ROLE_NAMES

    given = ", ".join(
        _(ROLE_NAMES[right.role]) + (f" ({right.agency})" if right.agency else "")
        for right in user.planner_rights.order_by("role", "agency")
    )
    full = f" ({user.get_full_name()})" if user.get_full_name() else ""
    closed = "" if user.is_active else f" [{_('closed')}]"
    return f"{user.username}{full}: {given or _('no role')}{closed}"
