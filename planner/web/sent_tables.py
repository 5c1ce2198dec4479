"""Tables of people that were sent for a scenario and are not yet part of it: a list, and tables beside it.

They lie in a hidden folder beside the scenarios, one for each scenario. Another list takes the place of all of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from planner.domain.people import FIELDS, OF_COMPETENCY, UNUSED, Layout, PeopleColumns
from planner.errors import InputError, Problem
from planner.locale import _
from planner.people.database import opened
from planner.people.heads import heads_of
from planner.people.layouts import LAYOUTS, ROW_NUMBER_HEADS, key_of
from planner.people.sources import TableSource, UnreadableTable, source_of
from planner.scenario_io.paths import read_bytes
from planner.scenario_io.people_sheet import MAX_SHEET, cells_of
from planner.scenario_io.problems import Refused
from planner.scenario_io.tables.xlsx_table import read_sheets
from planner.scenario_io.tree import Place
from planner.web.workspace import LARGEST_UPLOAD, ScenarioFile
from planner.whole_file import write_whole

ASIDE: Final = ".planner-people"
"""Hidden folder beside the scenarios, with a folder for each file."""
BESIDE: Final = "beside"
"""Folder in it with the tables beside the list."""
ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx")
"""Endings of tables that are taken."""
MOST_BESIDE: Final = 5
"""Most tables beside a list."""
INDONESIAN: Final = {
    "nama": "name", "nama_pegawai": "name", "nama_lengkap": "name",
    "perangkat_daerah": "agency", "opd": "agency", "skpd": "agency", "instansi": "agency", "unit_kerja_induk": "agency",
    "unit_kerja": "unit", "unor": "unit", "lokasi": "location", "lokasi_kerja": "location", "wilayah": "location",
    "jenjang": "level", "jenjang_jabatan": "level", "eselon": "level",
    "status_kepegawaian": "employment", "jenis_pegawai": "employment",
}  # fmt: skip
"""Fields that columns of lists seem to hold, by the keys of their heads."""
_NUMBER_OF_SOMEBODY: Final = re.compile(r"[0-9]{15}")


ChosenLayout = Layout | Literal[""]
"""A layout; empty for a table that is read by its heads alone."""


@dataclass(frozen=True)
class TableChoices:
    """How one table is to be read."""

    layout: ChosenLayout = ""
    sheet: str = ""
    columns: Mapping[str, str] | None = None
    """What each column holds, by its head, where somebody has said it; else as found."""


@dataclass(frozen=True)
class SentTable:
    """One table that was sent."""

    path: Path
    beside: int = 0
    """Which of the tables beside the list it is, counted from 1; 0 for the list itself."""

    @property
    def mark(self) -> str:
        """What tells it from any other table."""
        return self.path.stem.rpartition("-")[2]

    @property
    def called(self) -> str:
        """What it is called in messages: the name under which it is kept tells nobody anything."""
        return _("table {number} beside the list").format(number=self.beside) if self.beside else _("the list")

    @cached_property
    def sheets(self) -> list[str]:
        """The sheets of a workbook; none of a text."""
        if self.path.suffix != ".xlsx":
            return []
        names: list[str] = []

        def note(found: list[str]) -> list[str]:
            names.extend(found)
            return []

        try:
            read_sheets(read_bytes(self.path, MAX_SHEET, Place(self.path.name)), self.path.name, note, [])
        except Refused as refused:
            raise InputError([self.named_in(refused.problem)]) from None
        return names

    def source(self, sheet: str) -> TableSource:
        """Return its heads; raises InputError where it has none that columns can be named by."""
        try:
            found = source_of(opened([self.path]), self.path, cells_of(sheet or None, self.path, []))
        except UnreadableTable as error:
            problem = Problem(error.message, error.remedy, file=str(self.path), line=error.line)
            raise InputError([self.named_in(problem)]) from None
        except Refused as refused:
            raise InputError([self.named_in(refused.problem)]) from None
        if any(_NUMBER_OF_SOMEBODY.search(key_of(head).replace("_", "")) for head in found.columns):
            words = _("the first row holds no heads of columns but somebody's data.")
            raise InputError([Problem(words, _("Put a row with the heads of the columns before it."))])
        return found

    def named_in(self, problem: Problem) -> Problem:
        """Return a problem of this table with what it is called; any other as it is."""
        if Path(problem.file).name.partition(":")[0] != self.path.name:
            return problem
        message = problem.message.replace(str(self.path), self.called).replace(self.path.name, self.called)
        return problem._replace(message=message, path="", file=self.called if problem.line or self.beside else "")


@dataclass(frozen=True)
class SentList(SentTable):
    """The list that was sent last for a scenario file, with the tables beside it."""

    file: ScenarioFile = None  # type: ignore[assignment]
    tables: tuple[SentTable, ...] = ()
    """Tables beside it, in the order in which they were sent."""

    @property
    def state(self) -> str:
        """What tells the list and its tables from any others."""
        return "-".join(each.mark for each in (self, *self.tables))


def keep_aside(file: ScenarioFile, name: str, content: bytes) -> None:
    """Take a list in place of any that was sent before, and of the tables beside it; raises InputError."""
    ending = _ending(name, content)
    put_away(file)
    _keep(_aside(file) / f"{_mark(content)}{ending}", content)


def keep_beside(file: ScenarioFile, name: str, content: bytes) -> None:
    """Take a table beside the list; raises InputError."""
    ending, kept = _ending(name, content), kept_aside(file)
    if kept is None:
        raise InputError(_("Send the list of people first."))
    if len(kept.tables) >= MOST_BESIDE:
        raise InputError(_("At most {most} tables are taken beside a list.").format(most=MOST_BESIDE))
    if _mark(content) not in {each.mark for each in kept.tables}:
        last = max((int(each.path.stem.partition("-")[0]) for each in kept.tables), default=0)
        _keep(_aside(file) / BESIDE / f"{last + 1}-{_mark(content)}{ending}", content)


def _ending(name: str, content: bytes) -> str:
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if not content:
        raise InputError(_("Choose the file with the list of people."))
    if len(content) > LARGEST_UPLOAD:
        raise InputError(_("This file is larger than what is taken here (10 MB). Put it beside the scenario yourself."))
    if ending not in ENDINGS:
        raise InputError(_("A list of people is a CSV file or an Excel workbook (.xlsx)."))
    return ending


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def kept_aside(file: ScenarioFile) -> SentList | None:
    """Return the list that was sent last, with the tables beside it; None where there is none."""
    found = _tables_in(_aside(file))
    beside = sorted(_tables_in(_aside(file) / BESIDE), key=lambda path: int(path.stem.partition("-")[0]))
    tables = tuple(SentTable(path, number) for number, path in enumerate(beside, start=1))
    return SentList(found[0], 0, file, tables) if found else None


def put_away(file: ScenarioFile) -> None:
    """Remove the list that was sent last, and the tables beside it."""
    for path in [*_tables_in(_aside(file)), *_tables_in(_aside(file) / BESIDE)]:
        path.unlink(missing_ok=True)


def put_beside_away(file: ScenarioFile, mark: str) -> None:
    """Remove one table beside the list."""
    for path in _tables_in(_aside(file) / BESIDE):
        if SentTable(path).mark == mark:
            path.unlink(missing_ok=True)


def _tables_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in ENDINGS)


def _aside(file: ScenarioFile) -> Path:
    return file.path.parent / ASIDE / file.name


def layout_of(source: TableSource, *, beside: bool) -> ChosenLayout:
    """Return the layout that a table has by its heads; empty where it is like none."""
    keys = {key_of(head) for head in source.columns}
    if not beside:  # any list has ids and names
        lists: tuple[Layout, ...] = ("siasn", "ip-asn")
        held = {name: {LAYOUTS[name][key] for key in keys & LAYOUTS[name].keys()} for name in lists}
        return next((name for name, holds in held.items() if "id" in holds and holds - {"id", "name"}), "")
    training, units = LAYOUTS["training"], LAYOUTS["units"]
    holds = {training[key] for key in keys & training.keys()}
    if holds >= {"id", "hours"}:
        return "training"
    return "units" if {"unit_id", "unit"} <= {units[key] for key in keys & units.keys()} else ""


def fields_of(competencies: Sequence[str], layout: ChosenLayout = "") -> list[str]:
    """Return what a column may hold."""
    if layout == "units":
        return ["unit_id", "unit", "parent"]
    if layout == "training":
        return ["id", "hours", "last_training"]
    return [*FIELDS, *(f"{kind}:{each}" for kind in OF_COMPETENCY for each in competencies)]


def found_in(source: TableSource, layout: ChosenLayout, competencies: Collection[str]) -> dict[str, str]:
    """Return what the columns of a table hold by themselves, by head; those of one field in their order."""
    table = PeopleColumns.model_validate({"table": source.file.name, "layout": layout or None})
    heads, _faults = heads_of(source, table, competencies)
    return {head: name for name, listed in heads.items() for head in listed}


def supposed_in(source: TableSource, layout: ChosenLayout, competencies: Mapping[str, str]) -> dict[str, str]:
    """Return what the columns of a table hold by themselves, and seem to hold by their heads.

    A form shows it before anything is read so.

    A head that is the id or the name of a competency tells who lacks it; `competencies` are names by id.
    """
    found = found_in(source, layout, competencies)
    known = set(fields_of(list(competencies), layout))
    supposed = {} if layout else dict(INDONESIAN)
    for names in (competencies.values(), competencies):  # an id goes before a name
        supposed |= {key_of(name): f"gap:{id}" for name, id in zip(names, competencies, strict=True)}
    for head in source.columns:
        field = supposed.get(key_of(head), "")
        if field in known and head not in found and field not in found.values():
            found[head] = field
    return found


def as_read(source: TableSource, choices: TableChoices, competencies: Sequence[str]) -> dict[str, str]:
    """Return `columns` of a scenario: columns that are read otherwise than found by their heads, and those that a user
    who saw them left unread."""
    found = found_in(source, choices.layout, competencies)
    wanted = found if choices.columns is None else choices.columns
    seen = choices.columns is not None and not choices.layout
    left = [head for head in source.columns if head not in wanted and "\0" not in head]
    unused = {head: UNUSED for head in left if _known(head, found) or (seen and key_of(head) not in ROW_NUMBER_HEADS)}
    if wanted == found:
        return unused
    order = [*(head for head in found if head in wanted), *(head for head in wanted if head not in found)]
    return {head: wanted[head] for head in order} | unused


def _known(head: str, found: Mapping[str, str]) -> bool:
    """Return whether a column would be read, or asked about, if nothing were said of it."""
    return head in found or head.startswith(tuple(f"{kind}:" for kind in OF_COMPETENCY))
