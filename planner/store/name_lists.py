"""Lists of names of a stored plan: made anew from the tables of people, recounted, and written whole."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from planner.check.names import NamedSeat, check_mentors, check_names
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InputError, Problem
from planner.locale import _
from planner.people.assignment import Names, named
from planner.people.name_books import MOST_ROWS, agencies_book, assignments_book, participants_books
from planner.people.profiles import Profile, profiles_of
from planner.people.register import Register
from planner.people.seat_rows import LINES, SEATS, rows_of, table_of
from planner.scenario_io.people_table import group_of, register_again
from planner.scenario_io.presence_lists import PresenceCounts, read_presence
from planner.store.stored_plan import StoredPlan
from planner.whole_file import write_whole

ASSIGNMENTS: Final = "penugasan"
PEOPLE: Final = "per-orang"
LISTS: Final = "daftar-peserta"
ANNEX: Final = "lampiran"


@dataclass(frozen=True)
class NamesWritten:
    """What was written."""

    people: int
    seats: int
    without_gap: int
    without_mentor: int
    counted_in_mixed: Fraction
    """Gaps that the plan counts as closed in mixed groups, where it takes the same people to lack several [gaps]."""
    closed_in_mixed: Fraction
    """Gaps that the people named close there, each by what that person lacks [gaps]."""
    workbooks: bool


@dataclass(frozen=True)
class NameTables:
    """Names for the seats of a plan, recounted: tables of Arrow with a row for each seat, and for each person."""

    names: Names
    seats: Any
    lines: Any
    mixed: frozenset[str]
    """Ids of mixed groups."""


def name_tables(stored: StoredPlan, tables: Path, reasons: Mapping[tuple[str, str], str] | None = None) -> NameTables:
    """Name the seats of a plan from the tables of people in a folder.

    `reasons` says why gaps of (group, competency) stay open, where the report names a certain reason.

    Raises InputError where the tables are not those of the plan, and CheckFailed where the recount disagrees.
    """
    scenario = stored.scenario
    assert scenario.people is not None
    if scenario.actuals is not None:
        message = _("a plan of what is left does not say who has attended until now, so its seats cannot be named.")
        remedy = _("Name the seats of the first plan; join what was attended to the list of people, and plan anew.")
        raise InputError([Problem(message, remedy, file=str(stored.path))])
    if findings := stored.verdict().findings:
        raise CheckFailed("\n".join(f"{stored.path}: {finding}" for finding in findings))
    register = register_again(scenario, tables)
    profiles, _read = profiles_of(register)
    made = [group_of(profile, register) for profile in profiles]
    known = scenario.group
    source = str(tables / scenario.people.table)
    for group in made:
        there = known.get(group["id"])
        if there is None or there.headcount != group["headcount"] or dict(there.gaps) != group.get("gaps", {}):
            message = _("the tables have changed since the plan was made: group '{group}' is another.")
            problem = Problem(message.format(group=group["id"]), _("Plan anew, then name the seats."), file=source)
            raise InputError([problem])
    if scenario.people.read is not None and len(made) != scenario.people.read.groups:
        message = _("the tables have changed since the plan was made: there are other groups.")
        raise InputError([Problem(message, _("Plan anew, then name the seats."), file=source)])
    return recounted(register, profiles, scenario, stored.data, reasons or {})


def recounted(
    register: Register, profiles: Sequence[Profile], scenario: Scenario, plan: Mapping[str, Any],
    reasons: Mapping[tuple[str, str], str],
) -> NameTables:  # fmt: skip
    """Name the seats of a plan, which is plain data, and count the lists again; raises CheckFailed."""
    names = named(register, profiles, scenario, plan, reasons)
    seats, lines = table_of(names.connection, SEATS), table_of(names.connection, LINES)
    findings = check_names(scenario, plan, _seats(seats)).findings
    findings += check_mentors(scenario, names.pairs, [seat[:1] + seat[5:7] for seat in rows_of(seats)]).findings
    if findings:
        raise CheckFailed("\n".join(map(str, findings)))
    return NameTables(names, seats, lines, frozenset(each.id for each in profiles if each.mixed))


def write_name_lists(
    stored: StoredPlan, tables: Path, folder: Path, reasons: Mapping[tuple[str, str], str] | None = None
) -> NamesWritten:
    """Name the seats of a plan and write the lists to `folder`; takes and raises what `name_tables` does."""
    found = name_tables(stored, tables, reasons)
    scenario, names, seats, lines = stored.scenario, found.names, found.seats, found.lines
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(found, folder)
    workbooks = max(names.seats, names.people) <= MOST_ROWS
    if workbooks:
        write_whole(
            folder / f"{ASSIGNMENTS}.xlsx", assignments_book(scenario, rows_of(seats), rows_of(lines), names.pairs)
        )
        write_whole(folder / f"{ANNEX}.xlsx", agencies_book(scenario, rows_of(seats)))
        (folder / LISTS).mkdir(exist_ok=True)
        for name, content in participants_books(scenario, rows_of(seats)):
            write_whole(folder / LISTS / name, content)
    lonely = sum(not mentor for _p, _t, _mentee, mentor in names.pairs)
    counted = sum(
        (Fraction(str(row["closed"])) for row in stored.data["closings"] if row["group"] in found.mixed), Fraction(0)
    )
    closed = min(counted, names.closed_in_mixed)
    return NamesWritten(names.people, names.seats, names.trained_without_gap, lonely, counted, closed, workbooks)


def write_tables(found: NameTables, folder: Path) -> None:
    """Write who attends what, and a line for each person, as Parquet."""
    for name, table in ((ASSIGNMENTS, found.seats), (PEOPLE, found.lines)):
        write_whole(folder / f"{name}.parquet", _parquet(table))


def presence_in(scenario: Scenario, folder: Path, through: str | None = None) -> PresenceCounts:
    """What the participants' lists in a folder of names say, once they came back; raises InputError.

    Of courses that start until `through`, or until the first period that is left.
    """
    import pyarrow.parquet

    people, seats = folder / f"{PEOPLE}.parquet", folder / f"{ASSIGNMENTS}.parquet"
    for file in (people, seats):
        if not file.is_file():
            message = _("there is no '{name}' in this folder.").format(name=file.name)
            remedy = _("Name the folder that planner assign has written.")
            raise InputError([Problem(message, remedy, file=str(folder))])
    group_of: dict[str, str] = dict(rows_of(pyarrow.parquet.read_table(people, columns=["id", "group"])))
    named_people = rows_of(pyarrow.parquet.read_table(seats, columns=["id", "programme", "period", "class"]))
    last = through or (scenario.facts.rest or scenario.horizon[-1:])[0]
    return read_presence(scenario, folder / LISTS, group_of, named_people, last)


def _seats(table: Any) -> Iterator[NamedSeat]:
    for identifier, _name, _agency, _unit, group, programme, period, number in rows_of(table):
        yield NamedSeat(identifier, group, programme, period, number)


def _parquet(table: Any) -> bytes:
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()
