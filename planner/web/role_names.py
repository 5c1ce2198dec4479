"""What the roles of accounts are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from planner.locale import N_

ROLE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reader": N_("reader"),
        "planner": N_("planner"),
        "reviewer": N_("reviewer"),
        "administrator": N_("administrator"),
    }
)
"""Names by role."""
