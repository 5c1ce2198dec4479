"""Names for the seats of a plan: who attends what, in which class, and what each person's year adds up to.

The rule: within a group the person with the largest gap comes first, then the one longest without training, then the
one with fewest JP, then the smaller id. The first people take the way (`ways.Way`) that closes most of the group's
gaps, and so on until the ways are full. Classes of a programme are filled agency by agency, in equal numbers. Where a
part of the plan has happened, the people of a group are divided by what they attended, and the rule holds within each
part.

Data about people stays in the database: only row numbers leave it, and texts are joined at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Any, Final

from planner.domain.people import MentorPair, UnnamedSeats
from planner.domain.scenario import Scenario
from planner.people.attended import Attendees
from planner.people.best_fit import fitted
from planner.people.best_seats import best_seats
from planner.people.membership import PartNumbers, member_table, number_table, plain_table
from planner.people.mentor_pairs import mentor_pairs
from planner.people.person_lines import PersonLines
from planner.people.person_sql import bits_of, masks
from planner.people.profiles import Profile
from planner.people.register import Register
from planner.people.ways import Follower, Part, Way, ways_of

ORDER: Final = "p.size DESC, p.last_training ASC NULLS FIRST, coalesce(p.hours, 0), p.id"
"""The order of people by the rule, in SQL."""


@dataclass(frozen=True)
class Names:
    """The tables `seat` and `follower` in the database of a register, and the lines of its people."""

    connection: Any
    lines: PersonLines
    people: int
    seats: int
    happened: int
    """Seats of courses that have been attended already."""
    unnamed: list[UnnamedSeats]
    """Seats of groups that are written beside the list: nobody knows their people."""
    pairs: list[MentorPair]
    """Mentees and their mentors, also of groups without names."""
    trained_without_gap: int
    """Seats of people who lack nothing that the programme closes; only in mixed groups."""
    after_passing: Mapping[tuple[str, str, str], int]
    """Seats of people of other groups who lacked it, and were found to have closed it since, by (group, programme,
    period)."""
    unready: int
    """People who attend a programme without its prerequisite, and lack what that teaches; only in mixed groups."""
    closed_in_mixed: Fraction
    """Gaps that these people of mixed groups close, each counted by what that person lacks: as found, or as expected
    of courses after which nobody was examined [gaps]."""
    closed_in_others: Fraction
    """The same of all other groups of the list [gaps]."""
    closes_most: bool
    """Whether no other way to give the seats of mixed groups to their people closes more weighted gaps."""

    @property
    def trained_after_passing(self) -> int:
        """All seats of people of other groups who have closed since what the programme closes."""
        return sum(self.after_passing.values())


def named(
    register: Register, profiles: Sequence[Profile], scenario: Scenario, plan: Mapping[str, Any],
    reasons: Mapping[tuple[str, str], str], rows: Sequence[Follower], attended: Attendees,
) -> Names:  # fmt: skip
    """Decide who takes the seats of a plan (as plain data), by name.

    `rows` say how many people of each group take which seats, in addition to what they `attended` already; `reasons`
    are those of open gaps, by (group, competency). Groups that are written beside the list have no names: their seats
    are counted. Raises StrangersAttended.
    """
    connection = register.connection
    listed = {profile.id for profile in profiles}
    ways = ways_of(scenario, [row for row in rows if row[0] in listed])
    parts = PartNumbers(profiles, [*ways, *((g, h) for g, of_group in attended.parts().items() for h in of_group)])
    member_table(register, parts, attended)
    unready, best = _follow(register, scenario, plan, parts, ways)
    counted = [row for row in plan["allocations"] if row["participants"] and row["group"] not in listed]
    unnamed = _seats(scenario, plan, ways, attended, connection, counted)
    lines = PersonLines(register, scenario, parts, ways, reasons)
    closed, others = lines.closed(mixed=True), lines.closed(mixed=False)
    pairs = list(mentor_pairs(scenario, plan, register.competencies, parts, unnamed, connection.execute))
    without, passed = _without_gap(register, scenario, connection)
    counts = "SELECT count(*), count(*) FILTER (happened) FROM seat"
    (people,), (seats, happened) = (
        connection.execute(text).fetchall()[0] for text in ("SELECT count(*) FROM member", counts)
    )
    return Names(
        connection, lines, people, seats, happened, unnamed, pairs, without, passed, unready, closed, others, best
    )


def _follow(
    register: Register, scenario: Scenario, plan: Mapping[str, Any], parts: PartNumbers, ways: dict[Part, list[Way]]
) -> tuple[int, bool]:
    """Make the table `follower`: the way of everybody who attends something.

    Return how many of them lack a prerequisite, and whether no other way to give the seats of mixed groups to their
    people closes more. The ways of mixed groups are replaced by those in which the seats are given out.
    """
    connection, query = register.connection, register.connection.execute
    first: list[tuple[int, int, int]] = []
    sent: list[tuple[int, int]] = []
    for part, of_part in ways.items():
        number, at = parts.number[part], 1
        for way in of_part:
            first.append((number, at, way.number))
            at += way.people
        sent.append((number, 2**62 if number < 0 else at - 1))
    plain_table(connection, "sent", ("part BIGINT", "most BIGINT"), sent)
    query(
        "CREATE TABLE placed AS SELECT m.*, row_number() OVER"
        f" (PARTITION BY m.part ORDER BY {ORDER}) AS place FROM member m JOIN sent USING (part)"
        " JOIN person p USING (row) QUALIFY place <= most"
    )
    exact = [each for each in first if each[0] > 0]
    plain_table(connection, "turn", ("part BIGINT", "first BIGINT", "way BIGINT"), exact)
    query(
        "CREATE TABLE follower AS SELECT p.*, t.way FROM placed p ASOF JOIN turn t"
        " ON p.part = t.part AND p.place >= t.first WHERE p.part > 0"
    )
    mixed = {parts.number[part]: of_part for part, of_part in ways.items() if parts.number[part] < 0}
    claimed: dict[str, dict[str, int]] = {}
    for row in plan.get("hours_target", ()):
        claimed.setdefault(row["group"], {})[str(row["year"])] = row["reached"]
    # in a plan of what is left, ways of exact groups may come after those of mixed ones
    new = count(1 + max((way.number for of_part in ways.values() for way in of_part), default=0)).__next__
    found = best_seats(register, scenario, mixed, fitted(register, scenario, mixed), claimed, new)
    chosen = found.fitted
    ways |= {parts.part[number]: of_part for number, of_part in found.ways.items()}
    number_table(connection, "chosen", {"part": chosen.part, "place": chosen.place, "way": chosen.way})
    query("INSERT INTO follower SELECT p.*, c.way FROM placed p JOIN chosen c USING (part, place)")
    query("DROP TABLE placed")
    return chosen.unready, found.best


def _seats(
    scenario: Scenario,
    plan: Mapping[str, Any],
    ways: Mapping[Part, Sequence[Way]],
    attended: Attendees,
    connection: Any,
    counted: Sequence[Mapping[str, Any]],
) -> list[UnnamedSeats]:
    """Make the table `seat`: programme, period and class of each participant; classes that were held stay as they
    were. Return the seats of `counted` allocations, which fill the classes together with them."""
    query = connection.execute
    steps = [
        (way.number, p, t, scenario.place_of_period[t], group, (p, t) in history.starts)
        for (group, history), of_part in ways.items()
        for way in of_part
        for p, t in way.starts
    ]
    columns = ("way BIGINT", "programme VARCHAR", "period VARCHAR", "begins INTEGER", "grp VARCHAR", "happened BOOLEAN")
    plain_table(connection, "step", columns, steps)
    over = set(scenario.facts.over)
    held = [(r["programme"], r["period"], r["classes"]) for r in plan["classes"] if r["classes"]]
    held = [row for row in held if row[1] not in over]
    plain_table(connection, "held", ("programme VARCHAR", "period VARCHAR", "classes BIGINT"), held)
    takers = (
        "SELECT f.row, p.id, p.agency, s.grp, s.programme, s.period, s.begins, f.part, f.place, s.happened"
        " FROM follower f JOIN step s ON f.way = s.way JOIN person p USING (row)"
    )
    order = "agency NULLS LAST, part, place"
    if counted:
        takers += _counted_takers(scenario, counted, connection)
        order = "agency NULLS LAST, part NULLS LAST, grp, place"
    query(
        f"CREATE TABLE {'taken' if counted else 'seat'} AS SELECT s.row, s.id, s.agency, s.grp, s.programme, s.period,"
        " s.begins, CASE WHEN h.classes IS NULL THEN NULL ELSE 1 + (row_number() OVER (PARTITION BY s.programme,"
        f" s.period ORDER BY {order}) - 1) * h.classes"
        " // count(*) OVER (PARTITION BY s.programme, s.period) END AS class, s.happened"
        f" FROM ({takers}) s LEFT JOIN held h ON s.programme = h.programme AND s.period = h.period"
    )
    unnamed = []
    if counted:
        query("CREATE TABLE seat AS SELECT * FROM taken WHERE row IS NOT NULL")
        found = query(
            "SELECT grp, programme, period, class, count(*), happened FROM taken WHERE row IS NULL"
            " GROUP BY ALL ORDER BY min(begins), programme, period, class, min(agency) NULLS LAST, grp"
        ).fetchall()
        unnamed = [UnnamedSeats(*row) for row in found]
    if attended.seats:
        past = ("id VARCHAR", "programme VARCHAR", "period VARCHAR", "class BIGINT")
        plain_table(connection, "past_seat", past, attended.seats)
        query(
            "UPDATE seat SET class = t.class FROM past_seat t WHERE seat.happened"
            " AND seat.id = t.id AND seat.programme = t.programme AND seat.period = t.period"
        )
    return unnamed


def _counted_takers(scenario: Scenario, counted: Sequence[Mapping[str, Any]], connection: Any) -> str:
    """Return SQL that adds a row for each seat of `counted` allocations, without a person."""
    over = set(scenario.facts.over)
    rows = [
        (
            scenario.group[row["group"]].agency, row["group"], row["programme"], row["period"],
            scenario.place_of_period[row["period"]], row["participants"], row["period"] in over,
        )
        for row in counted
    ]  # fmt: skip
    columns = (
        "agency VARCHAR", "grp VARCHAR", "programme VARCHAR", "period VARCHAR", "begins INTEGER", "people BIGINT",
        "happened BOOLEAN",
    )  # fmt: skip
    plain_table(connection, "counted", columns, rows)
    return (
        " UNION ALL SELECT NULL, NULL, agency, grp, programme, period, begins, NULL, unnest(range(people)), happened"
        " FROM counted"
    )


def _without_gap(
    register: Register, scenario: Scenario, connection: Any
) -> tuple[int, dict[tuple[str, str, str], int]]:
    """Return the number of seats to come of people who lack nothing that the programme closes: in mixed groups; and
    in others, whose people lacked it and have closed it since, by (group, programme, period)."""
    rows = []
    for programme in scenario.programmes:
        rows.append((programme.id, *bits_of(register.competencies, programme.closes)))
    places = range(masks(register.competencies))
    plain_table(connection, "closing", ("programme VARCHAR", *(f"mask{at} BIGINT" for at in places)), rows)
    lacks = " AND ".join(f"k.gaps{at} & ~coalesce(h.passed{at}, 0) & c.mask{at} = 0" for at in places)
    lacked = " OR ".join(f"k.gaps{at} & c.mask{at} <> 0" for at in places)
    found = connection.execute(
        "SELECT f.part < 0 AS mixed, s.grp, s.programme, s.period, count(*)"
        " FROM seat s JOIN closing c USING (programme) JOIN follower f USING (row)"
        " JOIN kind k ON f.kind = k.number LEFT JOIN history h ON f.part = h.part"
        f" WHERE (f.part < 0 OR (h.part IS NOT NULL AND ({lacked}))) AND NOT s.happened AND {lacks}"
        " GROUP BY ALL ORDER BY min(s.begins), s.programme, s.grp"
    ).fetchall()
    passed = {(g, p, t): int(people) for mixed, g, p, t, people in found if not mixed}
    return sum(int(people) for mixed, *_seat, people in found if mixed), passed
