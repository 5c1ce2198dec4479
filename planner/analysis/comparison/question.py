"""The question `compare`: plans side by side, and the effect of each changed input."""

from __future__ import annotations

from planner.analysis.comparison.causes import Causes
from planner.analysis.parameters import Parameters, parameter
from planner.analysis.question import AnswerSection, Definition
from planner.locale import N_


class SideBySide(Parameters):
    causes: bool | None = parameter(
        None,
        N_("Say what each changed input brings, or leave it out.  [default: said of two plans, left out for more]"),
    )


DEFINITION = Definition(
    help=N_(
        "Holds plans side by side, the first being the base: what differs in the inputs, then gaps closed, cost by"
        " fund, coverage, and which programmes gain or lose classes. Takes scenarios, which it plans, and folders of"
        " results, which it reads and checks again. Says also what each changed input brings, one after the other in"
        " the order of the file, adding exactly to the difference: for that a plan is made after each change but the"
        " last."
    ),
    examples=(
        (
            "planner compare scenarios/jambi-2027.yaml scenarios/jambi-2027-tanpa-mitra.yaml",
            N_("What do the partners bring?"),
        ),
        ("planner compare reports/jambi-2027 reports/jambi-2027-pemotongan-15", N_("Plans that are already made:")),
        (
            "planner compare scenarios/jambi-2027.yaml scenarios/jambi-2027-mitra-penuh.yaml --no-causes",
            N_("Only side by side, without further plans:"),
        ),
    ),
    parameters=SideBySide,
    sections=(AnswerSection(Causes, "causes", N_("Causes of the difference"), "causes"),),
)
