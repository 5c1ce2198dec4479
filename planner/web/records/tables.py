"""The tables of the database: where they are, and how they are brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from planner.errors import InputError
from planner.locale import _

FILE: Final = "index.sqlite3"
"""Name of the SQLite file, in the folder of all runs."""
_POSTGRES: Final = ("postgresql", "postgres")


def database_of(url: str, folder: Path) -> dict[str, Any]:
    """Return Django's settings of the database at `url`; of an SQLite file in `folder` where it is empty.

    Raises InputError where the URL is of no kind that is known, or its driver is missing.
    """
    if not url:
        return _sqlite(folder / FILE)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(url.removeprefix("sqlite://"))))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in _POSTGRES or not name:
        raise InputError(_("--database takes postgresql://USER:PASSWORD@HOST:PORT/NAME, not this."))
    try:
        import psycopg  # noqa: F401  (only to see that it is there)
    except ImportError:
        words = _("PostgreSQL needs the package psycopg. Install it with: pip install 'planner[office]'")
        raise InputError(words) from None
    pairs = (pair.partition("=") for pair in parts.query.split("&") if pair)
    given = {unquote(key): unquote(value) for key, _equal, value in pairs}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": given.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": 10, **given},
    }


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file.absolute()),
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE"},
    }


def make_tables() -> None:
    """Bring the tables up to date with the program. Raises InputError where the database cannot be used."""
    from django.core.management import call_command
    from django.db import Error

    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    except (Error, OSError) as error:
        words = _("The database cannot be used: {reason}.")
        raise InputError(words.format(reason=str(error).strip().partition("\n")[0])) from error
