"""The rule about places, trainers and rooms: what programmes use of them in a period is there."""

from __future__ import annotations

from fractions import Fraction

from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.programmes import Programme
from planner.domain.running import run_of
from planner.domain.scenario import Scenario
from planner.locale import _

Used = dict[tuple[str, str], Fraction]
"""Units by (resource, period)."""


def check_resources(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check in every period that the sum over programmes of what people, classes and programmes use <= amount."""
    if not scenario.resources:
        return
    used: Used = {}
    for (_g, p, t), people in decisions.participants.items():
        _add(scenario, used, scenario.programme[p], t, "participant", people)
    for (p, t), classes in decisions.classes.items():
        _add(scenario, used, scenario.programme[p], t, "class", classes)
    _add_programmes(scenario, decisions, used)
    sentence = _("Programmes use {used} of '{resource}' in {period}; only {there} are available.")
    for resource in scenario.resources:
        for t in scenario.horizon:
            there = resource.amount.get(t, Fraction(0)) if isinstance(resource.amount, dict) else resource.amount
            taken = used.get((resource.id, t), Fraction(0))
            names = {"resource": resource.id, "period": t}
            log.room("resources", (resource.id, t), there - taken, sentence, used=taken, there=there, **names)


def _add(scenario: Scenario, used: Used, programme: Programme, start: str, per: str, number: int) -> None:
    """Add what people or classes that start in a period use: totals spread evenly over the run, or each period's
    amount."""
    run = run_of(scenario, programme, start)
    for name, use in programme.uses.items():
        if use.per == per:
            each = use.each_period if use.each_period is not None else (use.amount or Fraction(0)) / len(run)
            for t in run:
                used[name, t] = used.get((name, t), Fraction(0)) + each * number


def _add_programmes(scenario: Scenario, decisions: StatedDecisions, used: Used) -> None:
    """Add what a programme uses as a whole: once in every period in which it runs, however many classes it holds."""
    starts = {(p, t) for _g, p, t in decisions.participants} | set(decisions.classes)
    running = {(p, t) for p, start in starts for t in run_of(scenario, scenario.programme[p], start)}
    for p, t in running:
        for name, use in scenario.programme[p].uses.items():
            if use.per == "programme":
                each = use.each_period if use.each_period is not None else use.amount
                used[name, t] = used.get((name, t), Fraction(0)) + (each or Fraction(0))
