"""The question `whatif`: how gaps closed and cost change when inputs are varied."""

from __future__ import annotations

from planner.analysis.parameters import Parameters, parameter
from planner.analysis.question import AnswerSection, AnswerTable, Ask, Definition, Source
from planner.analysis.sweep.grid import Sweep, sweep
from planner.analysis.sweep.table import FIGURES, sweep_table
from planner.analysis.sweep.vary import read_grid
from planner.locale import N_


class WhatIf(Parameters):
    vary: tuple[str, ...] = parameter(
        ...,
        N_(
            "Input to vary and its values: FROM:TO:STEP, or a list separated by commas, or by semicolons if a"
            " comma could be a decimal comma. May be given several times, for a grid."
        ),
        metavar=N_("PATH=VALUES"),
    )


def prepare(source: Source, parameters: WhatIf) -> Ask:
    """Return the function that answers, after reading all combinations. Raise InputError for impossible values."""
    grid = read_grid(source.file, source.changes, parameters.vary)
    return lambda inquiry: [sweep(inquiry, grid)]


DEFINITION = Definition(
    help=N_(
        "Makes a plan for each value of an input, and for each combination if several are varied. PATH is as in"
        " --set, or own-budget (total of own funds), partner:ID (what one partner offers), partners (what all"
        " partners offer), prices, closes (how well training works), uptake (how many are willing) or each-agency (what"
        " is closed in every agency at least). Values are FROM:TO:STEP or a list; amounts and shares are written as in"
        " scenarios. A point without a plan is reported and never stops the others."
    ),
    examples=(
        (
            "planner whatif scenarios/jambi-2027.yaml --vary own-budget=80%:120%:10%",
            N_("With up to a fifth more or less of own funds:"),
        ),
        (
            "planner whatif scenarios/jambi-2027.yaml --vary partner:unja='0:650 juta:130 juta' --csv unja.csv",
            N_("If a partner gives less, as a table too:"),
        ),
        (
            "planner whatif scenarios/jambi-2027.yaml --vary prices=100%:120%:10% --vary partners=0%,50%,100%",
            N_("Two things at once, as a grid:"),
        ),
        (
            "planner whatif scenarios/jambi-2027.yaml --vary rules.teknis-30.at_least=0%:60%:20%",
            N_("Any value of the scenario, by its path:"),
        ),
    ),
    parameters=WhatIf,
    prepare=prepare,
    sections=(AnswerSection(Sweep, "whatif", N_("What if: one thing varied, or several"), "sweep"),),
    table=AnswerTable(sweep_table, FIGURES),
)
