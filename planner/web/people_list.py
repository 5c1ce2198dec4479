"""A list of people that is sent for a scenario: kept aside, its columns named, read on trial, and put into the folder.

Tables may be sent beside it: who lacks what, training histories, a list of units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from planner.domain.people import PeopleTable
from planner.errors import InputError, PlannerError, Problem
from planner.locale import _, ngettext
from planner.people.sources import TableSource
from planner.scenario_io.amending import amended, data_of
from planner.scenario_io.people_table import KEY, register_in, without_texts
from planner.units.texts import near_key
from planner.web import history
from planner.web.forms.edited_file import EditedFile
from planner.web.people_words import called
from planner.web.sent_tables import SentList, TableChoices, as_read, put_away
from planner.web.workspace import ScenarioFile, state_of
from planner.whole_file import write_whole

if TYPE_CHECKING:
    from planner.people.register import Register

TABLES: Final = "pegawai"
"""Folder beside the scenarios that holds their lists of people."""
_OURS: Final = ("table", "sheet", "layout", "columns", "lenient", "nip", "read")
"""Keys of `people` that a list brings; all others stay."""


@dataclass(frozen=True)
class ListChoices:
    """How a list and the tables beside it are to be read."""

    tables: tuple[TableChoices, ...] = (TableChoices(),)
    """The list first."""
    nip: bool = True
    lenient: bool = False
    replaces: bool | None = None
    """Whether the groups that the file says itself go; None where that has not been chosen."""


@dataclass(frozen=True)
class UnreadRows:
    """One kind of rows that cannot be read: of which table, why, where the first are, and how many there are."""

    table: str
    reason: str
    places: str
    rows: int
    remedy: str


@dataclass(frozen=True)
class TrialRead:
    """What becomes of a list."""

    people: int
    left_out: int
    left_beside: int
    """Rows of tables beside the list that are not used."""
    not_assessed: int
    lacking: int
    """People who lack something."""
    unread: tuple[UnreadRows, ...]
    notices: tuple[str, ...]
    by_agency: Mapping[str, int]
    """People of each agency."""


@dataclass(frozen=True)
class PeopleInBoth:
    """People of agencies that have both a list and groups of their own in the scenario."""

    listed: int
    written: int

    @property
    def all(self) -> int:
        """How many people are planned where the groups stay."""
        return self.listed + self.written


def in_both(trial: TrialRead, file: ScenarioFile, groups: Any) -> PeopleInBoth | None:
    """Return the people of agencies of the list that are also those of `groups`, as the file says them; None where no
    agency is in both."""
    if groups is None:
        return None
    try:
        scenario = file.load().scenario
        rows = [(each.agency, each.headcount) for each in scenario.groups if each.id not in scenario.listed_groups]
    except PlannerError:
        said = [each for each in groups if isinstance(each, dict)] if isinstance(groups, list) else []
        counts = [(each.get("agency"), each.get("headcount")) for each in said]
        rows = [(str(agency), n if isinstance(n, int) else 0) for agency, n in counts if agency]
    listed = {near_key(agency): people for agency, people in trial.by_agency.items()}
    written: dict[str, int] = {}
    for agency, people in rows:
        if agency and near_key(agency) in listed:
            written[near_key(agency)] = written.get(near_key(agency), 0) + people
    return PeopleInBoth(sum(listed[key] for key in written), sum(written.values())) if written else None


def competencies_of(file: ScenarioFile) -> dict[str, str]:
    """Return the names of the competencies of a scenario by id, also where its list of people cannot be read."""
    try:
        return {each.id: each.name or each.id for each in file.load().scenario.competencies}
    except PlannerError:
        edited = EditedFile(file, file.text())
        listed = [each for said in (edited.base, edited.data) for each in said.get("competencies") or []]
        return {str(each["id"]): str(each.get("name", each["id"])) for each in listed if isinstance(each, dict)}


def _people(before: Any, sent: SentList, names: Sequence[str], choices: ListChoices, known: Sequence[str]) -> Any:
    """Return `people` of a scenario that has this list, its tables under `names`; what it says of other things stays.

    Tables sent beside the list take the place of those that are joined.
    """
    made, *beside = [
        _table(name, each.source(how.sheet), how, known)
        for each, name, how in zip((sent, *sent.tables), names, choices.tables, strict=True)
    ]
    made |= {} if choices.nip else {"nip": False}
    made |= {"lenient": True} if choices.lenient else {}
    joined = [each for each in beside if each.get("layout") != "units"]
    units = [each for each in beside if each.get("layout") == "units"]
    made |= {"join": joined} if joined else {}
    made |= {"units": units[-1]} if units else {}
    kept = before.items() if isinstance(before, dict) else ()
    return made | {key: value for key, value in kept if key not in {*_OURS, *made}}


def _table(name: str, source: TableSource, choices: TableChoices, known: Sequence[str]) -> dict[str, Any]:
    """Return one table in the words of a scenario."""
    made: dict[str, Any] = {"table": name}
    made |= {key: value for key, value in (("sheet", choices.sheet), ("layout", choices.layout)) if value}
    return made | ({"columns": columns} if (columns := as_read(source, choices, known)) else {})


def read_on_trial(sent: SentList, choices: ListChoices) -> TrialRead:
    """Return what would become of a list; raises InputError where it cannot be read at all."""
    file, names = sent.file, competencies_of(sent.file)
    before = EditedFile(file, file.text()).data.get(KEY)
    top = file.path.parent
    tables = [str(each.path.relative_to(top).as_posix()) for each in (sent, *sent.tables)]
    people = _people(before, sent, tables, replace(choices, lenient=True), list(names))
    try:
        wanted = PeopleTable.model_validate(people, by_alias=True, by_name=False)
    except ValidationError:
        raise InputError(_("What the scenario says of people is faulty: correct its text first.")) from None
    try:
        register = register_in(top, wanted, {**names}, _year(file))
    except InputError as error:
        raise InputError([_named(each, sent) for each in error.problems]) from None
    return _trial(register, names, sent)


def _named(problem: Problem, sent: SentList) -> Problem:
    for each in (sent, *sent.tables):
        problem = each.named_in(problem)
    return problem


def _trial(register: Register, names: Mapping[str, str], sent: SentList) -> TrialRead:
    called_by_path = {each.path.name: each.called for each in (sent, *sent.tables)}
    unread = []
    for fault in map(without_texts, register.faults):
        places = fault.texts or tuple(map(str, fault.lines))
        more = ", …" if fault.rows > len(places) else ""
        reason = _(fault.reason).format(name=called(fault.name, names) if fault.name else "")
        table = called_by_path.get(fault.file.name, fault.file.name)
        unread.append(UnreadRows(table, reason, ", ".join(places) + more, fault.rows, fault.remedy))
    notices = list(register.notices)
    for each in (sent, *sent.tables):
        notices = [notice.replace(each.path.name, each.called) for notice in notices]
    by_agency = "SELECT agency, count(*) FROM person WHERE agency IS NOT NULL GROUP BY agency ORDER BY agency"
    lacking = register.connection.execute("SELECT count(*) FROM person WHERE size > 0").fetchall()[0][0]
    return TrialRead(
        register.people, register.rows_left_out, register.rows_beside, register.not_assessed, lacking, tuple(unread),
        tuple(notices), dict(register.connection.execute(by_agency).fetchall()),
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
    tables = (sent, *sent.tables)
    names = [f"{TABLES}/{file.stem}-{each.mark[:8]}{each.path.suffix}" for each in tables]
    data[KEY] = _people(data.get(KEY), sent, names, choices, list(competencies_of(file)))
    if choices.replaces:
        data.pop("groups", None)
    targets = [file.path.parent / name for name in names]
    there = {target for target in targets if target.exists()}
    try:
        for each, target in zip(tables, targets, strict=True):
            target.parent.mkdir(exist_ok=True)
            write_whole(target, each.path.read_bytes())
        changed = amended(text, data)
        file.checked_text(changed)
        history.save(file, changed, opened_as)
    except BaseException:
        for target in {*targets} - there:
            target.unlink(missing_ok=True)
        raise
    put_away(file)


def rows_told(trial: TrialRead) -> str:
    """Return how many rows cannot be read, as words."""
    rows = trial.left_out or sum(each.rows for each in trial.unread)
    return ngettext("{count} row cannot be read", "{count} rows cannot be read", rows).format(count=rows)
