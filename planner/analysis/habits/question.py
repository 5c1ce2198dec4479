"""The question `habits`: the plan beside what offices do by habit with the same money."""

from __future__ import annotations

from planner.analysis.habits.compared import Habits, habits
from planner.analysis.parameters import EarlierPlanFile, Parameters, parameter
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.locale import N_


class OfficeHabits(Parameters):
    last: EarlierPlanFile | None = parameter(
        None,
        N_("The plan of last year, or any earlier one: a folder of results or a plan.json."),
        metavar=N_("FOLDER|plan.json"),
    )


def prepare(source: Source, parameters: OfficeHabits) -> Ask:
    return lambda inquiry: [habits(inquiry, parameters.last)]


DEFINITION = Definition(
    help=N_(
        "Holds the plan against the office habit: seats by headcount, by priority until the money ends, and the split"
        " of last year. Each is made into a plan under the same rules, prices and funds, passed by the same check, and"
        " shown beside the plan: gaps closed, cost, cost of a closed gap, by agency."
    ),
    examples=(
        ("planner habits scenarios/jambi-2027.yaml", N_("What does planning bring against giving out seats as usual?")),
        (
            "planner habits scenarios/jambi-2027.yaml --last reports/jambi-2027-tanpa-mitra",
            N_("With the split of an earlier plan too:"),
        ),
    ),
    parameters=OfficeHabits,
    prepare=prepare,
    sections=(AnswerSection(Habits, "habits", N_("Against the office habit"), "habits"),),
)
