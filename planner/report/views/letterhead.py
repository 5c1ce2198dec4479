"""Logo and number of a document, above its title."""

from __future__ import annotations

from dataclasses import dataclass

from planner.locale import _
from planner.report.material import Material


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above the title."""

    logo: str
    """The picture as a data URI; empty where there is none."""
    alternative: str
    """What the picture is, for those who cannot see it."""
    number: str
    """Number of the document; empty where there is none."""


def letterhead(material: Material) -> Letterhead | None:
    """Return logo and number; None where the scenario has neither."""
    identity = material.scenario.scenario
    if identity.logo is None and identity.document_number is None:
        return None
    number = _("Number: {number}").format(number=identity.document_number) if identity.document_number else ""
    logo_of = _("Logo of {agency}").format(agency=identity.agency) if identity.agency else _("Logo")
    return Letterhead(identity.logo or "", logo_of, number)
