"""The question `cuts`: the cut-proof list."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from pydantic import field_validator

from planner.analysis.cuts.cut_proof import Cuts, cuts
from planner.analysis.parameters import Parameters, Share, parameter, require
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.locale import N_, _

MOST: Final = 10
"""Cuts at a time."""


class BudgetCuts(Parameters):
    cut: tuple[Share, ...] = parameter(
        ("0.1", "0.2", "0.3"),
        N_("Cut all own funds by this share: 0.1 is 10%. May be given several times."),
        metavar=N_("SHARE"),
    )

    @field_validator("cut")
    @classmethod
    def _some(cls, shares: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
        chosen = tuple(sorted({share for share in shares if share}))
        require(bool(chosen), _("--cut needs at least one share above 0%."))
        require(len(chosen) <= MOST, _("At most {number} cuts can be compared at a time.").format(number=MOST))
        return chosen


def prepare(source: Source, parameters: BudgetCuts) -> Ask:
    return lambda inquiry: [cuts(inquiry, parameters.cut)]


DEFINITION = Definition(
    help=N_(
        "The cut-proof list: plans for smaller own funds, each contained in the next larger one, so that a cut"
        " only removes items from the list. Shows what is removed at which cut, what survives all cuts, and the"
        " gaps that are lost by nesting the plans."
    ),
    examples=(
        ("planner cuts scenarios/jambi-2027.yaml", N_("What is dropped first at cuts of 10, 20 and 30%?")),
        ("planner cuts scenarios/jambi-2027.yaml --cut 5% --cut 15%", N_("For cuts of your own:")),
    ),
    parameters=BudgetCuts,
    prepare=prepare,
    sections=(AnswerSection(Cuts, "cuts", N_("Cut-proof list"), "cuts"),),
)
