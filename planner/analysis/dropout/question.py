"""The question `dropout`: the expected result if partners withdraw, and the plan that loses least."""

from __future__ import annotations

from planner.analysis.dropout.expected import DropOut, drop_out
from planner.analysis.parameters import Ids, Parameters, parameter
from planner.analysis.partners.partner_roles import refuse_unknown
from planner.analysis.partners.subsets import PartnerSubsets
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.locale import N_


class WhoMayStayAway(Parameters):
    partners: Ids = parameter(
        (),
        N_(
            "Only these partners may withdraw, at most eight; the others are certain.  [default: all that are not"
            " certain; of more than eight, those that contribute most]"
        ),
        metavar=N_("ID,..."),
    )


def prepare(source: Source, parameters: WhoMayStayAway) -> Ask:
    """Return the function that answers. Raise InputError for names that are not partners of the scenario."""
    refuse_unknown(source.scenario, parameters.partners)
    return lambda inquiry: [drop_out(inquiry, parameters.partners, inquiry.shared(PartnerSubsets))]


DEFINITION = Definition(
    help=N_(
        "What remains if partners withdraw: every combination of partners, weighted by their chances. Shows the"
        " expected, a bad and the worst result; the classes that would be cancelled; and the classes to commit"
        " now so that least is lost."
    ),
    examples=(
        ("planner dropout scenarios/jambi-2027.yaml", N_("How much may be lost if partners withdraw?")),
        (
            "planner dropout scenarios/jambi-2027.yaml --set funds.tjsl.chance=0.3",
            N_("With a smaller chance for one of them:"),
        ),
    ),
    parameters=WhoMayStayAway,
    prepare=prepare,
    sections=(AnswerSection(DropOut, "dropout", N_("If partners do not come"), "dropout"),),
)
