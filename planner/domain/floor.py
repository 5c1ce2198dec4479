"""The legal floor of the training budget."""

from collections.abc import Mapping
from math import ceil
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from planner.domain.base import Name, Record, Rupiah, Share, Text


class Floor(Record):
    """The least that a region must set aside for training its civil servants, as a share of its spending."""

    share: Share = Field(gt=0)
    """Least share of total regional spending [0-1]."""
    of: Rupiah
    """Total regional spending (belanja daerah) of the year [rupiah]."""
    other_countable: Rupiah = 0
    """Spending outside this plan that counts too, such as the rest of the training agency's budget without salaries and
    maintenance [rupiah]."""
    citation: Text | None = None
    """Source of the share and of the spending, as printed."""

    @property
    def required(self) -> int:
        """share x of, rounded up: the least amount that reaches the share [rupiah]."""
        return ceil(self.share * self.of)


ONE_FLOOR = "one floor"
BY_YEAR = "a floor by year"
"""Tags of the two forms of the floor; no key of the format is called so."""


def _kind(value: Any) -> str:
    """Return the tag of one floor for all, or of one floor for each year, by whether the keys are years."""
    years = isinstance(value, Mapping) and bool(value) and all(str(key).strip().isdigit() for key in value)
    return BY_YEAR if years else ONE_FLOOR


FloorEntry = Annotated[
    Annotated[Floor, Tag(ONE_FLOOR)] | Annotated[dict[Name, Floor], Tag(BY_YEAR)], Discriminator(_kind)
]
"""The legal floor as a file writes it: one block, which is of the first year, or one for each year."""
