"""What a scenario is called, whom it is for, and where its figures come from."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from planner.domain.base import Count, Name, Record, Rupiah, Text
from planner.domain.floor import FloorEntry
from planner.domain.logo import Logo
from planner.domain.words import Day, Signatory

ScenarioId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_][a-z0-9._-]*$", max_length=80)]
"""Lower-case letters, digits, dot, underscore and hyphen; it names the folder of the results."""


DOCUMENT_KEYS: Final = (
    "document_number",
    "document_date",
    "document_place",
    "addressee",
    "letter_form",
    "logo",
    "signatories",
)
"""Keys that only documents use: no plan depends on them."""


class Citations(Record):
    """Where the legal figures of the scenario come from, as printed."""

    hours_target: Text | None = None
    """Source of the target of JP per person."""


class Identity(Record):
    """What the scenario is called and whom it is for (the `scenario:` block)."""

    id: ScenarioId
    """Identifier, unique among compared scenarios."""
    name: Name = ""
    """Title as printed; the id when absent."""
    agency: Name | None = None
    """Agency that plans."""
    fiscal_year: Count | None = Field(default=None, ge=1900, le=2200)
    """Fiscal year (tahun anggaran)."""
    language: Literal["id", "en"] = "id"
    """Language of reports."""
    description: Text = ""
    """What the scenario is about."""
    sources: tuple[Text, ...] = ()
    """Where figures come from; printed in the report."""
    assumptions: tuple[Text, ...] = ()
    """What is assumed rather than known, such as illustrative figures; printed in the report."""
    floor: FloorEntry | None = None
    """Legal floor of the training budget, of the first year or by year, against which the report holds what own funds
    spend in that year; not a rule."""
    hours_target: Count | None = None
    """JP per person, reported against what the plan gives; not a rule."""
    citations: Citations = Citations.model_construct()
    """Source of hours_target."""
    document_number: Name | None = None
    """Number of the document or letter, as printed."""
    document_date: Day | None = None
    """Date of the documents, such as 30 November 2026; a dotted line when absent."""
    document_place: Name | None = None
    """Place where the documents are signed."""
    addressee: Name | None = None
    """To whom the covering letter goes."""
    letter_form: Literal["letter", "memo"] = "letter"
    """Form of the covering letter: letter (surat pengantar) or memo (nota dinas)."""
    round_to: Annotated[Rupiah, Field(ge=1)] | None = None
    """Part of a split cost that a fund pays is a multiple of this, as far as another fund may pay the rest [rupiah]."""
    logo: Logo | None = None
    """Logo of the agency: a PNG or SVG file beside the scenario."""
    signatories: tuple[Signatory, ...] = ()
    """Who signs the documents; the first one signs the covering letter."""

    @property
    def label(self) -> str:
        return self.name or self.id
