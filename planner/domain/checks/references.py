"""Names that refer to something: every id, period and kind that a scenario mentions must exist.

Works on plain data, so that a file whose numbers are wrong still has its references checked. Where a list has an
unreadable or missing id, names that refer into it are not checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from typing import Any, Final, NamedTuple, get_args

from planner.domain.actuals import SHEETS
from planner.domain.checks.did_you_mean import record_suggestion
from planner.domain.checks.problem import DomainProblem, Path
from planner.domain.competencies import CompetencyKind
from planner.domain.funds import FundKind
from planner.domain.named_keys import KEYS_OF
from planner.domain.one_off import AGREEMENT
from planner.domain.programmes import CostBasis
from planner.locale import N_, _
from planner.units.texts import read_name

_UNKNOWN: Final = {
    "competencies": N_("'{owner}' names an unknown competency: '{name}'."),
    "groups": N_("'{owner}' names an unknown group: '{name}'."),
    "mentor_pools": N_("'{owner}' names an unknown mentor pool: '{name}'."),
    "resources": N_("'{owner}' names an unknown resource: '{name}'."),
    "programmes": N_("'{owner}' names an unknown programme: '{name}'."),
    "funds": N_("'{owner}' names an unknown fund: '{name}'."),
    "periods": N_("'{owner}' names an unknown period: '{name}'."),
    "kind": N_("'{owner}' names an unknown kind of competency: '{name}'."),
    "fund kind": N_("'{owner}' names an unknown kind of fund: '{name}'."),
    "employment": N_("'{owner}' names an unknown employment: '{name}'."),
    "per": N_("'{owner}' names an unknown basis of cost: '{name}'."),
}

_VOCABULARY: Final[dict[str, tuple[str, ...]]] = {
    "kind": get_args(CompetencyKind),
    "fund kind": get_args(FundKind),
    "employment": ("pns", "pppk"),
    "per": get_args(CostBasis),
}

SELECTOR_REFERENCES: Final[dict[str, dict[str, str]]] = {
    "groups": {"id": "groups", "employment": "employment"},
    "programmes": {"id": "programmes", "closes": "competencies", "kind": "kind"},
    "competencies": {"id": "competencies", "kind": "kind"},
    "funds": {"id": "funds", "kind": "fund kind"},
    "items": {"per": "per"},
}
"""Attributes of selectors whose values are names of something else."""

_MOST_SUGGESTED: Final = 100
"""Unknown names for which a similar one is sought; more would take longer than reading the scenario."""


class _Known(NamedTuple):
    """The known ids, each with the name of its record, and whether all ids of the list could be read."""

    names: Mapping[str, str | None] = {}
    complete: bool = True


_NOTHING: Final[Mapping[str, _Known]] = {"competencies": _Known()}
"""No name is known, so that every reference is yielded."""


def unknown_references(data: Mapping[str, Any]) -> Iterator[DomainProblem]:
    """Yield each name in `data` (plain, as a file has it) that refers to nothing."""
    known: dict[str, _Known] = {kind: _Known(dict.fromkeys(names)) for kind, names in _VOCABULARY.items()}
    for kind in ("competencies", "groups", "programmes", "funds", "mentor_pools", "resources"):
        known[kind] = _ids(data, kind)
    known["periods"] = _periods(data)
    remedies: dict[tuple[str, str], str] = {}
    for kind, path, name, of_key, owner in _references(data, known):
        target = known[kind]
        if target.complete and name not in target.names:
            if (kind, name) not in remedies and len(remedies) < _MOST_SUGGESTED:
                remedies[kind, name] = record_suggestion(name, target.names)
            message = _(_UNKNOWN[kind]).format(owner=owner, name=name)
            yield DomainProblem(path, message, remedies.get((kind, name), ""), of_key)


def references_to(data: Mapping[str, Any], kind: str, names: Collection[str]) -> Iterator[tuple[Path, str, bool]]:
    """Yield each place in `data` (plain, as a file has it) that refers to a record of a list: (place, name, is a key).

    `kind` is the list: groups, funds, periods, activities, and so on.
    """
    if kind == "activities":
        for p, programme in records_of(data, "programmes"):
            if (code := text_of(programme.get("activity"))) in names:
                yield ("programmes", p, "activity"), code or "", False
        return
    found = ((path, name, of_key) for each, path, name, of_key, _of in _references(data, _NOTHING) if each == kind)
    yield from (reference for reference in found if reference[1] in names)
    for p, programme in records_of(data, "programmes") if kind == "groups" else ():
        for c, line in records_of(programme, "costs"):
            price = _inner(line, "price")
            for key in price if price.get("by") == "id" else ():
                if key not in ("by", "default", "prices") and (name := text_of(key)) in names:
                    yield ("programmes", p, "costs", c, "price", key), name or "", True


def text_of(value: Any) -> str | None:
    """Return a name as the records read it; None where it cannot be read."""
    try:
        return read_name(value)
    except ValueError:
        return None


def records_of(data: Any, key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the records of a list with their positions; entries of another kind are left out."""
    listed = data.get(key) if isinstance(data, Mapping) else None
    for position, record in enumerate(listed if isinstance(listed, list | tuple) else ()):
        if isinstance(record, Mapping):
            yield position, record


