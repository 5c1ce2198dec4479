"""Names of rows and columns in the words of a scenario: family[ids]."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from planner.proof.columns import Columns
from planner.proof.exact_model import ExactModel

_RESERVED: Final = re.compile(r"[\s\[\],%{}\x00-\x1f\x7f]")
"""Characters that separate names, or parts of a name."""


def word(text: str) -> str:
    """Return `text` with each character that separates names replaced by % and its code in UTF-8."""
    return _RESERVED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def name(family: str, *parts: str | None) -> str:
    """Return a name such as participants[bpkad,bimtek-keu,TW2]."""
    words = ",".join(word(part) for part in parts if part is not None)
    return f"{family}[{words}]" if words else family


def distinct(names: Iterable[str]) -> Iterator[str]:
    """Number the second and later uses of a name: release[a,TW1], release[a,TW1]:2."""
    met: dict[str, int] = {}
    for each in names:
        met[each] = met.get(each, 0) + 1
        yield each if met[each] == 1 else f"{each}:{met[each]}"


def row_names(model: ExactModel) -> list[str]:
    """Return the name of each row: its rule family, and whom it is about."""
    return list(distinct(name(about[0], *about[1:]) if about else "row" for about in model.abouts))


def column_names(c: Columns, model: ExactModel) -> list[str]:
    """Return the name of each column; those that only help to write a rule are named help."""
    names = ["help"] * len(model.upper)
    families: dict[str, Mapping[Any, int]] = {
        "participants": c.seats,
        "participants_in_all": c.trained,
        "classes": c.classes,
        "classes_in_all": {(p,): column for p, column in c.held.items()},
        "runs": {(p,): column for p, column in c.runs.items()},
        "runs_in": c.in_period,
        "present": c.present,
        "socialized": {(g,): column for g, column in c.socialized.items()},
        "used": {(f,): column for f, column in c.used.items()},
        "paid_in": {(*one_off, t): column for (one_off, t), column in c.due.items()},
        "free_seats": {
            (f, kind.programme, kind.period, f"kind{number}"): column
            for number, ((f, kind), column) in enumerate(c.free.items())
        },
        "payment": {(f, f"pool{pool}"): column for (f, pool), column in c.paid.items()},
        "closed": c.closed,
        **{f"closed_by_{year}": columns for year, columns in c.until.items()},
        "reached": {(g, competency, str(share)): column for (g, competency, share), column in c.full.items()},
        "missed": {(c.scenario.rules[n].name, side, of): column for (n, side, of), column in c.missed.items()},
        "smallest_coverage": {(str(level),): column for level, column in c.worst.items()},
        "attendees": {(g,): column for g, column in c.attendees.items()},
    }
    for family, columns in families.items():
        for parts, column in columns.items():
            names[column] = name(family, *parts)
    if c.one is not None:
        names[c.one] = "one"
    return list(distinct(names))
