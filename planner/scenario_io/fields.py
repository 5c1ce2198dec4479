"""What the records of the domain expect at a place of the document, read from the records themselves."""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from planner.domain.actuals import Actuals
from planner.domain.base import Count, Record, Rupiah, Share
from planner.domain.listed_prices import ListedPrice
from planner.domain.programmes import CostItem, PriceBy
from planner.domain.rules import Limit
from planner.domain.scenario import Scenario

type Kind = Literal["record", "records", "names", "keyed", "text", "number", "numbers", "price", "price_list"]
type Unit = Literal["amount", "share", "count", "bound", ""]
"""What a number is of: rupiah, a part of a whole, people or classes, the bound of a rule; or any other."""


class Expected(NamedTuple):
    """What belongs at one place.

    record: keys of `model`, or free ones with an `inner` each · records: a list of `model` · names: a list of text, or
    of text and `model` · keyed: free keys, each with an `inner` · price: an amount, or a `PriceBy` · numbers: a number
    or a list of them · price_list: a file · text, number: leaves.
    """

    kind: Kind
    model: type[Record] | None = None
    inner: Expected | None = None
    unit: Unit = ""

    def known_keys(self) -> tuple[str, ...]:
        """Return the keys of a record, in the words of the file."""
        if self.model is None or self.kind not in ("record", "price"):
            return ()
        if self.model is PriceBy:
            return ("by", "default", "table", "sheet", *FROM_A_LIST)
        further = (PRICE_LISTS,) if self.model is Scenario else ()
        return (*(field.alias or name for name, field in self.model.model_fields.items()), *further)

    def keys_to_write(self) -> tuple[str, ...]:
        """Return the keys of a record as messages name them: with `table` where it may stand, without those that only
        the program fills."""
        keys = tuple(key for key in self.known_keys() if (self.model, key) != (CostItem, "listed"))
        return (*keys[:1], "table", *keys[1:]) if self.model is Actuals and self.kind == "record" else keys

    def below(self, step: str | int) -> Expected | None:
        """Return what is expected one step further; None where nothing is."""
        if self.model is Scenario and step == PRICE_LISTS:
            return Expected("keyed", inner=Expected("price_list"))
        if self.kind == "price" and step in FROM_A_LIST:
            return Expected("text")
        if self.model is ListedPrice and isinstance(step, str):
            return _fields(ListedPrice).get(step)  # one entry may stand for a list of one
        if self.kind == "records" and isinstance(step, int):
            return Expected("record", self.model)
        if self.kind == "names" and isinstance(step, int):
            return Expected("text") if self.model is None else Expected("record", self.model)
        if self.kind == "keyed":
            return self.inner
        if self.kind in ("record", "price") and self.model is not None:
            free = Expected("number", unit="amount") if self.model is PriceBy else self.inner
            return _fields(self.model).get(str(step), free)
        return None

    def takes_tables(self) -> bool:
        """Return whether a table is allowed here, or somewhere below."""
        if self.kind in ("records", "price", "price_list"):
            return True
        if self.kind == "keyed":
            return self.inner is not None and self.inner.takes_tables()
        if self.kind == "record" and self.model is Scenario:
            return True
        return self.kind == "record" and self.model is not None and _take_tables(self.model)


_UNITS: tuple[tuple[Any, Unit], ...] = ((Rupiah, "amount"), (Share, "share"), (Count, "count"))

PRICE_LISTS: Final = "price_lists"
"""Key of the price lists of a file, from which prices are taken before the scenario is made."""

FROM_A_LIST: Final = ("from", "code")
"""Keys of a price that is taken from a list."""

ROOT = Expected("record", Scenario)


def expected_at(path: tuple[str | int, ...]) -> Expected | None:
    """Return what the format expects at `path`; None for a place it does not know."""
    found: Expected | None = ROOT
    for step in path:
        found = found.below(step) if found else None
    return found


@cache
def _fields(model: type[Record]) -> dict[str, Expected]:
    return {field.alias or name: _expected(field.rebuild_annotation()) for name, field in model.model_fields.items()}


@cache
def _take_tables(model: type[Record]) -> bool:
    return any(field.takes_tables() for field in _fields(model).values())


def _expected(annotation: Any) -> Expected:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        plain = _expected(arguments[0])
        units = [unit for quantity, unit in _UNITS if quantity.__metadata__[0] in annotation.__metadata__]
        return plain._replace(unit=units[0]) if units else plain
    if origin in (Union, UnionType):
        kinds = [_expected(argument) for argument in arguments if argument is not NoneType]
        prices = [kind for kind in kinds if kind.model is PriceBy]
        if prices and len(kinds) > 1:
            return Expected("price", PriceBy, unit="amount")
        if [kind.kind for kind in kinds] == ["number", "names"]:
            return Expected("numbers")
        keyed = [kind for kind in kinds if kind.kind == "keyed"]  # an amount, or one for each period
        if keyed and kinds[0].kind == "record":  # a record, or one for each year
            return kinds[0]._replace(inner=kinds[0])
        if keyed:
            return keyed[0]
        models = [kind.model for kind in kinds if kind.model is not None]
        return kinds[0]._replace(model=models[0]) if models and kinds[0].kind == "text" else kinds[0]
    if origin is dict:
        return Expected("keyed", inner=_expected(arguments[1]))
    if origin is tuple:
        item = _expected(arguments[0])
        return Expected("records" if item.kind == "record" else "names", item.model)
    if annotation is Limit:
        return Expected("number", unit="bound")
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Expected("record", annotation)
    if annotation is str or (origin is Literal and all(isinstance(value, str) for value in arguments)):
        return Expected("text")
    return Expected("number")
