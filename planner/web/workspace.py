"""The folder that the workbench works on: its scenario files and the results of each."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from planner.errors import InputError, PlannerError, Problem
from planner.locale import _, language_in_force
from planner.store.stored_plan import PLAN_FILE, read_stored
from planner.web.ownership import agency_in, ensure_open_bases, is_open
from planner.web.passed import PASSED, CheckedPlan

if TYPE_CHECKING:
    from planner.scenario_io import LoadedScenario

KINDS: Final = (".yaml", ".yml", ".xlsx")
"""Endings of scenario files."""
LARGEST_UPLOAD: Final = 10 * 1024 * 1024
"""Most bytes of a file that is shown or taken [bytes]."""
_KEPT: Final = 24
"""How many stored plans are kept in memory once they are checked."""


class Unknown(LookupError):
    """There is no scenario of this name in the folder."""


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario file of the folder; `name` is its file name and stands in addresses."""

    name: str
    path: Path

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.path.stem

    @property
    def is_text(self) -> bool:
        """Whether it is YAML, which the workbench can edit."""
        return self.path.suffix.lower() != ".xlsx"

    def load(self) -> LoadedScenario:
        """Return the scenario in the file; InputError with all its problems. It is read anew where a file of it
        changed.

        What is noticed in it is in the language in force, so that it is read once for each language.
        """
        known = _READ.get(key := (self.path, language_in_force()))
        if known is not None and known[0] == _states(known[1].files):
            return known[1]
        from planner.scenario_io import read_located

        loaded = read_located(self.path)
        states = _states(loaded.files)
        if states and all(time.time_ns() - state[2] > _SETTLED for state in states):
            _READ[key] = (states, loaded)
        return loaded

    @property
    def agency(self) -> str | None:
        """The agency whose scenario it is, "" where none is named; None where the file does not say."""
        try:
            return self.load().scenario.scenario.agency or ""
        except PlannerError:
            pass
        try:
            return agency_in(self.text()) if self.is_text else None
        except InputError:
            return None

    def has_id(self, scenario_id: str) -> bool:
        """Return whether it holds a scenario of this id; not where it cannot be read."""
        try:
            return self.load().scenario.id == scenario_id
        except PlannerError:
            return False

    def text(self) -> str:
        """Return the file as text, which is written back as UTF-8. Raises OSError, and InputError where it is not
        UTF-8."""
        try:
            return self.path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            remedy = _("Save it as UTF-8 in the program that made it.")
            raise InputError([Problem(_("this file is not text in UTF-8."), remedy, file=self.name)]) from None

    def checked_text(self, text: str) -> LoadedScenario:
        """Return the scenario that `text` would be in place of the file; InputError with all its problems."""
        from planner.scenario_io import read_located_text

        loaded = read_located_text(text, name=self.name, folder=self.path.parent)
        ensure_open_bases(self, loaded)
        return loaded

    def beside(self, name: str) -> ScenarioFile:
        """Return a file in the same folder."""
        path = self.path.parent / Path(name).name
        return ScenarioFile(path.name, path)


