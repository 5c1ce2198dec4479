"""The tables of a plan as CSV files.

Comma, decimal point and CRLF (RFC 4180), as in the tables that a scenario is read from; UTF-8 with a byte order mark,
so that Excel detects the encoding. Text that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.budget_lines import budget_lines
from planner.plans.plan import Plan
from planner.report.wording.budget_lines import item_text, unit_text
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
    """Write one file per table, named after it; rka.csv is in the language of the scenario."""
    from planner.plans.tables import tables

    for name, table in (tables(scenario, plan) | {"rka": rka_table(scenario, plan)}).items():
        text = csv_text(table)
        write_whole(folder / f"{name}.csv", text.encode("utf-8-sig"), flush=False)  # the folder is flushed as a whole


def rka_table(scenario: Scenario, plan: Plan) -> pd.DataFrame:
    """Return the budget lines: coefficient x price = amount [rupiah]; `programme` is empty where there is none."""
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
    """Return the table as CSV; numbers have at most 15 significant digits."""
    guarded = table.copy()
    for column in table.columns:
        if table[column].dtype == "str":
            guarded[column] = table[column].map(inert)
    return str(guarded.to_csv(index=False, lineterminator="\r\n", float_format="%.15g"))
