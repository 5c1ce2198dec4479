"""`planner cuts`: the cut-proof list."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from planner.cli import asking, settings, spoken
from planner.cli.asking import Asking
from planner.errors import InputError
from planner.locale import N_, _

if TYPE_CHECKING:
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario

MOST: Final = 10
"""Cuts at a time."""


@spoken.command(
    "cuts",
    help=N_(
        "The cut-proof list: plans for smaller own funds, each contained in the next larger one, so that a cut takes"
        " from the list and never asks for something new. Says what goes at which cut, what survives all, and what it"
        " costs in gaps that the plans are nested."
    ),
    examples=(
        ("planner cuts scenarios/jambi-2027.yaml", N_("What goes first at cuts of 10, 20 and 30%?")),
        ("planner cuts scenarios/jambi-2027.yaml --cut 5% --cut 15%", N_("For cuts of your own:")),
    ),
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option(
    "--cut",
    "shares",
    type=settings.Share(),
    multiple=True,
    default=("0.1", "0.2", "0.3"),
    show_default=True,
    metavar=N_("SHARE"),
    help=N_("Cut all own funds by this share: 0.1 is 10%. May be given several times."),
)
def command(asked: Asking, shares: tuple[float, ...]) -> int:
    """Answer on the page cuts.html."""
    chosen = sorted({Fraction(repr(share)) for share in shares if share})
    if not chosen:
        raise InputError(_("A cut of 0% cuts nothing. Give at least one larger share with --cut."))
    if len(chosen) > MOST:
        raise InputError(_("At most {number} cuts can be compared at a time.").format(number=MOST))

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.cuts.cut_proof import cuts

        return [cuts(inquiry, chosen)]

    return asking.answer(asked, "cuts", question)
