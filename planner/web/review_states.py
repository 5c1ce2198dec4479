"""Where a kept plan stands with its reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from planner.locale import N_

Reviewed = Literal["submitted", "returned", "approved"]
"""The state of a plan that somebody has submitted."""
Review = Reviewed | Literal[""]
"""The state of any plan; empty where nobody has submitted it, or who did has withdrawn it."""

REVIEWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "submitted": N_("in review"),
        "returned": N_("returned"),
        "approved": N_("approved"),
    }
)
"""Names by state."""
