"""The rules about classes: their size, their number, and their participants."""

from __future__ import annotations

from planner.check.costs import allowed_periods
from planner.check.rows import StatedDecisions
from planner.check.verdict import FindingLog
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.locale import _


def check_classes(scenario: Scenario, decisions: StatedDecisions, log: FindingLog) -> None:
    """Check all rules about classes. A programme without a class size has no classes."""
    people: dict[tuple[str, str], int] = {}
    for (_g, p, t), number in decisions.participants.items():
        people[p, t] = people.get((p, t), 0) + number
    for (p, t), seated in decisions.seated.items():
        log.equal("classes", (p, t, "participants"), seated, people.get((p, t), 0))
    for programme in scenario.programmes:
        held = {
            t: decisions.classes[programme.id, t] for t in scenario.horizon if (programme.id, t) in decisions.classes
        }
        if programme.class_size is not None:
            _check_sizes(scenario, programme, held, people, log)
            _check_numbers(scenario, programme, held, log)
        elif held:
            sentence = _("Programme '{programme}' has no class size, so it has no classes.")
            log.find("classes", (programme.id,), sentence, programme=programme.id)


def _check_sizes(
    scenario: Scenario,
    programme: Programme,
    held: dict[str, int],
    people: dict[tuple[str, str], int],
    log: FindingLog,
) -> None:
    """Check min_p x y[p,t] <= sum_g x[g,p,t] <= max_p x y[p,t], and that classes are held in allowed periods only."""
    p, size = programme.id, programme.class_size
    if size is None:
        return
    few = _("{classes} classes of '{programme}' in {period} need at least {least} people and have {people}.")
    many = _("{classes} classes of '{programme}' in {period} take at most {most} people and have {people}.")
    allowed = allowed_periods(scenario, programme)
    for t in scenario.horizon:
        number, classes = people.get((p, t), 0), held.get(t, 0)
        if not number and not classes:
            continue
        if t not in allowed:
            sentence = _("Programme '{programme}' may not start in {period}.")
            log.find("classes", (p, t), sentence, programme=p, period=t)
        names = {"programme": p, "period": t}
        least, most = size.min * classes, size.max * classes
        log.room("class_size", (p, t, "min"), number - least, few, classes=classes, least=least, people=number, **names)
        log.room("class_size", (p, t, "max"), most - number, many, classes=classes, most=most, people=number, **names)


def _check_numbers(scenario: Scenario, programme: Programme, held: dict[str, int], log: FindingLog) -> None:
    """Check max(1, min_p) o[p] <= sum_t y[p,t] <= max_p o[p] and y[p,t] <= per_period_p; committed classes may exceed
    them."""
    if not held:
        return
    p, limits, classes = programme.id, programme.classes, sum(held.values())
    least = max(1, limits.min)
    sentence = _("Programme '{programme}' runs with {classes} classes; at least {least} are to be held if it runs.")
    log.room_asked("classes", (p, "min"), classes - least, sentence, programme=p, classes=classes, least=least)
    if limits.max is not None:
        sentence = _("Programme '{programme}' runs with {classes} classes; at most {most} may be held.")
        most = max(limits.max, scenario.facts.promised(p))
        log.room("classes", (p, "max"), most - classes, sentence, programme=p, classes=classes, most=most)
    if limits.per_period is not None:
        sentence = _("Programme '{programme}' holds {classes} classes in {period}; at most {most} may be held.")
        for t, number in held.items():
            names = {"programme": p, "period": t}
            most = max(limits.per_period, scenario.facts.committed.get((p, t), 0))
            log.room("classes", (p, t, "per_period"), most - number, sentence, classes=number, most=most, **names)
