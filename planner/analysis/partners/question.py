"""The question `partners`: what each partner brings, with a page for each."""

from __future__ import annotations

from planner.analysis.parameters import Ids, Parameters, parameter
from planner.analysis.partners.contributions import Partners, partners
from planner.analysis.partners.partners_varied import refuse_unknown
from planner.analysis.partners.subsets import Subsets
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.locale import N_


class Contributions(Parameters):
    partners: Ids = parameter(
        (),
        N_(
            "Weigh these partners alone, up to eight, and take the others to be there in any case.  [default: all; of"
            " more than eight those that carry most of the plan]"
        ),
        metavar=N_("ID,..."),
    )


def prepare(source: Source, parameters: Contributions) -> Ask:
    """Refuse names that are no partners of the scenario."""
    refuse_unknown(source.scenario, parameters.partners)
    return lambda inquiry: [partners(inquiry, parameters.partners, inquiry.shared(Subsets))]


DEFINITION = Definition(
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
    parameters=Contributions,
    prepare=prepare,
    sections=(AnswerSection(Partners, "partners", N_("What each partner brings"), "partners"),),
)
