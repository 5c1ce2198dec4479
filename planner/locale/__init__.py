"""Words in the planner's language: gettext catalogs and the language in force.

Every sentence of the program is written in English in the code, as `_("...")`, and looked up in
the catalog of the language in force. Indonesian is the default, for our users read Indonesian.
The language is kept per context, so that two requests may speak different languages.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from planner.locale.catalog import Catalog
from planner.locale.counted import counted

LANGUAGES: Final = ("id", "en")
DEFAULT_LANGUAGE: Final = "id"
DOMAIN: Final = "planner"

_language: ContextVar[str] = ContextVar("planner_language", default=DEFAULT_LANGUAGE)


_AS_IT_IS: Final[Mapping[str, str]] = MappingProxyType({})
_reworded: ContextVar[Mapping[str, str]] = ContextVar("planner_reworded", default=_AS_IT_IS)


@cache
def translations(language: str) -> _gettext.NullTranslations:
    """Return the catalog of `language`; English is the language of the code and needs none."""
    if language == "en":
        return _gettext.NullTranslations()
    file = Path(__file__).parent / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    return Catalog(file) if file.is_file() else _gettext.NullTranslations()


def use_language(language: str) -> None:
    """Speak `language` ("id" or "en") from here on in this context."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}; known: {', '.join(LANGUAGES)}")
    _language.set(language)


def language_in_force() -> str:
    """Return the language of messages made now: "id" or "en"."""
    return _language.get()


def wording_in_force() -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the language and the other messages in place of some: what decides the words of messages made now."""
    return _language.get(), tuple(_reworded.get().items())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` within a `with` block, as when an English report is made by an Indonesian user."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@contextmanager
def rewording(instead: Mapping[str, str]) -> Iterator[None]:
    """Say other messages in place of some (English msgids) within a `with` block, as pages do that have no options."""
    token = _reworded.set(instead)
    try:
        yield
    finally:
        _reworded.reset(token)


def _(message: str) -> str:
    """Return `message` in the language in force."""
    language, message = _language.get(), _reworded.get().get(message, message)
    return counted(message) if language == "en" else translations(language).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a message for `number` things; Indonesian has one form."""
    instead = _reworded.get()
    one, several = (instead.get(message, message) for message in (singular, plural))
    found = translations(language := _language.get()).ngettext(one, several, number)
    return counted(found) if language == "en" else found


def N_(message: str) -> str:
    """Mark `message` for the catalogs; it is translated where it is shown."""
    return message
