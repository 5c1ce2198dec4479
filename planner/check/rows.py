"""The decisions of a plan, read from plain JSON data; every malformed row becomes a finding.

Every table has the columns of plan.json, no more and no fewer. Rows have known ids and
positive integers within the allowed range, and occur once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import itemgetter
from typing import Any, Final, NamedTuple

from planner.check.verdict import FindingLog, is_number, shown, with_decimals
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.units.numbers import MAX_COUNT, MAX_RUPIAH

ColumnTest = Callable[[Any], bool]
"""Tells whether a value is allowed in a column."""


class StatedCell(NamedTuple):
    """What a payment is for, as its row states it."""

    programme: str | None
    group: str | None
    item: str
    account: str | None
    period: str


class StatedPayer(NamedTuple):
    """Who pays for what."""

    fund: str
    cell: StatedCell


cell_of: Final[Callable[[Iterable[Any]], StatedCell]] = partial(tuple.__new__, StatedCell)
_payer_of: Final[Callable[[Iterable[Any]], StatedPayer]] = partial(tuple.__new__, StatedPayer)
"""Makes a cell, or a payer, from its parts in order: faster for many rows than by the names of the parts."""


@dataclass(frozen=True)
class StatedDecisions:
    """What the plan decides: all else is computed from it."""

    participants: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """People by (group, programme, period)."""
    classes: dict[tuple[str, str], int] = field(default_factory=dict)
    """Classes by (programme, period)."""
    seated: dict[tuple[str, str], int] = field(default_factory=dict)
    """Participants that the rows of classes state, by (programme, period)."""
    socialized: set[str] = field(default_factory=set)
    """Groups that receive socialization."""
    seats: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    """Free seats by (fund, programme, group, period)."""
    payments: dict[StatedPayer, int] = field(default_factory=dict)
    """Rupiah by fund and cell."""

    @cached_property
    def paid(self) -> dict[StatedCell, int]:
        """Rupiah by cell, of all funds; for decisions that are read completely."""
        paid: dict[StatedCell, int] = {}
        for (_fund, cell), amount in self.payments.items():
            paid[cell] = paid.get(cell, 0) + amount
        return paid


def read_decisions(scenario: Scenario, plan: Mapping[str, Any], log: FindingLog) -> StatedDecisions:
    """Return the decisions of `plan`; malformed rows become findings."""
    group, programme, fund = (one_of(ids) for ids in (scenario.group, scenario.programme, scenario.fund))
    period = one_of(scenario.horizon)
    read = StatedDecisions()

    columns: dict[str, ColumnTest] = {
        "group": group,
        "programme": programme,
        "period": period,
        "participants": is_count,
    }
    sound = _sound(scenario, plan, "allocations", columns)
    read.participants.update(_once(map(itemgetter("group", "programme", "period"), sound), sound, "participants"))
    for place, row in () if read.participants else _marked(scenario, plan, "allocations", columns, log):
        once(read.participants, (row["group"], row["programme"], row["period"]), row["participants"], place, log)

    came = _is_whole if scenario.facts.over else is_count
    columns = {"programme": programme, "period": period, "classes": is_count, "participants": came}
    for place, row in _marked(scenario, plan, "classes", columns, log):
        once(read.classes, (row["programme"], row["period"]), row["classes"], place, log)
        read.seated.setdefault((row["programme"], row["period"]), row["participants"])

    columns = {"fund": fund, "programme": programme, "group": group, "period": period, "seats": is_count}
    for place, row in _marked(scenario, plan, "seats", columns, log):
        key = (row["fund"], row["programme"], row["group"], row["period"])
        once(read.seats, key, row["seats"], place, log)

    columns = {"fund": fund, "programme": one_of(scenario.programme, None), "group": one_of(scenario.group, None)}
    columns |= {"item": is_text, "account": or_null(is_text), "period": period, "amount": is_amount}
    sound = _sound(scenario, plan, "payments", columns)
    cells = map(cell_of, map(itemgetter(*StatedCell._fields), sound))
    payers = map(_payer_of, zip(map(itemgetter("fund"), sound), cells, strict=True))
    read.payments.update(_once(payers, sound, "amount"))
    for place, row in () if read.payments else _marked(scenario, plan, "payments", columns, log):
        cell = StatedCell(row["programme"], row["group"], row["item"], row["account"], row["period"])
        once(read.payments, StatedPayer(row["fund"], cell), row["amount"], place, log)

    _read_socialized(scenario, plan, read, log)
    return read


def _sound(
    scenario: Scenario, plan: Mapping[str, Any], name: str, columns: Mapping[str, ColumnTest]
) -> list[dict[str, Any]]:
    """Return the rows of a table if all are proper and no period of the plan is over; otherwise none."""
    rows = plan.get(name)
    return rows if not scenario.facts.over and isinstance(rows, list) and all_allowed(rows, columns) else []


def _once[K](keys: Iterable[K], rows: list[dict[str, Any]], figure: str) -> dict[K, int]:
    """Return the figure of each row by its key; empty where two rows have the same key."""
    found = dict(zip(keys, map(itemgetter(figure), rows), strict=True))
    return found if len(found) == len(rows) else {}


def _marked(
    scenario: Scenario, plan: Mapping[str, Any], name: str, columns: Mapping[str, ColumnTest], log: FindingLog
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the proper rows of a table; those of periods that are over must be marked as `actual`, and no others."""
    over = scenario.facts.over
    if not over and all_allowed(plan.get(name), columns):
        yield from entries(plan, name, log)
        return
    for place, entry in entries(plan, name, log):
        marked = isinstance(entry, dict) and "actual" in entry
        if record(entry, {**columns, "actual": is_flag} if marked else columns, place, log):
            if entry.get("actual", False) != (entry["period"] in over):
                log.find("actuals", (place,), _("The row is not marked correctly as a fact or as planned."))
            yield place, entry


