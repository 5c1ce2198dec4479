"""One question of a scenario, as an address says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.http import urlencode

from planner.analysis.question import Source
from planner.analysis.registry import Question
from planner.web.cards import Card
from planner.web.pages.named import place
from planner.web.passed import CheckedPlan
from planner.web.questions import identity_of
from planner.web.variations import about as about_plan

Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FolderSource(Source):
    """A scenario of the folder: places in it are told by the names of files, not by where the folder is."""

    def place(self, path: Sequence[str | int]) -> str:
        found = self.loaded.place(path)
        return str(found._replace(column=None, file=Path(found.file).name))


@dataclass(frozen=True)
class OneQuestion:
    """A question of a scenario, as an address says it."""

    question: Question
    card: Card
    given: Given
    """The parameters that are chosen, as they are written."""

    @property
    def name(self) -> str:
        return self.card.file.name

    @property
    def impossible(self) -> bool:
        """Whether it is asked of a scenario that has no plan."""
        return self.question.about == "impossible scenario"

    @property
    def base(self) -> CheckedPlan | None:
        """The plan it is about: that of the scenario as it is now."""
        loaded, kept = self.card.loaded, self.card.kept
        if loaded is None or kept is None or kept.stored.scenario.sha256 != loaded.scenario.sha256:
            return None
        return kept

    @property
    def can_be_asked(self) -> bool:
        return self.card.loaded is not None and (self.impossible or self.base is not None)

    @property
    def id(self) -> str:
        assert self.card.loaded is not None
        told = self.card.loaded.scenario.sha256 if self.base is None or self.impossible else about_plan(self.base)
        return identity_of(self.question.name, self.given, f"{self.name}:{told}")

    @property
    def query(self) -> str:
        return str(urlencode(self.given, doseq=True))

    @property
    def place(self) -> str:
        return f"{place(self.name)}tanya/{self.question.name}/"

    @property
    def address(self) -> str:
        return f"{self.place}?{self.query}" if self.query else self.place
