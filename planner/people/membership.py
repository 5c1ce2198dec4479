"""The tables `member` and `history`: the group of each person, and what each has attended already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner.domain.attendance import NO_HISTORY
from planner.people.attended import Attendees, ListedPerson
from planner.people.person_sql import bits_of, lacked, masks
from planner.people.profiles import Profile, limited_people, people_of
from planner.people.register import Register
from planner.people.ways import Part


class StrangersAttended(Exception):
    """Somebody who attended is no longer in that group of the list of people."""


class PartNumbers:
    """A number for each group (that of its profile) and for each part of it with the same past attendance.

    Those of mixed groups are negative.
    """

    def __init__(self, profiles: Sequence[Profile], parts: Iterable[Part]) -> None:
        of_group = {profile.id: profile.number for profile in profiles}
        self.number: dict[Part, int] = {(group, NO_HISTORY): number for group, number in of_group.items()}
        last = max(map(abs, of_group.values()), default=0)
        for part in parts:
            if part not in self.number and part[0] in of_group:
                last += 1
                self.number[part] = last if of_group[part[0]] > 0 else -last
        self.part: dict[int, Part] = {number: part for part, number in self.number.items()}


def member_table(register: Register, parts: PartNumbers, attended: Attendees) -> None:
    """Make the tables: rows of people by their `kind`, with their part. Raises StrangersAttended."""
    connection, query = register.connection, register.connection.execute
    query(f"CREATE TABLE member AS {_of_groups(register, 'p.row, k.number AS kind')}")
    places = range(masks(register.competencies))
    passed = [
        (number, *bits_of(register.competencies, history.passed))
        for number, (_group, history) in parts.part.items()
        if history != NO_HISTORY
    ]
    plain_table(connection, "history", ("part BIGINT", *(f"passed{at} BIGINT" for at in places)), passed)
    rows = [
        (one, parts.number[group, NO_HISTORY], parts.number[group, history])
        for one, history in attended.histories.items()
        if ((group := attended.group_of[one]), history) in parts.number
    ]
    if not attended.histories:
        return
    plain_table(connection, "attendee", ("id VARCHAR", "of_group BIGINT", "part BIGINT"), rows)
    query(
        "UPDATE member SET part = a.part FROM attendee a JOIN person p ON a.id = p.id"
        " WHERE member.row = p.row AND member.part = a.of_group"
    )
    found = query("SELECT count(*) FROM member SEMI JOIN history USING (part)").fetchall()[0][0]
    if found < len(attended.histories):
        raise StrangersAttended


def listed_people(register: Register, profiles: Sequence[Profile]) -> dict[str, ListedPerson]:
    """Return the group of everybody in the list and what they lack, by id."""
    group_of = {profile.number: profile.id for profile in profiles}
    places = range(masks(register.competencies))
    gaps = ", ".join(f"p.gaps{at}" for at in places)
    rows = register.connection.execute(_of_groups(register, f"p.id, {gaps}")).fetchall()
    alike: dict[tuple[int, ...], frozenset[str]] = {}
    found = {}
    for one, *bits, number in rows:
        key = tuple(bits)
        if key not in alike:
            alike[key] = frozenset(lacked(register.competencies, bits))
        found[one] = ListedPerson(group_of[number], alike[key])
    return found


def _of_groups(register: Register, columns: str) -> str:
    """Return SQL of columns of the people `p` and their kinds `k`, with the number of the group as `part`."""
    keys = [*register.attributes, "completed", *(["hours_so_far"] if limited_people(register) else [])]
    tests = [f"p.{key} IS NOT DISTINCT FROM k.{key}" for key in keys]
    tests += [f"p.gaps{at} = k.gaps{at}" for at in range(masks(register.competencies))]
    return (
        f"SELECT {columns}, CASE WHEN k.mixed THEN -k.kind_number ELSE k.number END AS part"
        f" FROM ({people_of(register)}) p JOIN kind k ON {' AND '.join(tests)}"
    )


def plain_table(connection: Any, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Make a table of plain rows: whole numbers, booleans, texts, and values that are parsed from their text."""
    connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    if rows:
        kinds = [column.split(maxsplit=1)[1] for column in columns]
        arrays = [_array(kind, cells) for kind, cells in zip(kinds, zip(*rows, strict=True), strict=True)]
        _insert(connection, name, arrays)


def number_table(connection: Any, name: str, columns: Mapping[str, Any]) -> None:
    """Make a table of columns that are arrays of whole numbers."""
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} BIGINT' for column in columns)})")
    _insert(connection, name, [number_array(numbers) for numbers in columns.values()])


def _insert(connection: Any, name: str, arrays: Sequence[Any]) -> None:
    import pyarrow

    connection.register("given", pyarrow.Table.from_arrays([*arrays], names=[f"c{n}" for n in range(len(arrays))]))
    connection.execute(f"INSERT INTO {name} SELECT * FROM given")
    connection.unregister("given")


def _array(kind: str, cells: Sequence[Any]) -> Any:
    if kind in ("BIGINT", "INTEGER", "BOOLEAN") and None not in cells:
        return number_array(cells)
    return text_array([None if cell is None else str(cell) for cell in cells])


def number_array(numbers: Any) -> Any:
    """Return whole numbers as an array of Arrow. pyarrow.array() would load pandas, which takes longer than all
    rows."""
    import numpy as np
    import pyarrow

    held = np.ascontiguousarray(numbers, np.int64)
    return pyarrow.Array.from_buffers(pyarrow.int64(), len(held), [None, pyarrow.py_buffer(held)])


def text_array(texts: Sequence[str | None]) -> Any:
    """Return texts as an array of Arrow, also without pandas."""
    import numpy as np
    import pyarrow

    encoded = [b"" if text is None else text.encode() for text in texts]
    ends = np.zeros(len(encoded) + 1, np.int32)
    np.cumsum([len(each) for each in encoded], out=ends[1:])
    there = None
    if None in texts:
        there = pyarrow.py_buffer(np.packbits([text is not None for text in texts], bitorder="little"))
    buffers = pyarrow.py_buffer(ends), pyarrow.py_buffer(b"".join(encoded)), there
    return pyarrow.StringArray.from_buffers(len(encoded), *buffers)
