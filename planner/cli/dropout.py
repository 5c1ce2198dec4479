"""`planner dropout`: what is left when partners do not come, and the plan that loses least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli import asking, spoken
from planner.cli.asking import Asking
from planner.cli.partners import partner_names
from planner.locale import N_

if TYPE_CHECKING:
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario


@spoken.command(
    "dropout",
    help=N_(
        "What is left when partners do not come: every combination of partners, weighed by their chances. Says what is"
        " to be expected, what comes of a bad case and the worst; which classes would be cancelled; and which classes"
        " to commit now so that least is lost."
    ),
    examples=(
        ("planner dropout scenarios/jambi-2027.yaml", N_("How much may the plan lose if partners stay away?")),
        (
            "planner dropout scenarios/jambi-2027.yaml --set funds.tjsl.chance=0.3",
            N_("And if one of them is less likely to come?"),
        ),
    ),
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option(
    "--partners",
    "asked_for",
    default="",
    metavar=N_("ID,..."),
    help=N_(
        "Only these partners may stay away, up to eight; the others come in any case.  [default: all that are not"
        " certain; of more than eight those that carry most of the plan]"
    ),
)
def command(asked: Asking, asked_for: str) -> int:
    """Answer on the page dropout.html."""
    names = partner_names(asked, asked_for)

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.dropout.expected import drop_out

        return [drop_out(inquiry, names)]

    return asking.answer(asked, "dropout", question)
