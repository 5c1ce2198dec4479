"""What was aimed at and what is measured: a table of ratios within one run, in processor time.

    python -m benchmarks.targets                the changed amount and its estimate
    python -m benchmarks.targets --questions    the budget curve and the partner analysis too: many minutes

All runs in this process, one thing at a time, so that other work on the machine changes seconds and hardly a ratio.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.questions import PARTNERS, whole_partner_analysis
from planner.analysis.budget_curve.curve import curve
from planner.analysis.scenarios.variants import without_partners
from planner.batch.changing import GAP, Changing
from planner.batch.inquiry import Inquiry
from planner.batch.runner import BatchRunner
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits, plan
from planner.processes.lean import collect_rarely
from planner.scenario_io import read_scenario

SCENARIO: Final = Path(__file__).parent.parent / "scenarios" / "jambi-2027.yaml"
CHANGES: Final = 20
COLD: Final = 5
"""Cold plans, of whose times the median is taken: single ones differ by a fifth."""

SEED: Final = 5


def seconds(work: Callable[[], object]) -> float:
    """Processor time of `work` in this process [s]."""
    began = time.process_time()
    work()
    return time.process_time() - began


def changed_amounts(scenario: Scenario) -> Iterator[Scenario]:
    """The scenario with the amount of one of its funds changed by -50% to +20%, by chance and the same each time."""
    dice = random.Random(SEED)
    with_money = [number for number, fund in enumerate(scenario.funds) if fund.amount]
    for _ in range(CHANGES):
        number, by = dice.choice(with_money), dice.uniform(0.5, 1.2)
        fund = scenario.funds[number]
        amounts = {year: int(amount * by) for year, amount in fund.amounts.items()}
        other = fund.model_copy(update={"amount": int(fund.amount * by), "amounts": amounts})
        yield scenario.changed(funds=(*scenario.funds[:number], other, *scenario.funds[number + 1 :]))


def of_changes(scenario: Scenario) -> None:
    """One changed amount, in a process that has planned the scenario, beside its cold plan to the same gap."""
    limits = SearchLimits(gap=GAP, polish=False)
    cold = median(seconds(lambda: plan(scenario, limits, inline=True)) for _ in range(COLD))
    changing = Changing(scenario)
    estimates, answers = list[float](), list[float]()
    for changed in changed_amounts(scenario):
        estimates.append(seconds(lambda each=changed: changing.estimate(each)))  # type: ignore[misc]  # mypy infers no lambda with defaults
        answers.append(seconds(lambda each=changed: changing.answer(each)))  # type: ignore[misc]  # mypy infers no lambda with defaults
    what = f"one changed amount of {scenario.id} to {GAP:.1%}, median of {CHANGES}"
    _row(what, f"{median(answers):.2f} s ({min(answers):.2f} to {max(answers):.2f})", "1 s")
    _row("  beside its cold plan to the same gap", f"{median(answers) / cold:.2f} of {cold:.1f} s", "0.1")
    _row("  its estimate, median and longest", f"{median(estimates):.2f} and {max(estimates):.2f} s", "0.3 s")


def of_questions(scenario: Scenario) -> None:
    """The budget curve and the partner analysis, as multiples of one plan."""
    fewer = without_partners(scenario, [fund.id for fund in scenario.funds if not fund.own][PARTNERS:])
    for what, asked, work, target in (
        ("budget curve of 21 points", scenario, curve, "3 plans"),
        (f"whole analysis of {PARTNERS} partners", fewer, whole_partner_analysis, "5 plans"),
    ):
        began = time.process_time()
        made = plan(asked, SearchLimits(), inline=True).plan
        one = time.process_time() - began
        with BatchRunner() as runner:
            took = seconds(lambda a=asked, m=made, w=work, r=runner: w(Inquiry(a, m, r, SearchLimits())))  # type: ignore[misc]  # mypy infers no lambda with defaults
        _row(what, f"{took / one:.1f} plans of {one:.1f} s", target)


def _row(what: str, measured: str, target: str) -> None:
    print(f"| {what} | {measured} | {target} |", flush=True)


def main() -> None:
    """Measure and print the rows."""
    collect_rarely()
    print("| work | measured | target |\n|---|---:|---:|")
    scenario = read_scenario(SCENARIO)
    of_changes(scenario)
    if "--questions" in sys.argv:
        of_questions(scenario)


if __name__ == "__main__":
    main()
