"""What stands on each sheet for a given scenario: a scenario as rows of plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from pydantic_core import PydanticSerializationError

from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import N_, _
from planner.scenario_io.scenario_workbook.actuals_rows import actual_rows, closed_columns
from planner.scenario_io.scenario_workbook.choices import choice_rows
from planner.scenario_io.scenario_workbook.columns import FormColumn, Sheet, continued
from planner.scenario_io.scenario_workbook.cost_rows import cost_rows, price_lists, price_rows
from planner.scenario_io.scenario_workbook.layout import SHEET
from planner.scenario_io.scenario_workbook.lists import EVERYTHING, alternatives, either, joined
from planner.scenario_io.scenario_workbook.money_sheets import AMOUNTS_NOTE, RELEASES_NOTE
from planner.scenario_io.scenario_workbook.people_sheets import REPEATED, SCENARIO_KEYS, THROUGH, TOP_KEYS, floor_of
from planner.scenario_io.scenario_workbook.price_codes import LOOKED_UP, Entry, References, all_entries, entry_rows
from planner.scenario_io.scenario_workbook.programme_sheets import OFFERED
from planner.scenario_io.scenario_workbook.resource_sheets import AMOUNT_NOTE
from planner.scenario_io.scenario_workbook.rows_under import rows_under
from planner.scenario_io.tables.cell_text import NOT_READ, guarded
from planner.scenario_io.tables.layout import running_number
from planner.scenario_io.words import WORDS, shown

type Value = str | int | Decimal
type Line = dict[str, Value]
"""A row: the value of each column that has one, by the column's key."""

MOST_TEXT: Final = 32_000
"""Characters of a list that are put into one cell, which holds 32,767."""

NAME_BESIDE: Final = FormColumn(
    NOT_READ, "name", (N_("Name"),), N_("Shows the name that belongs to the id. It is not read."), width=36
)
"""In a matrix, whose rows have ids only: a column that looks the names up."""


@dataclass(frozen=True)
class Filled:
    """A sheet with its columns, those included that only this scenario has, and its rows."""

    sheet: Sheet
    columns: tuple[FormColumn, ...]
    rows: list[Line]


def contents(
    scenario: Scenario, offered: Sequence[Entry] = (), activities: Sequence[Mapping[str, Any]] = ()
) -> list[Filled]:
    """Return all sheets of a scenario in their order; on that of the price list also the entries that are `offered`,
    and `activities` to choose from on theirs.

    Raises InputError for a quantity without an exact decimal, which no file can hold.
    """
    try:
        plain = scenario.to_plain()
    except (ArithmeticError, PydanticSerializationError):
        raise InputError(_("a quantity of this scenario has no exact decimal and cannot be written.")) from None
    objective = plain.get("objective") or [level.model_dump(exclude_defaults=True) for level in scenario.objective]
    programmes = plain["programmes"]
    lists = price_lists(programmes)
    entries = all_entries(offered, programmes)
    references = References(entries)
    records = {
        "competencies": plain["competencies"],
        "groups": plain["groups"],
        "activities": [*plain.get("activities", ()), *_offered(plain, activities)],
        "programmes": programmes,
        "mentor_pools": plain.get("mentor_pools", ()),
        "resources": plain.get("resources", ()),
        "funds": plain["funds"],
        "rules": plain.get("rules", ()),
        "objective": objective,
    }
    rows: dict[str, list[Line]] = {
        "scenario": list(
            _identity({**plain["scenario"], **{key: plain.get(key) for key in TOP_KEYS}, **_through(plain)})
        ),
        "periods": [_period(period) for period in plain.get("periods", ())],
        "gaps": _matrix("gaps", scenario.groups, plain["groups"]),
        "closes": _matrix("closes", scenario.programmes, programmes),
        "costs": list(cost_rows(programmes, lists, references)),
        "prices": list(price_rows(lists, references)),
        "price_lists": list(entry_rows(entries)),
        "choices": list(choice_rows(plain.get("choices", {}))),
        **rows_under(plain),
    }
    actuals = plain.get("actuals", {})
    rows |= actual_rows(actuals)
    columns = {key: sheet.columns for key, sheet in SHEET.items()}
    columns["attended"] = (*columns["attended"], *closed_columns(actuals))
    fixed = tuple(column for column in columns["funds"] if column.key != "carry_over")
    later = (column for column in columns["funds"] if column.key == "carry_over")  # newer than the columns of releases
    releases, of_years = _releases(scenario, plain["funds"]), _of_years(scenario, plain["funds"])
    columns["funds"] = (*fixed, *releases, *later, *of_years)
    columns["resources"] = (*columns["resources"], *_amounts(scenario, records["resources"]))
    for key in ("gaps", "closes"):
        columns[key] = (*columns[key], NAME_BESIDE, *_competency_columns(SHEET[key], scenario))
    if not activities:
        columns["activities"] = tuple(column for column in columns["activities"] if column.key != OFFERED)
    if entries:
        columns["costs"] = (*columns["costs"], *LOOKED_UP)
    for key, listed in records.items():
        columns[key], rows[key] = _records(columns[key], listed)
    filled = [Filled(sheet, columns[key], rows[key]) for key, sheet in SHEET.items()]
    return [each for each in filled if each.rows or not each.sheet.optional]


