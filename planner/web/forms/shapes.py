"""What kind of field each key of the format has, read from the records of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from planner.domain.base import Name, Record, Text
from planner.domain.named_keys import KEYS_OF
from planner.domain.scenario import Scenario
from planner.scenario_io.fields import Expected, expected_at

SpecialKind = Literal[
    "price", "coefficient", "ceiling", "requires", "numbers", "by_period", "by_year", "lists", "records", "year",
]  # fmt: skip
"""Fields of keys that are unlike others of their type."""
FieldKind = SpecialKind | Literal[
    "line", "words", "choice", "flag", "amount", "share", "count", "number", "bound", "lines", "refs", "record",
    "keyed",
]  # fmt: skip
"""words: text of several lines · lines: one name a line · refs: names of a list · lists: lists of names · keyed: free
keys, each with something."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The field of one key."""

    kind: FieldKind
    model: type[Record] | None = None
    inner: Shape | None = None
    """Of a mapping with free keys: what each holds."""
    options: tuple[str, ...] = ()
    """Words of the format of which one is chosen."""
    refers: str = ""
    """Where the names come from that may stand here, or the free keys of a mapping: a list of the scenario, such as
    funds, or an attribute of its records, such as groups.agency."""
    required: bool = False
    default: Any = None


_GROUP: Final = {name: f"groups.{name}" for name in ("agency", "location", "level", "tags")} | {"id": "groups"}
_REFERS: Final[dict[str, dict[str, str]]] = {
    "GroupSelector": _GROUP,
    "ProgrammeSelector": {"id": "programmes", "form": "programmes.form", "tags": "programmes.tags",
                          "closes": "competencies"},
    "CompetencySelector": {"id": "competencies"},
    "FundSelector": {"id": "funds"},
    "ItemSelector": {"item": "items", "account": "accounts"},
    "Where": {"periods": "periods", "years": "years"},
    "Programme": {"periods": "periods", "activity": "activities", "form": "programmes.form",
                  "provider": "programmes.provider", "requires": "programmes"},
    "Group": {name: f"groups.{name}" for name in ("agency", "location", "level")},
    "Mentoring": {"pool": "mentor_pools"},
    "Match": {"with": "funds"},
    "CostItem": {"account": "accounts", "unit": "units", "ceiling": "price_lists", "price": "price_lists"},
    "Choices": dict.fromkeys(("together", "at_most_one_of"), "programmes"),
    "Actuals": {"through": "periods"},
    "Attended": {"programme": "programmes", "period": "periods", "group": "groups"},
    "Held": {"programme": "programmes", "period": "periods"},
    "CommittedClasses": {"programme": "programmes", "period": "periods"},
    "Paid": {"fund": "funds", "programme": "programmes", "group": "groups", "item": "items", "account": "accounts",
             "period": "periods"},
    "SeatsGiven": {"fund": "funds", "programme": "programmes", "group": "groups", "period": "periods"},
    "Identity": {"floor": "years"},
}  # fmt: skip
STRICT: Final = frozenset(
    {"programmes", "groups", "funds", "periods", "competencies", "mentor_pools", "activities", "resources",
     "price_lists"}
)  # fmt: skip
"""Lists whose ids alone may be named; other names may be new."""
_VALUES_REFER: Final = {("Choices", "only_if"): "programmes"}
"""Where the names come from that stand under free keys."""
SPECIAL: Final[dict[tuple[str, str], SpecialKind]] = {
    ("CostItem", "price"): "price",
    ("CostItem", "quantity"): "coefficient",
    ("CostItem", "ceiling"): "ceiling",
    ("Programme", "requires"): "requires",
    ("Programme", "days"): "numbers",
    ("Resource", "amount"): "by_period",
    ("Identity", "floor"): "by_year",
    ("Choices", "together"): "lists",
    ("Choices", "at_most_one_of"): "lists",
    ("Scenario", "periods"): "records",
    ("Identity", "fiscal_year"): "year",
    ("Period", "year"): "year",
}
_OPTIONS: Final = {
    ("GroupSelector", "employment"): ("pns", "pppk"),
    ("ProgrammeSelector", "kind"): ("technical", "managerial", "socio_cultural"),
    ("CompetencySelector", "kind"): ("technical", "managerial", "socio_cultural"),
    ("FundSelector", "kind"): ("own", "partner"),
    ("ItemSelector", "per"): ("participant", "class", "programme"),
}
HIDDEN: Final = frozenset({("CostItem", "listed"), ("Scenario", "format")})
"""Keys that the program writes."""
BY_FILE: Final = {"Actuals": "table", "Narrative": "file"}
"""Keys that name a file in place of all others."""


class PriceListFile(Record):
    """Where a price list stands."""

    table: Name
    """File of a price list."""
    sheet: Name | None = None
    """Sheet of a workbook, if it has several."""
    column: Name | None = None
    """Head of the column of the prices, if several columns have prices."""


