"""Words that steer the program: a field that is compared with a word says which words it can hold.

A `Literal` lets mypy refuse a word that is written wrongly; in a `str` it would be a branch that is never taken.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.contract.source import nodes_of

PACKAGE = Path(__file__).parents[2] / "planner"
FILES = sorted(PACKAGE.rglob("*.py"))

FOREIGN = {
    "key": "keys of the scenario format",
    "name": "names of fields, and of what planners name",
    "path": "keys of the scenario format",
    "data": "a scenario as it was read",
    "facts": "what a line of the journal holds",
    "status": "distributed says in words how a client of a cluster is",
    "value": "the text of a cell",
}
"""Fields whose words are written by others, with the reason."""
TAGS = {"L", "LI", "TOC"}
"""Tags of the PDF standard."""


def aliases() -> dict[str, set[str]]:
    """The words of each `Name = Literal[...]`, with those of the aliases it is made of."""
    found: dict[str, list[ast.expr]] = {}
    for file in FILES:
        for node in nodes_of(file):
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.TypeAlias(name=ast.Name(id=name), value=value)
                ) if name[:1].isupper() and "Literal" in ast.dump(value):
                    found.setdefault(name, []).append(value)
    return {name: {w for value in values for w in words_in(value, found)} for name, values in found.items()}


def words_in(annotation: ast.expr, named: dict[str, list[ast.expr]]) -> set[str]:
    """The words that an annotation allows."""
    words = set()
    for node in ast.walk(annotation):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
        elif isinstance(node, ast.Name):
            words |= {word for value in named.get(node.id, ()) for word in words_in(value, named)}
    return words


def is_property(function: ast.FunctionDef) -> bool:
    """Whether a method is read like a field."""
    return any("property" in ast.unparse(each) for each in function.decorator_list)


def fields() -> Iterator[tuple[str, ast.expr, str]]:
    """(name, annotation, where) of each field and property of the program's classes."""
    for file in FILES:
        for node in (node for node in nodes_of(file) if isinstance(node, ast.ClassDef)):
            for part in node.body:
                where = f"{file.relative_to(PACKAGE.parent)}:{part.lineno}: {node.name}"
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    yield part.target.id, part.annotation, where
                elif isinstance(part, ast.FunctionDef) and part.returns is not None and is_property(part):
                    yield part.name, part.returns, where


def compared() -> Iterator[tuple[str, str, str]]:
    """(name of a field, word, where) of each comparison of a field with a word."""
    for file in FILES:
        for node in (node for node in nodes_of(file) if isinstance(node, ast.Compare)):
            sides = [node.left, *node.comparators]
            texts = [part for side in sides for part in (side.elts if isinstance(side, ast.Tuple) else [side])]
            words = [part.value for part in texts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            for side in sides:
                if isinstance(side, ast.Attribute):
                    where = f"{file.relative_to(PACKAGE.parent)}:{node.lineno}"
                    yield from ((side.attr, word, where) for word in words if word.isidentifier())


def test_a_field_that_is_compared_with_a_word_says_which_words_it_can_hold() -> None:
    named = aliases()
    literal: dict[str, set[str]] = {}
    free: dict[str, list[str]] = {}
    for name, annotation, where in fields():
        parts = {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}
        if "Literal" in parts or parts & named.keys():
            words = {w for node in ast.walk(annotation) if isinstance(node, ast.Constant) for w in [node.value]}
            words |= {word for part in parts & named.keys() for word in named[part]}
            literal.setdefault(name, set()).update(word for word in words if isinstance(word, str))
        elif "str" in parts and ast.unparse(annotation) in ("str", "str | None"):
            free.setdefault(name, []).append(where)
    wrong = {
        f"{where}: '{word}' is none of the words of a field {name}; of type str: {', '.join(free[name])}"
        for name, word, where in compared()
        if name in free and name not in FOREIGN and word not in TAGS and word not in literal.get(name, ())
    }
    assert not wrong, "\n".join(sorted(wrong))
