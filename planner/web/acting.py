"""Who acts: the user of the request that is answered, as the journal names them, and what they may do.

Without accounts whoever has opened the workbench may do everything, under the name that they type. An account has a
role for all agencies, or for some.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

ROLES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "reader": frozenset({"reader"}),
        "planner": frozenset({"reader", "planner", "names"}),
        "reviewer": frozenset({"reader", "reviewer", "names"}),
        "administrator": frozenset({"reader", "administrator", "names"}),
    }
)
"""What each role may do: roles that it includes, and `names`: see who is who."""
ALL: Final = ""
"""Stands for all agencies."""


@dataclass(frozen=True)
class Actor:
    """A user by name, with the agencies for which they have each role."""

    name: str = ""
    """As typed, or that of the account; empty where nobody has said who they are."""
    signed_in: bool = False
    """Whether it is an account that has signed in."""
    rights: frozenset[tuple[str, str]] = frozenset((role, ALL) for role in ROLES)
    """(role, agency) of all that they have been given."""

    def agencies(self, role: str) -> frozenset[str] | None:
        """Return the agencies for which they may do what the role does; None for all."""
        found = frozenset(agency for given, agency in self.rights if role in ROLES.get(given, ()))
        return None if ALL in found else found

    def may(self, role: str, agency: str | None = None) -> bool:
        """Return whether they may do what the role does for an agency; for any at all where none is named."""
        found = self.agencies(role)
        return found is None or (bool(found) if agency is None else agency in found)


NOBODY: Final = Actor()
"""Who has not said who they are."""
_acting: ContextVar[Actor] = ContextVar("planner_actor", default=NOBODY)


def actor() -> Actor:
    """Return who acts now."""
    return _acting.get()


@contextmanager
def acting_as(user: Actor) -> Iterator[None]:
    """Act as `user` within a `with` block."""
    token = _acting.set(user)
    try:
        yield
    finally:
        _acting.reset(token)
