"""The signature block: those who sign, or two columns with lines for place and date, name and NIP."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planner.domain.words import Signatory
from planner.locale import _
from planner.report.material import Material
from planner.report.views.heading import Heading

_BLANK: Final = "\u2026" * 12
"""A dotted line for filling in by hand."""
_GROUPS: Final = (8, 14, 15)
"""Where the digits of a NIP are parted: after birth, appointment and sex."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One column."""

    place: str
    """Place and date, or empty."""
    capacity: str
    office: str
    name: str
    number: str
    rank: str = ""


@dataclass(frozen=True)
class Signatures:
    """The section to be signed."""

    heading: Heading
    intro: str
    columns: tuple[Signature, ...]
    document_number: str = ""


def signatures(material: Material, heading: Heading, *, short: bool = False) -> Signatures:
    """Return the section; in a `short` report without the section on quality it gives the whole fingerprint."""
    identity, sha256 = material.scenario.scenario, material.plan.scenario_sha256
    intro = _("Scenario {id}, fingerprint {short}; the full fingerprint is in the section on quality and verification.")
    if short:
        intro = _("Scenario {id}, fingerprint {sha256}.")
    return Signatures(
        heading=heading,
        intro=intro.format(id=material.plan.scenario_id, short=sha256[:16], sha256=sha256),
        columns=signatories(material),
        document_number=_("Number: {number}").format(number=identity.document_number)
        if identity.document_number
        else "",
    )


def signatories(material: Material) -> tuple[Signature, ...]:
    """Return those whom the scenario names, the last of them with place and date; else two lines to fill in.

    The name of an agency does not say what its head is called, so that none is made from it.
    """
    identity = material.scenario.scenario
    named = identity.signatories
    where = place_and_date(material)
    if not named:
        number = f"NIP {_BLANK}"
        return (
            Signature("", _("Noted and approved by,"), _("Head of the agency"), _BLANK, number),
            Signature(where, _("Prepared by,"), _("Planner"), _BLANK, number),
        )
    last = len(named) - 1
    return tuple(_signature(each, where if at == last else "") for at, each in enumerate(named))


def _signature(signatory: Signatory, place: str) -> Signature:
    number = f"NIP {_parted(signatory.nip) if signatory.nip else _BLANK}"
    return Signature(place, "", signatory.role, signatory.name or _BLANK, number, signatory.rank or "")


def _parted(nip: str) -> str:
    """Return a NIP as it is printed: birth, appointment, sex and number."""
    cuts = (0, *_GROUPS, len(nip))
    return " ".join(nip[start:end] for start, end in pairwise(cuts))


def place_and_date(material: Material, *, place: bool = True) -> str:
    """Return "Jambi, 30 November 2026", with dotted lines for what the scenario does not say."""
    identity = material.scenario.scenario
    date = material.formats.date(identity.document_date) if identity.document_date else _BLANK
    return f"{identity.document_place or _BLANK}, {date}" if place else date
