"""ASN groups: people of like post, place and gaps, and the pools of mentors among them."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from planner.domain.base import Count, Name, Names, Quantity, Record, Rupiah, Share
from planner.domain.selectors import GroupSelector, attribute_values


class Socialization(Record):
    """A measure (sosialisasi) that raises a group's willingness to be trained."""

    raises_uptake_to: Share
    """Share of the group willing after it [0-1]; at least the group's uptake."""
    cost: Rupiah
    """Its cost, paid once by own funds [rupiah]."""
    account: Name | None = None
    """Account code (kode rekening) of that cost."""


class Group(Record):
    """One group of ASN."""

    id: Name
    """Identifier, unique among groups."""
    name: Name = ""
    """Name as printed; the id when absent."""
    agency: Name | None = None
    """Agency (perangkat daerah)."""
    location: Name | None = None
    """Place of work."""
    level: Name | None = None
    """Level of post."""
    employment: Literal["pns", "pppk"] | None = None
    """Permanent (pns) or contract (pppk)."""
    tags: Names = ()
    """Free marks for selectors."""
    headcount: Count
    """People in the group."""
    weight: Quantity = Field(default=Fraction(1), gt=0)
    """Priority of the group: worth of one of its closed gaps relative to others [weight > 0]."""
    gaps: dict[Name, Count] = Field(default_factory=dict)
    """People below the job standard, by competency id [people, at most the headcount]."""
    uptake: Share = Fraction(1)
    """Share of the group willing to take part today [0-1]."""
    socialization: Socialization | None = None
    """What would raise the uptake, and at what cost."""
    max_hours: Quantity | None = None
    """JP per person within the horizon; unlimited when absent."""
    release: Share = Fraction(1)
    """Share of the headcount that may be in class in one period [0-1]."""

    @property
    def label(self) -> str:
        return self.name or self.id

    def attributes(self) -> dict[str, tuple[str, ...]]:
        """What selectors see of the group."""
        return {name: attribute_values(getattr(self, name)) for name in GroupSelector.model_fields}

    def willing(self, socialized: bool) -> Fraction:
        """Share of the group that will take part: r[g] = uptake, or raises_uptake_to once socialized [0-1]."""
        return self.socialization.raises_uptake_to if socialized and self.socialization else self.uptake


class MentorPool(Record):
    """Seniors who may mentor juniors: a share of the headcount of the groups selected."""

    id: Name
    """Identifier, unique among pools."""
    name: Name = ""
    """Name as printed; the id when absent."""
    from_: GroupSelector = Field(alias="from")
    """Groups the mentors come from."""
    share: Share
    """Mentors = floor(share x headcount selected) [0-1]."""

    @property
    def label(self) -> str:
        return self.name or self.id
