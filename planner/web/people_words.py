"""What columns of people are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from planner.locale import N_, _

FIELD_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "id": N_("id, such as NIP"),
        "name": N_("name of the person"),
        "agency": N_("agency"),
        "unit": N_("work unit"),
        "unit_id": N_("id of the work unit"),
        "location": N_("location"),
        "level": N_("level"),
        "employment": N_("employment, PNS or PPPK"),
        "tags": N_("tags, with semicolons"),
        "hours": N_("JP done this year"),
        "last_training": N_("day of the last training"),
        "completed": N_("programmes attended before"),
        "parent": N_("id of the unit above it"),
    }
)
"""Names of fields."""
LAYOUT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"": N_("another table"), "siasn": N_("export of SIASN"), "ip-asn": N_("sheet of IP-ASN")}
)
"""Names of layouts that a list may have."""
LAYOUTS_BESIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": N_("who lacks what, or other columns by id"),
        "training": N_("training history, whose JP add up"),
        "units": N_("list of units"),
        "ip-asn": N_("sheet of IP-ASN"),
    }
)
"""Names of layouts that a table beside a list may have."""


def called(field: str, competencies: Mapping[str, str]) -> str:
    """Return what a field is called, with the name of its competency."""
    kind, _colon, competency = field.partition(":")
    name = competencies.get(competency, competency)
    if kind == "gap":
        return _("lacks {competency}: yes or no").format(competency=name)
    if kind == "measured":
        return _("{competency}: level measured").format(competency=name)
    if kind == "standard":
        return _("{competency}: level of the post").format(competency=name)
    return _(FIELD_NAMES[field]) if field in FIELD_NAMES else field