class Workspace:
    """Scenarios in `folder`, results in `results`. Any thread may use it."""

    def __init__(self, folder: Path, results: Path) -> None:
        self.folder, self.results = folder.absolute(), results.absolute()
        self._plans: OrderedDict[tuple[Path, int, int], CheckedPlan] = OrderedDict()
        self._changing = Lock()

    def files(self) -> list[ScenarioFile]:
        """Return the scenario files of the folder that the acting user may read, by name."""
        return [file for file in self._all() if is_open(file)]

    def _all(self) -> list[ScenarioFile]:
        """Return all of them; hidden ones, folders below, and links that lead out of the folder are not among them."""
        found = (path for path in self.folder.iterdir() if path.suffix.lower() in KINDS and self._is_own(path))
        return [
            ScenarioFile(path.name, path)
            for path in sorted(found, key=lambda path: path.name.casefold())
            if not path.name.startswith((".", "~$"))
        ]

    def _is_own(self, path: Path) -> bool:
        """Return whether it is a file whose content lies in the folder."""
        if not path.is_symlink():
            return path.is_file()
        try:
            return path.is_file() and path.resolve(strict=True).is_relative_to(self.folder.resolve())
        except (OSError, RuntimeError):
            return False

    def file(self, name: str) -> ScenarioFile:
        """Return the file of this name. Only what the folder lists is found, so that no name leads out of it."""
        for file in self._all():
            if file.name == name and is_open(file):
                return file
        raise Unknown(name)

    def others_of_this_id(self, file: ScenarioFile, scenario_id: str) -> list[str]:
        """Return the names of other files whose scenario has the same id: their results would replace each other."""
        return [other.name for other in self._all() if other.name != file.name and other.has_id(scenario_id)]

    def naming(self, tables: Sequence[str], but: ScenarioFile) -> set[str]:
        """Return the agencies of other scenarios that name one of these tables, whoever may see those scenarios."""
        found = set()
        for file in self._all():
            if file.name != but.name:
                text = file.path.read_bytes().decode(errors="replace") if file.is_text else ""
                if any(table in text for table in tables):
                    found.add(file.agency or "")
        return found

    def kept(self, scenario_id: str) -> CheckedPlan | None:
        """Return the plan that is stored for a scenario, checked; None where there is none.

        Raises PlannerError where it cannot be read or the checker refuses it.
        """
        folder = self.results / scenario_id
        try:
            found = (folder / PLAN_FILE).stat()
        except OSError:
            return None
        key = (folder, found.st_mtime_ns, found.st_size)
        with self._changing:
            if key in self._plans:
                self._plans.move_to_end(key)
                return self._plans[key]
        stored = read_stored(folder)
        if stored.scenario.id != scenario_id:
            raise InputError(f"{folder}: {stored.scenario.id}")
        kept = PASSED.checked(stored)
        with self._changing:
            self._plans[key] = kept
            while len(self._plans) > _KEPT:
                self._plans.popitem(last=False)
        return kept


_READ: Final[dict[tuple[Path, str], tuple[list[tuple[Path, int, int, int]], LoadedScenario]]] = {}
"""Scenarios that have been read, each with the state of its files."""
_SETTLED: Final = 2_000_000_000
"""Age of a file below which it may be changed again within one tick of its clock [ns]."""


def _states(files: Sequence[Path]) -> list[tuple[Path, int, int, int]] | None:
    """Return what changes when one of the files does: size, time and number of each; None where one is missing."""
    try:
        found = [(file, file.stat()) for file in files]
    except OSError:
        return None
    return [(file, state.st_size, state.st_mtime_ns, state.st_ino) for file, state in found]


def state_of(text: str) -> str:
    """Return what tells one text of a file from another: the SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def problems_of(error: PlannerError) -> list[str]:
    """Return the problems of an error as sentences."""
    return told(error.problems) if isinstance(error, InputError) else [error.message]


def told(problems: Iterable[Problem]) -> list[str]:
    """Return the problems as sentences that name files, not the folders that they lie in, and columns as their sheets
    do."""
    return [str(each._replace(file=Path(each.file).name)) for each in map(_at_its_cell, map(without_folder, problems))]


def _at_its_cell(problem: Problem) -> Problem:
    if "!" not in problem.file:
        return problem
    from planner.web.sheet_words import in_words_of_sheets

    return in_words_of_sheets(problem)


def without_folder(problem: Problem) -> Problem:
    """Return a problem that names no folder of this machine: none where its file lies, in its words neither."""
    folder = f"{Path(problem.file).parent}/"
    if not folder.startswith("/") or folder == "//":
        return problem
    message, remedy = (text.replace(folder, "") for text in (problem.message, problem.remedy))
    return problem._replace(message=message, remedy=remedy, file=problem.file.removeprefix(folder))
