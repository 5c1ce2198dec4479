"""`imported`: a workbook to a scenario, each problem at its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from planner.errors import InputError, Problem
from planner.scenario_io.problems import Problems, Refused
from planner.scenario_io.reading import LoadedScenario, checked
from planner.scenario_io.scenario_workbook.layout import SHEETS, sheet_named
from planner.scenario_io.scenario_workbook.scenario_tree import scenario_tree
from planner.scenario_io.scenario_workbook.sheet_tables import sheet_tables

_CELL: Final = re.compile(r"(.*):([^:!]*)(?:!([A-Z]*)([0-9]*).*)?\Z")


def imported(data: bytes, file: str) -> LoadedScenario:
    """The scenario in the workbook `data`, which messages call `file`.

    Raises InputError with all problems found at once, in the order of the sheets, rows and columns.
    """
    problems = Problems()
    notices: list[Problem] = []
    try:
        tables = sheet_tables(data, file, problems, notices)
        tree = scenario_tree(tables, file, problems)
        return checked(tree, problems, (), [in_cells(notice) for notice in notices])
    except Refused as refused:
        raise InputError([in_cells(refused.problem)]) from None
    except InputError as error:
        raise InputError(_in_order(error.problems)) from None


def in_cells(problem: Problem) -> Problem:
    """A problem without its path in the scenario, which says nothing to those who see the workbook."""
    return replace(problem, path="") if _CELL.match(problem.file) else problem


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, as a reader meets them."""
    return sorted(dict.fromkeys(map(in_cells, problems)), key=_position)


def _position(problem: Problem) -> tuple[int, int, int]:
    """Sheet, row and column; what belongs to no sheet comes first, and what has no file (a count) last."""
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
