"""The signature block: two columns with lines for place and date, name and NIP."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from planner.locale import _
from planner.report.material import Material
from planner.report.views.heading import Heading

_BLANK: Final = "\u2026" * 12
"""A dotted line for filling in by hand."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One column."""

    place: str
    """Place and date, or empty."""
    capacity: str
    office: str
    name: str
    number: str


@dataclass(frozen=True)
class Signatures:
    """The section to be signed."""

    heading: Heading
    intro: str
    columns: tuple[Signature, ...]


def signatures(material: Material, heading: Heading, made_on: datetime.date) -> Signatures:
    number = f"NIP {_BLANK}"
    agency = material.scenario.scenario.agency
    return Signatures(
        heading=heading,
        intro=_(
            "Scenario {id}, fingerprint {short}; the full fingerprint is in the section on quality and verification."
        ).format(id=material.plan.scenario_id, short=material.plan.scenario_sha256[:16]),
        columns=(
            Signature(
                "",
                _("Noted and approved by,"),
                _("Head of {agency}").format(agency=agency or _BLANK),
                _BLANK,
                number,
            ),
            Signature(f"{_BLANK}, {material.formats.date(made_on)}", _("Prepared by,"), _("Planner"), _BLANK, number),
        ),
    )
