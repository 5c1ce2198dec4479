"""The question `sure`: what is left of the plan in the worst case of its assumptions."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from planner.analysis.parameters import Parameters, parameter, require
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.analysis.sure.limits import Corner, Factors, worst_corner
from planner.analysis.sure.worst import Sure, sure
from planner.locale import N_, _

RANGE = N_("LOW..HIGH")


class Doubts(Parameters):
    closes: Factors = parameter(
        "0.9..1",
        N_("Range of the factor on the chance that training closes a gap (closes)."),
        metavar=RANGE,
    )
    uptake: Factors = parameter(
        "0.9..1",
        N_("Range of the factor on the share of people who are willing (uptake, raises_uptake_to)."),
        metavar=RANGE,
    )
    prices: Factors = parameter("1..1.1", N_("Range of the factor on all prices."), metavar=RANGE)

    @property
    def corner(self) -> Corner:
        return worst_corner(self.closes, self.uptake, self.prices)

    @model_validator(mode="after")
    def _something_varies(self) -> Self:
        corner = self.corner
        require(
            corner.closes != 1 or corner.uptake != 1 or corner.prices != 1,
            _("Within these ranges nothing turns out worse than assumed. Widen one of them: --closes 0.9..1."),
        )
        return self


def prepare(source: Source, parameters: Doubts) -> Ask:
    return lambda inquiry: [sure(inquiry, parameters.corner)]


DEFINITION = Definition(
    help=N_(
        "How sure the plan is: what the plan that is kept still closes where training works less "
        "well, fewer people are willing and prices are higher than assumed, all at once and within "
        "the ranges given; whether it can still be paid, and what has to be cut; and beside it the "
        "plan made for that worst case."
    ),
    examples=(
        ("planner sure scenarios/jambi-2027.yaml", N_("All assumptions 10% worse at once:")),
        (
            "planner sure scenarios/jambi-2027.yaml --closes 0.8..1 --uptake 1 --prices 1..1.05",
            N_("Ranges of your own; 1 leaves an assumption as it is:"),
        ),
    ),
    parameters=Doubts,
    prepare=prepare,
    sections=(AnswerSection(Sure, "sure", N_("How sure the plan is"), "sure"),),
)
