"""One payment: what a fund pays for one cost cell."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.cells import Cell


@dataclass(frozen=True, slots=True)
class Payment:
    """Rupiah that a fund pays for one cost cell."""

    fund: str
    programme: str | None
    group: str | None
    item: str
    account: str | None
    period: str
    amount: int
    actual: bool = False
    """Whether it was made already."""

    @property
    def cell(self) -> Cell:
        """What is paid for; together with the fund it is the key of the payment."""
        return Cell(self.programme, self.group, self.item, self.account, self.period)
