"""A list of people that is sent for a scenario: kept aside, its columns named, read on trial, and put into the folder.

Until it is put into the folder it lies in a hidden folder beside the scenarios, one for each scenario; whatever is sent
next takes its place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from planner.domain.people import FIELDS, OF_COMPETENCY, UNUSED, PeopleColumns, PeopleTable
from planner.errors import InputError, PlannerError, Problem
from planner.locale import _, ngettext
from planner.people.columns import heads_of
from planner.people.database import opened
from planner.people.layouts import LAYOUTS, key_of
from planner.people.sources import TableSource, UnreadableTable, source_of
from planner.scenario_io.amending import amended, data_of
from planner.scenario_io.paths import read_bytes
from planner.scenario_io.people_table import KEY, MAX_SHEET, cells_of, register_in, without_texts
from planner.scenario_io.problems import Refused
from planner.scenario_io.tables.xlsx_table import read_sheets
from planner.scenario_io.tree import Place
from planner.web import history
from planner.web.forms.edited_file import EditedFile
from planner.web.people_words import called
from planner.web.workspace import LARGEST, ScenarioFile, state_of
from planner.whole_file import write_whole

if TYPE_CHECKING:
    from planner.people.register import Register

ASIDE: Final = ".planner-people"
"""Hidden folder beside the scenarios, with a folder for each file."""
TABLES: Final = "pegawai"
"""Folder beside the scenarios that holds their lists of people."""
ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx")
"""Endings of lists that are taken."""
_OURS: Final = ("table", "sheet", "layout", "columns", "lenient", "nip", "read")
"""Keys of `people` that a list brings; all others stay."""
_NUMBER_OF_SOMEBODY: Final = re.compile(r"[0-9]{15}")


@dataclass(frozen=True)
class ListChoices:
    """How a list is to be read."""

    layout: str = ""
    sheet: str = ""
    columns: Mapping[str, str] | None = None
    """What each column holds, by its head, where somebody has said it; else as found."""
    nip: bool = True
    lenient: bool = False
    replaces: bool = False
    """Whether the groups that the file says itself go."""


@dataclass(frozen=True)
class UnreadRows:
    """One kind of rows that cannot be read: why, where the first are, and how many there are."""

    reason: str
    places: str
    rows: int
    remedy: str


@dataclass(frozen=True)
class TrialRead:
    """What becomes of a list."""

    people: int
    left_out: int
    not_assessed: int
    lacking: int
    """People who lack something."""
    unread: tuple[UnreadRows, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class SentList:
    """The list that was sent last for a scenario file, and is not yet part of it."""

    file: ScenarioFile
    path: Path

    @property
    def mark(self) -> str:
        """What tells it from any other list."""
        return self.path.stem

    @property
    def _top(self) -> Path:
        return self.file.path.parent

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
            raise InputError([_of_list(refused.problem, self.path)]) from None
        return names

    def source(self, sheet: str) -> TableSource:
        """Its heads; raises InputError where it has none that columns can be named by."""
        try:
            found = source_of(opened([self.path]), self.path, cells_of(sheet or None, self.path, []))
        except UnreadableTable as error:
            problem = Problem(error.message, error.remedy, file=str(self.path), line=error.line)
            raise InputError([_of_list(problem, self.path)]) from None
        except Refused as refused:
            raise InputError([_of_list(refused.problem, self.path)]) from None
        if any(_NUMBER_OF_SOMEBODY.search(key_of(head).replace("_", "")) for head in found.columns):
            words = _("the first row holds no heads of columns but somebody's data.")
            raise InputError([Problem(words, _("Put a row with the heads of the columns before it."))])
        return found


def keep_aside(file: ScenarioFile, name: str, content: bytes) -> None:
    """Take a list in place of any that was sent before; raises InputError."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if not content:
        raise InputError(_("Choose the file with the list of people."))
    if len(content) > LARGEST:
        raise InputError(_("This file is larger than what is taken here (10 MB). Put it beside the scenario yourself."))
    if ending not in ENDINGS:
        raise InputError(_("A list of people is a CSV file or an Excel workbook (.xlsx)."))
    put_away(file)
    folder = _aside(file)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{hashlib.sha256(content).hexdigest()[:16]}{ending}", content)


def kept_aside(file: ScenarioFile) -> SentList | None:
    """The list that was sent last; None where there is none."""
    found = sorted(path for path in _aside(file).glob("*") if path.suffix in ENDINGS)
    return SentList(file, found[0]) if found else None


def put_away(file: ScenarioFile) -> None:
    """Remove the list that was sent last."""
    for path in _aside(file).glob("*"):
        path.unlink(missing_ok=True)


def _aside(file: ScenarioFile) -> Path:
    return file.path.parent / ASIDE / file.name


def layout_of(source: TableSource) -> str:
    """The layout that a list has by its heads; empty where it is like none."""
    keys = {key_of(head) for head in source.columns}
    return next((name for name in ("siasn", "ip-asn") if len(keys & LAYOUTS[name].keys()) > 1), "")


def competencies_of(file: ScenarioFile) -> dict[str, str]:
    """Names of the competencies of a scenario by id, also where its list of people cannot be read."""
    try:
        return {each.id: each.name or each.id for each in file.load().scenario.competencies}
    except PlannerError:
        edited = EditedFile(file, file.text())
        listed = [each for said in (edited.base, edited.data) for each in said.get("competencies") or []]
        return {str(each["id"]): str(each.get("name", each["id"])) for each in listed if isinstance(each, dict)}


