"""A scenario file for the year after its own: years, days and names of periods move by one; what cannot is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planner.domain.checks.references import records_of, text_of
from planner.domain.periods import period_id
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.scenario_io.renaming import named_anew
from planner.scenario_io.tree import Bare
from planner.units.dates import read_date

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_LEAP_DAY: Final = ((re.compile(r"\b29(?=\s+[Ff]eb)"), "28"), (re.compile(r"(?<=-02-)29\b"), "28"))
"""The last day of February, where the next year has none."""


@dataclass(frozen=True)
class NextYear:
    """A scenario moved by a year."""

    data: dict[str, Bare]
    notices: tuple[str, ...]
    """What was moved by rule and deserves a look, and what stays as it was."""
    left: tuple[tuple[str, ...], ...]
    """Places of texts in which the year before still stands."""


def of_next_year(data: Mapping[str, Bare], scenario: Scenario) -> NextYear:
    """Return the plain data of a scenario file, moved by a year; `scenario` is what the file says with all it builds
    on."""
    made: dict[str, Any] = _copied(dict(data))
    years = {year: _later(year) for year in scenario.years if year.isdigit()}
    identity = made.get("scenario")
    if isinstance(identity, dict) and isinstance(identity.get("fiscal_year"), int | str):
        identity["fiscal_year"] = int(str(identity["fiscal_year"])) + 1
        for key in ("name", "document_date"):
            if isinstance(identity.get(key), str):
                identity[key] = _moved(identity[key], None if key == "document_date" else years)
    ids = {id: _moved(id, years) for id in map(period_id, scenario.periods or scenario.horizon)}
    made = named_anew(made, "periods", {old: new for old, new in ids.items() if old != new})
    dated = _move_periods(made, ids)
    for mapping in list(_by_year(made)):
        entries = [(_moved(key, years) if isinstance(key, str) else key, value) for key, value in mapping.items()]
        mapping.clear()
        mapping.update(entries)
    for _place, rule in records_of(made, "rules"):
        where = rule.get("where")
        if isinstance(where, dict) and "years" in where:
            where["years"] = _moved_years(where["years"], years)
    dated |= _move_days_of_classes(made)
    past = made.pop("actuals", None) is not None
    gone = years.keys() - set(years.values())
    left = {path for path, text in _texts(made, ()) if gone & set(_YEAR.findall(text)) and path[-1] != "document_date"}
    return NextYear(made, tuple(_notices(made, scenario, dated=dated, past=past)), tuple(sorted(left)))


def _copied(value: Any) -> Any:
    """Return a copy that may be changed, with lists for tuples."""
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list | tuple) else value


def _later(year: str) -> str:
    return str(int(year) + 1)


def _moved(text: str, years: Mapping[str, str] | None) -> str:
    """Return a text with each year as the next one: only those of the plan, where `years` are given."""
    return _YEAR.sub(lambda found: _later(found[0]) if years is None or found[0] in years else found[0], text)


def _moved_years(value: Bare, years: Mapping[str, str]) -> Bare:
    """Return one year or a list of years, moved."""
    if isinstance(value, list):
        return [_moved_years(each, years) for each in value]
    moved = _moved(str(value), years)
    return int(moved) if isinstance(value, int) and moved.isascii() and moved.isdigit() else moved


def _day(text: str) -> str:
    """Return a day in the next year; 29 February becomes 28 February."""
    moved = _moved(text, None)
    try:
        read_date(moved)
    except ValueError:
        for leap, last in _LEAP_DAY:
            moved = leap.sub(last, moved)
    return moved


def _renamed(id: Bare, ids: Mapping[str, str]) -> Bare:
    """Return the id of a period in the next year, a number where it was one."""
    name = ids.get(text_of(id) or "")
    return id if name is None else int(name) if isinstance(id, int) and name.isascii() and name.isdigit() else name


def _move_periods(data: dict[str, Bare], ids: Mapping[str, str]) -> bool:
    """Move years, days and names of the periods themselves; return whether any has days."""
    periods = data.get("periods")
    dated = False
    for place, entry in enumerate(periods if isinstance(periods, list) else ()):
        if not isinstance(entry, dict):
            if isinstance(periods, list):
                periods[place] = _renamed(entry, ids)
            continue
        if "id" in entry:
            entry["id"] = _renamed(entry["id"], ids)
        if isinstance(entry.get("year"), int):
            entry["year"] += 1
        for key in ("from", "to"):
            if isinstance(entry.get(key), str):
                entry[key], dated = _day(entry[key]), True
    return dated


def _move_days_of_classes(data: dict[str, Bare]) -> bool:
    """Move the days of classes; return whether there are any."""
    found = False
    for _place, programme in records_of(data, "programmes"):
        dates = programme.get("dates")
        if isinstance(dates, str) and isinstance(programme, dict):
            programme["dates"], found = _day(dates), True
        elif isinstance(dates, list):
            dates[:], found = [_day(each) if isinstance(each, str) else each for each in dates], True
    return found


def _by_year(data: Mapping[str, Bare]) -> Iterator[dict[Any, Bare]]:
    """Yield the mappings whose keys are years."""
    for _place, fund in records_of(data, "funds"):
        yield from _mapping(fund.get("amounts"))
    for _place, group in records_of(data, "groups"):
        yield from _mapping(group.get("new_gaps"))
    for _place, programme in records_of(data, "programmes"):
        for _line, line in records_of(programme, "costs"):
            price = line.get("price")
            if isinstance(price, dict) and price.get("by") == "year":
                yield price
                yield from _mapping(price.get("prices"))
    identity = data.get("scenario")
    yield from _mapping(identity.get("floor") if isinstance(identity, dict) else None)


def _mapping(value: Bare) -> Iterator[dict[Any, Bare]]:
    if isinstance(value, dict):
        yield value


def _notices(data: Mapping[str, Bare], scenario: Scenario, *, dated: bool, past: bool) -> Iterator[str]:
    """Yield what deserves a look in the scenario of the next year."""
    if dated:
        yield _(
            "Days of periods and classes are those of the year before, moved by a year: look at weekdays, holidays and"
            " working days."
        )
    if past:
        yield _("What has happened in the year before was left out; the new plan begins without it.")
    tables = sorted(set(_tables(data)))
    if tables:
        yield _("These tables stay as they are, years and prices in them too: {names}.").format(names=", ".join(tables))
    yield _("People, gaps, prices and amounts are those of {year}: change what is known anew.").format(
        year=scenario.scenario.fiscal_year
    )


def _tables(value: Bare) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("table"), str):
            yield value["table"]
        for inner in value.values():
            yield from _tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _tables(inner)


def _texts(value: Bare, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the texts with the place of each: the key of the record that it belongs to."""
    if isinstance(value, str):
        yield path[:3], value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, str(key)))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("id") if isinstance(inner, dict) else None
            yield from _texts(inner, (*path, str(name or number + 1)))
