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
        "Compares the plan with office habits: seats by headcount, by priority until the money ends, and as last"
        " year. Each habit becomes a plan under the same rules, prices and funds, passes the same check, and is"
        " shown beside the plan: gaps closed, cost, cost per closed gap, by agency."
    ),
    examples=(
        ("planner habits scenarios/jambi-2027.yaml", N_("What does planning gain over the usual allocation of seats?")),
        (
            "planner habits scenarios/jambi-2027.yaml --last reports/jambi-2027-tanpa-mitra",
            N_("With the allocation of an earlier plan too:"),
        ),
    ),
    parameters=OfficeHabits,
    prepare=prepare,
    sections=(AnswerSection(Habits, "habits", N_("Against the office habit"), "habits"),),
)
