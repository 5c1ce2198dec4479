"""Names that are nearly the one written: the "did you mean" of every message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from planner.locale import _
from planner.units.texts import name_key

_MOST_COMPARED: Final = 300
_MOST_LISTED: Final = 8


def near(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`; None where none is close."""
    if len(name) > 200:
        return None
    from difflib import SequenceMatcher, get_close_matches  # here, since only mistakes need them

    names = list(dict.fromkeys(known))
    keys = {name_key(candidate): candidate for candidate in reversed(names)}
    wanted = name_key(name)
    if wanted in keys:
        return keys[wanted]
    alike = (key for key in keys if abs(len(key) - len(wanted)) <= max(3, len(wanted) // 2))
    found = get_close_matches(wanted, list(islice(alike, _MOST_COMPARED)), n=1, cutoff=0.6)
    if found:
        return keys[found[0]]
    starts = [candidate for key, candidate in keys.items() if len(wanted) >= 3 and key.startswith(wanted)]
    return max(starts, key=lambda c: SequenceMatcher(None, wanted, name_key(c)).ratio()) if starts else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the closest known name; empty where none is close."""
    closest = near(name, known)
    return _("Did you mean '{name}'?").format(name=closest) if closest is not None else ""


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return "Did you mean …?", or else a list of the existing names."""
    names = list(dict.fromkeys(known))
    return did_you_mean(name, names) or known_names(names)


def record_suggestion(name: str, records: Mapping[str, str | None]) -> str:
    """Return a sentence that suggests the id of a record.

    `records` has the name of each id, so that whoever wrote a record's name is told its id.
    """
    identifier = id_by_name(name, records)
    if identifier is not None:
        return _("'{name}' is the name of '{id}': write that.").format(name=name, id=identifier)
    identifier = near(name, records)
    if identifier is None:
        by_name = {called: each for each, called in records.items() if called}
        identifier = by_name.get(near(name, by_name) or "")
    if identifier is not None:
        return _("Did you mean {name}?").format(name=_with_name(identifier, records[identifier]))
    return _known([_with_name(*record) for record in records.items()])


def id_by_name(name: str, records: Mapping[str, str | None]) -> str | None:
    """Return the id whose record has that name, whatever the case; None where no record has it, or several have."""
    wanted = name_key(name)
    found = [each for each, called in records.items() if called and name_key(called) == wanted]
    return found[0] if len(found) == 1 else None


def _with_name(identifier: str, called: str | None) -> str:
    """Return an id in quotes, followed by the name of its record."""
    return f"'{identifier}' ({called})" if called and called != identifier else f"'{identifier}'"


def known_names(known: Iterable[str]) -> str:
    """Return a sentence that lists the known names, only the first few where there are many."""
    return _known([f"'{name}'" for name in dict.fromkeys(known)])


def _known(names: list[str]) -> str:
    if not names:
        return ""
    listed = ", ".join(names[:_MOST_LISTED])
    return _("Known: {names}.").format(names=listed + (", …" if len(names) > _MOST_LISTED else ""))
