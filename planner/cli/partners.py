"""`planner partners`: what each partner brings, with a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli import asking, spoken
from planner.cli.asking import Asking
from planner.locale import N_

if TYPE_CHECKING:
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario


@spoken.command(
    "partners",
    help=N_(
        "What each partner brings: gaps that would stay open without it, the groups that gain, the own money it frees,"
        " and its fair share of what all partners achieve together. With a page for each partner that can be handed to"
        " it."
    ),
    examples=(
        ("planner partners scenarios/jambi-2027.yaml", N_("What does each partner make possible?")),
        (
            "planner partners scenarios/jambi-2027.yaml --partners unja,lan",
            N_("For two of them, the others being there in any case:"),
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
        "Weigh these partners alone, up to eight, and take the others to be there in any case.  [default: all; of more"
        " than eight those that carry most of the plan]"
    ),
)
def command(asked: Asking, asked_for: str) -> int:
    """Answer on the page partners.html."""
    names = partner_names(asked, asked_for)

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.partners.contributions import partners

        return [partners(inquiry, names)]

    return asking.answer(asked, "partners", question)


def partner_names(asked: Asking, text: str) -> tuple[str, ...]:
    """The partners named in `text`; InputError, before anything is planned, for names that the scenario does not
    have."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if names:
        from planner.analysis.partners.partners_varied import refuse_unknown
        from planner.scenario_io import read_located

        refuse_unknown(read_located(asked.scenario, asked.changes).scenario, names)
    return names
