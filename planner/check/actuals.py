"""What has happened already: the plan must state it as it was, and limits that facts alone exceed are raised to
them."""

from __future__ import annotations

from dataclasses import replace

from planner.check.closings import closed_by
from planner.check.costs import Basis, Due
from planner.check.eligible import Eligible
from planner.check.fund_rules import check_funds
from planner.check.rows import StatedCell, StatedDecisions, StatedPayer
from planner.check.rules import RuleMeasures, check_bounds
from planner.check.verdict import Finding, FindingLog
from planner.check.without_money import check_without_money
from planner.domain.scenario import Scenario
from planner.locale import _


def facts_of(scenario: Scenario, socialized: set[str] | None = None) -> StatedDecisions:
    """Return what has happened, as if it were a plan of its own; `socialized` are the groups of a plan, if there is
    one."""
    facts = StatedDecisions()
    actuals = scenario.actuals
    if actuals is None:
        return facts
    for row in actuals.attended:
        facts.participants[row.group, row.programme, row.period] = row.participants
    for held in actuals.held:
        facts.classes[held.programme, held.period] = held.classes
    for given in actuals.seats:
        facts.seats[given.fund, given.programme, given.group, given.period] = given.seats
    for paid in actuals.paid:
        cell = StatedCell(paid.programme, paid.group, paid.item, paid.account, paid.period)
        facts.payments[StatedPayer(paid.fund, cell)] = paid.amount
    for table in (facts.participants, facts.classes, facts.seats, facts.payments):
        for key in [key for key, number in table.items() if not number]:
            del table[key]  # type: ignore[arg-type]  # each table has keys of its own kind
    for (_g, p, t), number in facts.participants.items():
        facts.seated[p, t] = facts.seated.get((p, t), 0) + number
    facts.socialized.update(scenario.facts.socialized if socialized is None else socialized)
    return facts


def rest_of(scenario: Scenario, decisions: StatedDecisions) -> StatedDecisions:
    """Return what the plan decides: the rows of periods that are not over, and the socializations not paid yet."""
    over = set(scenario.facts.over)
    if not over:
        return decisions
    return replace(
        decisions,
        participants={key: n for key, n in decisions.participants.items() if key[2] not in over},
        classes={key: n for key, n in decisions.classes.items() if key[1] not in over},
        seats={key: n for key, n in decisions.seats.items() if key[3] not in over},
        payments={key: n for key, n in decisions.payments.items() if key.cell.period not in over},
        socialized=decisions.socialized - scenario.facts.socialized,
    )


def check_facts(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check that rows of periods that are over are exactly the facts, and that committed classes are held."""
    facts, rest = facts_of(scenario), rest_of(scenario, decisions)
    for name in ("participants", "classes", "seats", "payments"):
        stated, open_rows, known = (getattr(part, name) for part in (decisions, rest, facts))
        past = {key: number for key, number in stated.items() if key not in open_rows}
        for key in {**past, **known}:
            if past.get(key, 0) != known.get(key, 0):
                sentence = _("For a period that is over, the plan states {stated} where {known} happened.")
                parts = (key.fund, *key.cell) if isinstance(key, StatedPayer) else key
                place = (name, *(part for part in parts if part is not None))
                log.find("actuals", place, sentence, stated=past.get(key, 0), known=known.get(key, 0))
    for group in sorted(facts.socialized - decisions.socialized):
        sentence = _("The socialization of group '{group}' was paid, but the plan leaves it out.")
        log.find("actuals", ("socialized", group), sentence, group=group)
    sentence = _("{classes} classes of '{programme}' are committed in {period}, but the plan holds {held}.")
    for (p, t), classes in scenario.facts.committed.items():
        held = decisions.classes.get((p, t), 0)
        names = {"programme": p, "period": t}
        key = (p, t, "committed")
        log.room_asked("classes", key, held - classes, sentence, classes=classes, held=held, **names)


def due_before(scenario: Scenario, facts: StatedDecisions) -> Due:
    """Return payments made as if they were amounts due, by the basis of the cost lines of their name."""
    due: Due = {}
    for paid, amount in facts.payments.items():
        cell = paid.cell
        lines = scenario.programme[cell.programme].costs if cell.programme is not None else ()
        named = [i.per for i in lines if (i.item, i.account) == (cell.item, cell.account)]
        bases: list[Basis] = [per for per in named if (per == "participant") == (cell.group is not None)]
        of_cell = due.setdefault(cell, dict.fromkeys(bases or ["socialization"], 0))
        first = next(iter(of_cell))
        of_cell[first] += amount
    return due


def breaches(scenario: Scenario, socialized: set[str] | None = None) -> FindingLog:
    """Return what the facts alone break, with their slack in every limit: a log that `FindingLog.after` takes."""
    log = FindingLog()
    facts = facts_of(scenario, socialized)
    due = due_before(scenario, facts)
    eligible = Eligible(scenario)
    check_without_money(scenario, facts, eligible, log)
    check_funds(scenario, facts, StatedDecisions(), due, log)
    closed = closed_by(scenario, facts_of(scenario), eligible)  # closed gaps of facts do not change with decisions
    measures = RuleMeasures(scenario, facts, due, closed, paid_for=True)
    for rule in scenario.rules:
        for outcome in measures.outcomes(rule):
            check_bounds(outcome, log)
    return log


def broken_by_facts(scenario: Scenario, plan: StatedDecisions | None = None) -> tuple[Finding, ...]:
    """Return the upper limits and other rules that facts break; these facts stand, and the report names them.

    A share of what is paid, or of people, hours or classes, is broken only if the whole plan leaves it so: what was
    ahead of it is caught up with. Without a plan, which is still to be made, no share is named while any period is
    left.
    """
    if scenario.actuals is None:
        return ()
    log = breaches(scenario)
    found = [finding for finding in log.verdict().findings if not finding.asks]
    if plan is None:
        return tuple(finding for finding in found if not (scenario.facts.rest and log.is_share(finding)))
    if not any(map(log.is_share, found)):
        return tuple(found)
    due, whole = due_before(scenario, plan), FindingLog()
    check_funds(scenario, plan, StatedDecisions(), due, whole)
    measures = RuleMeasures(scenario, plan, due, lambda _until: {}, paid_for=True)
    for rule in scenario.rules:
        for outcome in measures.outcomes(rule) if rule.measure != "gaps_closed" else ():
            check_bounds(outcome, whole)
    left = {(finding.rule, finding.key): finding for finding in whole.verdict().findings}
    return tuple(
        left.get((finding.rule, finding.key), finding)
        for finding in found
        if not log.is_share(finding) or (finding.rule, finding.key) in left
    )
