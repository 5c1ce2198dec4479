"""The tables of a plan as CSV files.

Comma, decimal point and CRLF (RFC 4180), as in the tables that a scenario is read from, so that any
program reads them without settings; UTF-8 with a mark, so that Excel sees the letters right. A text
that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.budget_lines import budget_lines
from planner.plans.plan import Plan
from planner.report.budget_wording import item_text, unit_text
from planner.spreadsheet import inert
from planner.whole_file import write_whole

if TYPE_CHECKING:
    import pandas as pd

_RKA: Final = {
    "programme": "str",
    "fund": "str",
    "account": "str",
    "item": "str",
    "coefficient": "Float64",
    "unit": "str",
    "price": "Int64",
    "amount": "Int64",
}
"""Columns and pandas types of rka.csv."""


def write_tables(scenario: Scenario, plan: Plan, folder: Path) -> None:
    """One file for each table, named after it; rka.csv in the words of the scenario's language."""
    from planner.plans.tables import tables

    for name, table in (tables(scenario, plan) | {"rka": rka_table(scenario, plan)}).items():
        text = csv_text(table)
        write_whole(folder / f"{name}.csv", text.encode("utf-8-sig"), flush=False)  # the folder is flushed as a whole


def rka_table(scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """The budget lines: coefficient x price = amount [rupiah]; what belongs to no programme has an empty one."""
    import pandas as pd

    with speaking(scenario.scenario.language):
        rows = [
            (
                line.programme or "",
                line.fund,
                line.account or "",
                item_text(scenario, line),
                float(line.coefficient),
                unit_text(line),
                line.price,
                line.amount,
            )
            for line in budget_lines(scenario, plan)
        ]
    return pd.DataFrame(rows, columns=[*_RKA]).astype(_RKA)


def csv_text(table: pd.DataFrame) -> str:
    """The table as CSV; numbers with as many digits as they need, at most 15."""
    guarded = table.copy()
    for column in table.columns:
        if table[column].dtype == "str":
            guarded[column] = table[column].map(inert)
    return str(guarded.to_csv(index=False, lineterminator="\r\n", float_format="%.15g"))
