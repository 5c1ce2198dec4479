"""Time of the larger what-if questions, as multiples of one plan of the same scenario in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from planner.analysis.budget_curve.curve import curve
from planner.analysis.dropout.expected import drop_out
from planner.analysis.partners.contributions import partners
from planner.analysis.partners.subsets import PartnerSubsets
from planner.analysis.scenarios.variants import without_partners
from planner.batch.inquiry import Inquiry
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits, plan

JOBS: Final = 2
PARTNERS: Final = 4

Work = Callable[[Inquiry], object]


def of_questions(scenario: Scenario) -> None:
    """The budget curve of 21 points, and the whole analysis of four partners: what each brings, and drop-out."""
    _show(scenario, "budget curve of 21 points", curve)
    offering = [fund.id for fund in scenario.funds if not fund.own]
    fewer = without_partners(scenario, offering[PARTNERS:])
    _show(fewer, f"whole analysis of {PARTNERS} partners", whole_partner_analysis)


def whole_partner_analysis(inquiry: Inquiry) -> None:
    """What each partner brings, and what happens where some do not come."""
    known = PartnerSubsets(inquiry)
    partners(inquiry, known=known)
    drop_out(inquiry, known=known)


def _show(scenario: Scenario, what: str, work: Work) -> None:
    """Time one plan, and then a question about it with JOBS worker processes, including their start."""
    began = time.perf_counter()
    made = plan(scenario, SearchLimits()).plan
    one = time.perf_counter() - began
    began = time.perf_counter()
    with BatchRunner(JOBS) as runner:
        work(Inquiry(scenario, made, runner, SearchLimits()))
    asked = time.perf_counter() - began
    print(f"{f'one plan of {scenario.id}, before: {what}':<64}{one:>9.2f} s", flush=True)
    print(f"{f'{what}, {JOBS} processes':<64}{asked:>9.2f} s{asked / one:>9.1f} plans", flush=True)