def names_in(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield one name or each of a list of names, with its place."""
    if isinstance(value, list | tuple):
        for position, item in enumerate(value):
            if (name := text_of(item)) is not None:
                yield (*path, position), name
    elif (name := text_of(value)) is not None:
        yield path, name


def period_ids(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the ids of periods, which are names or records, with their places."""
    if not isinstance(value, list | tuple):
        yield from names_in(value, path)
        return
    for position, entry in enumerate(value):
        record = isinstance(entry, Mapping)
        if (name := text_of(entry.get("id") if record else entry)) is not None:
            yield ((*path, position, "id") if record else (*path, position)), name


def _ids(data: Mapping[str, Any], key: str) -> _Known:
    listed = data.get(key, () if key in ("mentor_pools", "resources") else None)
    if not isinstance(listed, list | tuple):
        return _Known(complete=False)
    ids = [text_of(record.get("id")) if isinstance(record, Mapping) else None for record in listed]
    named = zip(ids, listed, strict=True)
    names = {each: text_of(record.get("name")) for each, record in named if each is not None}
    return _Known(names, None not in ids)


def _periods(data: Mapping[str, Any]) -> _Known:
    if data.get("periods") is not None:
        value = data["periods"]
        names = [name for _place, name in period_ids(value, ())]
        return _Known(dict.fromkeys(names), len(names) == (len(value) if isinstance(value, list | tuple) else 1))
    identity = data.get("scenario")
    if not isinstance(identity, Mapping):
        return _Known(complete=False)
    year = identity.get("fiscal_year")
    if year is None:
        return _Known({"1": None})
    text = text_of(year)
    return _Known({} if text is None else {text: None}, text is not None)


type _Reference = tuple[str, Path, str, bool, str]
"""(list referred to, place, name, whether it is a key, owner of the reference)."""


def _references(data: Mapping[str, Any], known: Mapping[str, _Known]) -> Iterator[_Reference]:
    """Yield all names that refer to something, in the order of the file."""
    yield from _of_groups(data, known["competencies"].names.keys())
    for m, pool in records_of(data, "mentor_pools"):
        yield from _selector("groups", pool, ("mentor_pools", m), "from")
    for r, resource in records_of(data, "resources"):
        yield from _free_keys(resource, ("resources", r))
    for p, programme in records_of(data, "programmes"):
        yield from _of_programme(programme, ("programmes", p))
    yield from _of_choices(_inner(data, "choices"))
    for f, fund in records_of(data, "funds"):
        path = ("funds", f)
        yield from _free_keys(fund, path)
        yield from _selector("items", fund, path, "seats_cover")
        yield from _selectors(fund, path, "pays")
        yield from _values("funds", _inner(fund, "match"), (*path, "match"), "with", _owner(fund, path))
    yield from _of_actuals(_inner(data, "actuals"))
    for r, rule in records_of(data, "rules"):
        path = ("rules", r)
        yield from _selectors(rule, path, "where")
        yield from _values("periods", _inner(rule, "where"), (*path, "where"), "periods", _owner(rule, path))


def _of_groups(data: Mapping[str, Any], competencies: Set[str]) -> Iterator[_Reference]:
    """Yield references of groups; gaps, of which there may be very many, only where one of them is unknown."""
    for g, group in records_of(data, "groups"):
        path = ("groups", g)
        gaps = group.get("gaps")
        if not isinstance(gaps, dict) or not gaps.keys() <= competencies:
            yield from _keys(group, path, "gaps")
        for year, gaps in _inner(group, "new_gaps").items():
            for name in gaps if isinstance(gaps, Mapping) else ():
                if (text := text_of(name)) is not None:
                    yield "competencies", (*path, "new_gaps", year, name), text, True, _owner(group, path)
        yield from _free_keys(group, path, told=("gaps", "new_gaps"))


def _of_programme(programme: Mapping[str, Any], path: Path) -> Iterator[_Reference]:
    owner = _owner(programme, path)
    yield from _free_keys(programme, path)
    yield from _values("programmes", programme, path, "requires")
    required = programme.get("requires")
    for n, enough in enumerate(required if isinstance(required, list | tuple) else (required,)):
        place = (*path, "requires", n) if isinstance(required, list | tuple) else (*path, "requires")
        if isinstance(enough, Mapping):
            yield from _values("programmes", enough, place, "any", owner)
    yield from _values("periods", programme, path, "periods")
    yield from _selector("groups", programme, path, "for")
    for c, line in records_of(programme, "costs"):
        yield from _priced_groups(_inner(line, "price"), (*path, "costs", c, "price"), owner)
    yield from _values("mentor_pools", _inner(programme, "mentors"), (*path, "mentors"), "pool", owner)


def _of_choices(choices: Mapping[str, Any]) -> Iterator[_Reference]:
    for key in ("together", "at_most_one_of"):
        listed = choices.get(key)
        for n, names in enumerate(listed if isinstance(listed, list | tuple) else ()):
            for place, name in names_in(names, ("choices", key, n)):
                yield "programmes", place, name, False, f"choices.{key}"
    for name, needed in _inner(choices, "only_if").items():
        place = ("choices", "only_if", name)
        yield from (("programmes", place, text, True, "only_if") for text in [text_of(name)] if text)
        yield from (("programmes", place, text, False, "only_if") for text in [text_of(needed)] if text)


def _of_actuals(actuals: Mapping[str, Any]) -> Iterator[_Reference]:
    """Yield the groups, programmes, funds, periods and competencies that facts name."""
    yield from _values("periods", actuals, ("actuals",), "through", "actuals")
    kinds = {"programme": "programmes", "period": "periods", "group": "groups", "fund": "funds"}
    for name in SHEETS:
        for n, row in records_of(actuals, name):
            path: Path = ("actuals", name, n)
            for key, kind in kinds.items():
                yield from _values(kind, row, path, key, f"actuals.{name}")
            for competency in _inner(row, "closed"):
                if (text := text_of(competency)) is not None:
                    yield "competencies", (*path, "closed", competency), text, True, f"actuals.{name}"
            item = text_of(row.get("item")) or ""
            if row.get("programme") is None and item.startswith(AGREEMENT):
                yield "funds", (*path, "item"), item.removeprefix(AGREEMENT), False, f"actuals.{name}"


def _priced_groups(price: Mapping[str, Any], path: Path, owner: str) -> Iterator[_Reference]:
    """Yield the groups of a price by id; prices by other attributes refer to nothing."""
    for name in _inner(price, "prices") if price.get("by") == "id" else ():
        if (text := text_of(name)) is not None:
            yield "groups", (*path, name), text, True, owner


def _owner(record: Mapping[str, Any], path: Path) -> str:
    return text_of(record.get("id")) or text_of(record.get("name")) or f"{path[0]}[{path[1]}]"


def _inner(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return the mapping under a key; an empty one where it is something else."""
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}


def _keys(record: Mapping[str, Any], path: Path, key: str) -> Iterator[_Reference]:
    """Yield the free keys under `key`, as what `KEYS_OF` says that they name."""
    (kind,) = KEYS_OF[key]
    for name in _inner(record, key):
        if (text := text_of(name)) is not None:
            yield kind, (*path, key, name), text, True, _owner(record, path)


def _free_keys(record: Mapping[str, Any], path: Path, told: tuple[str, ...] = ()) -> Iterator[_Reference]:
    """Yield the free keys under all fields of a record that name records of a list, or periods; without those `told`
    apart. Years and activities are checked where what stands under them is."""
    for key in record:
        if key in KEYS_OF and key not in told and KEYS_OF[key][0] in _UNKNOWN:
            yield from _keys(record, path, key)


def _values(kind: str, record: Mapping[str, Any], path: Path, key: str, owner: str = "") -> Iterator[_Reference]:
    for place, name in names_in(record.get(key), (*path, key)):
        yield kind, place, name, False, owner or _owner(record, path)


def _selectors(record: Mapping[str, Any], path: Path, key: str) -> Iterator[_Reference]:
    """Yield the references of the selectors under `pays` or `where`, whose keys say what they select."""
    held = _inner(record, key)
    for things in SELECTOR_REFERENCES:
        yield from _selector(things, held, (*path, key), things, _owner(record, path))


def _selector(things: str, record: Mapping[str, Any], path: Path, key: str, owner: str = "") -> Iterator[_Reference]:
    selector = _inner(record, key)
    for attribute, kind in SELECTOR_REFERENCES[things].items():
        yield from _values(kind, selector, (*path, key), attribute, owner or _owner(record, path))
