"""What has happened, as an input of a scenario that differs from another: how much of it, not row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from planner.locale import _, ngettext
from planner.report.wording.formats import Formats

type _Rows = Sequence[Mapping[str, Any]]


def _total(rows: _Rows, key: str) -> int:
    return sum(int(row.get(key) or 0) for row in rows if isinstance(row, Mapping))


def _people(formats: Formats, rows: _Rows) -> str:
    people = _total(rows, "participants")
    words = ngettext("{number} participant", "{number} participants", people)
    return words.format(number=formats.count(people))


def _classes(formats: Formats, rows: _Rows) -> str:
    classes = _total(rows, "classes")
    words = ngettext("{number} class held", "{number} classes held", classes)
    return words.format(number=formats.count(classes))


def _promised(formats: Formats, rows: _Rows) -> str:
    classes = _total(rows, "classes")
    words = ngettext("{number} class promised", "{number} classes promised", classes)
    return words.format(number=formats.count(classes))


def _paid(formats: Formats, rows: _Rows) -> str:
    return _("{amount} paid").format(amount=formats.rupiah(_total(rows, "amount")))


def _seats(formats: Formats, rows: _Rows) -> str:
    seats = _total(rows, "seats")
    words = ngettext("{number} free seat given", "{number} free seats given", seats)
    return words.format(number=formats.count(seats))


_LISTS: Final[Mapping[str, Callable[[Formats, _Rows], str]]] = {
    "attended": _people,
    "held": _classes,
    "paid": _paid,
    "committed": _promised,
    "seats_given": _seats,
}


def happened(formats: Formats, path: str, value: Any) -> str | None:
    """Return what `value` says has happened, in sums; None where it is no such input."""
    first, _dot, rest = path.partition(".")
    if first != "actuals":
        return None
    if not rest and isinstance(value, Mapping):
        until = _("until {period}").format(period=value.get("through"))
        return "; ".join([until, *(told(formats, value[key]) for key, told in _LISTS.items() if value.get(key))])
    if rest in _LISTS and isinstance(value, list | tuple):
        return _LISTS[rest](formats, value)
    return None
