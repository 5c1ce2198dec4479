"""Who pays, in a few columns: the funds that pay, or of very many those that pay most and the others together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from planner.locale import _
from planner.report.material import Material

MOST_PAYERS: Final = 10
"""Maximum number of columns of payers."""


class Payer(NamedTuple):
    """A column of payments: one fund, or several together."""

    label: str
    funds: tuple[str, ...]

    def of(self, paid: Mapping[str, int]) -> int:
        """Return the sum that this column shows of the payments of each fund [rupiah]."""
        return sum(paid.get(fund, 0) for fund in self.funds)


def payers(material: Material, paid: Mapping[str, int]) -> tuple[Payer, ...]:
    """Return the payers of what each fund pays [rupiah], in file order; the others last."""
    paying = [fund for fund in material.scenario.funds if paid.get(fund.id)]
    if len(paying) <= MOST_PAYERS:
        return tuple(Payer(fund.label, (fund.id,)) for fund in paying)
    named = {fund.id for fund in sorted(paying, key=lambda fund: -paid[fund.id])[: MOST_PAYERS - 1]}
    others = tuple(fund.id for fund in paying if fund.id not in named)
    return (
        *(Payer(fund.label, (fund.id,)) for fund in paying if fund.id in named),
        Payer(_("Other funds"), others),
    )
