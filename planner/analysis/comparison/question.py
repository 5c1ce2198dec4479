"""The question `compare`: plans side by side, and the effect of each changed input."""

from __future__ import annotations

from planner.analysis.comparison.causes import Causes
from planner.analysis.parameters import Parameters, parameter
from planner.analysis.question import AnswerSection, Definition
from planner.locale import N_


class SideBySide(Parameters):
    causes: bool | None = parameter(
        None,
        N_("Show the effect of each changed input, or not.  [default: only for two plans]"),
    )


DEFINITION = Definition(
    help=N_(
        "Compares plans side by side; the first is the base: changed inputs, gaps closed, cost by fund, coverage,"
        " and programmes with more or fewer classes. Takes scenarios, which are planned, and folders of results,"
        " which are read and checked again. Also shows the effect of each changed input, one after the other in"
        " the order of the file; the effects add up exactly to the difference. A plan is made after each change"
        " but the last."
    ),
    examples=(
        (
            "planner compare scenarios/jambi-2027.yaml scenarios/jambi-2027-tanpa-mitra.yaml",
            N_("The effect of the partners:"),
        ),
        ("planner compare reports/jambi-2027 reports/jambi-2027-pemotongan-15", N_("Stored plans:")),
        (
            "planner compare scenarios/jambi-2027.yaml scenarios/jambi-2027-mitra-penuh.yaml --no-causes",
            N_("Only side by side, without further plans:"),
        ),
    ),
    parameters=SideBySide,
    sections=(AnswerSection(Causes, "causes", N_("Causes of the difference"), "causes"),),
)
