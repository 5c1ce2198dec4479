"""`planner export`: documents from stored plans, which are checked again first."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from planner.cli import failures, settings, translated
from planner.errors import InputError, MissingPackage, PlannerError, Problem
from planner.locale import N_, _
from planner.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from planner.plans.plan import Plan
    from planner.report.pdf import PdfPrinter
    from planner.report.views.document import Length
    from planner.report.word import Templates
    from planner.store.stored_plan import StoredPlan


@translated.command(
    "export",
    help=N_(
        "Makes documents from stored plans, without planning again. Each plan is checked first, as by planner"
        " verify; no document is made of a plan that fails."
    ),
    examples=(
        ("planner export reports/jambi-2027 --xlsx", N_("An Excel workbook, rencana.xlsx, beside the report:")),
        ("planner export reports/jambi-2027 --pdf", N_("The report as PDF, rencana.pdf:")),
        (
            "planner export reports/jambi-2027 --docx --template kop.docx",
            N_("Terms of reference and covering letter on the agency's own letterhead:"),
        ),
        (
            "planner export reports/jambi-2027 --html --pdf --report short",
            N_("The short report, with the answers asked since:"),
        ),
        ("planner export reports/jambi-2027 --ics", N_("The classes as a calendar, rencana.ics:")),
    ),
    exit_codes=(0, 2, 5),
)
@translated.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar=N_("FOLDER..."),
    help=N_("Folders of results, as planner plan has written them."),
)
@translated.option(
    "--xlsx", is_flag=True, help=N_("Write an Excel workbook: rencana.xlsx in the folder of the results.")
)
@translated.option("--pdf", is_flag=True, help=N_("Write the report as PDF: rencana.pdf in the folder of the results."))
@translated.option(
    "--ics", is_flag=True, help=N_("Write a calendar of the classes: rencana.ics in the folder of the results.")
)
@settings.word_documents
@translated.option(
    "--words",
    metavar=N_("SCENARIO"),
    help=N_(
        "Take sentences, signatories, number, date and logo from this scenario file, which must otherwise be that of"
        " the plan: words change without planning again."
    ),
)
@translated.option(
    "--html", is_flag=True, help=N_("Write report.html anew, with the answers to questions that were asked since.")
)
@settings.length_of_report
@settings.year_of_rka
def command(
    folders: tuple[str, ...],
    xlsx: bool,
    pdf: bool,
    html: bool,
    docx: bool,
    ics: bool,
    terms: str | None,
    letter: str | None,
    words: str | None,
    length: Length,
    year: str,
) -> int:
    """Make the documents of each stored plan; return the exit code of the worst."""
    from planner.report import icalendar_file
    from planner.report.pdf import PdfPrinter
    from planner.spreadsheets import new_workbook

    if not (xlsx or pdf or html or docx or ics):
        raise click.UsageError(_("Name the documents to make: --html, --pdf, --xlsx, --docx, --ics."))
    templates = settings.chosen_templates(docx, terms, letter)
    if ics:
        icalendar_file.ensure_available()
    if xlsx:
        new_workbook.ensure_available()
    with PdfPrinter() if pdf else nullcontext() as printer:
        documents = AskedDocuments(xlsx, html, ics, printer, templates, words, year, length)
        return failures.worst([export(folder, documents) for folder in folders])


@dataclass(frozen=True)
class AskedDocuments:
    """The documents to make of each plan."""

    xlsx: bool
    html: bool
    ics: bool
    printer: PdfPrinter | None
    """Makes the PDF; None where none is asked for."""
    word: Templates | None = None
    words: str | None = None
    """Scenario file whose words are taken."""
    year: str = ""
    length: Length = "full"


def export(folder: str, asked: AskedDocuments) -> int:
    """Check one stored plan and write its documents beside it; return the exit code.

    Raises MissingPackage, before anything is written, where PDFs are asked for and cannot be made.
    """
    from planner.report.documents import write_report
    from planner.report.results_workbook import workbook_bytes
    from planner.scenario_io.words_of import with_words_of
    from planner.store.results import PDF, REPORT, WORKBOOK
    from planner.store.stored_plan import read_stored

    try:
        stored = read_stored(folder)
        plan = stored.plan()
        if asked.printer is not None:  # it was loaded meanwhile
            asked.printer.ensure_ready()
        if asked.words is not None:
            stored = replace(stored, scenario=with_words_of(stored.scenario, asked.words))
        settings.ensure_year(stored.scenario, asked.year)
        if asked.xlsx:
            write_whole(
                _target(stored, WORKBOOK), workbook_bytes(stored.scenario, plan, year=asked.year, before=stored.first)
            )
            click.echo(_("Workbook: {path}").format(path=stored.path.with_name(WORKBOOK)))
        shown = [(REPORT, _("Report: {path}"))] * asked.html + [(PDF, _("PDF: {path}"))] * (asked.printer is not None)
        paths = [(_target(stored, name), words) for name, words in shown]
        if paths:
            write_report(
                stored.scenario,
                plan,
                stored.path.parent,
                warnings=_warnings(stored),
                before=stored.first,
                html=asked.html,
                printer=asked.printer,
                year=asked.year,
                length=asked.length,
            )
        for path, words in paths:
            click.echo(words.format(path=path))
        if asked.ics:
            _write_calendar(stored, plan)
        if asked.word is not None:
            _write_word(stored, plan, asked.word, asked.year)
    except MissingPackage:  # the same for all plans
        raise
    except (PlannerError, OSError) as error:
        return failures.show(error)
    return 0


def _write_word(stored: StoredPlan, plan: Plan, templates: Templates, year: str) -> None:
    """Write the Word documents of the plan to their folder, all of them made before the first is written."""
    from planner.report.documents import write_word
    from planner.report.material import material_of
    from planner.report.word import notices, word_documents
    from planner.store.results import WORD

    folder = stored.path.with_name(WORD)
    if folder.exists() and not folder.is_dir():
        raise InputError([Problem(_("this is a file, not a folder."), file=str(folder))])
    material = material_of(stored.scenario, plan, before=stored.first, year=year)
    made = word_documents(material, templates)
    for name in made:
        _target(stored, f"{WORD}/{name}")
    write_word(made, stored.path.parent)
    for name in made:
        click.echo(_("Word: {path}").format(path=folder / name))
    for notice in notices(stored.scenario, templates):
        failures.say(notice)


def _write_calendar(stored: StoredPlan, plan: Plan) -> None:
    """Write the calendar of the plan, and say which periods it misses."""
    from planner.plans.courses import courses, undated_periods
    from planner.report.icalendar_file import calendar_bytes, missing_days
    from planner.report.wording.class_dates import differences
    from planner.report.wording.formats import Formats
    from planner.store.results import CALENDAR

    write_whole(_target(stored, CALENDAR), calendar_bytes(stored.scenario, plan))
    click.echo(_("Calendar: {path}").format(path=stored.path.with_name(CALENDAR)))
    found = courses(stored.scenario, plan)
    if missing := undated_periods(stored.scenario, found):
        click.echo(str(missing_days(missing)), err=True)
    for difference in differences(stored.scenario, found, Formats(stored.scenario.scenario.language)):
        click.echo(difference, err=True)


def _target(stored: StoredPlan, name: str) -> Path:
    """Return the path of a document beside the plan. Raise InputError if it is a folder."""
    target = stored.path.parent / name
    if target.is_dir():
        raise InputError([Problem(_("this is a folder, not a file."), file=str(target))])
    return target


def _warnings(stored: StoredPlan) -> list[str]:
    """Return the warnings of the scenario, in the language of its documents."""
    from planner.scenario_io import read_located
    from planner.store.stored_plan import SCENARIO_FILE

    return read_located(stored.path.with_name(SCENARIO_FILE), resolved=True).warnings_in_documents()
