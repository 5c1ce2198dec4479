"""Whoever reads sheets passes on what nobody sees of them: hidden rows, white letters, conditional formats."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PLANNER: Final = Path(__file__).parents[2] / "planner"
READERS: Final = {"read_sheets": 3, "read_xlsx": 3, "cells_of": 2, "raw_sheet": 6}
"""Readers of sheets, and the place of the notices among their arguments."""
LOOKING: Final = {
    "web/faulty_cells.py": "shows the cells of faults; the file itself is read beside",
    "web/sent_tables.py": "shows the heads of a list; the scenario that names it is read then",
}
"""Modules that look at sheets without taking what stands there, and why nothing is lost."""


def test_no_reader_of_sheets_drops_what_is_hidden() -> None:
    dropping = {module for module, dropped in _readings() if dropped is ast.List}
    assert dropping == set(LOOKING)


def test_who_takes_no_notices_tells_them_itself() -> None:
    for module in {module for module, dropped in _readings() if dropped is ast.Constant}:
        assert "tell_hidden(" in (PLANNER / module).read_text(encoding="utf-8"), module


def _readings() -> Iterator[tuple[str, type[ast.expr]]]:
    """Yield the module of each call of a reader, and the kind of what it gives for the notices."""
    for file in sorted(PLANNER.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if not any(f"{name}(" in text for name in READERS):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
                given = node.args[READERS[node.func.id] : READERS[node.func.id] + 1]
                given = given or [each.value for each in node.keywords if each.arg == "notices"]
                assert given, f"{file.name}:{node.lineno}: no notices are given"
                yield file.relative_to(PLANNER).as_posix(), type(given[0])
