"""The question `dropout`: what is left when partners do not come, and the plan that loses least."""

from __future__ import annotations

from planner.analysis.dropout.expected import DropOut, drop_out
from planner.analysis.parameters import Ids, Parameters, parameter
from planner.analysis.partners.partners_varied import refuse_unknown
from planner.analysis.partners.subsets import Subsets
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.locale import N_


class WhoMayStayAway(Parameters):
    partners: Ids = parameter(
        (),
        N_(
            "Only these partners may stay away, up to eight; the others come in any case.  [default: all that are not"
            " certain; of more than eight those that carry most of the plan]"
        ),
        metavar=N_("ID,..."),
    )


def prepare(source: Source, parameters: WhoMayStayAway) -> Ask:
    """Refuse names that are no partners of the scenario."""
    refuse_unknown(source.scenario, parameters.partners)
    return lambda inquiry: [drop_out(inquiry, parameters.partners, inquiry.shared(Subsets))]


DEFINITION = Definition(
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
    parameters=WhoMayStayAway,
    prepare=prepare,
    sections=(AnswerSection(DropOut, "dropout", N_("If partners do not come"), "dropout"),),
)
