"""The command that is worth typing after a plan: one question that matters for it and has not been asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.files import shell_quoted
from planner.cli.settings import DEFAULT_GAP
from planner.locale import _

if TYPE_CHECKING:
    from planner.cli.outputs import Outputs
    from planner.domain.scenario import Scenario
    from planner.plans.plan import Plan


def next_command(scenario: Scenario, plan: Plan, path: str, outputs: Outputs) -> str:
    """Return "Next: planner dropout FILE   (what is left if partners do not come)"; empty where all has been asked."""
    for question, why in _worth_asking(scenario, plan):
        if question not in outputs.questions:
            words = ["planner", question, shell_quoted(path)]
            words += [part for change in outputs.changes for part in ("--set", shell_quoted(change))]
            words += ["--gap", f"{plan.tolerance:g}"] if plan.tolerance > float(DEFAULT_GAP) else []
            words += ["--out", shell_quoted(str(outputs.folder))] if outputs.folder != Path("reports") else []
            return _("Next: {command}   ({why})").format(command=" ".join(words), why=why)
    return ""


def _worth_asking(scenario: Scenario, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield questions with what they answer, the most useful for this plan first."""
    if not plan.total_need:
        return
    gives = {payment.fund for payment in plan.payments if payment.amount} | {row.fund for row in plan.seats}
    partners = [fund for fund in scenario.funds if not fund.own and fund.id in gives]
    own = sum(fund.amount for fund in scenario.funds if fund.own)
    if any(fund.chance < 1 for fund in partners):
        yield "dropout", _("what is left if partners do not come")
    elif partners:
        yield "partners", _("what each partner contributes")
    if own and plan.gaps_closed < plan.total_need:
        yield "curve", _("what more or less money closes")
    elif own:
        yield "cuts", _("what goes first if the budget is cut")
    if scenario.rules:
        yield "rules", _("what each rule costs")
    if plan.allocations:
        yield "alternatives", _("other plans that are nearly as good")
