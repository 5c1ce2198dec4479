"""Planners' own rules: a measure of the plan kept within bounds, hard or as a goal with a price."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.domain.base import Name, Names, Quantity, Record, plain_number, plain_share
from planner.domain.selectors import (
    CompetencySelector,
    FundSelector,
    GroupSelector,
    ItemSelector,
    ProgrammeSelector,
)
from planner.units.numbers import read_limit

Measure = Literal["cost", "participants", "hours", "classes", "gaps_closed"]

Side = Literal["at_least", "at_most"]
SIDES: Final[tuple[Side, ...]] = ("at_least", "at_most")
"""The two bounds that a rule may have."""

Per = Literal["programme", "group", "agency", "location"]
"""Whom a bound can apply to, one by one."""

DIVISIBLE: Final[dict[str, tuple[Per, ...]]] = {
    "cost": ("programme", "group", "agency", "location"),
    "participants": ("programme", "group", "agency", "location"),
    "hours": ("programme", "group", "agency", "location"),
    "classes": ("programme",),
    "gaps_closed": ("group", "agency", "location"),
}
"""What each measure can be divided by; of cost, only participant items and socialization belong to a group."""

APPLICABLE: Final[dict[str, tuple[str, ...]]] = {
    "cost": ("programmes", "groups", "funds", "items", "periods", "years"),
    "participants": ("programmes", "groups", "periods", "years"),
    "hours": ("programmes", "groups", "periods", "years"),
    "classes": ("programmes", "periods", "years"),
    "gaps_closed": ("groups", "competencies", "years"),
}
"""Selectors that mean something for each measure."""


class Limit(Record):
    """A bound: a number in the unit of the measure, or a share of the same measure without `where`
    (for gaps_closed: of the need that `where` selects; for cost: of programmes' costs)."""

    value: Quantity
    """The number, or the share [0-1]."""
    is_share: bool
    """Whether `value` is a share."""


def _read_limit(value: Any) -> Any:
    if isinstance(value, Limit):
        return value
    try:
        number, is_share = read_limit(value)
    except ValueError as error:
        raise PydanticCustomError("planner", "{sentence}", {"sentence": str(error)}) from None
    return Limit(value=number, is_share=is_share)


def _plain_limit(limit: Limit) -> int | Decimal | str:
    return plain_share(limit.value) if limit.is_share else plain_number(limit.value)


Bound = Annotated[
    Limit,
    BeforeValidator(_read_limit),
    PlainSerializer(_plain_limit),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]}),
]
"""A number ("40", "2,5 miliar") or a share ("30%")."""


class Where(Record):
    """What part of the plan a rule measures; a selector left out selects everything."""

    programmes: ProgrammeSelector | None = None
    """Programmes."""
    groups: GroupSelector | None = None
    """Groups."""
    competencies: CompetencySelector | None = None
    """Competencies."""
    funds: FundSelector | None = None
    """Funds that pay."""
    items: ItemSelector | None = None
    """Cost items."""
    periods: Names | None = None
    """Periods."""
    years: Names | None = None
    """Years: participants and classes count by the start, hours by the periods of the run, cost by the payment, gaps
    closed by the end of the course."""

    def named(self) -> tuple[str, ...]:
        """Return the selectors that are there, by name."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)


class Soft(Record):
    """Makes a rule a goal: it may be missed at a price."""

    penalty: Quantity
    """Weighted gaps lost per unit missed, in the unit of the measure."""


class Rule(Record):
    """One rule of the planner."""

    id: Name | None = None
    """Identifier; lets a scenario that extends this one change the rule."""
    name: Name
    """What the rule says, as printed; unique among rules."""
    measure: Measure
    """cost [rupiah], participants [people], hours [JP], classes, or gaps_closed (unweighted)."""
    per: Per | None = None
    """Whom the bounds apply to, each separately: every programme that runs, or every group, agency or location."""
    where: Where = Where.model_construct()
    """The part of the plan that is measured."""
    of_years: Literal["same"] | None = None
    """same: a share is of the measure of the years that `where` names, of gaps closed of the need by the end of the
    last of them; of the whole horizon when absent."""
    at_least: Bound | None = None
    """Lower bound."""
    at_most: Bound | None = None
    """Upper bound."""
    soft: Soft | None = None
    """If given, the rule is a goal that may be missed, not a limit."""

    @cached_property
    def has_share(self) -> bool:
        """Whether a bound is a share; such a rule on cost counts programme items, and other items only where it names
        them."""
        return any(bound is not None and bound.is_share for bound in (self.at_least, self.at_most))

    def in_base(self, programme: str | None, item: str) -> bool:
        """Return whether a cost belongs to the total that shares of cost refer to: programme costs, and items `where`
        names.

        Socializations and agreements belong to no programme.
        """
        named = None if self.where.items is None else self.where.items.item
        return programme is not None or item in (named or ())

    @property
    def hard(self) -> bool:
        return self.soft is None

    @property
    def penalty(self) -> Fraction:
        """Weighted gaps lost per unit missed; 0 for a hard rule, which cannot be missed."""
        return self.soft.penalty if self.soft else Fraction(0)
