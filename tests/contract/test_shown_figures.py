"""Figures that people read are rounded in one place, halves up, as planners and spreadsheets round."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest

from tests.contract.source import nodes_of

PACKAGE = Path(__file__).parents[2] / "planner"
SHOWING = ("cli", "plans", "report", "web")
"""The parts whose figures people read."""

DRAWN = {
    "report/charts": "coordinates",
    "report/fonts.py": "widths of letters",
    "report/pdf/structure.py": "coordinates",
    "report/word/table_widths.py": "widths of columns",
    "web/search_picture.py": "coordinates",
}
"""Files and folders whose rounded numbers are places on a page, and why."""

FOR_PROGRAMS = {"report/csv_tables.py"}
"""Files that write numbers for programs, with all digits that a spreadsheet keeps."""

PRECISE = re.compile(r"\.\d+[eEfFgGn%]|%\Z")
"""A format of some decimals; a bare "f" writes a Decimal as it is."""

PRECISE_WITHIN = re.compile(r"\{[^{}]*:[^{}]*(?:\.\d+[eEfFgGn]|%)\}|%[-+ 0]?\d*\.\d+[efg]")
"""The same within a text that is filled in."""


def bare_roundings(tree: Iterable[ast.AST]) -> Iterator[int]:
    """Lines that round a number by a way of their own."""
    for node in tree:
        if isinstance(node, ast.Call):
            named = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if named in ("round", "quantize", "rint", "around", "to_integral_value"):
                yield node.lineno
            spec = node.args[1] if named == "format" and len(node.args) == 2 else None
            if isinstance(spec, ast.Constant) and PRECISE.search(str(spec.value)):
                yield node.lineno
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec_text = re.sub(r"\{[^{}]*\}", "0", ast.unparse(node.format_spec)[2:-1])
            if PRECISE.search(spec_text):
                yield node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and PRECISE_WITHIN.search(node.value):
            yield node.lineno


def is_of(file: Path, named: Collection[str]) -> bool:
    """Whether a file is one of those named, or lies in one of the folders named."""
    place = file.relative_to(PACKAGE)
    return any(str(part) in named for part in (place, *place.parents))


def test_figures_are_rounded_by_nearest_alone() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}"
        for part in SHOWING
        for file in sorted((PACKAGE / part).rglob("*.py"))
        if not is_of(file, {*DRAWN, *FOR_PROGRAMS})
        for line in bare_roundings(nodes_of(file))
    ]
    assert not found, "use planner.units.nearest, or the formats of the report: " + ", ".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "round(x)", "round(x, 1)", "x.quantize(y)", "f'{x:.1f}'", "f'{x:,.0f}'", "f'{x:.{n}f}'", "f'{x:%}'",
        "format(x, '.2f')", "'{x:.1f} %'.format(x=x)", "'{:,.1%}'.format(x)", "'%.1f' % x", "np.rint(x)",
    ],
)  # fmt: skip
def test_bare_roundings_are_found(line: str) -> None:
    assert list(bare_roundings(ast.walk(ast.parse(line))))


@pytest.mark.parametrize("line", ["f'{x:,}'", "f'{x:02}'", "nearest(x)", "'50% of {all}'", "f'{x:>5}'", "format(x)"])
def test_other_formats_are_left_alone(line: str) -> None:
    assert not list(bare_roundings(ast.walk(ast.parse(line))))
