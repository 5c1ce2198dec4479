"""The tables of a plan as CSV files, twice: for people, and in the folder `data` for programs.

Those for people have the words and the notation of the scenario's language, as Excel set to it opens them: in
Indonesian semicolon and decimal comma. Those for programs have fixed column names, comma, decimal point and CRLF
(RFC 4180), as in the tables that a scenario is read from. Both are UTF-8 with a byte order mark, so that Excel detects
the encoding; text that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from planner.domain.funds import FundKind
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.budget_lines import budget_lines
from planner.plans.plan import Plan
from planner.plans.realisation import realisation
from planner.plans.tables import COLUMNS, table_rows
from planner.report.wording import table_words
from planner.report.wording.budget_lines import item_text, unit_text
from planner.report.wording.sipd_line import MOST_VOLUMES, sipd_line
from planner.spreadsheets.text_cells import DATA, csv_for_people, inert
from planner.whole_file import write_whole

_RKA: Final = (
    "programme", "fund", "account", "item", "coefficient", "unit", "price", "amount", "price_before_tax", "tax",
    "volume", "price_code",
)  # fmt: skip
"""Columns of rka.csv."""


_SIPD: Final = (
    "kode_akun", "nama_standar_harga", "spek", "koefisien",
    *(f"{name}_{n}" for n in range(1, MOST_VOLUMES + 1) for name in ("vol", "sat")),
    "harga_satuan", "pajak", "total_harga", "nama_dana", "tahun", "program", "kode_standar_harga",
)  # fmt: skip
"""Columns of sipd.csv, those of SIPD first; pajak in percent."""

_ACTUALS: Final = ("of", "id", "first_plan", "planned_until_now", "paid", "rest", "total")
"""Columns of actuals.csv [rupiah]."""


def write_tables(scenario: Scenario, plan: Plan, folder: Path, before: Plan | None = None) -> None:
    """Write the files of all tables to `folder`, and to its folder `data`."""
    (folder / DATA).mkdir()
    for name, content in table_files(scenario, plan, before).items():
        write_whole(folder / name, content, flush=False)  # the folder is flushed as a whole


def table_files(scenario: Scenario, plan: Plan, before: Plan | None = None) -> dict[str, bytes]:
    """Return two files for each table, by their names: one for people, and in the folder `data` one for programs.

    Where something has happened already, actuals.csv has plan, actual and rest; `before` is the first plan.
    """
    tables = {name: (COLUMNS[name], rows) for name, rows in table_rows(scenario, plan).items()}
    of_lines = (*_RKA, "year") if len(scenario.years) > 1 else _RKA
    more: dict[str, tuple[Iterable[str], Sequence[Mapping[str, Any]]]] = {"rka": (of_lines, rka_rows(scenario, plan))}
    more["sipd"] = _SIPD, sipd_rows(scenario, plan, "own")
    more["sipd-mitra"] = _SIPD, sipd_rows(scenario, plan, "partner")
    if scenario.facts:
        more["actuals"] = _ACTUALS, actual_rows(scenario, plan, before)
    files: dict[str, bytes] = {}
    for name, (columns, rows) in (tables | more).items():
        shown = readable(scenario, name, [*columns], rows)
        files[f"{name}.csv"] = csv_for_people(shown, scenario.scenario.language)
        files[f"{DATA}/{name}.csv"] = csv_text([*columns], rows).encode("utf-8-sig")
    return files


def readable(
    scenario: Scenario, table: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> list[list[Any]]:
    """Return the rows of a table for people, its headings first, in the language of the scenario."""
    with speaking(scenario.scenario.language):
        return [
            [table_words.heading(table, column) for column in columns],
            *([table_words.value(scenario, table, column, row) for column in columns] for row in rows),
        ]


def rka_rows(scenario: Scenario, plan: Plan) -> list[Mapping[str, Any]]:
    """Return the budget lines: coefficient x price with tax = amount [rupiah]; no programme is empty.

    All years are there, each line with its year.
    """
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
                line.net_price,
                0.0 if line.rest else float(line.tax),
                sipd_line(scenario, line).coefficient,
                ", ".join(entry.code for entry in line.listed),
                line.year,
            )
            for line in budget_lines(scenario, plan)
        ]
    return [dict(zip((*_RKA, "year"), row, strict=True)) for row in rows]


def sipd_rows(scenario: Scenario, plan: Plan, kind: FundKind) -> list[Mapping[str, Any]]:
    """Return the budget lines that funds of a kind pay, in the columns of SIPD [rupiah]: only own funds are in the
    RKA."""
    rows: list[Mapping[str, Any]] = []
    with speaking(scenario.scenario.language):
        for line in budget_lines(scenario, plan):
            if scenario.fund[line.fund].kind != kind:
                continue
            made = sipd_line(scenario, line)
            volumes: list[Any] = [each for number, unit in made.volumes for each in (_number(number), unit)]
            volumes += [""] * (2 * MOST_VOLUMES - len(volumes))
            row = (
                made.account, made.item, made.specification, made.coefficient, *volumes, made.price,
                _number(made.tax * 100), made.amount, made.fund, line.year, line.programme or "",
                made.codes,
            )  # fmt: skip
            rows.append(dict(zip(_SIPD, row, strict=True)))
    return rows


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def actual_rows(scenario: Scenario, plan: Plan, before: Plan | None) -> list[Mapping[str, Any]]:
    """Return plan, actual and rest by programme, fund and account [rupiah]; the first plan is empty where it is not
    known."""
    found = realisation(scenario, plan, before)
    parts = (("programme", found.programmes), ("fund", found.funds), ("account", found.accounts))
    rows = [
        (of, row.key, *("" if n is None else n for n in (row.planned, row.planned_until_now)), row.actual, row.rest,
         row.total)
        for of, listed in parts
        for row in listed
    ]  # fmt: skip
    return [dict(zip(_ACTUALS, row, strict=True)) for row in rows]


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the rows as CSV; numbers have at most 15 significant digits."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Return a value as text: guarded, or with at most 15 digits."""
    if isinstance(value, str):
        return inert(value)
    return f"{value:.15g}" if isinstance(value, float) else value
