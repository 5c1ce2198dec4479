"""`people: {table: pegawai.parquet, …}`: groups made of a list of people, put in behind the scenario's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from planner.domain.checks.did_you_mean import suggestion
from planner.domain.people import ATTRIBUTES, PeopleTable
from planner.errors import InputError, Problem
from planner.locale import _, ngettext
from planner.people.discretion import tells_cells
from planner.scenario_io.paths import sibling
from planner.scenario_io.people_sheet import cells_of
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.competency_columns import competencies_of
from planner.scenario_io.tree import UNREADABLE, Listing, Mapping, Node, Place, Scalar, child, plain, record_id

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.people.profiles import Profile
    from planner.people.register import Register, RowFault

KEY: Final = "people"
LENIENT: Final = "people.lenient=true"
"""The change that --lenient makes; nothing where a scenario has no people."""


def put_people_in(
    root: Mapping, folder: Path | None, problems: Problems, files: list[Path], notices: list[Problem]
) -> None:
    """Put the groups made of the people of `root` behind its own groups; what became of the tables, under `read`."""
    node = root.entries.get(KEY)
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return
    if isinstance(node, Mapping) and "read" in node.entries:
        return
    try:
        table = PeopleTable.model_validate(plain(node), by_alias=True, by_name=False)
    except ValidationError:  # reported with all else that is wrong in the records
        _without_groups(root, node)
        return
    try:
        assert isinstance(node, Mapping)
        register = read_register(table, folder, node, root, files, notices)
        groups, read = _groups(register, node, notices, _figure(root, "hours_target"))
    except Refused as refused:
        problems.extend([refused.problem])
        _without_groups(root, node)
        return
    except _Faults as faults:
        problems.extend(faults.problems)
        _without_groups(root, node)
        return
    own = root.entries.get("groups")
    listed = own.items if isinstance(own, Listing) else []
    root.put("groups", Listing([*listed, *groups], node.place), root.keys.get("groups", node.place))
    copy = Mapping(dict(node.entries), dict(node.keys), node.place)
    copy.put("read", node_of(read.model_dump(exclude_defaults=True), node.place), node.place)
    root.put(KEY, copy, root.keys[KEY])


def _without_groups(root: Mapping, node: Node) -> None:
    """Mark the groups as unreadable, so that nobody reports that there are none or that a selector selects nobody."""
    root.put("groups", Scalar(UNREADABLE, node.place), node.place)


class _Faults(Exception):
    """Problems of the tables."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(str(problems))
        self.problems = problems


def read_register(
    table: PeopleTable, folder: Path | None, node: Node, root: Mapping, files: list[Path], notices: list[Problem]
) -> Register:
    """Return the register of the tables that a scenario in `folder` names; raises Refused, and tells faults of rows."""
    from planner.people.register import NoRegister, register_of

    paths = {}
    for number, (each, at) in enumerate(zip(table.tables, _nodes(table, node), strict=True)):
        place = at.entries["table"].place if isinstance(at, Mapping) else at.place
        paths[number] = sibling(each.table, folder, place, (KEY, "table"))
    files.extend(path for path in dict.fromkeys(paths.values()) if path not in files)
    try:
        register = register_of(
            table,
            competencies_of(root),
            paths,
            lambda n: cells_of(table.tables[n].sheet, paths[n], notices),
            _figure(root, "fiscal_year"),
            None if None in (programmes := _ids(root, "programmes")) else [name for name in programmes if name],
        )
    except NoRegister as error:
        raise _Faults(
            [located(Place(str(file), line), message, remedy, (KEY,)) for file, line, message, remedy in error.faults]
        ) from None
    shown = register.faults if tells_cells() else map(without_texts, register.faults)
    told = [problem for fault in shown for problem in told_of(fault)]
    if told and not table.lenient:
        remedy = _("Correct them, or plan without these rows: --lenient, or lenient: true under people.")
        told.append(located(node.place, _("rows of people cannot be read."), remedy, (KEY,)))
        raise _Faults(told)
    notices.extend(problem for fault in register.faults for problem in told_of(fault))
    notices.extend(located(node.place, text, "", (KEY,)) for text in register.notices)
    return register


