"""Selectors: a mapping from attribute to value or list that picks groups, programmes, funds and so on.

All named attributes must match (AND); any value of a list may (OR). The empty selector picks all.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from planner.domain.base import Names, Record
from planner.domain.codes import Accounts


class Selector(Record):
    """What all selectors share: which attributes are named, and whether something matches."""

    def named(self) -> dict[str, tuple[str, ...]]:
        """Return the attributes this selector names, with the values that may match."""
        return {name: values for name in type(self).model_fields if (values := getattr(self, name)) is not None}

    def matches(self, attributes: Mapping[str, Iterable[str]]) -> bool:
        """Return whether something with these attributes (each with one or more values) is selected."""
        return _match(_as_sets(self.named()), attributes)

    def pick[T](self, things: Iterable[T], attributes: Callable[[T], Mapping[str, Iterable[str]]]) -> tuple[T, ...]:
        """Return the selected `things`, in their order."""
        named = self.named()
        if not named:
            return tuple(things)
        wanted = _as_sets(named)
        return tuple(thing for thing in things if _match(wanted, attributes(thing)))


def _as_sets(named: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return the values as sets, made once for all things: a selector may name as many ids as there are groups."""
    return {name: frozenset(values) for name, values in named.items()}


def _match(wanted: Mapping[str, frozenset[str]], attributes: Mapping[str, Iterable[str]]) -> bool:
    return all(not values.isdisjoint(attributes[name]) for name, values in wanted.items())


class GroupSelector(Selector):
    """Picks ASN groups."""

    id: Names | None = None
    """Ids of groups."""
    agency: Names | None = None
    """Agencies (perangkat daerah)."""
    location: Names | None = None
    """Places of work."""
    level: Names | None = None
    """Levels of post."""
    employment: Names | None = None
    """pns or pppk."""
    tags: Names | None = None
    """Free marks; a group matches when it has any of them."""


class ProgrammeSelector(Selector):
    """Picks programmes."""

    id: Names | None = None
    """Ids of programmes."""
    form: Names | None = None
    """Forms of training, such as bimtek or e-learning."""
    tags: Names | None = None
    """Free marks; a programme matches when it has any of them."""
    closes: Names | None = None
    """Ids of competencies; a programme matches when it closes any of them."""
    kind: Names | None = None
    """Kinds of competency: technical, managerial, socio_cultural; of any competency closed."""


class CompetencySelector(Selector):
    """Picks competencies."""

    id: Names | None = None
    """Ids of competencies."""
    kind: Names | None = None
    """technical, managerial or socio_cultural."""


class FundSelector(Selector):
    """Picks funds."""

    id: Names | None = None
    """Ids of funds."""
    kind: Names | None = None
    """own or partner."""


class ItemSelector(Selector):
    """Picks cost items."""

    item: Names | None = None
    """Names of cost items."""
    account: Accounts | None = None
    """Account codes (kode rekening)."""
    per: Names | None = None
    """participant, class or programme."""


def attribute_values(value: Any) -> tuple[str, ...]:
    """Return the values of one attribute as a tuple: none, one or several."""
    if value is None or value == "":
        return ()
    return tuple(value) if isinstance(value, tuple | list | dict) else (str(value),)
