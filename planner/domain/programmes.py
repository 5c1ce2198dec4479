"""Training programmes: what they close, how they run, and what they cost."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, ModelWrapValidatorHandler, Tag, model_validator

from planner.domain.base import Count, Name, Names, Quantity, Record, Rupiah, Share
from planner.domain.class_dates import ClassDates
from planner.domain.codes import ActivityCode, WholeAccount
from planner.domain.coefficient import Coefficient
from planner.domain.groups import Group
from planner.domain.listed_prices import ListedPrice, as_several
from planner.domain.prices import PriceYear
from planner.domain.resources import Use
from planner.domain.selectors import GroupSelector, attribute_values

CostBasis = Literal["participant", "class", "programme"]


class PriceBy(Record):
    """A price that depends on an attribute of the participant's group, such as travel by location, or on the year."""

    by: Literal["id", "agency", "location", "level", "employment", "year"]
    """Attribute of the group; or year."""
    default: Rupiah | None = None
    """Price for group values or years that are not listed [rupiah per unit]; when absent, each must be listed."""
    prices: dict[Name, Rupiah] = Field(default_factory=dict)
    """Price per value of the attribute [rupiah per unit]. In YAML the values stand beside `by`."""

    @model_validator(mode="wrap")
    @classmethod
    def _values_beside_by(cls, value: Any, handler: ModelWrapValidatorHandler["PriceBy"]) -> "PriceBy":
        if isinstance(value, Mapping) and "prices" not in value:
            named = {key: value[key] for key in ("by", "default") if key in value}
            value = {**named, "prices": {key: price for key, price in value.items() if key not in named}}
        return handler(value)

    def of(self, group: Group, year: PriceYear | None = None) -> int | None:
        """Return the price for people of `group` in a year [rupiah per unit]; None where the scenario gives none."""
        price = self.at(getattr(group, self.by))
        return price if price is None or year is None else year.of(price)

    def in_year(self, year: PriceYear | None) -> int | None:
        """Return the price of a table by year [rupiah per unit]: as listed, or else the default, which grows."""
        if year is None or self.default is None:
            return self.at(None if year is None else year.name)
        return self.prices.get(year.name, year.of(self.default))

    def at(self, value: str | None) -> int | None:
        """Return the price for a value of the attribute [rupiah per unit]; the default for no value."""
        return self.default if value is None else self.prices.get(value, self.default)


def _days_kind(value: Any) -> str:
    return "each" if isinstance(value, list | tuple) else "whole"


def _price_kind(value: Any) -> str:
    return "by" if isinstance(value, Mapping | PriceBy) else "amount"


class CostItem(Record):
    """One line of a programme's costs."""

    item: Name
    """What is paid for, as printed."""
    account: WholeAccount | None = None
    """Account code (kode rekening)."""
    per: CostBasis
    """Due per participant, per class, or once if the programme runs at all."""
    quantity: Coefficient = Fraction(1)
    """Units for each participant, class or programme (koefisien); a number, or factors such as {OJ: 4, hari: 3}."""
    unit: Name | None = None
    """Unit of the quantity, such as OJ, OH or OK."""
    price: Annotated[Annotated[Rupiah, Tag("amount")] | Annotated[PriceBy, Tag("by")], Discriminator(_price_kind)]
    """Price of one unit [rupiah]; for participant items it may depend on the group (`by`)."""
    tax: Share = Fraction(0)
    """Tax on the price, added to it [0-1]; the tax on one unit must be whole rupiah."""
    listed: tuple[ListedPrice, ...] = ()
    """The entries of price lists that the price was taken from; in a file the price is {from: ssh, code: ...}."""
    ceiling: Annotated[tuple[ListedPrice, ...], BeforeValidator(as_several)] = ()
    """Entries of price lists that an own price may not exceed, such as {from: sbu, code: ...}."""

    def attributes(self) -> dict[str, tuple[str, ...]]:
        """Return what selectors see of the item."""
        return {"item": (self.item,), "account": attribute_values(self.account), "per": (self.per,)}

    def price_for(self, group: Group | None, year: PriceYear | None = None) -> int | None:
        """Return the price of one unit with its tax in a year [rupiah], for `group` where it depends on the group; None
        where there is none.

        Without a year it is the price as written: that of the first year, unless the price is a table by year.
        """
        price = self._net_price(group, year)
        return None if price is None else self.with_tax(price)

    def with_tax(self, price: int) -> int:
        """Return price + tax on one unit [rupiah]; the tax on a price that has grown is rounded to whole rupiah."""
        return price + floor(price * self.tax + Fraction(1, 2)) if self.tax else price

    @property
    def differs_by_group(self) -> bool:
        """Whether the price depends on the group."""
        return isinstance(self.price, PriceBy) and self.price.by != "year"

    def _net_price(self, group: Group | None, year: PriceYear | None) -> int | None:
        if isinstance(self.price, PriceBy):
            if self.price.by == "year":
                return self.price.in_year(year)
            return None if group is None else self.price.of(group, year)
        return self.price if year is None else year.of(self.price)

    def unit_cost(self, group: Group | None = None, year: PriceYear | None = None) -> int:
        """Return quantity x price with tax in a year: what one participant, class or programme costs [rupiah].

        A scenario that passed validation has a price for every eligible group and year, in whole rupiah.
        """
        price = self.price_for(group, year)
        if price is None:
            raise KeyError(f"{self.item}: no price for {group and group.id}")
        cost, rest = divmod(self.quantity.numerator * price, self.quantity.denominator)
        if rest:
            raise ValueError(f"{self.item}: {self.quantity} x {price} is not whole rupiah")
        return cost