def register_again(scenario: Scenario, folder: Path) -> Register:
    """Return the register of the tables of people of a scenario that was planned, which are in `folder`; raises
    InputError."""
    assert scenario.people is not None
    table = scenario.people.model_copy(update={"read": None})
    programmes = [p.id for p in scenario.programmes]
    return register_in(
        folder, table, {c.id: c.name for c in scenario.competencies}, scenario.scenario.fiscal_year, programmes
    )


def register_in(
    folder: Path,
    table: PeopleTable,
    competencies: dict[str, str | None],
    year: int | None,
    programmes: Sequence[str] | None = None,
) -> Register:
    """Return the register of tables in `folder`, for competencies (ids, names) and a fiscal year; raises InputError.

    Programmes attended before must be among `programmes`, when these are given.
    """
    root = Mapping({}, {}, Place(str(folder)))
    root.put(
        "competencies",
        node_of([{"id": each, "name": name} for each, name in competencies.items()], root.place),
        root.place,
    )
    if programmes is not None:
        root.put("programmes", node_of([{"id": each} for each in programmes], root.place), root.place)
    root.put("scenario", node_of({"fiscal_year": year}, root.place), root.place)
    node = node_of(table.model_dump(by_alias=True, exclude_defaults=True), root.place)
    try:
        return read_register(table, folder, node, root, [], [])
    except Refused as refused:
        raise InputError([refused.problem]) from None
    except _Faults as faults:
        raise InputError(faults.problems) from None


def without_texts(fault: RowFault) -> RowFault:
    """Leave the texts of cells out of a kind of fault; rows that share an id are still reported together."""
    from planner.people.repeats_and_blanks import TEXTS_OF_NOBODY

    return fault if fault.reason in TEXTS_OF_NOBODY else replace(fault, texts=())


def told_of(fault: RowFault) -> list[Problem]:
    """Return one kind of fault as problems: one for each of the first rows, and one that counts them."""
    found = []
    reason = _(fault.reason).format(name=fault.called)
    for line, text in zip(fault.lines, fault.texts or ("",) * len(fault.lines), strict=True):
        message = reason + (f" ({text})." if text else ".")
        found.append(Problem(message, fault.remedy, "", str(fault.file), line))
    if fault.rows > len(fault.lines):
        message = ngettext("{reason}: {count} row in all.", "{reason}: {count} rows in all.", fault.rows)
        found.append(Problem(message.format(reason=reason, count=fault.rows), "", "", str(fault.file)))
    return found


def _nodes(table: PeopleTable, node: Node) -> list[Node]:
    """Return the nodes of the tables, in their order."""
    joined = child(node, "join")
    listed = joined.items if isinstance(joined, Listing) else [joined] if joined is not None else []
    units = child(node, "units")
    return [node, *listed, *([units] if table.units is not None and units is not None else [])]


def _groups(
    register: Register, node: Mapping, notices: list[Problem], hours_target: int | None
) -> tuple[list[Node], Any]:
    from planner.people.profiles import TooManyKinds, profiles_of

    place = node.place
    try:
        profiles, read = profiles_of(register, hours_target)
    except TooManyKinds as error:
        message = _(
            "the people have {kinds} different sets of attributes, more than the {most} groups that are made."
        ).format(kinds=error.kinds, most=error.most)
        remedy = _("Name under by the attributes that programmes and rules ask about.")
        raise Refused(located(place, message, remedy, (KEY,))) from None
    if not profiles:
        raise Refused(located(place, _("the tables name nobody."), "", (KEY,)))
    _ensure_written_alike(register, profiles, place, notices)
    _check_selectors(register, [_attributes(profile) for profile in profiles], node, notices)
    return [node_of(group_of(profile, register), place) for profile in profiles], read


