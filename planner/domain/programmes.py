"""Training programmes: what they close, how they run, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, ModelWrapValidatorHandler, Tag, model_validator

from planner.domain.base import Count, Name, Names, Quantity, Record, Rupiah, Share
from planner.domain.groups import Group
from planner.domain.selectors import GroupSelector, attribute_values

CostBasis = Literal["participant", "class", "programme"]


class PriceBy(Record):
    """A price that depends on an attribute of the participant's group, such as travel by location."""

    by: Literal["id", "agency", "location", "level", "employment"]
    """Attribute of the group."""
    default: Rupiah | None = None
    """Price of groups whose value is not listed [rupiah per unit]; without it each value must be listed."""
    prices: dict[Name, Rupiah] = Field(default_factory=dict)
    """Price per value of the attribute [rupiah per unit]. In YAML the values stand beside `by`."""

    @model_validator(mode="wrap")
    @classmethod
    def _values_beside_by(cls, value: Any, handler: ModelWrapValidatorHandler[PriceBy]) -> PriceBy:
        if isinstance(value, Mapping) and "prices" not in value:
            named = {key: value[key] for key in ("by", "default") if key in value}
            value = {**named, "prices": {key: price for key, price in value.items() if key not in named}}
        return handler(value)

    def of(self, group: Group) -> int | None:
        """The price for people of `group` [rupiah per unit], or None where the scenario gives none."""
        return self.at(getattr(group, self.by))

    def at(self, value: str | None) -> int | None:
        """The price for a value of the attribute [rupiah per unit]; for no value it is the default."""
        return self.default if value is None else self.prices.get(value, self.default)


def _price_kind(value: Any) -> str:
    return "by" if isinstance(value, Mapping | PriceBy) else "amount"


class CostItem(Record):
    """One line of a programme's costs."""

    item: Name
    """What is paid for, as printed."""
    account: Name | None = None
    """Account code (kode rekening)."""
    per: CostBasis
    """Due per participant, per class, or once if the programme runs at all."""
    quantity: Quantity = Fraction(1)
    """Units for each participant, class or programme (koefisien)."""
    unit: Name | None = None
    """Unit of the quantity, such as OJ, OH or OK."""
    price: Annotated[Annotated[Rupiah, Tag("amount")] | Annotated[PriceBy, Tag("by")], Discriminator(_price_kind)]
    """Price of one unit [rupiah]; for participant items it may depend on the group (`by`)."""

    def attributes(self) -> dict[str, tuple[str, ...]]:
        """What selectors see of the item."""
        return {"item": (self.item,), "account": attribute_values(self.account), "per": (self.per,)}

    def price_for(self, group: Group | None) -> int | None:
        """Price of one unit [rupiah]: for `group` where it depends on the group; None if it has none."""
        if isinstance(self.price, PriceBy):
            return None if group is None else self.price.of(group)
        return self.price

    def unit_cost(self, group: Group | None = None) -> int:
        """quantity x price: what one participant, class or programme costs [rupiah].

        A scenario that passed validation has a price for every eligible group, and whole rupiah.
        """
        price = self.price_for(group)
        if price is None:
            raise KeyError(f"{self.item}: no price for {group and group.id}")
        cost, rest = divmod(self.quantity.numerator * price, self.quantity.denominator)
        if rest:
            raise ValueError(f"{self.item}: {self.quantity} x {price} is not whole rupiah")
        return cost


class ClassSize(Record):
    """How many people one class holds."""

    min: Count = Field(default=1, ge=1)
    """Fewest participants a class runs with [people]."""
    max: Count = Field(ge=1)
    """Most participants of a class [people]."""


class ClassLimits(Record):
    """How many classes a programme may hold."""

    min: Count = 0
    """Fewest classes if the programme runs at all."""
    max: Count | None = None
    """Most classes over the horizon; unlimited when absent."""
    per_period: Count | None = None
    """Most classes in one period; unlimited when absent."""


class Mentoring(Record):
    """Mentors a programme draws on while it runs."""

    pool: Name
    """Id of the mentor pool."""
    mentees_each: Count = Field(ge=1)
    """Participants that one mentor takes in a period [people]."""


class Programme(Record):
    """One training programme."""

    id: Name
    """Identifier, unique among programmes."""
    name: Name = ""
    """Name as printed; the id when absent."""
    form: Name = "pelatihan"
    """Form (pelatihan, bimtek, e-learning, mentoring, coaching, magang, …); free text."""
    tags: Names = ()
    """Free marks for selectors."""
    provider: Name | None = None
    """Who holds it (penyelenggara), as printed."""
    hours: Quantity = Fraction(0)
    """JP per participant."""
    closes: Annotated[dict[Name, Share], Field(min_length=1)]
    """Expected share of participants whose gap is closed, by competency id [0 < e <= 1]."""
    for_: GroupSelector = Field(default=GroupSelector(), alias="for")
    """Groups that may take part; all when absent."""
    periods: Names | None = None
    """Periods in which it may be held; all when absent."""
    class_size: ClassSize | None = None
    """Size of a class; without it there are no classes (self-paced, mentoring)."""
    classes: ClassLimits = ClassLimits()
    """Limits on the number of classes."""
    requires: Names = ()
    """Ids of programmes to be taken before or in the same period."""
    mentors: Mentoring | None = None
    """Mentors it needs."""
    costs: tuple[CostItem, ...] = ()
    """Cost lines."""

    @property
    def label(self) -> str:
        return self.name or self.id

    def items(self, per: CostBasis) -> tuple[CostItem, ...]:
        """The cost lines due per participant, class or programme."""
        return tuple(item for item in self.costs if item.per == per)
