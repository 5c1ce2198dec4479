"""The rows of lists of names beside the list of people, counted by who is alike: what the checker recounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from planner.domain.people import ATTRIBUTES, ListedAlike, PersonsLook
from planner.people.membership import plain_table
from planner.people.person_sql import lacked, masks
from planner.people.register import Register

_BETWEEN: Final = ";"


def listed_alike(
    register: Register, lines: Any, seats: Any, results: Mapping[tuple[str, str], bool]
) -> tuple[list[ListedAlike], int, int]:
    """Return the people of lists of names (tables of Arrow) as the list of people has them, found by their ids, and
    how many rows are of nobody in it, and how many lines of people who have one already.

    `results` says whether a gap was found closed, by (id, competency).
    """
    connection = register.connection
    passed: dict[str, list[str]] = {}
    for (one, competency), closed in sorted(results.items()):
        if closed:
            passed.setdefault(one, []).append(competency)
    columns = ("id VARCHAR", "passed VARCHAR")
    plain_table(connection, "passed_of", columns, [(one, _BETWEEN.join(names)) for one, names in passed.items()])
    alike: list[ListedAlike] = []
    strangers = 0
    for name, table, cells in (
        ("listed_lines", lines.select(["id", "group"]), "NULL, NULL, false"),
        ("listed_seats", seats.select(["id", "group", "programme", "happened"]), "q.passed, l.programme, l.happened"),
    ):
        connection.register(name, table)
        joined = f"{name} l LEFT JOIN person p ON l.id = p.id" + (
            " LEFT JOIN passed_of q ON l.id = q.id" if name == "listed_seats" else ""
        )
        looks, gaps = _looks(register), ", ".join(f"p.gaps{at}" for at in range(masks(register.competencies)))
        found = connection.execute(
            f'SELECT p.id IS NULL, {looks}, {cells}, l."group", count(*), {gaps} FROM {joined} GROUP BY ALL'
        ).fetchall()
        strangers += sum(row[len(ATTRIBUTES) + 7] for row in found if row[0])
        alike += _alike(register, [row for row in found if not row[0]])
    repeated = connection.execute("SELECT count(*) - count(DISTINCT id) FROM listed_lines").fetchall()[0][0]
    for name in ("listed_lines", "listed_seats"):
        connection.unregister(name)
    connection.execute("DROP TABLE passed_of")
    return alike, strangers, repeated


def _looks(register: Register) -> str:
    """Return SQL of what divides people into groups besides their gaps."""
    # without limits of JP, people who have done different JP are alike
    limited = any(each.max_hours is not None for each in register.table.each)
    done = "coalesce(p.hours, 0)" if limited else "0::DECIMAL"
    return ", ".join([*(f"p.{name}" for name in ATTRIBUTES), "p.completed", f"{done} AS done"])


def _alike(register: Register, rows: Sequence[tuple[Any, ...]]) -> Iterator[ListedAlike]:
    """Yield rows as records; what many of them share is made once."""

    def words(text: str | None) -> frozenset[str]:
        return frozenset(word.strip() for word in (text or "").split(_BETWEEN) if word.strip())

    many = cache(words)
    looks = cache(lambda *cells: PersonsLook(cells[: len(ATTRIBUTES)], words(cells[-2]), cells[-1]))
    lacks = cache(lambda *gaps: frozenset(lacked(register.competencies, gaps)))
    end = len(ATTRIBUTES) + 3
    for row in rows:
        passed, programme, happened, group, people = row[end : end + 5]
        yield ListedAlike(looks(*row[1:end]), lacks(*row[end + 5 :]), many(passed), group, programme, happened, people)
