"""The help of the fields of records: the docstring below each of them, read from the source when it is asked for.

Pydantic could read it (use_attribute_docstrings), but does so at every start, which takes a tenth longer for it.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from planner.domain.base import Record


def field_helps(root: type[Record]) -> dict[str, dict[str, str]]:
    """Return the help of each field, by its name in files, for `root` and all records in it, by the name of the
    record."""
    found: dict[str, dict[str, str]] = {}
    waiting = [root]
    while waiting:
        record = waiting.pop()
        if record.__name__ not in found:
            found[record.__name__] = _field_help(record)
            waiting.extend(inner for field in record.model_fields.values() for inner in _records_in(field.annotation))
    return found


def _field_help(record: type[Record]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for owner in reversed(record.__mro__):
        if issubclass(owner, Record):
            texts |= _docstrings(owner.__module__).get(owner.__name__, {})
    return {field.alias or name: texts[name] for name, field in record.model_fields.items() if name in texts}


def _records_in(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from _records_in(inner)


@cache
def _docstrings(module: str) -> dict[str, dict[str, str]]:
    """Return the string below each annotated name, by class and name."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: dict(_strings_below(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _strings_below(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(node.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