def _read_socialized(scenario: Scenario, plan: Mapping[str, Any], read: StatedDecisions, log: FindingLog) -> None:
    known = one_of(scenario.group)
    for place, name in entries(plan, "socialized", log):
        if not is_text(name) or not known(name):
            malformed(place, name, log)
        elif name in read.socialized:
            log.find("form", (place,), _("This row repeats an earlier one."))
        else:
            read.socialized.add(name)


def once[K](read: dict[K, int], key: K, value: int, place: str, log: FindingLog) -> None:
    """Store `value`; report a row that repeats an earlier one."""
    if key in read:
        log.find("form", (place,), _("This row repeats an earlier one."))
    else:
        read[key] = value


def entries(plan: Mapping[str, Any], name: str, log: FindingLog) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a list of the plan with their places, such as allocations[3]."""
    listed = plan.get(name)
    if not isinstance(listed, list | tuple):
        log.find("form", (name,), _("Expected a list, found {value}."), value=shown(listed))
        return
    for number, entry in enumerate(listed):
        yield f"{name}[{number}]", entry


def table(
    plan: Mapping[str, Any], name: str, columns: Mapping[str, ColumnTest], log: FindingLog
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the proper rows of a table of the plan, with their places."""
    proper = all_allowed(plan.get(name), columns)
    for place, row in entries(plan, name, log):
        if proper or record(row, columns, place, log):
            yield place, row


def all_allowed(rows: object, columns: Mapping[str, ColumnTest]) -> bool:
    """Return whether all `rows` have exactly these columns with allowed values; checked by column, without places."""
    if not isinstance(rows, list | tuple) or not all(isinstance(row, dict) for row in rows):
        return False
    if not set(map(len, rows)) <= {len(columns)}:
        return False
    try:
        return all(_accepted(accepts, map(itemgetter(column), rows)) for column, accepts in columns.items())
    except (TypeError, KeyError):  # a list or an object where an id belongs; another column in place of this one
        return False


