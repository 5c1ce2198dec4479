"""The documents of a plan that pages offer: made when they are asked for, and frozen when the plan is approved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from types import MappingProxyType
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planner.locale import N_, _
from planner.report import report_of
from planner.report.csv_tables import table_files
from planner.report.icalendar_file import calendar_bytes
from planner.report.kept_answers import kept_answers
from planner.report.material import Material
from planner.report.pdf import pdf_bytes
from planner.report.results_workbook import workbook_of
from planner.report.word import word_documents
from planner.store.results import CALENDAR, PDF, REPORT, WORKBOOK
from planner.store.stored_plan import PLAN_FILE
from planner.web.page_words import document_words
from planner.web.passed import CheckedPlan
from planner.web.sections import material

SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""Kind of an Excel workbook."""
_ARCHIVE: Final = "application/zip"


@dataclass(frozen=True)
class PlanDocument:
    """A document that can be made of a plan."""

    label: str
    """What pages call it, in English."""
    kind: str
    make: Callable[[CheckedPlan, Material], bytes]
    shown: bool = False
    """Whether the browser shows it, rather than saving it."""
    can_be_made: Callable[[CheckedPlan], bool] = lambda _kept: True
    """Whether there is anything in it for this plan."""


@dataclass(frozen=True)
class Made:
    """A document of a plan, to be shown or downloaded."""

    name: str
    kind: str
    content: bytes
    shown: bool = False
    """Whether the browser shows it, rather than saving it."""


@dataclass(frozen=True)
class OfferedDocument:
    """A document that a page leads to."""

    name: str
    label: str
    shown: bool


def _html(kept: CheckedPlan, data: Material) -> bytes:
    return report_of(data, kept=kept_answers(kept.plan, kept.folder, data.formats.language)).encode()


def _archive(files: Mapping[str, bytes]) -> bytes:
    """Return files in one archive; the same files give the same bytes."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content)
    return stream.getvalue()


def _word(_kept: CheckedPlan, data: Material) -> bytes:
    words = _("Approved by {words}").format(words=data.approval) if data.approval else ""
    return _archive(word_documents(data) | ({"persetujuan.txt": words.encode()} if words else {}))


def _tables(kept: CheckedPlan, _data: Material) -> bytes:
    return _archive(table_files(kept.stored.scenario, kept.plan, kept.stored.first))


DOCUMENTS: Final[Mapping[str, PlanDocument]] = MappingProxyType(
    {
        PDF: PlanDocument("PDF", "application/pdf", lambda kept, data: pdf_bytes(_html(kept, data).decode())),
        WORKBOOK: PlanDocument(N_("Excel with RKA"), SHEET, lambda _kept, data: workbook_of(data)),
        "word.zip": PlanDocument(N_("Word (KAK and letter)"), _ARCHIVE, _word),
        CALENDAR: PlanDocument(
            N_("Calendar of the classes"),
            "text/calendar; charset=utf-8",
            lambda kept, _data: calendar_bytes(kept.stored.scenario, kept.plan),
            can_be_made=lambda kept: kept.has_days,
        ),
        "tables.zip": PlanDocument(N_("Tables (CSV, SIPD)"), _ARCHIVE, _tables),
        REPORT: PlanDocument(N_("Report to print"), "text/html; charset=utf-8", _html, shown=True),
        PLAN_FILE: PlanDocument(PLAN_FILE, "application/json", lambda kept, _data: kept.plan.to_json().encode()),
    }
)
"""The documents by their names, in the order in which pages offer them."""


def offered(kept: CheckedPlan, frozen: Collection[str] | None = None) -> list[OfferedDocument]:
    """Return the documents that a page of a plan leads to; of an approved one those that were `frozen` with it."""
    return [
        OfferedDocument(name, _(of.label), of.shown)
        for name, of in DOCUMENTS.items()
        if (of.can_be_made(kept) if frozen is None else name in frozen)
    ]


def document(kept: CheckedPlan, warnings: Sequence[str], name: str, approval: str = "") -> Made | None:
    """Return the document of this name, with the words of the approval; None where there is no such.

    Raises MissingPackage where its package is not installed, and PlannerError where it cannot be made.
    """
    found = DOCUMENTS.get(name)
    if found is None or not found.can_be_made(kept):
        return None
    with document_words():
        content = found.make(kept, replace(material(kept, warnings), approval=approval))
    return Made(name, found.kind, content, found.shown)
