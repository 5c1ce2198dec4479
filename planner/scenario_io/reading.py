"""`read_scenario`, `read_text`: a file or a text, all it builds on and the changes asked for, to one Scenario."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.domain.checks.problem import DomainProblem
from planner.domain.checks.validation import find_problems, find_problems_in_part
from planner.domain.checks.warnings import dubious
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _, speaking, wording_in_force
from planner.scenario_io.documents import RESOLVED, WRITTEN, Documents, Text, merged_tree
from planner.scenario_io.price_references import takes_listed_prices
from planner.scenario_io.problems import Problems, in_document, located
from planner.scenario_io.tree import Listing, Mapping, Place, Scalar, descend, place_of, plain, unreadable_at, within


@dataclass(frozen=True, eq=False)
class LoadedScenario:
    """A scenario, and where each of its parts was written."""

    scenario: Scenario
    files: tuple[Path, ...]
    """Files read: the scenario, what it extends, and tables."""
    noticed: tuple[Problem, ...]
    """Things in the files that deserve a look, such as hidden rows of a table."""
    tree: Mapping

    def place(self, path: Sequence[str | int], *, of_key: bool = False) -> Place:
        """Return where the value at `path` was written; steps are keys, positions, or ids in lists of records."""
        return place_of(self.tree, path, of_key=of_key)

    def where(self, path: Sequence[str | int]) -> tuple[str, int | None, int | None]:
        """Return (file, line, column) of the value at `path`, or of the nearest thing around it.

        For what `--set` gave, the file is the setting, and there is no line.
        """
        place = self.place(path)
        return (f"--set {place.setting}", None, None) if place.setting else (place.file, place.line, place.column)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is allowed but dubious, each at its place."""
        wording = wording_in_force()
        if wording not in self._worded:
            self._worded[wording] = self._warned()
        return self._worded[wording]

    @cached_property
    def _worded(self) -> dict[object, tuple[Problem, ...]]:
        """The warnings in the wordings asked for so far: to find them takes long where there are many groups."""
        return {}

    def warnings_in_documents(self) -> list[str]:
        """Return the same as sentences in the language of the documents, except for what was noticed while files were
        read."""
        with speaking(self.scenario.scenario.language):
            return [in_document(warning) for warning in self.warnings]

    def _warned(self) -> tuple[Problem, ...]:
        doubts = dubious(self.scenario)
        told = [located(self.place(doubt.path), doubt.message, doubt.remedy, doubt.path) for doubt in doubts]
        # how many people are left out comes before the rows that are
        of_people = [each for each, doubt in zip(told, doubts, strict=True) if doubt.path == ("people",)]
        return tuple(dict.fromkeys((*of_people, *self.noticed, *told)))


def read_scenario(path: str | os.PathLike[str], changes: Sequence[str] = (), *, resolved: bool = False) -> Scenario:
    """Return the scenario in the file at `path`, with `changes` ("funds.unja.amount=0") applied.

    Raises InputError with all problems found at once, TypeError for arguments of another kind. `resolved` is for files
    that `write_scenario` made: with their tables put in they may be larger than what people write.
    """
    return read_located(path, changes, resolved=resolved).scenario


def read_text(
    text: str, changes: Sequence[str] = (), *, name: str = "scenario", folder: str | os.PathLike[str] | None = None
) -> Scenario:
    """Return the scenario in a YAML `text`, with `changes` applied; messages call it `name`.

    The files that it names (`extends`, `table`) are looked for in `folder`; without one they are refused.
    Raises InputError with all problems found at once. Threads may call it at the same time, as all functions here.
    """
    return read_located_text(text, changes, name=name, folder=folder).scenario


def read_located(
    path: str | os.PathLike[str], changes: Sequence[str] = (), *, resolved: bool = False
) -> LoadedScenario:
    """Read as `read_scenario` does, keeping where each part was written; raises InputError, or TypeError."""
    if not isinstance(resolved, bool):
        raise TypeError(f"expected True or False as resolved, not {resolved!r}")
    return _read(_path(path, "the path of a scenario"), changes, Documents(limits=RESOLVED if resolved else WRITTEN))


def read_located_text(
    text: str, changes: Sequence[str] = (), *, name: str = "scenario", folder: str | os.PathLike[str] | None = None
) -> LoadedScenario:
    """Read as `read_text` does, keeping where each part was written; raises InputError, and TypeError for what is no
    text."""
    if not isinstance(text, str):
        raise TypeError(f"expected the text of a scenario (str), not {type(text).__name__}; decode bytes first")
    if not isinstance(name, str):
        raise TypeError(f"expected a name for the text (str), not {type(name).__name__}")
    return _read(Text(text, name, None if folder is None else _path(folder, "a folder")), changes, Documents())