@cache
def shapes_of(model: type[Record]) -> dict[str, Shape]:
    """Return the fields of a record, by key."""
    hints = get_type_hints(model, include_extras=True)
    found: dict[str, Shape] = {}
    if model.__name__ in BY_FILE:
        found[BY_FILE[model.__name__]] = Shape("line")
    for name, field in model.model_fields.items():
        key = field.alias or name
        if (model.__name__, key) in HIDDEN:
            continue
        expected = _expected(model, key)
        shape = _shape(model, key, expected, hints[name])
        required = field.is_required() and (model.__name__, key) != ("Fund", "amount")
        found[key] = replace(shape, required=required, default=None if required else field.default)
    return found


def _expected(model: type[Record], key: str) -> Expected:
    found = Expected("record", model).below(key)
    assert found is not None
    return found


def _shape(model: type[Record], key: str, expected: Expected, annotation: Any) -> Shape:
    at = (model.__name__, key)
    refers = _REFERS.get(model.__name__, {}).get(key, "")
    if at in _OPTIONS:
        return Shape("refs", options=_OPTIONS[at])
    special = SPECIAL.get(at)
    if options := _literals(annotation):
        return Shape("choice", options=options)
    if special is not None:
        inner = Shape("number") if special == "by_period" else None
        keys = KEYS_OF[key][0] if special == "by_period" else ""
        return Shape(special, expected.model, inner, refers=refers or keys)
    if expected.kind in ("record", "records"):
        return Shape(expected.kind, expected.model, refers=refers)
    if expected.kind == "keyed":
        first, *below = KEYS_OF.get(key, ("",))
        return Shape("keyed", None, _inner(at, expected.inner, below), refers=first)
    if expected.kind == "names":
        return Shape("refs" if refers else "lines", refers=refers)
    if expected.kind == "text" or _is(annotation, str):
        return Shape("words" if _has(annotation, Text) else "line", refers=refers)
    if _is(annotation, bool):
        return Shape("flag")
    if expected.kind == "number" and not _is_number(annotation):
        return Shape("line")  # a day, a logo
    return Shape(expected.unit or "number")


def _inner(at: tuple[str, str], inner: Expected | None, keys: Sequence[str]) -> Shape:
    """Return what stands under free keys; the keys below those name something of the lists `keys`."""
    assert inner is not None
    if inner.kind == "keyed":
        first, *below = keys or [""]
        return Shape("keyed", None, _inner(at, inner.inner, below), refers=first)
    if inner.kind == "record":
        return Shape("record", inner.model)
    if inner.kind == "text":
        return Shape("line", refers=_VALUES_REFER.get(at, ""))
    return Shape(inner.unit or "number")


def _parts(annotation: Any) -> list[Any]:
    """Return the alternatives of an annotation, without None."""
    if get_origin(annotation) is Annotated:
        return _parts(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [part for each in get_args(annotation) if each is not NoneType for part in _parts(each)]
    return [annotation]


def _literals(annotation: Any) -> tuple[str, ...]:
    parts = _parts(annotation)
    if parts and all(get_origin(part) is Literal for part in parts):
        return tuple(str(value) for part in parts for value in get_args(part))
    return ()


def _is(annotation: Any, kind: type) -> bool:
    return _parts(annotation) == [kind]


def _is_number(annotation: Any) -> bool:
    return all(getattr(part, "__name__", "") in ("int", "Fraction", "Limit") for part in _parts(annotation))


def _has(annotation: Any, quantity: Any) -> bool:
    """Return whether an annotation, or an alternative of it, is a named one, such as Text."""
    if get_origin(annotation) is Annotated and quantity.__metadata__[0] in annotation.__metadata__:
        return True
    return any(_has(each, quantity) for each in get_args(annotation) if get_origin(annotation) is not Literal)


SECTIONS: Final = (
    "scenario", "periods", "competencies", "groups", "programmes", "funds", "rules", "objective", "resources",
    "mentor_pools", "activities", "choices", "actuals", "narrative", "price_lists",
)  # fmt: skip
"""Parts of a scenario in the order of the form."""


def shape_at(path: tuple[str | int, ...]) -> Shape | None:
    """Return the field at a path of the document; None where a form has none."""
    if not path:
        return Shape("record", Scenario)
    if path == ("price_lists",):
        return Shape("keyed", None, Shape("record", PriceListFile))
    if expected_at(path) is None:
        return None
    above = shape_at(path[:-1])
    if above is None:
        return None
    step = path[-1]
    if isinstance(step, int):
        return Shape("record", above.model) if above.kind == "records" else None
    if above.kind == "record" and above.model is not None:
        return shapes_of(above.model).get(step)
    return above.inner
