"""What has happened already (realisasi): what was attended, held, paid, committed and given until a period is over."""

from fractions import Fraction

from pydantic import Field

from planner.domain.base import Count, Name, Quantity, Record, Rupiah
from planner.domain.codes import Account


class Attended(Record):
    """People of one group who started a programme in a period that is over."""

    programme: Name
    """Programme attended."""
    period: Name
    """Period in which it started."""
    group: Name
    """Group of the participants."""
    participants: Count
    """People who attended [people]."""
    closed: dict[Name, Quantity] = Field(default_factory=dict)
    """Gaps closed as measured, by competency; those that the programme closes and that are left out count as
    expected [people, at most the participants]."""

    @property
    def measured(self) -> dict[str, Fraction]:
        """Gaps closed by competency, as far as they were measured [people]."""
        return self.closed


class Held(Record):
    """Classes of one programme that started in a period that is over."""

    programme: Name
    """Programme held."""
    period: Name
    """Period in which the classes started."""
    classes: Count
    """Classes (angkatan) held."""


class Paid(Record):
    """One payment made until now; a payment of 0 says that nothing more is due for the item."""

    fund: Name
    """Fund that paid."""
    programme: Name | None = None
    """Programme paid for; none for a socialization or an agreement."""
    group: Name | None = None
    """Group of a participant item or of a socialization."""
    item: Name
    """Cost item; `socialization` or `agreement:<fund>` without a programme."""
    account: Account | None = None
    """Account code (kode rekening)."""
    period: Name
    """Period of the payment."""
    amount: Rupiah
    """What was paid [rupiah]."""


class CommittedClasses(Record):
    """Classes of a later period that are promised already."""

    programme: Name
    """Programme promised."""
    period: Name
    """Period in which the classes start; it is not over yet."""
    classes: Count
    """The fewest classes that the plan holds then."""


class SeatsGiven(Record):
    """Free seats that a fund gave in a period that is over."""

    fund: Name
    """Fund that gave the seats."""
    programme: Name
    """Programme in which the seats were."""
    group: Name
    """Group that took them."""
    period: Name
    """Period in which the programme started."""
    seats: Count
    """Free seats given [people]."""


class Actuals(Record):
    """What has happened until now. `table` names a workbook, or a folder of CSV files, with these lists as sheets."""

    through: Name
    """This period and those before it are over."""
    attended: tuple[Attended, ...] = ()
    """Who attended what."""
    held: tuple[Held, ...] = ()
    """Classes held."""
    paid: tuple[Paid, ...] = ()
    """Payments made."""
    committed: tuple[CommittedClasses, ...] = ()
    """Classes of later periods that are promised: the plan holds at least so many."""
    seats: tuple[SeatsGiven, ...] = ()
    """Free seats given."""


SHEETS = ("attended", "held", "paid", "committed", "seats")
"""Names of the lists: sheets of a workbook, or CSV files of a folder."""
