"""Names for the seats of a plan: who attends what, in which class, and what one person's year comes to.

The rule: within a group the largest gap comes first, then who was longest without training, then who has fewest JP,
then the smaller id. The first of them take the way that closes most of the group's gaps, and so on until its ways are
full. Classes of a programme are filled agency by agency, in equal numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.people.best_fit import fitted
from planner.people.mentor_pairs import Pair, mentor_pairs
from planner.people.person_sql import bits_of, lacked, masks
from planner.people.profiles import Profile, limited_people, people_of
from planner.people.register import Register
from planner.people.ways import Way, told_gaps, ways_of

ORDER: Final = "size DESC, last_training ASC NULLS FIRST, coalesce(hours, 0), id"
"""Who comes first, in SQL."""


@dataclass(frozen=True)
class Names:
    """The tables `seat` and `line` of the database of a register: one row for each seat, one for each person."""

    connection: Any
    people: int
    seats: int
    pairs: list[Pair]
    """Mentees and their mentors."""
    trained_without_gap: int
    """Seats of people who lack nothing that the programme closes; only in mixed groups."""
    closed_in_mixed: Fraction
    """Gaps that these people of mixed groups close, as expected, each counted by what that person lacks [gaps]."""


def named(
    register: Register, profiles: Sequence[Profile], scenario: Scenario, plan: Mapping[str, Any],
    reasons: Mapping[tuple[str, str], str],
) -> Names:  # fmt: skip
    """Name who takes the seats of a plan, which is plain data; `reasons` of open gaps by (group, competency)."""
    connection = register.connection
    query = connection.execute
    year = scenario.first_open_year
    ways = ways_of(scenario, plan["attendance"], year)
    _members(register, profiles, ways, connection)
    _follow(register, profiles, scenario, ways, connection)
    _seats(scenario, plan, ways, connection)
    closed = _lines(register, profiles, scenario, ways, reasons)
    pairs = list(mentor_pairs(scenario, register.competencies, query))
    without = _without_gap(register, scenario, connection)
    people, seats = (query(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in ("line", "seat"))
    return Names(register.connection, people, seats, pairs, without, closed)


def _members(register: Register, profiles: Sequence[Profile], ways: Mapping[str, list[Way]], connection: Any) -> None:
    """The table `member`: everybody, with the group; `placed`: with the place in it, where anybody of it is sent."""
    query = connection.execute
    keys = [*register.attributes, "completed"]
    limited = limited_people(register)
    tests = [f"p.{key} IS NOT DISTINCT FROM k.{key}" for key in [*keys, *(["hours_so_far"] if limited else [])]]
    tests += [f"p.gaps{at} = k.gaps{at}" for at in range(masks(register.competencies))]
    query(
        "CREATE TABLE member AS SELECT CASE WHEN k.mixed THEN -k.kind_number ELSE k.number END AS number, p.*"
        f" FROM ({people_of(register)}) p JOIN kind k ON {' AND '.join(tests)}"
    )
    sent = [(profile.number,) for profile in profiles if ways.get(profile.id)]
    _table(connection, "sent", ("number BIGINT",), sent)
    query(
        "CREATE TABLE placed AS SELECT *, row_number() OVER"
        f" (PARTITION BY number ORDER BY {ORDER}) AS place FROM member SEMI JOIN sent USING (number)"
    )


def _follow(
    register: Register, profiles: Sequence[Profile], scenario: Scenario, ways: Mapping[str, list[Way]], connection: Any
) -> None:
    """The table `follower`: the way of everybody who attends something."""
    query = connection.execute
    first: list[tuple[int, int, int]] = []
    for profile in profiles:
        if profile.mixed or not ways.get(profile.id):
            continue
        at = 1
        for way in ways.get(profile.id, ()):
            first.append((profile.number, at, way.number))
            at += way.people
        first.append((profile.number, at, 0))
    _table(connection, "turn", ("number BIGINT", "first BIGINT", "way BIGINT"), first)
    query(
        "CREATE TABLE follower AS SELECT p.*, t.way FROM placed p ASOF JOIN turn t"
        " ON p.number = t.number AND p.place >= t.first WHERE p.number > 0"
    )
    mixed = {profile.number: ways.get(profile.id, ()) for profile in profiles if profile.mixed and profile.id in ways}
    _table(
        connection, "chosen", ("number BIGINT", "place BIGINT", "way BIGINT"), list(fitted(register, scenario, mixed))
    )
    query(
        "INSERT INTO follower SELECT p.*, coalesce(c.way, 0) FROM placed p LEFT JOIN chosen c USING (number, place)"
        " WHERE p.number < 0"
    )
    query("INSERT INTO follower SELECT *, 0, 0 FROM member ANTI JOIN sent USING (number)")
    query("DROP TABLE placed")
    query("DROP TABLE member")


def _seats(scenario: Scenario, plan: Mapping[str, Any], ways: Mapping[str, list[Way]], connection: Any) -> None:
    """The table `seat`: programme, period and class of each participant."""
    query = connection.execute
    steps = [
        (way.number, n, p, t, scenario.place_of_period[t], group)
        for group, of_group in ways.items()
        for way in of_group
        for n, (p, t) in enumerate(way.starts)
    ]
    columns = ("way BIGINT", "step INTEGER", "programme VARCHAR", "period VARCHAR", "begins INTEGER", "grp VARCHAR")
    _table(connection, "step", columns, steps)
    held = [(row["programme"], row["period"], row["classes"]) for row in plan["classes"] if row["classes"]]
    _table(connection, "held", ("programme VARCHAR", "period VARCHAR", "classes BIGINT"), held)
    query(
        "CREATE TABLE seat AS SELECT f.id, s.grp, s.programme, s.period, s.begins, s.step,"
        " CASE WHEN h.classes IS NULL THEN NULL ELSE 1 + (row_number() OVER (PARTITION BY s.programme, s.period"
        " ORDER BY f.agency NULLS LAST, f.number, f.place) - 1) * h.classes"
        " // count(*) OVER (PARTITION BY s.programme, s.period) END AS class"
        " FROM follower f JOIN step s ON f.way = s.way"
        " LEFT JOIN held h ON s.programme = h.programme AND s.period = h.period"
    )


def _lines(
    register: Register, profiles: Sequence[Profile], scenario: Scenario, ways: Mapping[str, list[Way]],
    reasons: Mapping[tuple[str, str], str],
) -> Fraction:  # fmt: skip
    """The table `line`: what the year of each person comes to; and the gaps that people of mixed groups close."""
    connection, query = register.connection, register.connection.execute
    target = scenario.scenario.hours_target
    by_number = {way.number: way for of_group in ways.values() for way in of_group}
    told = [(0, "", Decimal(0))]
    for number, way in by_number.items():
        label = "; ".join(f"{scenario.programme[p].name or p} ({t})" for p, t in way.starts)
        told.append((number, label, Decimal(way.hours.numerator) / way.hours.denominator))
    _table(connection, "way", ("way BIGINT", "attends VARCHAR", "jp DECIMAL(12, 3)"), told)
    lacking = [f"gaps{at}" for at in range(masks(register.competencies))]
    groups = {profile.number: profile.id for profile in profiles}
    left, closed = [], Fraction(0)

    @cache
    def told_of(number: int, way: int, c: str) -> tuple[str, ...]:
        starts = by_number[way].starts if way else ()
        return tuple(told_gaps(scenario, scenario.group[groups[number]], starts, [c], reasons))

    best = cache(lambda way, c: by_number[way].best(scenario, c))
    columns_of = f"number, way, {', '.join(lacking)}"
    alike = query(f"SELECT count(*), {columns_of} FROM follower GROUP BY {columns_of}").fetchall()
    for people, number, way, *parts in alike:
        lacks = lacked(register.competencies, parts)
        sentences = [each for c in lacks for each in told_of(number, way, c)]
        if number < 0 and way:
            closed += people * sum((best(way, c) for c in lacks), Fraction(0))
        left.append((number, way, *parts, "; ".join(sentences), groups[number]))
    columns = ("number BIGINT", "way BIGINT", *(f"{name} BIGINT" for name in lacking))
    _table(connection, "left_of", (*columns, "gaps_left VARCHAR", "grp VARCHAR"), left)
    same = " AND ".join(f"f.{name} = l.{name}" for name in ("number", "way", *lacking))
    reached = "NULL::BOOLEAN" if target is None else f"w.jp + coalesce(f.hours, 0) >= {int(target)}"
    attributes = ", ".join(f"f.{name}" for name in ("agency", "location", "level", "employment"))
    query(
        f"CREATE TABLE line AS SELECT f.id, f.name, {attributes}, f.unit, w.attends, w.jp AS hours_planned,"
        f" f.hours AS hours_before, w.jp + coalesce(f.hours, 0) AS hours, {reached} AS target_reached,"
        " l.gaps_left, l.grp"
        f" FROM follower f JOIN way w USING (way) JOIN left_of l ON {same}"
    )
    return closed


def _without_gap(register: Register, scenario: Scenario, connection: Any) -> int:
    """Seats of people who lack nothing that the programme closes."""
    query = connection.execute
    rows = []
    for programme in scenario.programmes:
        rows.append((programme.id, *bits_of(register.competencies, programme.closes)))
    places = range(masks(register.competencies))
    _table(connection, "closing", ("programme VARCHAR", *(f"mask{at} BIGINT" for at in places)), rows)
    lacks = " AND ".join(f"f.gaps{at} & c.mask{at} = 0" for at in places)
    found = query(
        "SELECT count(*) FROM seat s JOIN closing c USING (programme) JOIN follower f ON s.id = f.id"
        f" WHERE f.number < 0 AND {lacks}"
    ).fetchall()[0]
    return int(found[0])


def _table(connection: Any, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """A table of plain rows."""
    import pyarrow

    connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    if not rows:
        return
    heads = [column.split()[0] for column in columns]
    columns_of_rows = dict(zip(heads, map(list, zip(*rows, strict=True)), strict=True))
    connection.register("given", pyarrow.table(columns_of_rows))
    connection.execute(f"INSERT INTO {name} SELECT * FROM given")
    connection.unregister("given")