def _ensure_written_alike(
    register: Register, profiles: Sequence[Profile], place: Place, notices: list[Problem]
) -> None:
    """Refuse values of attributes that probably mean the same: one agency would be two. `values` can say that both are
    meant. Work units stand only in lists of names, and are noticed."""
    from planner.people.near_names import near_names, people_by_unit

    told = []
    for name in register.attributes:
        people: dict[str, int] = {}
        for each in profiles if name != "tags" else ():
            if name in each.attributes:
                people[each.attributes[name]] = people.get(each.attributes[name], 0) + each.headcount
        told += [located(place, *near, (KEY,)) for near in near_names(register, name, people)]
    if told:
        raise _Faults(told)
    if "unit" not in register.attributes:
        notices += [located(place, *near, (KEY,)) for near in near_names(register, "unit", people_by_unit(register))]


def _check_selectors(
    register: Register, groups: list[dict[str, tuple[str, ...]]], node: Mapping, notices: list[Problem]
) -> None:
    """Refuse a `where` about an attribute that no group has; notice one that selects nobody."""
    for number, entry in enumerate(register.table.each):
        if any(entry.where.matches(attributes) for attributes in groups):
            continue
        path = (KEY, "each", number, "where")
        entries = child(node, "each")
        where = child(entries.items[number], "where") if isinstance(entries, Listing) else None
        place = where.place if where is not None else node.place
        named = entry.where.named()
        if not set(named) <= {"id", *register.attributes}:
            message = _("'where' selects none of the groups that are made of people.")
            remedy = _("Name attributes that the tables have, and that 'by' does not leave out.")
            raise Refused(located(place, message, remedy, path))
        asked = [(name, value) for name, values in named.items() for value in values]
        missing = [(name, value) for name, value in asked if not any(value in of[name] for of in groups)]
        told = ", ".join(f"{name}: {value}" for name, value in missing or asked)
        known = sorted({value for of in groups for value in of[missing[0][0]]}) if missing else []
        remedy = suggestion(missing[0][1], known) if missing and missing[0][0] != "id" else ""
        notices.append(
            located(place, _("nobody in the tables has {attributes}.").format(attributes=told), remedy, path)
        )


def group_of(profile: Profile, register: Register) -> dict[str, Any]:
    """Return a group in the words of a scenario."""
    return profile.plain(register.table.settings_of(_attributes(profile)))


def _attributes(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return what selectors see of a group."""
    known: dict[str, tuple[str, ...]] = dict.fromkeys(ATTRIBUTES, ())
    known |= {name: (value,) for name, value in profile.attributes.items()}
    if "tags" in profile.attributes:
        known["tags"] = tuple(tag.strip() for tag in profile.attributes["tags"].split(";"))
    return {"id": (profile.id,), **known}


def node_of(data: Any, place: Place) -> Node:
    """Return plain data as nodes that are all written at one place."""
    if isinstance(data, dict):

        def unpacked() -> tuple[dict[str, Node], dict[str, Place]]:
            return {key: node_of(value, place) for key, value in data.items()}, dict.fromkeys(data, place)

        return Mapping.of_bare(data, unpacked, place)
    if isinstance(data, list | tuple):
        return Listing.of_bare(list(data), lambda: [node_of(value, place) for value in data], place)
    return Scalar(data, place)


def _ids(root: Mapping, name: str) -> list[str | None]:
    """Return the ids of a list of records; None of what cannot be read."""
    listed = root.entries.get(name)
    return [record_id(item) for item in listed.items] if isinstance(listed, Listing) else [None]


def _figure(root: Mapping, key: str) -> int | None:
    """Return a whole number that a scenario says of itself."""
    identity = root.entries.get("scenario")
    said = child(identity, key) if identity is not None else None
    return said.value if isinstance(said, Scalar) and type(said.value) is int else None
