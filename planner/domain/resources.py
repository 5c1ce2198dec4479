"""Resources: places, trainers and rooms that programmes need besides money, with a limited amount in each period."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from planner.domain.base import Name, Quantity, Record

UseBasis = Literal["participant", "class", "programme"]

EVERY_PERIOD = "of every period"
NAMED_PERIODS = "of named periods"
"""Tags of the two forms of an amount; no key of the format is called so."""


def _amount_form(value: Any) -> str:
    return NAMED_PERIODS if isinstance(value, Mapping) else EVERY_PERIOD


class Resource(Record):
    """Something that programmes use, such as beds, trainers' hours or rooms."""

    id: Name
    """Identifier, unique among resources."""
    name: Name = ""
    """Name as printed; the id when absent."""
    unit: Name | None = None
    """Unit of its amounts, such as orang-malam, JP or ruang."""
    amount: Annotated[
        Annotated[Quantity, Tag(EVERY_PERIOD)] | Annotated[dict[Name, Quantity], Tag(NAMED_PERIODS)],
        Discriminator(_amount_form),
    ]
    """What there is in each period [unit]: one number for all, or one for each named period and 0 for the others."""

    @property
    def label(self) -> str:
        return self.name or self.id

    def in_period(self, period: str) -> Fraction:
        """Return what there is in `period` [unit]."""
        if isinstance(self.amount, dict):
            return self.amount.get(period, Fraction(0))
        return self.amount


class Use(Record):
    """How much of a resource a programme uses: `amount` for the whole run, or `each_period` of it."""

    per: UseBasis
    """Used for each participant, for each class, or by the programme in every period in which it runs."""
    amount: Quantity | None = Field(default=None)
    """Units for the whole run of each participant or class, spread evenly over its periods [unit]."""
    each_period: Quantity | None = Field(default=None)
    """Units in each period of the run, for what is needed throughout [unit]; instead of `amount`."""

    def in_each(self, periods: int) -> Fraction:
        """Return the units used in one period of a run over `periods` periods; a use per programme has all in every
        period."""
        if self.each_period is not None:
            return self.each_period
        total = self.amount or Fraction(0)
        return total if self.per == "programme" else total / periods
