"""docs/model.md: the mathematics of the model for auditors, made from the registry of rule families.

page() -> str       the whole page; `pytest --update-goldens` writes it
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from planner.domain import objectives
from planner.domain.rule_families import RULE_FAMILIES
from planner.model import free_seats, money_scale, objective, sets, variables
from planner.model.families import FAMILIES
from planner.model.variables import VARIABLE_FAMILIES
from planner.payments import pools, settlement
from planner.solve import levels

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "model.md"

INTRODUCTION: Final = """\
# The model, rule by rule

What a plan may do, as the solver sees it: a mixed-integer programme built with PuLP in `planner/model/`. This page is
made from the registry of rule families (`planner/domain/rule_families.py`) and from the text beside the code; a test
keeps them alike. `planner model SCENARIO --out model.lp` writes the model of a scenario, with a key to its names.

Index letters: g group, p programme, t period, c competency, f fund, i cost item, q cost pool. Willingness of a group:
r[g] = uptake[g] + (raises_uptake_to[g] - uptake[g]) * s[g].

A row exists only where it can bind: where the bound of a single variable says the same, there is no row. A rule has one
name in the model, in the checker and in the scenarios that planners write. Limits exclude plans; definitions tie one
variable to others; cuts follow from limits and only speed up the search. Every family of rows has four proofs in
`tests/rules/`: a case solved by hand, the model of that case as LP text, a property of random plans, and the
[independent check](pemeriksa.md), which names the rule when a plan breaks it by one."""


def page() -> str:
    """The page as it should stand."""
    return "\n\n".join(_parts()) + "\n"


def _parts() -> Iterator[str]:
    """The paragraphs of the page."""
    yield INTRODUCTION
    table = [
        "| rule | what it is about | kind | keys in a scenario | rows in the model | found broken by the check as |",
        "|---|---|---|---|---|---|",
    ]
    for family in RULE_FAMILIES:
        links = " ".join(f"[{rows.name}](#{rows.name})" for rows in family.rows) or "no variable could break it"
        keys = ", ".join(f"`{key}`" for key in family.keys)
        names = dict.fromkeys(family.found_as(rows) for rows in family.rows) or {family.name: None}
        found = ", ".join(f"`{name}`" for name in names)
        table.append(f"| {family.name} | {family.title} | {family.kind} | {keys} | {links} | {found} |")
    yield "\n".join(table)
    yield from _section("Variables", variables)
    yield "\n".join(_variables())
    yield from _section("Who may sit where", sets)
    for name, make_rows in FAMILIES.items():
        yield from _section(name, make_rows, f" · [LP](../tests/rules/golden/{name}.lp)")
    yield from _section("Cost pools", pools)
    yield from _section("Free seats", free_seats)
    yield from _section("Money units", money_scale.money_unit)
    yield from _section("Objective", objective.goals)
    yield _as_markdown(objectives.levels_of)
    yield from _section("Levels in turn, and ties", levels)
    yield from _section("Settlement", settlement)


def _variables() -> Iterator[str]:
    """The table of the variables."""
    yield "| family | symbol | domain | meaning | exists |"
    yield "|---|---|---|---|---|"
    for name, family in VARIABLE_FAMILIES.items():
        symbol = f"{family.symbol}[{family.index}]"
        yield f"| {name} | {symbol} | {family.domain} | {family.meaning} | {family.exists} |"


def _section(title: str, of: Any, more: str = "") -> Iterator[str]:
    yield f"## {title}"
    yield _link(of) + more
    yield _as_markdown(of)


def _link(thing: Any) -> str:
    file = Path(inspect.getfile(thing)).relative_to(ROOT)
    return f"[{file.name}](../{file.as_posix()})"


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
