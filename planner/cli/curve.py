"""`planner curve`: the budget curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli import asking, spoken
from planner.cli.asking import Asking
from planner.errors import InputError, Problem
from planner.locale import N_, _

if TYPE_CHECKING:
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario

DEFAULT_POINTS: Final = 21
MOST_POINTS: Final = 400
DEFAULT_STEP: Final = "100 juta"


class Rupiah(click.ParamType[int]):
    """An amount of money as in scenarios."""

    name = "rupiah"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from planner import units

        text = str(value).strip()
        try:
            return units.read_rupiah(int(text) if text.isascii() and text.isdigit() else text)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@spoken.command(
    "curve",
    help=N_(
        "The budget curve: how many gaps each total of own funds closes, from nothing to what closes everything that"
        " can be closed; what the next money brings; what it takes to close 80, 90 and 100%; and where the curve bends."
        " Partners stay as they are. Every point is a plan of its own, checked like any other."
    ),
    examples=(
        ("planner curve scenarios/jambi-2027.yaml", N_("The whole curve in 21 points:")),
        (
            "planner curve scenarios/jambi-2027.yaml --from '12 miliar' --to '18 miliar' --points 13",
            N_("A part of it, more closely:"),
        ),
        ("planner curve scenarios/jambi-2027.yaml --step '500 juta'", N_("What would the next Rp500 juta bring?")),
    ),
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option(
    "--points",
    type=click.IntRange(min=2, max=MOST_POINTS),
    default=DEFAULT_POINTS,
    show_default=True,
    metavar=N_("N"),
    help=N_("Budgets to plan for; that of today is one of them."),
)
@spoken.option(
    "--from",
    "first",
    type=Rupiah(),
    metavar=N_("RUPIAH"),
    help=N_("Smallest total of own funds.  [default: 0]"),
)
@spoken.option(
    "--to",
    "last",
    type=Rupiah(),
    metavar=N_("RUPIAH"),
    help=N_("Largest total of own funds.  [default: what closes everything that can be closed]"),
)
@spoken.option(
    "--step",
    type=Rupiah(),
    default=DEFAULT_STEP,
    show_default=True,
    metavar=N_("RUPIAH"),
    help=N_("The further amount to ask about: what would so much more of own funds close?"),
)
def command(asked: Asking, points: int, first: int | None, last: int | None, step: int) -> int:
    """Answer on the page curve.html."""
    if last is not None and (first or 0) >= last:
        raise InputError(_("--from must be less than --to."))
    if not step:
        raise InputError(_("--step must be more than Rp0."))
    _refuse_without_own_funds(asked)

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.budget_curve.curve import curve

        return [curve(inquiry, points, first, last, step)]

    return asking.answer(asked, "curve", question)


def _refuse_without_own_funds(asked: Asking) -> None:
    """InputError where there is no own fund whose total could be varied."""
    from planner.scenario_io import read_located

    loaded = read_located(asked.scenario, asked.changes)
    if not any(fund.own for fund in loaded.scenario.funds):
        file, line, column = loaded.where(("funds",))
        message = _("this scenario has no own funds, so there is no budget to draw a curve of.")
        remedy = _("Ask about its partners instead: planner whatif {path} --vary partners=0%,50%,100%")
        raise InputError([Problem(message, remedy.format(path=asked.scenario), "funds", file, line, column)])
