"""Write the documents of a plan into its folder of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.report import render_report, report_of
from planner.report.csv_tables import write_tables
from planner.report.kept_answers import kept_answers
from planner.report.material import material_of
from planner.report.pdf import PdfPrinter
from planner.report.results_workbook import workbook_of
from planner.report.views.document import Length
from planner.report.word import Templates, word_documents
from planner.store.results import PDF, REPORT, TABLES, WORD, WORKBOOK
from planner.store.stored_plan import FIRST_PLAN
from planner.whole_file import write_whole


def write_documents(
    scenario: Scenario,
    plan: Plan,
    folder: Path,
    *,
    warnings: Sequence[str] = (),
    before: Plan | None = None,
    xlsx: bool = False,
    printer: PdfPrinter | None = None,
    word: Templates | None = None,
    year: str = "",
    length: Length = "full",
) -> None:
    """Write the tables and the report of a checked plan to `folder`; with `xlsx` a workbook too, with `printer` a PDF,
    with `word` the Word documents.

    The RKA is that of `year`, else of the first year of the plan. `before` is the first plan, of a plan of what was
    left of it; it is kept beside.

    Raises InputError where a package for one of the documents is missing.
    """
    (folder / TABLES).mkdir()
    write_tables(scenario, plan, folder / TABLES, before)
    if before is not None:
        write_whole(folder / FIRST_PLAN, before.to_json(), flush=False)
    material = material_of(scenario, plan, warnings, before=before, year=year)
    if xlsx:
        write_whole(folder / WORKBOOK, workbook_of(material))
    if word is not None:
        write_word(word_documents(material, word), folder)
    _write(report_of(material, length=length), folder, printer)


def write_word(documents: Mapping[str, bytes], folder: Path) -> None:
    """Write Word documents, by file name, to their folder in `folder`."""
    (folder / WORD).mkdir(exist_ok=True)
    for name, content in documents.items():
        write_whole(folder / WORD / name, content)


def write_report(
    scenario: Scenario,
    plan: Plan,
    folder: Path,
    *,
    warnings: Sequence[str] = (),
    before: Plan | None = None,
    html: bool = True,
    printer: PdfPrinter | None = None,
    year: str = "",
    length: Length = "full",
) -> None:
    """Write the report to `folder`, with `printer` as PDF too, with the answers that are kept there.

    Without `html` only the PDF is written. Raises InputError where a package for the PDF is missing, and PlannerError
    where the PDF cannot be made.
    """
    kept = kept_answers(plan, folder, scenario.scenario.language)
    report = render_report(scenario, plan, warnings, before=before, year=year, kept=kept, length=length)
    _write(report, folder, printer, html=html)


def _write(report: str, folder: Path, printer: PdfPrinter | None, *, html: bool = True) -> None:
    if html:
        write_whole(folder / REPORT, report)
    if printer is not None:
        write_whole(folder / PDF, printer.pdf_of(report))
