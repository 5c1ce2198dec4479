"""Lists of names of a stored plan: made from the tables of people, recounted, and written whole."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from planner.check.belonging import SeatsWithoutGap, check_belonging
from planner.check.mentor_pairs import check_mentors
from planner.check.names import NamedSeat, check_names
from planner.domain.groups import Group
from planner.domain.people import ATTRIBUTES, MentorPair, UnnamedSeats
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InputError, Problem
from planner.locale import _
from planner.people.assignment import Names, named
from planner.people.attended import Attendees
from planner.people.listed_alike import listed_alike
from planner.people.membership import StrangersAttended, listed_people
from planner.people.name_books import MOST_ROWS, agencies_book, assignments_book, participants_books
from planner.people.profiles import Profile, profiles_of
from planner.people.register import Register
from planner.people.seat_rows import SEATS, rows_of, table_of, to_come
from planner.people.ways import followers
from planner.scenario_io.people_table import group_of, register_again
from planner.spreadsheets.new_workbook import ensure_available
from planner.store.attended_lists import (
    ASSIGNMENTS,
    LISTS,
    PAIRS,
    PEOPLE,
    RESULTS,
    UNNAMED,
    attended_by_lists,
    attended_in,
    followers_of,
    leaving_out,
)
from planner.store.stored_plan import StoredPlan
from planner.whole_file import write_whole

ANNEX: Final = "lampiran"


@dataclass(frozen=True)
class NamesWritten:
    """What was written."""

    people: int
    seats: int
    happened: int
    """Seats of courses that were attended already."""
    without_gap: int
    unready: int
    """People who attend a programme without its prerequisite, and lack what that teaches."""
    without_mentor: int
    counted_in_mixed: Fraction
    """Gaps that the plan counts as closed in mixed groups, where it assumes that the same people lack several
    [gaps]."""
    closed_in_mixed: Fraction
    """Gaps that the people named close there, each by what that person lacks [gaps]."""
    counted_in_others: Fraction
    closed_in_others: Fraction
    """The same two of all other groups of the list, whose people close less where they attend two programmes for one
    gap [gaps]."""
    closes_most: bool
    """Whether no other way to give these seats to these people closes more."""
    workbooks: bool
    notices: Sequence[Problem] = ()
    """What was read in the lists that came back and is seen by nobody who opens them."""
    unnamed: int = 0
    """Seats of groups that are written beside the list: they are counted, but have no names."""
    after_passing: int = 0
    """Seats to come of people who have closed already what the programme closes; only in a plan of what is left."""
    without_passed: str = ""
    """The change for `--set` with which another plan of what is left does without these seats."""
    mentored_beside: int = 0
    """Mentees whose mentors are of these groups."""


@dataclass(frozen=True)
class NameTables:
    """Names for the seats of a plan, recounted: tables of Arrow with a row for each seat, and for each person."""

    names: Names
    seats: Any
    lines: Any
    mixed: frozenset[str]
    """Ids of mixed groups."""
    attended: Attendees
    """Who attended what has happened already."""


def name_tables(
    stored: StoredPlan,
    tables: Path,
    reasons: Mapping[tuple[str, str], str] | None = None,
    came_back: Path | None = None,
    lists: Path | None = None,
) -> NameTables:
    """Name the seats of a plan from the tables of people in a folder.

    `reasons` says why gaps of (group, competency) stay open, where the report names a certain reason; `came_back` is
    the folder of the lists of names of the previous plan, for a plan of what is left; `lists` is a folder with nothing
    but all participants' lists of what has happened, which may be given instead.

    Raises InputError where the tables are not those of the plan, and CheckFailed where the recount disagrees.
    """
    scenario = stored.scenario
    assert scenario.people is not None
    if findings := stored.verdict().findings:
        raise CheckFailed("\n".join(f"{stored.path}: {finding}" for finding in findings))
    attended = Attendees() if lists is not None else _attended(stored, came_back)
    register = register_again(scenario, tables)
    profiles, _read = profiles_of(register)
    made = [group_of(profile, register) for profile in profiles]
    known = scenario.group
    source = str(tables / scenario.people.table)
    for group in made:
        there = known.get(group["id"])
        if there is None or _what_people_share(there) != _what_people_share(Group.model_validate(group)):
            message = _("the tables have changed since the plan was made: group '{group}' is different.")
            problem = Problem(message.format(group=group["id"]), _("Plan anew, then name the seats."), file=source)
            raise InputError([problem])
    if scenario.people.read is not None and len(made) != scenario.people.read.groups:
        message = _("the tables have changed since the plan was made: there are other groups.")
        raise InputError([Problem(message, _("Plan anew, then name the seats."), file=source)])
    if lists is not None:
        attended = attended_by_lists(scenario, lists, listed_people(register, profiles))
    try:
        return recounted(register, profiles, scenario, stored.data, reasons or {}, attended)
    except StrangersAttended:
        message = _("the tables have changed since the plan was made: somebody who attended is no longer in them.")
        raise InputError(
            [Problem(message, _("Give the tables that the first plan was made of."), file=source)]
        ) from None


def _what_people_share(group: Group) -> tuple[Any, ...]:
    """Return what a list of people says of a group; all else a planner may set."""
    shared = tuple(getattr(group, name) for name in ATTRIBUTES)
    return *shared, group.headcount, dict(group.gaps), dict(group.completed), group.hours_before


def _attended(stored: StoredPlan, came_back: Path | None) -> Attendees:
    """Return who attended what has happened. Raises InputError where that is not known."""
    facts = stored.scenario.facts
    if came_back is not None and facts.over:
        return attended_in(stored.scenario, came_back)
    if came_back is not None:
        message = _("nothing of this plan has happened yet.")
        raise InputError([Problem(message, _("Leave --attended out."), file=str(stored.path))])
    if any(group in stored.scenario.listed_groups for group, _p, _t in facts.participants):
        message = _("a plan of what is left does not say who has attended until now.")
        remedy = _("Name the folder of the lists that came back: --attended FOLDER.")
        raise InputError([Problem(message, remedy, file=str(stored.path))])
    return Attendees()


def recounted(
    register: Register, profiles: Sequence[Profile], scenario: Scenario, plan: Mapping[str, Any],
    reasons: Mapping[tuple[str, str], str], attended: Attendees | None = None,
) -> NameTables:  # fmt: skip
    """Name the seats of a plan, which is plain data, and count the lists again. Raises CheckFailed."""
    known = attended or Attendees()
    rows = followers_of(scenario, plan, known) if known.seats else list(followers(plan["attendance"]))
    names = named(register, profiles, scenario, plan, reasons, rows, known)
    seats, lines = table_of(names.connection, SEATS), names.lines.table()
    listed = {profile.id for profile in profiles}
    findings = check_names(scenario, plan, _seats(seats), names.unnamed, listed).findings
    alike, strangers, repeated = listed_alike(register, lines, seats, known.results)
    without = SeatsWithoutGap(names.trained_without_gap, names.trained_after_passing)
    findings += check_belonging(scenario, alike, listed, strangers, repeated, without).findings
    if any(programme.mentors is not None for programme in scenario.programmes):
        mentoring = {pair.mentor for pair in names.pairs if pair.mentor}
        group_of = {one: group for one, group in rows_of(lines.select(["id", "group"])) if one in mentoring}
        seated = [(one, g, p, t) for one, g, p, t in rows_of(seats.select(["id", "group", "programme", "period"]))]
        findings += check_mentors(scenario, plan, names.pairs, seated, group_of, names.unnamed, listed).findings
    if findings:
        raise CheckFailed("\n".join(map(str, findings)))
    return NameTables(names, seats, lines, frozenset(each.id for each in profiles if each.mixed), known)


def write_name_lists(
    stored: StoredPlan,
    tables: Path,
    folder: Path,
    reasons: Mapping[tuple[str, str], str] | None = None,
    came_back: Path | None = None,
) -> NamesWritten:
    """Name the seats of a plan and write the lists to `folder`; takes and raises what `name_tables` does.

    Raises MissingPackage, before anything is written, where XlsxWriter is needed and not installed.
    """
    found = name_tables(stored, tables, reasons, came_back)
    scenario, names, seats, lines = stored.scenario, found.names, found.seats, found.lines
    workbooks = max(names.seats, names.people) <= MOST_ROWS
    if workbooks:
        ensure_available()
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(found, folder)
    if workbooks:
        write_whole(
            folder / f"{ASSIGNMENTS}.xlsx",
            assignments_book(scenario, rows_of(seats), rows_of(lines), names.pairs, names.unnamed),
        )
        rest = [each for each in names.unnamed if not each.happened]
        write_whole(folder / f"{ANNEX}.xlsx", agencies_book(scenario, to_come(seats), rest))
        (folder / LISTS).mkdir(exist_ok=True)
        for name, content in participants_books(scenario, to_come(seats), rest):
            write_whole(folder / LISTS / name, content)
    lonely = sum(pair.alone for pair in names.pairs)
    counted = dict.fromkeys((True, False), Fraction(0))
    for row in stored.data["closings"]:
        if row["group"] in scenario.listed_groups:
            counted[row["group"] in found.mixed] += Fraction(str(row["closed"]))
    closed = min(counted[True], names.closed_in_mixed)
    others = min(counted[False], names.closed_in_others)
    return NamesWritten(
        names.people, names.seats, names.happened, names.trained_without_gap, names.unready, lonely, counted[True],
        closed, counted[False], others, names.closes_most, workbooks, found.attended.notices,
        sum(each.people for each in names.unnamed), names.trained_after_passing, _without_passed(stored, names),
        sum(bool(pair.number) for pair in names.pairs),
    )  # fmt: skip


def _without_passed(stored: StoredPlan, names: Names) -> str:
    """Return the change with which a plan of what is left sends nobody who has passed; empty where it sends none."""
    if not names.after_passing:
        return ""
    seats: dict[str, dict[tuple[str, str], int]] = {}
    for row in stored.data["allocations"]:
        seats.setdefault(row["group"], {})[row["programme"], row["period"]] = row["participants"]
    fewer = [(g, (p, t), people) for (g, p, t), people in names.after_passing.items()]
    return leaving_out(stored.scenario, fewer, seats)


def write_tables(found: NameTables, folder: Path) -> None:
    """Write who attends what, and a line for each person, as Parquet."""
    import pyarrow

    tables = {ASSIGNMENTS: found.seats, PEOPLE: found.lines}
    if results := found.attended.results:
        ids, competencies, passed = ([*each] for each in zip(*((*k, v) for k, v in results.items()), strict=True))
        tables[RESULTS] = pyarrow.table({"id": ids, "competency": competencies, "passed": passed})
    if found.names.unnamed:
        columns = zip(UnnamedSeats._fields, zip(*found.names.unnamed, strict=True), strict=True)
        tables[UNNAMED] = pyarrow.table({"class" if name == "number" else name: [*cells] for name, cells in columns})
    if pairs := found.names.pairs:
        columns = zip(MentorPair._fields, zip(*pairs, strict=True), strict=True)
        tables[PAIRS] = pyarrow.table({name: [*cells] for name, cells in columns})
    for name, table in tables.items():
        write_whole(folder / f"{name}.parquet", _parquet(table))


def _seats(table: Any) -> Iterator[NamedSeat]:
    for row in rows_of(table.select(["id", "group", "programme", "period", "class"])):
        yield NamedSeat._make(row)


def _parquet(table: Any) -> bytes:
    import pyarrow.parquet

    buffer = io.BytesIO()
    # readers get plain texts; statistics are kept for the columns by which rows are searched
    sought = [name for name in ("id", "agency", "group") if name in table.column_names]
    pyarrow.parquet.write_table(table, buffer, compression="zstd", store_schema=False, write_statistics=sought)
    return buffer.getvalue()
