"""ASN groups: people with similar posts, places and gaps, and the pools of mentors among them."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from pydantic import Field

from planner.domain.base import Count, Name, Names, Quantity, Record, Rupiah, Share
from planner.domain.codes import WholeAccount
from planner.domain.selectors import GroupSelector, attribute_values

Employment = Literal["pns", "pppk"]
EMPLOYMENT_NAMES: Final[Mapping[str, str]] = {"pns": "PNS", "pppk": "PPPK"}
"""Names of the kinds of employment, the same in all languages."""


class Socialization(Record):
    """A measure (sosialisasi) that raises a group's willingness to be trained."""

    raises_uptake_to: Share
    """Share of the group willing after it [0-1]; at least the group's uptake."""
    cost: Rupiah
    """Its cost, paid once by own funds [rupiah]."""
    account: WholeAccount | None = None
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
    employment: Employment | None = None
    """Permanent (pns) or contract (pppk)."""
    tags: Names = ()
    """Free marks for selectors."""
    headcount: Count
    """People in the group."""
    weight: Quantity = Field(default=Fraction(1), gt=0)
    """Priority of the group: worth of one of its closed gaps relative to others [weight > 0]."""
    gaps: dict[Name, Count] = Field(default_factory=dict)
    """People below the job standard, by competency id [people, at most the headcount]."""
    new_gaps: dict[Name, dict[Name, Count]] = Field(default_factory=dict)
    """People who fall below it from a year on, by year and competency id; they add to the gaps [people]."""
    uptake: Share = Fraction(1)
    """Share of the group willing to take part today [0-1]."""
    socialization: Socialization | None = None
    """What would raise the uptake, and at what cost."""
    max_hours: Quantity | None = None
    """Most JP that one person may take in a year; programmes with more are closed to the group. Unlimited if absent."""
    hours_before: Quantity = Fraction(0)
    """JP that each of them has taken in the first year before the plan: max_hours of that year has less left, and they
    count towards hours_target [JP]."""
    release: Share | None = None
    """Share of the group's working days that may go to class in one period [0-1]; unlimited when absent."""
    completed: dict[Name, Count] = Field(default_factory=dict)
    """People who attended a programme before the horizon, by programme id; prerequisites count them [people]."""

    @property
    def label(self) -> str:
        return self.name or self.id

    @property
    def persuadable(self) -> bool:
        """Whether its socialization raises the uptake; one that raises nothing is never given."""
        return self.socialization is not None and self.socialization.raises_uptake_to > self.uptake

    @property
    def needs(self) -> Mapping[str, int]:
        """All gaps that exist by the end of the plan, by competency id: those of today and new ones [people]."""
        return self.needs_by(None)

    def needs_by(self, year: str | None) -> Mapping[str, int]:
        """Return the gaps that exist by the end of a year, or of the plan, by competency id [people]."""
        if not self.new_gaps:
            return self.gaps
        needs = dict(self.gaps)
        for since, more in sorted(self.new_gaps.items()):
            for competency, people in more.items():
                needs[competency] = needs.get(competency, 0) + (people if year is None or since <= year else 0)
        return needs

    def attributes(self) -> Mapping[str, tuple[str, ...]]:
        """Return what selectors see of the group."""
        return self._attributes

    @cached_property
    def _attributes(self) -> Mapping[str, tuple[str, ...]]:
        """The same, worked out once for the many checks that ask for it."""
        return {name: attribute_values(getattr(self, name)) for name in GroupSelector.model_fields}

    def willing(self, socialized: bool) -> Fraction:
        """Return the share of the group that will take part: r[g] = uptake, or raises_uptake_to once socialized
        [0-1]."""
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
    """Mentors = share x people selected who attend no mentoring programme in the period [0-1]."""

    @property
    def label(self) -> str:
        return self.name or self.id