def _accepted(accepts: ColumnTest, values: Iterable[Any]) -> bool:
    """Return whether all values of a column are allowed; for whole numbers the smallest and the largest decide."""
    if (within := _WHOLE_WITHIN.get(accepts)) is not None:
        numbers = list(values)
        of_numbers = set(map(type, numbers)) <= {int}
        return of_numbers and (not numbers or (within[0] <= min(numbers) and max(numbers) < within[1]))
    return all(map(accepts, values))


def record(row: object, columns: Mapping[str, ColumnTest], place: str, log: FindingLog) -> bool:
    """Check that `row` has exactly these columns, each with an allowed value; return whether it does."""
    if not isinstance(row, dict):
        log.find("form", (place,), _("Expected an object, found {value}."), value=shown(row))
        return False
    if all_allowed([row], columns):
        return True
    _report_columns(row, columns, place, log)
    for column, accepts in columns.items():
        if column in row and not all_allowed([{column: row[column]}], {column: accepts}):
            where, value = f"{place}.{column}" if place else column, row[column]
            if (written := with_decimals(value)) and accepts(int(value)):
                log.find("form", (where,), written)
            else:
                malformed(where, value, log)
    return False


def _report_columns(row: Mapping[Any, Any], columns: Mapping[str, ColumnTest], place: str, log: FindingLog) -> None:
    missing = [column for column in columns if column not in row]
    unknown = [shown(key) for key in row if key not in columns]
    if missing:
        sentence = ngettext("This is missing: {names}.", "These are missing: {names}.", len(missing))
        log.find("form", (place,), sentence, names=", ".join(missing))
    if unknown:
        sentence = ngettext(
            "This is no part of a plan: {names}.", "These are no part of a plan: {names}.", len(unknown)
        )
        log.find("form", (place,), sentence, names=", ".join(unknown[:5]))


def malformed(place: str, value: object, log: FindingLog) -> None:
    """Report a value that is not allowed in its place: an unknown id, or a number of the wrong type or size."""
    log.find("form", (place,), _("{value} is not allowed here."), value=shown(value))


def one_of(ids: Iterable[str], *others: None) -> ColumnTest:
    """Return a test for a known id, or one of the others."""
    return frozenset((*ids, *others)).__contains__


def or_null(column: ColumnTest) -> ColumnTest:
    """Return a test for null, or what `column` accepts."""
    return lambda value: value is None or column(value)


def is_text(value: object) -> bool:
    return isinstance(value, str)


def is_count(value: Any) -> bool:
    """Return whether a value is whole people, classes or seats, at least 1; rows of 0 are left out of a plan."""
    return type(value) is int and 0 < value < MAX_COUNT


def _is_whole(value: Any) -> bool:
    """Return whether a value is a whole number from 0: a class may have been held without participants."""
    return type(value) is int and 0 <= value < MAX_COUNT


def is_amount(value: Any) -> bool:
    """Return whether a value is whole rupiah, at least 1; payments of 0 are left out of a plan."""
    return type(value) is int and 0 < value < MAX_RUPIAH


_WHOLE_WITHIN: Final[dict[ColumnTest, tuple[int, int]]] = {
    is_count: (1, MAX_COUNT), _is_whole: (0, MAX_COUNT), is_amount: (1, MAX_RUPIAH)
}  # fmt: skip
"""The least whole number that a test accepts, and the first that is too large."""


def is_flag(value: object) -> bool:
    return isinstance(value, bool)


def anything(value: object) -> bool:
    """Accept any value: it is compared with the computed one later."""
    return True


def is_from_zero(value: Any) -> bool:
    """Return whether a value is a finite number of at least 0, such as seconds or a tolerance."""
    return is_number(value) and value >= 0


def is_time_or_null(value: Any) -> bool:
    """Return whether a value is a time of at least 0, or null where none is stored."""
    return value is None or is_from_zero(value)
