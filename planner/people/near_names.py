"""Names of agencies, places, levels and work units that probably mean the same, with the people and rows of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from planner.locale import _, ngettext
from planner.people.heads import yaml_key
from planner.people.register import Register
from planner.units.texts import near_key

MOST_ROWS_TOLD: Final = 5
"""Most rows that are told of one name."""


def near_names(register: Register, name: str, people: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield (what is written in two ways, what to do) for values of a field, which have so many `people` each.

    Where `values` says that a word means itself, it is meant.
    """
    words = register.table.values.get(name, {})
    meant_so = {word.casefold() for word, meaning in words.items() if word.casefold() == meaning.casefold()}
    alike: dict[tuple[str, str], list[str]] = {}
    for value in people:  # a word that means itself stands apart; the others may still be one another
        own = value.casefold() if value.casefold() in meant_so else ""
        alike.setdefault((near_key(value), own), []).append(value)
    for of_key in alike.values():
        first, *others = of_key
        if not others:
            continue
        # what most people have is meant, of as many what has no spaces too many
        meant = max(of_key, key=lambda value: (people[value], value == " ".join(value.split())))
        for value in others:
            message = _(
                "{name}: '{value}' ({people}) and '{other}' ({others}) differ only in case, spaces, punctuation or form"
                " of letters."
            )
            remedy = _("Write one of them in the tables, or say under values which is meant: {example}.")
            wrong = first if value == meant else value
            example = f"values: {{{name}: {{{yaml_key(wrong)}: {yaml_key(meant)}}}}}"
            remedy = remedy.format(example=example)
            if value.casefold() != first.casefold():  # words of values are compared without case
                remedy += " " + _("If both are meant, let one mean itself there.")
            said, others_said = (_counted(register, name, each, people[each]) for each in (value, first))
            yield message.format(name=name, value=value, people=said, other=first, others=others_said), remedy


def people_by_unit(register: Register) -> dict[str, int]:
    """Return the number of people of each work unit."""
    found = register.connection.execute(
        "SELECT unit, count(*) FROM person WHERE unit IS NOT NULL GROUP BY unit ORDER BY min(row)"
    ).fetchall()
    return dict(found)


def _counted(register: Register, name: str, value: str, people: int) -> str:
    """Return how many people have a value, and the first of their rows."""
    assert register.source is not None
    found = register.connection.execute(
        f"SELECT row FROM person WHERE {name} = ? ORDER BY row LIMIT {MOST_ROWS_TOLD}", [value]
    ).fetchall()
    rows = sorted(register.source.lines({row for (row,) in found}).values())
    sentence = ngettext("{count} person, row {rows}", "{count} people, rows {rows}", people)
    return sentence.format(count=people, rows=", ".join(map(str, rows)) + (", …" if people > len(rows) else ""))
