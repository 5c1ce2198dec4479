"""Small changes of the program's own code, made in the functions of this process and taken back again.

sites(path) -> list[Site]           every place of a file where one change can be made
changed(site)                       a context in which the function has the change
"""

from __future__ import annotations

import ast
import copy
import hashlib
import importlib
import inspect
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]

COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES: Final = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}


@dataclass(frozen=True)
class Site:
    """One place: the file, the function by its qualified name, the number of the node in the file, and what is done."""

    path: Path
    function: str
    node: int
    what: str
    line: int
    same: int
    """Number among the places of the function of which the same is said."""
    digest: str
    """Of the function, without comments and layout: what was judged of it holds until it changes."""

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)} {self.function}: line {self.line}: {self.what}"

    @property
    def name(self) -> str:
        """The place without lines and numbers that change with the rest of the file."""
        return f"{self.path.relative_to(ROOT)} {self.function}: {self.what} [{self.same}]"


def sites(path: Path) -> list[Site]:
    """All places in the functions of a file, in order."""
    return sites_of(path, path.read_text(encoding="utf-8"))


def sites_of(path: Path, text: str) -> list[Site]:
    """The same of a given text of the file."""
    tree = ast.parse(text)
    numbered = {id(node): number for number, node in enumerate(ast.walk(tree))}
    # zip(…, strict=True) asserts what holds: nothing can be noticed where it is left out
    asserted = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "strict"}
    found = []
    for name, function in _functions(tree, ""):
        digest = hashlib.sha256(ast.dump(function).encode()).hexdigest()[:8]
        told: Counter[str] = Counter()
        for statement in function.body:
            for node in ast.walk(statement):
                what = "" if id(node) in asserted else _what(node)
                if what:
                    line = getattr(node, "lineno", 0)
                    found.append(Site(path, name, numbered[id(node)], what, line, told[what], digest))
                    told[what] += 1
    return found


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions of modules and classes; those within functions belong to these."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield prefix + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _what(node: ast.AST) -> str:
    """What would be changed at a node; empty where nothing is."""
    other = _other(node)
    if other is None:
        return ""
    before, after = (ast.unparse(part).split("\n")[0] for part in (node, other))
    return f"{before} -> {after}"


def _other(node: ast.AST) -> ast.AST | None:
    """The changed node, or None."""
    changed: Any = copy.deepcopy(node)
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
            changed.ops = [COMPARISONS[type(op)]()]
        case ast.BinOp(op=ast.BitOr(), right=ast.Constant(value=None)):
            return None  # the type of a value
        case ast.BinOp(left=left, op=op) if type(op) in OPERATORS and not isinstance(left, ast.JoinedStr):
            changed.op = OPERATORS[type(op)]()
        case ast.AugAssign(op=op) if type(op) in OPERATORS:
            changed.op = OPERATORS[type(op)]()
        case ast.BoolOp(op=op):
            changed.op = ast.Or() if isinstance(op, ast.And) else ast.And()
        case ast.UnaryOp(op=ast.Not()):
            return changed.operand  # type: ignore[no-any-return]
        case ast.UnaryOp(op=ast.USub()):
            return changed.operand  # type: ignore[no-any-return]
        case ast.Constant(value=bool()):
            changed.value = not node.value
        case ast.Constant(value=int()):
            changed.value = int(str(node.value)) + 1
        case ast.Call(func=ast.Name(id=name)) if name in NAMES:
            changed.func.id = NAMES[name]
        case ast.If() | ast.IfExp() if not isinstance(node.test, ast.Compare | ast.UnaryOp):
            changed.test = ast.UnaryOp(ast.Not(), changed.test)
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            changed.value = ast.IfExp(ast.Constant(True), ast.Constant(None), changed.value)
        case ast.Continue():
            return ast.Pass()
        case _:
            return None
    return changed  # type: ignore[no-any-return]


@contextmanager
def changed(site: Site) -> Iterator[None]:
    """The function with its change, as whoever holds it now sees it too."""
    tree = ast.parse(site.path.read_text(encoding="utf-8"))
    node = next(node for number, node in enumerate(ast.walk(tree)) if number == site.node)
    other = _other(node)
    assert other is not None
    mutated = ast.fix_missing_locations(_Replacing(node, other).visit(tree))
    code = _code(compile(mutated, str(site.path), "exec"), site.function.split("."))
    function = _live(site)
    before = function.__code__
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = before


class _Replacing(ast.NodeTransformer):
    def __init__(self, node: ast.AST, other: ast.AST) -> None:
        self._node, self._other = node, ast.copy_location(other, node)

    def visit(self, node: ast.AST) -> Any:
        return self._other if node is self._node else self.generic_visit(node)


def _code(code: CodeType, path: list[str]) -> CodeType:
    for name in path:
        code = next(part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == name)
    return code


def _live(site: Site) -> FunctionType:
    """The function of this process, out of whatever is wrapped around it."""
    module = site.path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    found: Any = importlib.import_module(module)
    for name in site.function.split("."):
        found = inspect.getattr_static(found, name)
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, cached_property):
        found = found.func
    elif isinstance(found, classmethod | staticmethod):
        found = found.__func__
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType), site
    return found
