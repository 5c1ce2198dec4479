"""A scenario file as forms see it: what it says itself, what it builds on, and the names that may be used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.scenario_io.amending import data_of
from planner.scenario_io.paths import sibling
from planner.scenario_io.problems import Refused
from planner.scenario_io.tree import Bare, Place, plain
from planner.web.forms.candidates import Candidates
from planner.web.forms.shapes import SECTIONS, shape_at
from planner.web.ownership import is_open
from planner.web.workspace import ScenarioFile, Unknown

type Path_ = tuple[str | int, ...]

NEW: Final = "+"
"""Step of an address that stands for a record that is not there yet."""
_NUMBER: Final = re.compile(r"@([0-9]{1,6})\Z")
_PLAIN: Final = re.compile(r"(?!\.{1,2}\Z)[^/@+]+")
"""Ids that may stand in an address."""

_data = lru_cache(maxsize=8)(data_of)


@dataclass(frozen=True)
class EditedFile:
    """The text of a scenario file, to be changed by forms. Its data must not be changed."""

    file: ScenarioFile
    text: str

    @cached_property
    def data(self) -> dict[str, Bare]:
        """What the file says itself; raises CannotAmend."""
        return _data(self.text)

    @cached_property
    def base_name(self) -> str:
        """Name of the file that this one builds on; empty where it builds on none."""
        named = self.data.get("extends")
        return named if isinstance(named, str) else ""

    @cached_property
    def base(self) -> dict[str, Bare]:
        """What the files say that this one builds on, as plain data."""
        if not self.base_name:
            return {}
        try:
            path = sibling(self.base_name, self.file.path.parent, Place(), ("extends",))
            below_it = ScenarioFile(path.name, Path(path))
            found = plain(below_it.load().tree) if is_open(below_it) else None
        except (PlannerError, Refused, OSError):
            return {}
        return found if isinstance(found, dict) else {}

    @cached_property
    def scenario(self) -> Scenario | None:
        """The scenario as the file on disk says it; None where it says none."""
        try:
            return self.file.load().scenario
        except (PlannerError, OSError):
            return None

    @cached_property
    def names(self) -> Candidates:
        """Names that may stand in fields."""
        return Candidates(self.scenario, self.data, self.base)

    def at(self, path: Sequence[str | int]) -> Bare:
        """Return what the file says at a path; None where it says nothing."""
        return below(self.data, path)

    def base_at(self, path: Sequence[str | int]) -> Bare:
        """Return what the base says at a path of this file; records of lists are found by id."""
        here: Bare = self.base
        own: Bare = self.data
        for step in path:
            if isinstance(step, int):
                mine = own[step] if isinstance(own, list) and step < len(own) else None
                name = record_id(mine)
                there = here if isinstance(here, list) else []
                here = next((each for each in there if name is not None and record_id(each) == name), None)
                own = mine
            else:
                here = here.get(step) if isinstance(here, dict) else None
                own = own.get(step) if isinstance(own, dict) else None
        return here

    def path(self, address: str) -> tuple[Path_, Bare]:
        """Return the path that an address such as "funds/apbd" means, and what is new there: a record that is added.

        Raises Unknown where a form has nothing of that name.
        """
        steps = address.split("/") if address else []
        if not steps or steps[0] not in SECTIONS:
            raise Unknown(address)
        path: Path_ = ()
        added: Bare = None
        for step in steps:
            shape, here = shape_at(path), self.at(path)
            if shape is not None and shape.kind == "records":
                place, added = self._record(path, here if isinstance(here, list) else [], step)
                path = (*path, place)
            else:
                path = (*path, step)
            if shape_at(path) is None:
                raise Unknown(address)
        return path, added

    def _record(self, path: Path_, records: list[Any], step: str) -> tuple[int, Bare]:
        if step == NEW:
            return len(records), {}
        if (number := _NUMBER.match(step)) is not None:
            if int(number[1]) < len(records):
                return int(number[1]), None
            raise Unknown(step)
        for place, record in enumerate(records):
            if record_id(record) == step:
                return place, None
        based = self.base_at(path)
        if isinstance(based, list) and any(record_id(each) == step for each in based):
            return len(records), {"id": step}
        raise Unknown(step)


def addresses_of(records: Sequence[Bare]) -> list[str]:
    """Return the step of an address for each record: its id, where that names it alone, else its position."""
    names = [record_id(record) for record in records]
    count = Counter(names)
    return [
        name if name is not None and count[name] == 1 and _PLAIN.fullmatch(name) else f"@{place}"
        for place, name in enumerate(names)
    ]


def address_of(records: Sequence[Bare], place: int) -> str:
    """Return the step of an address for one record."""
    return addresses_of(records)[place]


def record_id(record: Bare) -> str | None:
    """Return the id, or code, of a record; a period may be its name alone."""
    if isinstance(record, dict):
        record = record.get("id", record.get("code"))
    return str(record) if isinstance(record, str | int) and not isinstance(record, bool) else None


def below(data: Bare, path: Sequence[str | int]) -> Bare:
    """Return what is at a path of plain data; None where nothing is."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            return None
    return data
