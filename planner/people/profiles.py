"""Groups of people who are alike: with the same attributes and gaps, so that counts of a group describe each person.

Everybody in an exact group lacks the same competencies: its gaps are its headcount. Where there would be too many
groups, people with rare gaps are joined to one mixed group for each set of attributes, whose gaps are counted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from planner.domain.groups import EMPLOYMENT_NAMES
from planner.domain.people import PeopleRead
from planner.people.database import literal
from planner.people.person_sql import BITS, lacked, masks
from planner.people.register import Register

SEPARATOR: Final = " / "
_JP: Final = re.compile(r"^(\d+)\.(\d+)(?= JP$)")
"""JP with a decimal point, as in ids; names have a decimal comma, as JP are written in Indonesia."""

_LONGEST: Final = 120
"""Longest id of a group; longer ones end in a fingerprint."""
_NONE: Final = "-"


class TooManyKinds(Exception):
    """There are more sets of attributes than groups allowed."""

    def __init__(self, kinds: int, most: int) -> None:
        super().__init__(f"{kinds} sets of attributes, {most} groups")
        self.kinds, self.most = kinds, most


@dataclass(frozen=True)
class Profile:
    """One group of people."""

    number: int
    """Its number in the column `group_number` of the table `member`."""
    id: str
    attributes: dict[str, str]
    headcount: int
    gaps: dict[str, int]
    """People who lack each competency [people]."""
    completed: dict[str, int]
    """People who attended a programme before [people]."""
    hours: Decimal | None
    """JP that each has done, where they make a difference to the plan."""
    mixed: bool

    def plain(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Return the group in the words of a scenario."""
        group: dict[str, Any] = {"id": self.id}
        if (name := _readable(self.id)) != self.id:
            group["name"] = name
        group |= {name: text.split(";") if name == "tags" else text for name, text in self.attributes.items()}
        group["headcount"] = self.headcount
        group |= settings
        if self.hours:
            group["hours_before"] = int(self.hours) if self.hours == int(self.hours) else self.hours.normalize()
        if self.gaps:
            group["gaps"] = self.gaps
        if self.completed:
            group["completed"] = self.completed
        return group


def profiles_of(register: Register, hours_target: int | None = None) -> tuple[list[Profile], PeopleRead]:
    """Return the groups of a register in a fixed order, and what became of its tables; make the table `kind`.

    With a target of JP, people are counted by how much of it they have done. Raises TooManyKinds.
    """
    query = register.connection.execute
    keys = [*register.attributes]
    limited = limited_people(register)
    if limited:
        keys.append("hours_so_far")
    kind = ", ".join([*keys, "completed"])
    bits = ", ".join(f"gaps{at}" for at in range(masks(register.competencies)))
    most = register.table.most_groups
    query(
        f"CREATE TABLE kind AS SELECT row_number() OVER (ORDER BY {kind}, {bits}) AS number,"
        f" dense_rank() OVER (ORDER BY {kind}) AS kind_number, {kind}, {bits}, count(*) AS people, false AS mixed"
        f" FROM ({people_of(register)})"
        f" GROUP BY {kind}, {bits}"
    )
    profiles, kinds = query("SELECT count(*), coalesce(max(kind_number), 0) FROM kind").fetchall()[0]
    if profiles > most:
        if kinds > most:
            raise TooManyKinds(kinds, most)
        _mix(query, most - kinds)
    found = [*_exact(register, keys, query), *_mixed(register, keys, query)]
    found = _named_apart(found)
    mixed = [profile for profile in found if profile.mixed]
    read = PeopleRead(
        people=sum(profile.headcount for profile in found),
        groups=len(found),
        profiles=profiles,
        mixed_groups=len(mixed),
        mixed=tuple(profile.id for profile in mixed),
        mixed_people=sum(profile.headcount for profile in mixed),
        not_assessed=register.not_assessed,
        without_jp=register.without_jp,
        hours_done=_hours_done(register, found, keys, hours_target) if hours_target else {},
        rows_left_out=register.rows_left_out,
        left_out=register.left_out,
    )
    return found, read


def _hours_done(
    register: Register, found: Sequence[Profile], keys: Sequence[str], target: int
) -> dict[str, dict[str, int]]:
    """Return people of each group by the JP that they have done, up to the target; people without JP are left out."""
    names = [*keys, "completed", *(f"gaps{at}" for at in range(masks(register.competencies)))]
    same = " AND ".join(f"p.{name} IS NOT DISTINCT FROM k.{name}" for name in names)
    rows = register.connection.execute(
        "SELECT CASE WHEN k.mixed THEN -k.kind_number ELSE k.number END AS number, p.done, sum(p.people)::BIGINT FROM"
        f" (SELECT {', '.join(names)}, least(hours, {target}) AS done, count(*) AS people"
        f" FROM ({people_of(register)}) WHERE hours > 0 GROUP BY ALL) p JOIN kind k ON {same}"
        " GROUP BY ALL ORDER BY number, p.done"
    ).fetchall()
    by_number: dict[int, dict[str, int]] = {}
    for number, done, people in rows:
        by_number.setdefault(number, {})[f"{done.normalize():f}"] = people
    return {profile.id: by_number[profile.number] for profile in found if profile.number in by_number}


