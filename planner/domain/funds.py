"""Funds: the agency's own budget and the partners, each with its conditions."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from planner.domain.base import Count, Name, Quantity, Record, Rupiah, Share
from planner.domain.codes import WholeAccount
from planner.domain.selectors import GroupSelector, ItemSelector, ProgrammeSelector
from planner.locale import _

FundKind = Literal["own", "partner"]

_SUM: Final = object()
"""Stands for the amount of a fund that states its amounts per year."""


def _no_second_amount(value: Any, info: ValidationInfo) -> Any:
    """Return the sum of `amounts` where a fund states these; raise ValueError where it states an amount as well."""
    if value is _SUM:
        return sum(info.data.get("amounts", {}).values())
    if info.data.get("amounts"):
        sentence = _("a fund has an amount for the whole horizon or amounts per year, not both.")
        raise PydanticCustomError("planner", "{sentence}", {"sentence": sentence})
    return value


class Pays(Record):
    """What a fund may pay; an absent selector selects everything."""

    programmes: ProgrammeSelector = ProgrammeSelector.model_construct()
    """Programmes it may pay."""
    groups: GroupSelector = GroupSelector.model_construct()
    """Groups whose participant costs it may pay; class and programme costs are not restricted by this."""
    items: ItemSelector = ItemSelector.model_construct()
    """Cost items it may pay."""


class Match(Record):
    """A condition: the fund gives only in proportion to another fund."""

    with_: Name = Field(alias="with")
    """Id of the other fund."""
    ratio: Quantity
    """This fund's total spend <= ratio x spend of the other."""


class AgreementCost(Record):
    """What it costs to use a fund at all (an MoU); paid by own funds."""

    amount: Rupiah
    """Cost if the fund is used [rupiah]."""
    account: WholeAccount | None = None
    """Account code (kode rekening)."""


class Fund(Record):
    """One source of money or of free seats."""

    id: Name
    """Identifier, unique among funds."""
    name: Name = ""
    """Name as printed; the id when absent."""
    kind: FundKind
    """own (APBD of the agency) or partner."""
    agency: Name | None = None
    """The agency whose money it is, where others plan along: it pays for seats of that agency's groups and for their
    socialization, and class and programme items only of programmes that are for these groups alone."""
    amounts: dict[Name, Rupiah] = Field(default_factory=dict)
    """What it has in each year, instead of amount [rupiah]; a year not named has nothing."""
    amount: Annotated[Rupiah, BeforeValidator(_no_second_amount)]
    """What it has for the whole horizon [rupiah]; with amounts, their sum."""
    carry_over: bool = False
    """Whether what is left of the amount of a year may be spent in later ones; without it, it lapses."""
    releases: dict[Name, Share] = Field(default_factory=dict)
    """Cumulative share spendable by the end of a period [0-1], of the amount or of that of the period's year; a period
    not named keeps the share of the last one named before it, with amounts in the same year, or 0% before the first.
    Without releases all of it is there from the first period on."""
    pays: Pays = Pays.model_construct()
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
    seats_cover: ItemSelector = ItemSelector.model_construct()
    """Participant items that cost nothing for a free seat; all of them when absent."""
    chance: Share = Fraction(1)
    """Probability that the money arrives [0-1]; for partner-risk analysis, not for the base plan."""

    @model_validator(mode="wrap")
    @classmethod
    def _amount_of_amounts(cls, value: Any, handler: ModelWrapValidatorHandler["Fund"]) -> "Fund":
        if isinstance(value, Mapping) and "amounts" in value and "amount" not in value:
            value = {**value, "amount": _SUM}
        return handler(value)

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

    def counts_like(self, other: Self) -> bool:
        """Return whether both funds count money in the same way, in total or year by year, and so differ in numbers
        alone.

        Where years are counted, plans and models name the period in which a payment falls due.
        """
        return bool(self.amounts) == bool(other.amounts)

    def with_amounts(self, amounts: Mapping[str, int]) -> Self:
        """Return the fund with other amounts per year [rupiah]."""
        return self.model_copy(update={"amounts": dict(amounts), "amount": sum(amounts.values())})

    def with_amount(self, total: int) -> Self:
        """Return the fund with `total` as its amount [rupiah]; amounts per year keep their proportions, each rounded
        down."""
        if not self.amounts:
            return self.model_copy(update={"amount": total})
        weights = self.amounts if any(self.amounts.values()) else dict.fromkeys(self.amounts, 1)
        whole = sum(weights.values())
        return self.with_amounts({year: total * weight // whole for year, weight in weights.items()})

    def attributes(self) -> dict[str, tuple[str, ...]]:
        """Return what selectors see of the fund."""
        return {"id": (self.id,), "kind": (self.kind,)}
