"""Questions whose answers become sections of the report, each asked as its own command asks by default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from planner.cli import asking
from planner.cli.asking import Asking

if TYPE_CHECKING:
    from pathlib import Path

    from planner.analysis.partners.subsets import Subsets
    from planner.batch.inquiry import Inquiry
    from planner.planning import SearchLimits
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario

QUESTIONS: Final = ("curve", "partners", "dropout", "cuts", "rules", "habits", "alternatives")
"""Names of the questions, which are those of their commands, in the order of the report."""


def answers_for_report(
    names: Sequence[str], path: str, loaded: LoadedScenario, plan: Plan, limits: SearchLimits, folder: Path
) -> tuple[list[object], int]:
    """The answers to the questions `names` about `plan`, in the order of the report, and the code of what failed."""
    from planner.analysis.partners.subsets import Subsets
    from planner.batch.inquiry import Inquiry

    asked = Asking(path, (), limits.gap, limits.time_limit or 0.0, limits.solver, None, None, str(folder.parent), False)
    with asking.crew(asked, folder) as workers:
        inquiry = Inquiry(loaded.scenario, plan, workers, limits)
        known = Subsets(inquiry)
        found = [_ASK[name](inquiry, loaded, known) for name in QUESTIONS if name in names]
    return [answer for answers in found for answer in answers], asking.say_what_failed(workers.failures)


def _curve(inquiry: Inquiry, loaded: LoadedScenario, known: Subsets) -> list[object]:
    from planner.analysis.budget_curve.curve import curve

    return [curve(inquiry)] if any(fund.own for fund in inquiry.scenario.funds) else []


def _partners(inquiry: Inquiry, loaded: LoadedScenario, known: Subsets) -> list[object]:
    from planner.analysis.partners.contributions import partners

    return [partners(inquiry, known=known)]


def _dropout(inquiry: Inquiry, loaded: LoadedScenario, known: Subsets) -> list[object]:
    from planner.analysis.dropout.expected import drop_out

    return [drop_out(inquiry, known=known)]


def _cuts(inquiry: Inquiry, loaded: LoadedScenario, known: Subsets) -> list[object]:
    from planner.analysis.cuts.cut_proof import cuts

    return [cuts(inquiry)]


def _rules(inquiry: Inquiry, loaded: LoadedScenario, known: Subsets) -> list[object]:
    from planner.cli.rules import priced

    return priced(inquiry, loaded)


def _habits(inquiry: Inquiry, loaded: LoadedScenario, known: Subsets) -> list[object]:
    from planner.analysis.habits.compared import habits

    return [habits(inquiry)]


def _alternatives(inquiry: Inquiry, loaded: LoadedScenario, known: Subsets) -> list[object]:
    from planner.analysis.alternatives.different import alternatives

    return [alternatives(inquiry)]


_ASK: Final[dict[str, Callable[[Inquiry, LoadedScenario, Subsets], list[object]]]] = {
    "curve": _curve,
    "partners": _partners,
    "dropout": _dropout,
    "cuts": _cuts,
    "rules": _rules,
    "habits": _habits,
    "alternatives": _alternatives,
}