def people_of(register: Register) -> str:
    """Return SQL of the people, with the JP they have done where that makes a difference to the plan."""
    limited = limited_people(register) or "false"
    return f"SELECT *, CASE WHEN {limited} THEN coalesce(hours, 0) END AS hours_so_far FROM person"


def limited_people(register: Register) -> str:
    """Return SQL for the people with limited JP, for whom earlier JP count; empty where there are none."""
    wheres = []
    for entry in register.table.each:
        if entry.max_hours is None:
            continue
        named = {name: values for name, values in entry.where.named().items() if name in register.attributes}
        tests = []
        for name, values in named.items():
            words = ", ".join(map(literal, values))
            if name == "tags":
                tests.append(f"list_has_any(string_split(coalesce(tags, ''), ';'), [{words}])")
            else:
                tests.append(f"coalesce({name} IN ({words}), false)")
        wheres.append(" AND ".join(tests) or "true")
    return " OR ".join(f"({where})" for where in wheres)


def _mix(query: Any, kept: int) -> None:
    """Keep the `kept` largest groups as they are, and mix the others of each kind; a single other one stays exact."""
    query(
        "UPDATE kind SET mixed = true WHERE number NOT IN"
        f" (SELECT number FROM kind ORDER BY people DESC, number LIMIT {max(0, kept)})"
    )
    query(
        "UPDATE kind SET mixed = false WHERE kind_number IN"
        " (SELECT kind_number FROM kind WHERE mixed GROUP BY kind_number HAVING count(*) = 1)"
    )


def _exact(register: Register, keys: Sequence[str], query: Any) -> list[Profile]:
    columns = ", ".join([*keys, "completed", *(f"gaps{at}" for at in range(masks(register.competencies)))])
    rows = query(f"SELECT number, people, {columns} FROM kind WHERE NOT mixed ORDER BY number").fetchall()
    found = []
    for number, people, *cells in rows:
        values = dict(zip([*keys, "completed"], cells, strict=False))
        gaps = dict.fromkeys(lacked(register.competencies, cells[len(keys) + 1 :]), people)
        found.append(_profile(register, number, people, values, gaps, mixed=False))
    return found


def _mixed(register: Register, keys: Sequence[str], query: Any) -> list[Profile]:
    counts = [
        f"sum(CASE WHEN gaps{place // BITS} & {1 << place % BITS} <> 0 THEN people ELSE 0 END)::BIGINT"
        for place in range(len(register.competencies))
    ]
    columns = ", ".join([*keys, "completed"])
    rows = query(
        f"SELECT -kind_number, sum(people)::BIGINT, {', '.join([columns, *counts])} FROM kind WHERE mixed"
        f" GROUP BY kind_number, {columns} ORDER BY kind_number"
    ).fetchall()
    found = []
    for number, people, *cells in rows:
        values = dict(zip([*keys, "completed"], cells, strict=False))
        lacking = zip(register.competencies, cells[len(keys) + 1 :], strict=True)
        found.append(_profile(register, number, people, values, {c: int(n) for c, n in lacking if n}, mixed=True))
    return found


def _profile(
    register: Register, number: int, people: int, values: dict[str, Any], gaps: dict[str, int], *, mixed: bool
) -> Profile:
    attributes = {name: str(values[name]) for name in register.attributes if values[name] is not None}
    hours = values.get("hours_so_far")
    done = tuple(dict.fromkeys(name.strip() for name in (values["completed"] or "").split(";") if name.strip()))
    parts = [attributes.get(name, _NONE) for name in register.attributes]
    parts += [f"{hours.normalize():f} JP"] if hours else []
    parts += ["+".join(done)] if done else []
    parts.append("*" if mixed else "+".join(gaps) or _NONE)
    return Profile(
        number, _short(SEPARATOR.join(parts)), attributes, people, gaps, dict.fromkeys(done, people), hours, mixed
    )


def _readable(id: str) -> str:
    """Return an id as documents print it: BPKAD, PNS, keu + kom.

    No gaps have no words, and no words of one language are used, since a name is part of the scenario.
    """
    *parts, last = id.split(SEPARATOR)
    if not parts:
        return id
    words = [_JP.sub(r"\1,\2", EMPLOYMENT_NAMES.get(part, part)) for part in parts]
    return ", ".join([*words, *([] if last == _NONE else [last.replace("+", " + ")])])


def _short(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    return name[: _LONGEST - 11].rstrip() + "… " + hashlib.sha256(name.encode()).hexdigest()[:9]


def _named_apart(found: list[Profile]) -> list[Profile]:
    """Return the groups with a fingerprint added to equal names."""
    names: dict[str, int] = {}
    for profile in found:
        names[profile.id.casefold()] = names.get(profile.id.casefold(), 0) + 1
    result = []
    for profile in found:
        if names[profile.id.casefold()] > 1:
            whole = repr((profile.attributes, sorted(profile.gaps), profile.completed, profile.hours, profile.mixed))
            mark = hashlib.sha256(whole.encode()).hexdigest()[:9]
            profile = Profile(**{**profile.__dict__, "id": f"{profile.id[:_LONGEST]} {mark}"})
        result.append(profile)
    return result
