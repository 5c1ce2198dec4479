"""Which role an address asks for, and whether the acting user has it for the agency that the address is about."""

from __future__ import annotations

from typing import Final

from planner.errors import PlannerError
from planner.locale import _
from planner.web.acting import actor
from planner.web.bench import bench

ANYBODY: Final = "anybody"
"""Asked where nobody needs to have signed in."""
SIGNED_IN: Final = "signed in"
"""Asked where any account will do; the page itself looks closer."""


class Forbidden(PlannerError):
    """The acting user has no right to this."""


def usual_role(method: str) -> str:
    """Return what an address asks for that says nothing else: readers look, planners change."""
    return "reader" if method in ("GET", "HEAD") else "planner"


def ensure(role: str, parts: dict[str, str]) -> None:
    """Raise Forbidden unless the acting user has the role, for the scenario that the address names if it names one.

    Raises Unknown where that scenario is not there, or not for this user to see.
    """
    if role in (ANYBODY, SIGNED_IN) or actor().agencies(role) is None:
        return
    agency = bench().workspace.file(parts["name"]).agency if "name" in parts else None
    if ("name" in parts and agency is None) or not actor().may(role, agency):
        raise Forbidden(_("Your account may not do this here. An administrator can give it the role."))
