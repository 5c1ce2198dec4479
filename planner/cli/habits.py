"""`planner habits`: the plan beside what offices do by habit with the same money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli import asking, spoken
from planner.cli.asking import Asking
from planner.cli.earlier import read_earlier
from planner.locale import N_

if TYPE_CHECKING:
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario


@spoken.command(
    "habits",
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
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option(
    "--last",
    metavar=N_("FOLDER|plan.json"),
    help=N_("The plan of last year, or any earlier one: a folder of results or a plan.json."),
)
def command(asked: Asking, last: str | None) -> int:
    """Answer on the page habits.html."""
    before = None if last is None else read_earlier(last)

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.habits.compared import habits

        return [habits(inquiry, before)]

    return asking.answer(asked, "habits", question)