def _offered(plain: Mapping[str, Any], activities: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the activities to choose from, without those that the scenario has."""
    there = {activity["code"] for activity in plain.get("activities", ())}
    yield from ({**activity, OFFERED: "true"} for activity in activities if activity["code"] not in there)


def _identity(identity: Mapping[str, Any]) -> Iterator[Line]:
    """Yield one row per key, blank ones too, so that a planner sees what may be filled in."""
    for column in _keys(identity):
        found = _at(identity, column.path)
        if column.key == THROUGH and found is None:
            continue  # only a scenario with actuals has it
        values = found if column.key in REPEATED and found else (found,)
        for value in values:
            yield {"key": column.key} | ({} if value is None else {"value": value})


def _keys(identity: Mapping[str, Any]) -> Iterator[FormColumn]:
    """Yield the keys of the first sheet; of a legal floor by year, those of each year."""
    floor = identity.get("floor")
    years = [year for year, block in (floor or {}).items() if isinstance(block, Mapping)]
    for column in SCENARIO_KEYS:
        if years and column.path[0] == "floor":
            yield from (floor_of(column, year) for year in years)
        else:
            yield column


def _through(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the last period that is over, where there is one."""
    return {THROUGH: plain["actuals"]["through"]} if "actuals" in plain else {}


def _period(period: str | Mapping[str, Any]) -> Line:
    if isinstance(period, str):
        return {"period": period}
    return {"period": period["id"]} | {key: value for key, value in period.items() if key != "id"}


def _records(
    columns: Sequence[FormColumn], records: Iterable[Mapping[str, Any]]
) -> tuple[tuple[FormColumn, ...], list[Line]]:
    """Return the records as rows, and the columns with further ones where a list is too long for one cell."""
    rows: list[Line] = []
    parts: dict[str, int] = {}
    for record in records:
        row: Line = {}
        for column in columns:
            for part, value in enumerate(_cells(column, record), 1):
                row[column.key if part == 1 else continued(column, part).key] = value
                parts[column.key] = max(parts.get(column.key, 1), part)
        rows.append(row)
    widened = [
        column if part == 1 else continued(column, part)
        for column in columns
        for part in range(1, parts.get(column.key, 1) + 1)
    ]
    return tuple(widened), rows


def _cells(column: FormColumn, record: Mapping[str, Any]) -> Iterator[Value]:
    """Yield the value of one attribute, cut into several where a list is too long for one cell."""
    value = _at(record, column.path)
    if column.leads and _at(record, column.path[:-1]) == {}:
        yield EVERYTHING
    elif value is None or isinstance(value, Mapping):
        return
    elif column.kind == "names":
        chunk: list[str] = []
        for name in value:
            name = _one_of(name)
            name = shown(column.words, name) if column.words else name
            if chunk and len(joined([*chunk, name])) > MOST_TEXT:
                yield joined(chunk)
                chunk = []
            chunk.append(name)
        yield joined(chunk)
    elif isinstance(value, tuple):
        yield "; ".join(str(number) for number in value) + (";" if len(value) == 1 else "")
    else:
        word = str(value).lower() if column.kind == "flag" else value
        yield shown(column.words, word) if column.words in WORDS else value


def _one_of(name: str | Mapping[str, Sequence[str]]) -> str:
    """Return an entry of a list: a name, or several of which any is enough.

    Raises InputError for a name that would be taken for several.
    """
    names = [name] if isinstance(name, str) else [*name["any"]]
    if isinstance(name, Mapping) and any(alternatives(each) != [each] for each in names):
        raise InputError(_("an id with '|' among prerequisites cannot be written to a workbook."))
    return name if isinstance(name, str) else either([*names, *([""] if len(names) == 1 else [])])


def _at(record: Mapping[str, Any], path: Sequence[str]) -> Any:
    """Return the value at `path`; None where nothing is."""
    found: Any = record
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _matrix(sheet: str, named: Iterable[Group | Programme], records: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return one row per record, with a column for each competency; records without any have a row to fill in."""
    return [
        {SHEET[sheet].anchor.key: record["id"], NAME_BESIDE.key: one.label}
        | {f"{_mark(sheet, name)}{name}": value for name, value in record.get(sheet, {}).items()}
        for one, record in zip(named, records, strict=True)
    ]


def _mark(sheet: str, competency: str) -> str:
    """Return what must stand before an id that would be taken for something else at the head of a column."""
    matrix = SHEET[sheet]
    unclear = competency.startswith(matrix.matrix) or competency.casefold() == matrix.anchor.key
    return matrix.matrix if unclear or guarded(competency) != competency or running_number(competency) else ""


def _competency_columns(sheet: Sheet, scenario: Scenario) -> Iterator[FormColumn]:
    kind, note = ("count", N_("People of the group below the standard in this competency. Blank: none."))
    if sheet.key == "closes":
        kind, note = ("share", N_("Share of participants whose gap is closed, for example 85%. Blank: not taught."))
    for competency in scenario.competencies:
        key = _mark(sheet.key, competency.id) + competency.id
        yield FormColumn(key, kind, (), note, free=key, named=competency.label)  # type: ignore[arg-type]  # kind is one of two literals


def _releases(scenario: Scenario, funds: Iterable[Mapping[str, Any]]) -> Iterator[FormColumn]:
    """Yield one column for each period of the horizon, and for any other that a fund names."""
    periods = dict.fromkeys((*scenario.horizon, *(period for fund in funds for period in fund.get("releases", {}))))
    for period in periods:
        yield FormColumn(f"releases.{period}", "share", (N_("Released until"),), RELEASES_NOTE, free=period, width=12)


def _of_years(scenario: Scenario, funds: Sequence[Mapping[str, Any]]) -> Iterator[FormColumn]:
    """Yield one column for each year of the horizon, where some fund has amounts per year."""
    if any(fund.get("amounts") for fund in funds):
        for year in scenario.years:
            yield FormColumn(f"amounts.{year}", "amount", (N_("Amount (Rp)"),), AMOUNTS_NOTE, free=year, width=20)


def _amounts(scenario: Scenario, resources: Iterable[Mapping[str, Any]]) -> Iterator[FormColumn]:
    """Yield one column for each period of the horizon, and for any other that a resource names."""
    named = (t for resource in resources if isinstance(resource["amount"], Mapping) for t in resource["amount"])
    for period in dict.fromkeys((*scenario.horizon, *named)):
        yield FormColumn(f"amount.{period}", "number", (N_("In period"),), AMOUNT_NOTE, free=period, width=12)
