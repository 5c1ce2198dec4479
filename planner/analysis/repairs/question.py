"""The question `repair`: why a scenario has no plan, and the smallest changes that make one possible."""

from __future__ import annotations

from dataclasses import replace

from planner.analysis.parameters import Parameters
from planner.analysis.question import AnswerSection, Definition, Source
from planner.analysis.repairs.smallest import Repairs
from planner.locale import N_


def with_places(repairs: Repairs, source: Source) -> Repairs:
    """Return the repairs with file and line of each value to be changed."""
    paths = [clash.path for clash in repairs.clashes]
    paths += [path for repair in repairs.repairs for change in repair.changes for path, _text in change.edits]
    return replace(repairs, places={path: source.place(path) for path in paths})


DEFINITION = Definition(
    help=N_(
        "For a scenario without a plan: the rules and limits that cannot be kept together, and the cheapest"
        " changes that make a plan possible, each with the value needed, the place in the file, and a plan that"
        " proves it. Covers every hard limit: rules, funds and their conditions, classes, prerequisites, mentors,"
        " willingness, JP and release. --time-limit applies to the whole search."
    ),
    examples=(
        (
            "planner repair scenarios/jambi-2027.yaml --set funds.apbd.amount='1 miliar'",
            N_("What would make a plan possible with this budget?"),
        ),
        (
            "planner repair scenarios/jambi-2027.yaml --set rules.teknis-30.at_least=95% --time-limit 60",
            N_("How far can this rule be kept? At most a minute:"),
        ),
    ),
    parameters=Parameters,
    sections=(AnswerSection(Repairs, "repairs", N_("How a plan becomes possible"), "repairs"),),
)
