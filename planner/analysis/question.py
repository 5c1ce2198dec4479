"""The definition of a what-if question, as the question.py of its folder gives it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from planner.analysis.parameters import Parameters
    from planner.batch.begun import Early
    from planner.batch.inquiry import Inquiry
    from planner.domain.scenario import Scenario
    from planner.planning import SearchLimits
    from planner.scenario_io import LoadedScenario

Ask = Callable[["Inquiry"], Sequence[object]]
"""Function that answers a question about a plan: makes the further plans needed and returns the answers."""


@dataclass(frozen=True)
class Source:
    """The scenario that a question is about, with the file and the settings it was read from."""

    loaded: LoadedScenario
    file: str
    changes: tuple[str, ...] = ()
    """Applied `--set` settings."""

    @property
    def scenario(self) -> Scenario:
        return self.loaded.scenario

    def place(self, path: Sequence[str | int]) -> str:
        """Return file and line of the value at `path`, or the `--set` it came from."""
        return str(self.loaded.place(path)._replace(column=None))


@dataclass(frozen=True)
class AnswerSection:
    """The section of the report that shows answers of one class."""

    answer: type
    anchor: str
    title: str
    """English msgid."""
    view: str
    """Module in planner.report.views.answers whose function `view` makes the section."""


@dataclass(frozen=True)
class AnswerTable:
    """An answer as a table for other programs."""

    make: Callable[[Any], pd.DataFrame]
    """Returns the table of an answer."""
    columns: tuple[str, ...]
    """Last columns; a file with these columns is recognised as written by this program."""


@dataclass(frozen=True)
class Definition:
    """Definition of a what-if question: help, parameters, sections of its answers, and how it is answered."""

    help: str
    """Help of the command (an English msgid)."""
    examples: tuple[tuple[str, str], ...]
    """(command line, what it asks as an English msgid)."""
    parameters: type[Parameters]
    sections: tuple[AnswerSection, ...]
    prepare: Callable[[Source, Any], Ask] | None = None
    """Checks the parameters against the scenario before any planning and returns the function that answers.

    Raises InputError. None for a question that is not about one plan; its own command answers it.
    """
    early: Callable[[Source, Any, SearchLimits], Sequence[Early]] | None = None
    """Returns the further plans that can be begun before the plan in question is known; None: there are none."""
    page: Callable[[Any], str] | None = None
    """Returns the name of the answer's page for given parameters; None: the name of the question."""
    plans: Callable[[Any], int] | None = None
    """How many plans given parameters ask for at least, where they say so."""
    table: AnswerTable | None = None
