"""What a what-if question is: its entry in the registry, and the definition that its folder gives.

Both are light: the registry is read by `planner --help`, and a definition is loaded when its question is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

    from planner.analysis.parameters import Parameters
    from planner.batch.inquiry import Inquiry
    from planner.domain.scenario import Scenario
    from planner.scenario_io import LoadedScenario

Ask = Callable[["Inquiry"], Sequence[object]]
"""Answers a question about a plan: makes the further plans that are needed, and returns the answers."""

Subject = Literal["plan", "impossible scenario", "two plans"]
"""What a question is about."""


@dataclass(frozen=True)
class Question:
    """One what-if question, as the registry lists it."""

    name: str
    """Its name everywhere: the command, `--ask`, and the page of its answer."""
    summary: str
    """What it answers, in one line (an English msgid)."""
    folder: str
    """The package in planner.analysis that has its definition, in question.py."""
    documentation: str
    """Its page in docs/what-if/."""
    in_report: bool = False
    """Whether `planner plan --ask` takes it: it can be asked with its defaults, and its answer is a section."""
    about: Subject = "plan"

    def definition(self) -> Definition:
        """Load what its folder says of it."""
        found = import_module(f"planner.analysis.{self.folder}.question").DEFINITION
        assert isinstance(found, Definition)
        return found


@dataclass(frozen=True)
class Source:
    """The scenario that a question is about, as it was read."""

    loaded: LoadedScenario
    file: str
    changes: tuple[str, ...] = ()
    """Settings of the command line (`--set`) that were applied."""

    @property
    def scenario(self) -> Scenario:
        return self.loaded.scenario

    def place(self, path: Sequence[str | int]) -> str:
        """Return file and line of the value at `path`, or the setting it came from."""
        return str(self.loaded.place(path)._replace(column=None))


@dataclass(frozen=True)
class Shown:
    """How answers of one class are shown."""

    answer: type
    anchor: str
    """Anchor of the section."""
    title: str
    """Its title (an English msgid)."""
    view: str
    """The module in planner.report.views.answers whose `view` makes the section."""


@dataclass(frozen=True)
class Table:
    """An answer as a table for other programs."""

    of: Callable[[Any], pd.DataFrame]
    """Makes the table of an answer."""
    columns: tuple[str, ...]
    """Names of its last columns, by which a file of ours is recognised."""


@dataclass(frozen=True)
class Definition:
    """All that a question's folder says of it."""

    help: str
    """What it answers and how (an English msgid): the help of its command."""
    examples: tuple[tuple[str, str], ...]
    """Command lines, each with what it asks (an English msgid)."""
    parameters: type[Parameters]
    shown: tuple[Shown, ...]
    prepare: Callable[[Source, Any], Ask] | None = None
    """Checks the parameters against the scenario before anything is planned, and returns what asks the question.

    Raises InputError. None where the question is not about one plan: its command asks it.
    """
    page: Callable[[Any], str] | None = None
    """Name of the answer's page for given parameters, where it is not the question's."""
    table: Table | None = None
