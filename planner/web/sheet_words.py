"""Problems of a workbook in the words of its sheets: keys of the format become what its columns are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from planner.errors import Problem
from planner.scenario_io.scenario_workbook.columns import FormColumn
from planner.scenario_io.scenario_workbook.layout import SHEET, sheet_named

_PLACE: Final = re.compile(r"(?:.*:)?([^:!]+)!([A-Z]{1,3})([0-9]{1,7})")
_KEY: Final = re.compile(r"'([a-z_]+(?:\.[A-Za-z0-9_-]+)*)'")


def in_words_of_sheets(problem: Problem) -> Problem:
    """Return a problem at a cell with the titles of columns in place of their keys; any other as it is."""
    place = _PLACE.fullmatch(problem.file)
    sheet = sheet_named(place[1]) if place else None
    if sheet is None:
        return problem
    at = _KEY.search(f"{problem.path} {problem.message}")
    people = {each.key: each.title for each in SHEET["groups"].columns if each.key == "headcount"}  # asked of by gaps
    titles = people | dict(_titles(sheet.columns, at[1] if at else ""))
    path, message, remedy = (
        _KEY.sub(lambda found: f"'{titles.get(found[1], found[1])}'", text)
        for text in (problem.path, problem.message, problem.remedy)
    )
    return problem._replace(path=path, message=message, remedy=remedy)


def _titles(columns: tuple[FormColumn, ...], key: str) -> Iterator[tuple[str, str]]:
    """Yield what columns are called, by key; beside the column `key` also by the last word of theirs."""
    above = key.rpartition(".")[0]
    if above:
        yield from ((each.key.rpartition(".")[2], each.title) for each in columns if each.key.startswith(f"{above}."))
    yield from ((each.key, each.title) for each in columns)
