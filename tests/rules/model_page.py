"""docs/model.md: the mathematics of the model for auditors, made from the docstrings that stand beside the code.

page() -> str       the whole page; `pytest --update-goldens` writes it
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from planner.model import free_seats, money_scale, objective, sets, variables
from planner.model.build import FAMILIES
from planner.payments import pools, settlement
from planner.solve import levels

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "model.md"

CHECKED_AS: Final = {
    "trained": "uptake",
    "closing": "closings",
    "need": "closings",
    "uptake": "uptake",
    "class_size_min": "class_size",
    "class_size_max": "class_size",
    "classes_min": "classes",
    "classes_max": "classes",
    "nobody_without_running": "cost",
    "hours": "hours",
    "release": "release",
    "requires": "requires",
    "mentors": "mentors",
    "seats_taken": "seats",
    "seats_given": "seats",
    "cost": "cost, payers",
    "fund_amount": "funds",
    "fund_release": "releases",
    "max_share": "max_share",
    "match": "match",
    "minimum": "minimum",
    "rule": "rules",
    "all_closed": "rules, closings",
    "smallest_coverage": "objective",
    "whole_closing": "closings",
}
"""Under which name the independent check, which shares no code with the model, finds a family broken."""

INTRODUCTION: Final = """\
# The model, rule by rule

What a plan may do, as the solver sees it: a mixed-integer programme built with PuLP in `planner/model/`. The text of
every section is that of the code beside it; a test keeps the two alike. `planner model SCENARIO --out model.lp` writes
the model of a scenario, with a key to its names.

Index letters: g group, p programme, t period, c competency, f fund, i cost item, q cost pool. Willingness of a group:
r[g] = uptake[g] + (raises_uptake_to[g] - uptake[g]) * s[g].

A row exists only where it can bind: where the bound of a single variable says the same, there is no row. Each family
has four proofs in `tests/rules/`: a case solved by hand, the model of that case as LP text, a property of random plans,
and the [independent check](pemeriksa.md), which names the family when a plan breaks it by one."""


def page() -> str:
    """The page as it should stand."""
    return "\n\n".join(_parts()) + "\n"


def _parts() -> Iterator[str]:
    """The paragraphs of the page."""
    yield INTRODUCTION
    table = ["| rule family | what it says | model | found broken by the check as |", "|---|---|---|---|"]
    for family, rows in FAMILIES.items():
        table.append(f"| [{family}](#{family}) | {_first_line(rows)} | {_link(rows)} | `{CHECKED_AS[family]}` |")
    yield "\n".join(table)
    yield from _section("Variables", variables)
    yield from _section("Who may sit where", sets)
    for family, rows in FAMILIES.items():
        yield from _section(family, rows, f" · [LP](../tests/rules/golden/{family}.lp)")
    yield from _section("Cost pools", pools)
    yield from _section("Free seats", free_seats)
    yield from _section("Money units", money_scale.money_unit)
    yield from _section("Objective", objective.goals)
    yield _as_markdown(objective.levels_of)
    yield from _section("Levels in turn, and ties", levels)
    yield from _section("Settlement", settlement)


def _section(title: str, of: Any, more: str = "") -> Iterator[str]:
    yield f"## {title}"
    yield _link(of) + more
    yield _as_markdown(of)


def _link(thing: Any) -> str:
    file = Path(inspect.getfile(thing)).relative_to(ROOT)
    return f"[{file.name}](../{file.as_posix()})"


def _first_line(rows: Callable[..., Any]) -> str:
    return (inspect.getdoc(rows) or "").partition("\n")[0]


def _as_markdown(thing: Any) -> str:
    """A docstring with its indented blocks as code."""
    lines: list[str] = []
    inside = False
    for line in (inspect.getdoc(thing) or "").splitlines():
        indented = line.startswith("    ")
        if indented and not inside:
            lines.append("```text")
        elif inside and line and not indented:
            lines.insert(_after_text(lines), "```")
        inside = indented or (inside and not line)
        lines.append(line.removeprefix("    ") if indented else line)
    if inside:
        lines.append("```")
    return "\n".join(lines)


def _after_text(lines: list[str]) -> int:
    """Where the text of the last code block ends: before the empty lines."""
    end = len(lines)
    while not lines[end - 1]:
        end -= 1
    return end
