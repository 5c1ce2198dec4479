"""The one workbench of this process: its folder, its queue and its key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from planner.web.access import Access
    from planner.web.archive import Archive
    from planner.web.questions import Questions
    from planner.web.runs import Runs
    from planner.web.variations import Variations
    from planner.web.workspace import Workspace

_MAKING: Final = Lock()
"""Held while a part of a workbench is made, so that two requests at once get the same."""


@dataclass(frozen=True)
class Bench:
    """What the pages work with."""

    workspace: Workspace
    runs: Runs
    access: Access
    language: str
    """Language of who has chosen none."""
    archive: Archive
    """What the workbench remembers."""
    database: str = ""
    """URL of the database; empty for the one in the folder of results."""
    cluster: str | None = None
    """Address of the Dask cluster that makes the plans of questions; None for this machine."""

    def file_of(self, run: Any) -> str:
        """Name of the scenario file that a run was made of, where it is still there; else empty."""
        return next((file.name for file in self.workspace.files() if file.name == run.file), "")

    @property
    def questions(self) -> Questions:
        """The questions that are asked in the background."""
        with _MAKING:
            return self._questions

    @property
    def variations(self) -> Variations:
        """The changed scenarios of what-if pages."""
        with _MAKING:
            return self._variations

    @cached_property
    def _questions(self) -> Questions:
        from planner.web.questions import Questions

        runs = self.runs
        made = Questions(runs.turn, runs.limits, runs.waiting, self.workspace.results, self.cluster)
        self.runs.at_end.append(made.end)
        return made

    @cached_property
    def _variations(self) -> Variations:
        from planner.web.variations import Variations

        made = Variations(self.runs.turn)
        self.runs.at_end.append(made.end)
        return made


def bench() -> Bench:
    """Return the workbench that Django was set up with (`configuration.configure`)."""
    from django.conf import settings

    found = settings.WORKBENCH
    assert isinstance(found, Bench)
    return found