def fields_of(competencies: Sequence[str]) -> list[str]:
    """What a column may hold."""
    return [*FIELDS, *(f"{kind}:{each}" for kind in OF_COMPETENCY for each in competencies)]


def found_in(source: TableSource, layout: str, competencies: Sequence[str]) -> dict[str, str]:
    """What the columns of a list hold by themselves, by head; those of one field in their order."""
    table = PeopleColumns.model_validate({"table": source.file.name, "layout": layout or None})
    heads, _faults = heads_of(source, table, competencies)
    return {head: name for name, listed in heads.items() for head in listed}


def _columns(source: TableSource, choices: ListChoices, competencies: Sequence[str]) -> dict[str, str]:
    """`columns` of a scenario: nothing where all is as found."""
    found = found_in(source, choices.layout, competencies)
    known = [head for head in source.columns if head in found or head.startswith(tuple(f"{k}:" for k in OF_COMPETENCY))]
    wanted = found if choices.columns is None else choices.columns
    if wanted == found and set(known) == set(found):
        return {}
    order = [*(head for head in found if head in wanted), *(head for head in wanted if head not in found)]
    return {head: wanted[head] for head in order} | {head: UNUSED for head in known if head not in wanted}


def _people(before: Any, table: str, source: TableSource, choices: ListChoices, known: Sequence[str]) -> dict[str, Any]:
    """`people` of a scenario that has this list; what it says of other things stays."""
    made: dict[str, Any] = {"table": table}
    made |= {key: value for key, value in (("sheet", choices.sheet), ("layout", choices.layout)) if value}
    made |= {"columns": columns} if (columns := _columns(source, choices, known)) else {}
    made |= {} if choices.nip else {"nip": False}
    made |= {"lenient": True} if choices.lenient else {}
    kept = before.items() if isinstance(before, dict) else ()
    return made | {key: value for key, value in kept if key not in _OURS}


def read_on_trial(sent: SentList, choices: ListChoices) -> TrialRead:
    """What would become of a list; raises InputError where it cannot be read at all."""
    file, names = sent.file, competencies_of(sent.file)
    source = sent.source(choices.sheet)
    before = EditedFile(file, file.text()).data.get(KEY)
    table = f"{ASIDE}/{file.name}/{sent.path.name}"
    people = _people(before, table, source, replace(choices, lenient=True), list(names))
    try:
        wanted = PeopleTable.model_validate(people, by_alias=True, by_name=False)
    except ValidationError:
        raise InputError(_("What the scenario says of people is faulty: correct its text first.")) from None
    try:
        register = register_in(sent._top, wanted, list(names), _year(file))
    except InputError as error:
        raise InputError([_of_list(each, sent.path) for each in error.problems]) from None
    return _trial(register, names)


def _of_list(problem: Problem, path: Path) -> Problem:
    """A problem without the name under which a list is kept aside, which tells nobody anything."""
    if Path(problem.file).name.partition(":")[0] != path.name:
        return problem
    message = problem.message.replace(str(path), _("the list")).replace(path.name, _("the list"))
    return replace(problem, message=message, path="", file=_("the list") if problem.line else "")


def _trial(register: Register, names: Mapping[str, str]) -> TrialRead:
    unread = []
    for fault in map(without_texts, register.faults):
        places = fault.texts or tuple(map(str, fault.lines))
        more = ", …" if fault.rows > len(places) else ""
        reason = _(fault.reason).format(name=called(fault.name, names) if fault.name else "")
        unread.append(UnreadRows(reason, ", ".join(places) + more, fault.rows, fault.remedy))
    lacking = register.connection.execute("SELECT count(*) FROM person WHERE size > 0").fetchall()[0][0]
    return TrialRead(
        register.people, register.rows_left_out, register.not_assessed, lacking, tuple(unread),
        tuple(register.notices),
    )  # fmt: skip


def _year(file: ScenarioFile) -> int | None:
    said = EditedFile(file, file.text())
    for data in (said.data, said.base):
        identity = data.get("scenario")
        year = identity.get("fiscal_year") if isinstance(identity, dict) else None
        if isinstance(year, int):
            return year
    return None


def put_in(sent: SentList, choices: ListChoices, opened_as: str) -> None:
    """Put the list into the folder and make it the people of the scenario.

    Raises InputError where the scenario would not be in order, and history.ChangedMeanwhile; nothing is changed then.
    """
    file, text = sent.file, sent.file.text()
    if state_of(text) != opened_as:
        raise history.ChangedMeanwhile(text)
    data = deepcopy(data_of(text))
    name = f"{TABLES}/{file.stem}-{sent.mark[:8]}{sent.path.suffix}"
    source, known = sent.source(choices.sheet), list(competencies_of(file))
    data[KEY] = _people(data.get(KEY), name, source, choices, known)
    if choices.replaces:
        data.pop("groups", None)
    target = sent._top / name
    was_there = target.exists()
    try:
        target.parent.mkdir(exist_ok=True)
        write_whole(target, sent.path.read_bytes())
        changed = amended(text, data)
        file.checked_text(changed)
        history.save(file, changed, opened_as)
    except BaseException:
        if not was_there:
            target.unlink(missing_ok=True)
        raise
    put_away(file)


def rows_told(trial: TrialRead) -> str:
    """How many rows cannot be read, as words."""
    return ngettext("{count} row cannot be read", "{count} rows cannot be read", trial.left_out).format(
        count=trial.left_out
    )
