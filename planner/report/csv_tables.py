"""The tables of a plan as CSV files.

Comma, decimal point and CRLF (RFC 4180), as in the tables that a scenario is read from, so that any
program reads them without settings; UTF-8 with a mark, so that Excel sees the letters right. A text
that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.domain.scenario import Scenario
from planner.plan.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet calculates."""


def write_tables(scenario: Scenario, plan: Plan, folder: Path) -> None:
    """One file for each table, named after it."""
    from planner.plan.tables import tables

    for name, table in tables(scenario, plan).items():
        text = csv_text(table)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8-sig", newline="")


def csv_text(table: pd.DataFrame) -> str:
    """The table as CSV; numbers with as many digits as they need, at most 15."""
    guarded = table.copy()
    for column in table.columns:
        if table[column].dtype == "str":
            guarded[column] = table[column].map(inert)
    return str(guarded.to_csv(index=False, lineterminator="\r\n", float_format="%.15g"))


def inert(text: str) -> str:
    """`text` that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
