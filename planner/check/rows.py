"""The decisions of a plan, read from plain JSON data; whatever is not a proper row becomes a finding.

Every table has the columns of plan.json, no more and no fewer. Rows that are read are of known ids,
whole positive numbers of a possible size, and stand once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from planner.check.verdict import Ledger, is_integer, is_number, shown
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.units import MAX_COUNT, MAX_RUPIAH

Column = Callable[[Any], bool]
"""Whether a value may stand in a column."""


class Cell(NamedTuple):
    """What a payment is for, as its row says."""

    programme: str | None
    group: str | None
    item: str
    account: str | None
    period: str


class Paid(NamedTuple):
    """Who pays for what."""

    fund: str
    cell: Cell


@dataclass(frozen=True)
class Decisions:
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
    payments: dict[Paid, int] = field(default_factory=dict)
    """Rupiah by fund and cell."""


def read_decisions(scenario: Scenario, plan: Mapping[str, Any], ledger: Ledger) -> Decisions:
    """The decisions of `plan`."""
    group, programme, fund = (one_of(ids) for ids in (scenario.group, scenario.programme, scenario.fund))
    period = one_of(scenario.horizon)
    read = Decisions()

    columns: dict[str, Column] = {"group": group, "programme": programme, "period": period, "participants": is_count}
    for place, row in table(plan, "allocations", columns, ledger):
        once(read.participants, (row["group"], row["programme"], row["period"]), row["participants"], place, ledger)

    columns = {"programme": programme, "period": period, "classes": is_count, "participants": is_count}
    for place, row in table(plan, "classes", columns, ledger):
        once(read.classes, (row["programme"], row["period"]), row["classes"], place, ledger)
        read.seated.setdefault((row["programme"], row["period"]), row["participants"])

    columns = {"fund": fund, "programme": programme, "group": group, "period": period, "seats": is_count}
    for place, row in table(plan, "seats", columns, ledger):
        key = (row["fund"], row["programme"], row["group"], row["period"])
        once(read.seats, key, row["seats"], place, ledger)

    columns = {"fund": fund, "programme": or_null(programme), "group": or_null(group), "item": is_text}
    columns |= {"account": or_null(is_text), "period": period, "amount": is_amount}
    for place, row in table(plan, "payments", columns, ledger):
        cell = Cell(row["programme"], row["group"], row["item"], row["account"], row["period"])
        once(read.payments, Paid(row["fund"], cell), row["amount"], place, ledger)

    _read_socialized(scenario, plan, read, ledger)
    return read


def _read_socialized(scenario: Scenario, plan: Mapping[str, Any], read: Decisions, ledger: Ledger) -> None:
    known = one_of(scenario.group)
    for place, name in entries(plan, "socialized", ledger):
        if not known(name):
            malformed(place, name, ledger)
        elif name in read.socialized:
            ledger.find("form", (place,), _("This row repeats an earlier one."))
        else:
            read.socialized.add(name)


def once[K](read: dict[K, int], key: K, value: int, place: str, ledger: Ledger) -> None:
    """Keep `value`, unless the row repeats an earlier one."""
    if key in read:
        ledger.find("form", (place,), _("This row repeats an earlier one."))
    else:
        read[key] = value


def entries(plan: Mapping[str, Any], name: str, ledger: Ledger) -> Iterator[tuple[str, Any]]:
    """The entries of a list of the plan with their places, such as allocations[3]."""
    listed = plan.get(name)
    if not isinstance(listed, list | tuple):
        ledger.find("form", (name,), _("Expected a list, found {value}."), value=shown(listed))
        return
    for number, entry in enumerate(listed):
        yield f"{name}[{number}]", entry


def table(
    plan: Mapping[str, Any], name: str, columns: Mapping[str, Column], ledger: Ledger
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The proper rows of a table of the plan, with their places."""
    for place, row in entries(plan, name, ledger):
        if record(row, columns, place, ledger):
            yield place, row


def record(row: object, columns: Mapping[str, Column], place: str, ledger: Ledger) -> bool:
    """Whether `row` has exactly these columns, each with a value that may stand in it."""
    if not isinstance(row, dict):
        ledger.find("form", (place,), _("Expected an object, found {value}."), value=shown(row))
        return False
    proper = True
    if row.keys() != columns.keys():
        proper = not _missing_or_unknown(row, columns, place, ledger)
    for column, accepts in columns.items():
        if column in row and not accepts(row[column]):
            malformed(f"{place}.{column}" if place else column, row[column], ledger)
            proper = False
    return proper


def _missing_or_unknown(row: Mapping[Any, Any], columns: Mapping[str, Column], place: str, ledger: Ledger) -> bool:
    missing = [column for column in columns if column not in row]
    unknown = [shown(key) for key in row if key not in columns]
    if missing:
        sentence = ngettext("This is missing: {names}.", "These are missing: {names}.", len(missing))
        ledger.find("form", (place,), sentence, names=", ".join(missing))
    if unknown:
        sentence = ngettext(
            "This is no part of a plan: {names}.", "These are no part of a plan: {names}.", len(unknown)
        )
        ledger.find("form", (place,), sentence, names=", ".join(unknown[:5]))
    return bool(missing or unknown)


def malformed(place: str, value: object, ledger: Ledger) -> None:
    """A value that cannot stand where it stands: an unknown id, or not the kind or size of number."""
    ledger.find("form", (place,), _("{value} cannot stand here."), value=shown(value))


def one_of(ids: Mapping[str, object] | tuple[str, ...]) -> Column:
    """A known id."""
    known = frozenset(ids)
    return lambda value: isinstance(value, str) and value in known


def or_null(column: Column) -> Column:
    """Null, or what `column` accepts."""
    return lambda value: value is None or column(value)


def is_text(value: object) -> bool:
    return isinstance(value, str)


def is_count(value: Any) -> bool:
    """Whole people, classes or seats, at least 1; a row of none is left out."""
    return is_integer(value) and 0 < value < MAX_COUNT


def is_amount(value: Any) -> bool:
    """Whole rupiah, at least 1; a payment of nothing is left out."""
    return is_integer(value) and 0 < value < MAX_RUPIAH


def is_flag(value: object) -> bool:
    return isinstance(value, bool)


def anything(value: object) -> bool:
    """A figure that is compared with the one computed, whatever it is."""
    return True


def is_from_zero(value: Any) -> bool:
    """A finite number of at least 0, such as seconds or a tolerance."""
    return is_number(value) and value >= 0
