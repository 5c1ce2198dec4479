"""Sheets of what has happened already; only a scenario with actuals has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.locale import N_
from planner.scenario_io.scenario_workbook.columns import FormColumn, Sheet

CLOSED_NOTE: Final = N_("Gaps closed as measured. Blank: not measured, so they count as expected.")

_PROGRAMME: Final = FormColumn(
    "programme", "name", (N_("Programme"),), N_("Id of the programme, as on the sheet of programmes."), required=True,
    refers="programmes", width=22,
)  # fmt: skip
_GROUP: Final = FormColumn(
    "group", "name", (N_("Group"),), N_("Id of the group, as on the sheet of groups."), required=True, refers="groups",
    width=22,
)  # fmt: skip
_FUND: Final = FormColumn(
    "fund", "name", (N_("Fund"),), N_("Id of the fund, as on the sheet of funds."), required=True, refers="funds",
    width=16,
)  # fmt: skip
_PERIOD: Final = FormColumn(
    "period", "name", (N_("Period"),), N_("Period in which it began or was paid."), required=True
)
_CLASSES: Final = FormColumn("classes", "count", (N_("Classes"),), N_("Number of classes."), required=True)

ATTENDED: Final = Sheet(
    "attended", ("Realisasi peserta", "Attended"),
    (
        _PROGRAMME, _PERIOD, _GROUP,
        FormColumn("participants", "count", (N_("Participants"),), N_("People who attended."), required=True),
    ),
    N_("Who attended what, in periods that are over; one more column closed.<competency> for each competency of which"
       " closings were measured."),
    optional=True,
)  # fmt: skip
HELD: Final = Sheet(
    "held", ("Realisasi angkatan", "Held"), (_PROGRAMME, _PERIOD, _CLASSES),
    N_("Classes held, in periods that are over."), optional=True,
)  # fmt: skip
PAID: Final = Sheet(
    "paid", ("Realisasi pembayaran", "Paid"),
    (
        _FUND,
        FormColumn("programme", "name", (N_("Programme"),), N_("Id of the programme; blank for a socialization or an"
                   " agreement."), refers="programmes", width=22),
        FormColumn("group", "name", (N_("Group"),), N_("Id of the group; blank for what is not paid per participant."),
                   refers="groups", width=22),
        FormColumn("item", "name", (N_("Cost item"),), N_("Name of the cost item; socialization, or agreement:<fund>,"
                   " without a programme."), required=True, width=36),
        FormColumn("account", "name", (N_("Account"),), N_("Account code (kode rekening)."), width=20),
        _PERIOD,
        FormColumn("amount", "amount", (N_("Amount"),), N_("What was paid [rupiah]."), required=True, width=16),
    ),
    N_("Payments made."), optional=True,
)  # fmt: skip
COMMITTED: Final = Sheet(
    "committed", ("Angkatan terikat", "Committed"), (_PROGRAMME, _PERIOD, _CLASSES),
    N_("Classes of later periods that are promised already."), optional=True,
)  # fmt: skip
SEATS_GIVEN: Final = Sheet(
    "seats_given", ("Realisasi kursi", "Seats given"),
    (
        _FUND, _PROGRAMME, _GROUP, _PERIOD,
        FormColumn("seats", "count", (N_("Free seats"),), N_("Free seats given."), required=True),
    ),
    N_("Free seats given, in periods that are over."), optional=True,
)  # fmt: skip

ACTUALS: Final[Mapping[str, Sheet]] = {
    "attended": ATTENDED, "held": HELD, "paid": PAID, "committed": COMMITTED, "seats": SEATS_GIVEN,
}  # fmt: skip
"""The sheet of each list of actuals."""
