"""Funds: the agency's own budget and the partners, each with its conditions."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from planner.domain.base import Count, Name, Quantity, Record, Rupiah, Share
from planner.domain.selectors import GroupSelector, ItemSelector, ProgrammeSelector

FundKind = Literal["own", "partner"]


class Pays(Record):
    """What a fund may pay; each selector left out selects everything."""

    programmes: ProgrammeSelector = ProgrammeSelector()
    """Programmes it may pay."""
    groups: GroupSelector = GroupSelector()
    """Groups whose participant costs it may pay; class and programme costs are not restricted by this."""
    items: ItemSelector = ItemSelector()
    """Cost items it may pay."""


class Match(Record):
    """A fund that gives only along with another."""

    with_: Name = Field(alias="with")
    """Id of the other fund."""
    ratio: Quantity
    """This fund's total spend <= ratio x spend of the other."""


class AgreementCost(Record):
    """What it costs to use a fund at all (an MoU); paid by own funds."""

    amount: Rupiah
    """Cost if the fund is used [rupiah]."""
    account: Name | None = None
    """Account code (kode rekening)."""


class Fund(Record):
    """One source of money or of free seats."""

    id: Name
    """Identifier, unique among funds."""
    name: Name = ""
    """Name as printed; the id when absent."""
    kind: FundKind
    """own (APBD of the agency) or partner."""
    amount: Rupiah
    """What it has for the whole horizon [rupiah]."""
    releases: dict[Name, Share] = Field(default_factory=dict)
    """Cumulative share spendable by the end of a period [0-1]; 100% for a period not named."""
    pays: Pays = Pays()
    """What it may pay; everything when absent."""
    max_share: Share = Fraction(1)
    """Most it pays of each programme's total cost [0-1]."""
    match: Match | None = None
    """Condition on what another fund spends."""
    minimum: Rupiah = 0
    """If used at all, at least this much [rupiah]."""
    agreement_cost: AgreementCost | None = None
    """Cost to own funds if this fund is used."""
    seats: dict[Name, Count] = Field(default_factory=dict)
    """Free (in-kind) seats by programme id [people]."""
    seats_cover: ItemSelector = ItemSelector()
    """Participant items that cost nothing for a free seat; all of them when absent."""
    chance: Share = Fraction(1)
    """Probability that the money arrives [0-1]; for partner-risk analysis, not for the base plan."""

    @property
    def label(self) -> str:
        return self.name or self.id

    @property
    def own(self) -> bool:
        return self.kind == "own"

    @property
    def agreement(self) -> int:
        """Agreement cost if the fund is used [rupiah]."""
        return self.agreement_cost.amount if self.agreement_cost else 0

    @property
    def conditional(self) -> bool:
        """Whether using the fund at all is a decision: it has a minimum or an agreement cost."""
        return self.minimum > 0 or self.agreement > 0

    def attributes(self) -> dict[str, tuple[str, ...]]:
        """What selectors see of the fund."""
        return {"id": (self.id,), "kind": (self.kind,)}