def _path(given: str | os.PathLike[str], what: str) -> Path:
    """Return the path given; TypeError where it is none."""
    if isinstance(given, str) or (isinstance(given, os.PathLike) and isinstance(os.fspath(given), str)):
        return Path(given)
    raise TypeError(f"expected {what} (str or Path), not {type(given).__name__}")


def _changes(given: Sequence[str]) -> Sequence[str]:
    """Return the changes given, also a single one, which would be read letter by letter; TypeError for others."""
    if isinstance(given, str):
        return (given,)
    if isinstance(given, list | tuple) and all(isinstance(change, str) for change in given):
        return given
    raise TypeError('expected changes as a list of texts, such as ["funds.apbd.amount=0"]')


def _read(start: Path | Text, changes: Sequence[str], documents: Documents) -> LoadedScenario:
    given = _changes(changes)
    try:
        tree = merged_tree(start, given, documents)
        return checked(tree, documents.problems, documents.files, documents.notices)
    except InputError as error:
        if not documents.of_workbook:
            raise
        from planner.scenario_io.scenario_workbook import in_order

        raise InputError(in_order(error.problems)) from None


def checked(tree: Mapping, problems: Problems, files: Sequence[Path], notices: Sequence[Problem]) -> LoadedScenario:
    """Return the scenario that `tree` says; raises InputError with `problems` and all that is wrong in it besides."""
    noticed = list(notices)
    data = plain(tree)
    if takes_listed_prices(data):
        from planner.scenario_io.price_lists.taking import with_listed_prices  # few scenarios have lists

        data = with_listed_prices(data, tree, problems, noticed)
    data = _with_prices_apart(data)
    scenario: Scenario | None = None
    try:
        scenario = Scenario.model_validate(data, by_alias=True, by_name=False)
        faults = find_problems(scenario, data)
    except ValidationError as error:
        from planner.scenario_io.translate import translated  # needed for faults alone

        problems.extend(translated(error, tree))
        faults = find_problems_in_part(data)
    problems.extend(_located(fault, tree) for fault in faults if not unreadable_at(tree, fault.path))
    problems.raise_any()
    if scenario is None:
        raise AssertionError("the records refused the scenario without a problem")
    return LoadedScenario(scenario, tuple(files), tuple(noticed), tree)


def _with_prices_apart(data: Any) -> Any:
    """Return `data` with the prices beside `by` as a mapping of their own, whatever their names; `data` is not
    changed."""
    if not isinstance(data, dict) or not isinstance(data.get("programmes"), list):
        return data
    return data | {"programmes": [_programme_with_prices(programme) for programme in data["programmes"]]}


def _programme_with_prices(programme: Any) -> Any:
    lines = programme.get("costs") if isinstance(programme, dict) else None
    if not isinstance(lines, list):
        return programme
    return programme | {"costs": [_line_with_prices(line) for line in lines]}


def _line_with_prices(line: Any) -> Any:
    price = line.get("price") if isinstance(line, dict) else None
    if not isinstance(price, dict):
        return line
    own = {key: price[key] for key in ("by", "default") if key in price}
    return line | {"price": {**own, "prices": {key: value for key, value in price.items() if key not in own}}}


def _lists_with_commas(tree: Mapping, fault: DomainProblem) -> bool:
    """Return whether a cell of a table names several values with commas between them, which makes one unknown value."""
    node, _taken = descend(tree, fault.path)
    items = node.items if isinstance(node, Listing) else [node] if isinstance(fault.path[-1], int) else []
    return any(isinstance(i, Scalar) and i.place.note and isinstance(i.value, str) and "," in i.value for i in items)


def _located(fault: DomainProblem, tree: Mapping) -> Problem:
    """Return a problem of the scenario at its place in the file, naming the place of the other."""
    remedy = fault.remedy
    if fault.other is not None:
        other = place_of(tree, fault.other)
        remedy = _("The other is at {place}.").format(place=other) + " " + remedy
    if _lists_with_commas(tree, fault):
        remedy = _("Separate several values with semicolons (;).") + " " + remedy
    return located(place_of(tree, fault.path, of_key=fault.of_key), fault.message, remedy, within(tree, fault.path))