class ClassSize(Record):
    """How many people a class holds."""

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


class AnyOf(Record):
    """A prerequisite that any one of several programmes meets."""

    any: Annotated[Names, Field(min_length=1)]
    """Ids of programmes of which one is enough."""


def _requirement_form(value: Any) -> str:
    return ANY_OF if isinstance(value, Mapping | AnyOf) else ONE


ONE = "one programme"
ANY_OF = "any of several"
"""Tags of the two forms of a prerequisite; no key of the format is called so."""

Requirement = Annotated[Annotated[Name, Tag(ONE)] | Annotated[AnyOf, Tag(ANY_OF)], Discriminator(_requirement_form)]


def _as_list(value: Any) -> Any:
    """Return one prerequisite as a list of one."""
    return value if value is None or isinstance(value, list | tuple) else (value,)


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
    activity: ActivityCode | None = None
    """Code of the activity of the budget (sub kegiatan) that it belongs to."""
    provider: Name | None = None
    """Who holds it (penyelenggara), as printed."""
    hours: Quantity = Fraction(0)
    """JP per participant."""
    days: (
        Annotated[
            Annotated[Quantity, Tag("whole")] | Annotated[tuple[Quantity, ...], Tag("each")], Discriminator(_days_kind)
        ]
        | None
    ) = None
    """Training days per participant, 0 for what is done beside work; a list gives them for each period of the run.
    hours / hours_per_day when absent."""
    lasts: Count = Field(default=1, ge=1)
    """Periods that it runs, from the one in which it starts."""
    closes: Annotated[dict[Name, Share], Field(min_length=1)]
    """Expected share of participants whose gap is closed, by competency id [0 < e <= 1]."""
    for_: GroupSelector = Field(default=GroupSelector.model_construct(), alias="for")
    """Groups that may take part; all when absent."""
    periods: Names | None = None
    """Periods in which it may start; all when absent."""
    class_size: ClassSize | None = None
    """Size of a class; without it there are no classes (self-paced, mentoring)."""
    classes: ClassLimits = ClassLimits.model_construct()
    """Limits on the number of classes."""
    dates: ClassDates = ()
    """Days of the classes whose days are fixed, such as 5-7 April 2027; they change no plan."""
    smallest: Count = Field(default=1, ge=1)
    """Fewest participants of a group that start it in the same period, if any do [people]."""
    requires_: Annotated[tuple[Requirement, ...], BeforeValidator(_as_list)] = Field(default=(), alias="requires")
    """Programmes to be finished before: all ids listed, and one of each `any`.

    A prerequisite that lasts a single period may be taken in the same period.
    """
    mentors: Mentoring | None = None
    """Mentors it needs."""
    uses: dict[Name, Use] = Field(default_factory=dict)
    """What it uses of places, trainers and rooms, by resource id."""
    costs: tuple[CostItem, ...] = ()
    """Cost lines."""

    @property
    def label(self) -> str:
        return self.name or self.id

    @property
    def prerequisites(self) -> tuple[tuple[str, ...], ...]:
        """Each prerequisite as the programmes that meet it: one, or any of several."""
        return tuple(each.any if isinstance(each, AnyOf) else (each,) for each in self.requires_)

    def items(self, per: CostBasis) -> tuple[CostItem, ...]:
        """Return the cost lines due per participant, class or programme."""
        return tuple(item for item in self.costs if item.per == per)
