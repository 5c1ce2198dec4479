"""Which agencies the annex shows: all, or of very many those with the most gaps left open."""

from __future__ import annotations

from typing import Final

from planner.locale import _
from planner.report.material import Material

MOST_AGENCIES: Final = 120
"""Maximum number of agencies in the annex: more than any province has; a report of hundreds must open, and be read."""


def annexed(material: Material) -> frozenset[str | None]:
    """Return the agencies that the annex shows."""
    every = material.measures.agencies
    if len(every) <= MOST_AGENCIES:
        return frozenset(every)
    left = material.measures.coverage_by_agency
    return frozenset(sorted(every, key=lambda agency: -left[agency].left)[:MOST_AGENCIES])


def annex_as_place(material: Material) -> str:
    """Return the annex as the part of the document that has the figures of all groups; empty where it leaves out
    some."""
    return _("the annex of agencies") if len(material.measures.agencies) <= MOST_AGENCIES else ""


def of_all_agencies(material: Material) -> str:
    """Say which agencies the annex shows, where it leaves out some."""
    every = len(material.measures.agencies)
    if every <= MOST_AGENCIES:
        return ""
    words = _(
        "Of {count} agencies the {shown} with the most gaps left open are shown here; the tables beside the report have"
        " all of them."
    )
    return " " + words.format(count=material.formats.count(every), shown=MOST_AGENCIES)
