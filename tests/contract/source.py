"""The Python files of the program as trees, for the tests that look at how they are written."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """Every node of a file."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
