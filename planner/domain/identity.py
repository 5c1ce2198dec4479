"""What a scenario is called, whom it is for, and where its figures come from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from planner.domain.base import Count, Name, Record, Text
from planner.domain.floor import FloorEntry

ScenarioId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_][a-z0-9._-]*$", max_length=80)]
"""Lower-case letters, digits, dot, underscore and hyphen; it names the folder of the results."""


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

    @property
    def label(self) -> str:
        return self.name or self.id
