"""The one workbench of this process: its folder, its queue and its key."""

from __future__ import annotations

from dataclasses import dataclass

from planner.web.access import Access
from planner.web.runs import Runs
from planner.web.workspace import Workspace


@dataclass(frozen=True)
class Bench:
    """What the pages work with."""

    workspace: Workspace
    runs: Runs
    access: Access
    language: str
    """Language of who has chosen none."""


def bench() -> Bench:
    """The workbench that Django was set up with (`configuration.configure`)."""
    from django.conf import settings

    found = settings.WORKBENCH
    assert isinstance(found, Bench)
    return found
