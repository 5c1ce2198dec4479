"""The cover block: agency, scenario, year, and the quality of the plan."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from planner.locale import _
from planner.report.material import Material
from planner.report.views.quality import quality_in_short
from planner.report.wording.broken_by_facts import check_said


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact."""

    label: str
    value: str


MOST_WORDS: Final = 480
"""Maximum length of the description on the cover, so that the front page stays one [characters]."""


@dataclass(frozen=True)
class Cover:
    """The head of the document."""

    agency: str
    kind: str
    title: str
    year: str
    description: str
    facts: tuple[Fact, ...]


def cover(material: Material, made_on: datetime.date) -> Cover:
    """Return the head of the document, dated as the scenario says; without that, with the day it was made."""
    identity = material.scenario.scenario
    year = _("Fiscal year {year}").format(year=identity.fiscal_year) if identity.fiscal_year else ""
    return Cover(
        agency=identity.agency or "",
        kind=_("Competency development plan for civil servants"),
        title=identity.label,
        year=year,
        description=_cut(identity.description),
        facts=(
            Fact(_("Scenario"), identity.id),
            Fact(_("Date"), material.formats.date(identity.document_date))
            if identity.document_date
            else Fact(_("Made on"), material.formats.date(made_on)),
            Fact(_("Quality of the plan"), quality_in_short(material)),
            Fact(_("Independent check"), check_said(material)),
            *([Fact(_("Approved by"), material.approval)] if material.approval else []),
        ),
    )


def _cut(description: str) -> str:
    """Return the description, or its beginning: the section on assumptions then has all of it."""
    return description if len(description) <= MOST_WORDS else f"{description[:MOST_WORDS].rstrip()} …"
