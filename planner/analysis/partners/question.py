"""The question `partners`: the contribution of each partner, with a page for each."""

from __future__ import annotations

from planner.analysis.parameters import Ids, parameter
from planner.analysis.partners.asked import AboutPartners, asking, beginning
from planner.analysis.partners.contributions import Partners, partners
from planner.analysis.question import AnswerSection, Definition
from planner.locale import N_


class Contributions(AboutPartners):
    partners: Ids = parameter(
        (),
        N_(
            "Vary only these partners, at most eight; the others are always present.  [default: all; of more than"
            " eight, those that contribute most]"
        ),
        metavar=N_("ID,..."),
    )


DEFINITION = Definition(
    help=N_(
        "The contribution of each partner: gaps that would stay open without it, the groups that gain, the own"
        " money that it saves, and its fair share of the joint result. With a page for each partner that can be"
        " handed to it."
    ),
    examples=(
        ("planner partners scenarios/jambi-2027.yaml", N_("What does each partner make possible?")),
        (
            "planner partners scenarios/jambi-2027.yaml --partners unja,lan",
            N_("For two of them, with the others always present:"),
        ),
    ),
    parameters=Contributions,
    prepare=asking(partners),
    early=beginning(),
    sections=(AnswerSection(Partners, "partners", N_("Contribution of each partner"), "partners"),),
)
