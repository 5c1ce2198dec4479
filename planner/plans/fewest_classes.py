"""Hold no class more than its people need, where a class more or less costs nothing: the first rule for ties.

Large scenarios are not searched to the end for ties, so that a course may be left with a class too many.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from planner.domain.decisions import Decisions
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario


def in_fewest_classes(scenario: Scenario, decisions: Decisions) -> Decisions | None:
    """Return decisions with as few classes as the people of each period need; None where there are none to save.

    Programmes whose classes cost something or use a resource are left alone, and so are periods that are over. A
    programme keeps its fewest classes.
    """
    people: Counter[tuple[str, str]] = Counter()
    for (_g, p, t), number in decisions.participants.items():
        people[p, t] += number
    held: Counter[str] = Counter()
    for (p, _t), number in decisions.classes.items():
        held[p] += number
    classes, over = dict(decisions.classes), frozenset(scenario.facts.over)
    for (p, t), number in decisions.classes.items():
        programme = scenario.programme[p]
        if programme.class_size is None or t in over or not _is_free(programme):
            continue
        needed = max(1, -(-people[p, t] // programme.class_size.max))
        saved = min(number - needed, held[p] - programme.classes.min)
        if saved > 0:
            classes[p, t] -= saved
            held[p] -= saved
    return replace(decisions, classes=classes) if classes != decisions.classes else None


def _is_free(programme: Programme) -> bool:
    """Return whether a class more or less of a programme changes neither money nor resources."""
    return not programme.items("class") and all(use.per != "class" for use in programme.uses.values())
