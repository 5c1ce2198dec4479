"""A workbook to a scenario, each problem at its sheet and cell, in the order of the sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import Final

from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from planner.errors import InputError, Problem
from planner.locale import language_in_force
from planner.scenario_io.problems import Problems, Refused
from planner.scenario_io.reading import LoadedScenario, checked
from planner.scenario_io.scenario_workbook.dated_prices import tell_undated
from planner.scenario_io.scenario_workbook.examples import without_examples
from planner.scenario_io.scenario_workbook.layout import SHEETS, called_beside, sheet_named
from planner.scenario_io.scenario_workbook.price_codes import ListsOfBook
from planner.scenario_io.scenario_workbook.scenario_tree import scenario_tree
from planner.scenario_io.scenario_workbook.sheet_tables import sheet_tables
from planner.scenario_io.tree import Mapping

_CELL: Final = re.compile(r"(.*):([^:!]*)(?:!([A-Z]*)([0-9]*).*)?\Z")


def imported(data: bytes, file: str, *, examples: bool = True) -> LoadedScenario:
    """Return the scenario in the workbook `data`, which messages call `file`.

    Without `examples`, the example rows of the template are passed over, each with a notice.

    Raises InputError with all problems found at once, in the order of the sheets, rows and columns.
    """
    problems = Problems()
    try:
        tree, notices = workbook_tree(data, file, problems, examples=examples)
        return checked(tree, problems, (), notices)
    except Refused as refused:
        raise InputError([refused.problem]) from None
    except InputError as error:
        raise InputError(in_order(error.problems)) from None


def workbook_tree(
    data: bytes, file: str, problems: Problems, *, examples: bool = False
) -> tuple[Mapping, list[Problem]]:
    """Return the document in the workbook `data`, and what deserves a look in it; raises Refused. It may be shared: a
    question reads the same workbook for each of its points."""
    tree, found, notices = _tree(data, file, language_in_force(), examples)
    problems.extend(found)
    return tree, list(notices)


@lru_cache(maxsize=2)
def _tree(
    data: bytes, file: str, language: str, examples: bool
) -> tuple[Mapping, tuple[Problem, ...], tuple[Problem, ...]]:
    """Read as `workbook_tree` does, with problems and notices in a language."""
    problems, notices = Problems(), list[Problem]()
    tables, listed = sheet_tables(data, file, problems, notices)
    if not examples:
        without_examples(tables, file, problems, notices)
    called = partial(called_beside, names=[table.name for table in tables.values()])
    lists = ListsOfBook(listed, called)
    tell_undated(lists, notices)
    tree = scenario_tree(tables, file, lists, problems, notices)
    return tree, tuple(problems.found), tuple(notices)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, as a reader of the workbook meets them."""
    return sorted(dict.fromkeys(problems), key=_position)


def _position(problem: Problem) -> tuple[int, int, int]:
    """Return the sheet, row and column; what belongs to no sheet comes first, and what has no file (a count) last."""
    if not problem.file:
        return (len(SHEETS) + 1, 0, 0)
    match = _CELL.match(problem.file)
    sheet = sheet_named(match[2]) if match else None
    if match is None or sheet is None:
        return (-1, 0, 0)
    try:
        column = column_index_from_string(match[3]) if match[3] else 0
    except (ValueError, CellCoordinatesException):
        column = 0
    return (SHEETS.index(sheet), int(match[4] or 0), column)
