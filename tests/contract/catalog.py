"""The Indonesian catalogs against the code: which messages the code says, and which are translated.

`make locale` runs this file: it brings planner.po up to date with the code, keeps every translation
there is, compiles both catalogs, and names what is still to be translated. The tests of the catalogs
use the same functions, so that a catalog left behind fails there.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import click
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "planner" / "locale" / "id" / "LC_MESSAGES"
KEYWORDS: Final = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
METHODS: Final = [("**.py", "python"), ("report/templates/**", "jinja2"), ("web/templates/*.j2", "jinja2")]
_TEMPLATES: Final = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "encoding": "utf-8"}
OPTIONS: Final = {"report/templates/**": _TEMPLATES, "web/templates/*.j2": _TEMPLATES}
"""As the templates are read by planner/report/page.py; a template that cannot be read is an error."""
SAID_BY_CLICK: Final = ("core.py", "exceptions.py", "formatting.py", "parser.py", "types.py")
NEVER_SAID: Final = re.compile(
    "deprecat|UUID|declaration|declare|defined twice|true/false|iterable|start character|Choice\\(|standard stream"
    "|match the format",
    re.IGNORECASE,
)
"""Messages of click for programmers, or of features that we do not use."""
DATE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogs carry one date for ever: the history of the repository knows the others."""

Key = str | tuple[str, str]
"""A message, or its singular and plural."""


@cache
def messages_in(folder: Path) -> dict[Key, str]:
    """Every message that the Python files and templates under `folder` say, with one place where it is said."""
    found: dict[Key, str] = {}
    for name, line, text, _comments, _context in extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS):
        key = text if isinstance(text, str) else (text[0], text[1])
        if key:
            found.setdefault(key, f"{name}:{line}")
    return found


def messages_of_planner() -> dict[Key, str]:
    return messages_in(ROOT / "planner")


def messages_of_click() -> dict[Key, str]:
    """What click itself may say in our help and errors."""
    found = messages_in(Path(click.__file__).parent)
    return {
        key: place
        for key, place in found.items()
        if place.startswith(SAID_BY_CLICK) and not NEVER_SAID.search(str(key))
    }


def translations(stored: Catalog) -> dict[Key, str]:
    """Messages of a catalog with their Indonesian, "" where there is none; Indonesian has one plural form."""
    found: dict[Key, str] = {}
    for message in stored:
        if message.id:
            key = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
            text = message.string if isinstance(message.string, str) else (message.string or [""])[0]
            found[key] = "" if message.fuzzy else text
    return found


@cache
def stored(name: str) -> dict[Key, str]:
    """The translations in planner.po or click.po."""
    with (FOLDER / f"{name}.po").open("rb") as file:
        return translations(read_po(file, locale="id", domain=name))


def compiled(name: str) -> dict[Key, str]:
    """The translations in planner.mo or click.mo, which are what the program reads."""
    with (FOLDER / f"{name}.mo").open("rb") as file:
        return translations(read_mo(file))


def placeholders(text: str) -> set[str]:
    """What is filled in when a message is shown: {name} and %(name)s."""
    return set(re.findall(r"\{[^{}]*\}|%\(\w+\)[a-z]", text))


def write(name: str, said: dict[Key, str], known: dict[Key, str]) -> list[str]:
    """Write and compile the catalog of what is said; return the messages that have no Indonesian."""
    renewed = Catalog(
        "id",
        name,
        project=name,
        version="1",
        msgid_bugs_address="planner",
        creation_date=DATE,
        revision_date=DATE,
        last_translator="planner",
        language_team="planner",
        fuzzy=False,
    )
    renewed.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    renewed.header_comment = f"# Indonesian of {name}. Keep the alphabetical order: `make locale` does."
    for key in sorted(said, key=str):
        text = known.get(key, "")
        renewed.add(key, text if isinstance(key, str) else (text,))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.po").open("wb") as file:
        write_po(file, renewed, width=110, no_location=True)
    with (FOLDER / f"{name}.mo").open("wb") as file:
        write_mo(file, renewed)
    return [f"{said[key]}: no Indonesian for {key!r}" for key in sorted(said, key=str) if not known.get(key)]


def main() -> int:
    """Renew and compile both catalogs; 1 when messages are left without Indonesian."""
    missing = write("planner", messages_of_planner(), stored("planner"))
    missing += write("click", messages_of_click(), stored("click"))
    print("\n".join(missing) or "planner.po, click.po: complete")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
