"""Write the documents of a plan into its folder of results."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.report import render_report
from planner.report.csv_tables import write_tables
from planner.report.pdf import pdf_bytes
from planner.report.results_workbook import workbook_bytes
from planner.store.results import PDF, REPORT, TABLES, WORKBOOK
from planner.whole_file import write_whole


def write_documents(
    scenario: Scenario,
    plan: Plan,
    folder: Path,
    *,
    warnings: Sequence[str] = (),
    xlsx: bool = False,
    pdf: bool = False,
) -> None:
    """Write the tables and the report of a checked plan to `folder`; with `xlsx` a workbook too, with `pdf` a PDF.

    Raises InputError where a package for one of the documents is missing.
    """
    (folder / TABLES).mkdir()
    write_tables(scenario, plan, folder / TABLES)
    if xlsx:
        write_whole(folder / WORKBOOK, workbook_bytes(scenario, plan))
    write_report(scenario, plan, folder, warnings=warnings, pdf=pdf)


def write_report(
    scenario: Scenario,
    plan: Plan,
    folder: Path,
    *,
    warnings: Sequence[str] = (),
    answers: Sequence[object] = (),
    pdf: bool = False,
) -> None:
    """Write the report to `folder`, with `pdf` as PDF too; `answers` to what-if questions become sections of it.

    Raises InputError where a package for the PDF is missing, and PlannerError where the PDF cannot be made.
    """
    report = render_report(scenario, plan, warnings, answers=answers)
    write_whole(folder / REPORT, report)
    if pdf:
        write_whole(folder / PDF, pdf_bytes(report))
