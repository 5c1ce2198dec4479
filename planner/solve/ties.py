"""Tie rules: which of several equally good plans is chosen."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.objectives import Level
from planner.model.build import Model
from planner.model.objective import Goal
from planner.model.rows import Term


def tie_rules(model: Model) -> Iterator[Goal]:
    """Yield goals that prefer fewest classes, socializations and agreements; then early periods; then the order of the
    file."""
    v, tie = model.variables, Level()
    held = (*v.classes.values(), *v.socialized.values(), *v.used.values())
    yield Goal(tie, tuple((once, 1.0) for once in held), "min", 1.0)
    order = {period: float(n) for n, period in enumerate(model.scenario.horizon)}
    late: list[Term] = [(y, order[t]) for (_, t), y in v.classes.items() if order[t]]
    late += [(x, order[t]) for (_, _, t), x in v.participants.items() if order[t]]
    yield Goal(tie, tuple(late), "min", 1.0)
    ranks = {p.id: n for n, p in enumerate(model.scenario.programmes)}
    groups = {g.id: n for n, g in enumerate(model.scenario.groups)}
    ranked = tuple((x, float(ranks[p] * len(groups) + groups[g])) for (g, p, _), x in v.participants.items())
    yield Goal(tie, ranked, "min", 1.0)


def weighed(rules: list[Goal]) -> Goal:
    """Combine the tie rules into one goal, each with a small weight compared with the one before it."""
    terms: list[Term] = []
    weight = 1.0
    for goal in rules:
        terms += [(variable, weight * factor) for variable, factor in goal.terms]
        most = max((factor for _, factor in goal.terms), default=1.0)
        weight /= 1000.0 * max(1.0, most)
    return Goal(rules[0].level, tuple(terms), "min", 1.0)
