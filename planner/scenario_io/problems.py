"""The problems of one reading, collected so that all are reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

from planner.domain.checks.problem import written
from planner.errors import InputError, Problem
from planner.locale import _
from planner.scenario_io.tree import Place

MOST: Final = 200
"""Most problems reported at once: a file with more repeats the same mistake."""


def located(place: Place, message: str, remedy: str = "", path: Sequence[str | int] = ()) -> Problem:
    """Return a problem at a place; one that comes from `--set` is named by its setting."""
    if place.note:
        message = f"{place.note}: {message}"
    if place.setting:
        return Problem(message, remedy, path=f"--set {place.setting}")
    if place.line is None and ":" in place.file:  # a sheet or a cell says more than the path to whoever sees it
        path = ()
    return Problem(message, remedy, written(path), place.file, place.line, place.column)


def in_document(problem: Problem) -> str:
    """Return a warning as a sentence of a document: with the cell of a workbook or the line of a table, but without the
    line and the key of a scenario in YAML, which say nothing to its readers."""
    text = " ".join(each for each in (problem.message, problem.remedy) if each)
    file = PurePath(problem.file).name
    if not file or PurePath(file).suffix.lower() in (".yaml", ".yml"):
        return text[:1].upper() + text[1:]
    place = ":".join(str(part) for part in (file, problem.line) if part is not None)
    return f"{place}: {text}"


class Refused(Exception):
    """One input cannot be read at all; its problem is reported with the others."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(eq=False)
class Problems:
    """Collects problems while a scenario is read."""

    found: list[Problem] = field(default_factory=list)
    _distinct: set[Problem] = field(default_factory=set)

    def add(self, place: Place, message: str, remedy: str = "", path: Sequence[str | int] = ()) -> None:
        """Note a problem; raises InputError when there are more than MOST."""
        self.extend([located(place, message, remedy, path)])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems; raises InputError when there are more than MOST."""
        for problem in problems:
            self.found.append(problem)
            self._distinct.add(problem)
            if len(self._distinct) > MOST:
                self.raise_any()

    def raise_any(self) -> None:
        """Raise InputError with everything found, in the order of files and lines, each once."""
        if not self.found:
            return
        first_seen = {problem.file: position for position, problem in reversed(list(enumerate(self.found)))}
        distinct = list(dict.fromkeys(self.found))
        ordered = sorted(distinct[:MOST], key=lambda p: (first_seen[p.file], p.line or 0, p.column or 0))
        if len(distinct) > MOST:
            ordered.append(Problem(_("there are more problems; only the first {count} are shown.").format(count=MOST)))
        raise InputError(ordered)
