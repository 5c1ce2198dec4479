"""Adjustable limits of choices between programmes: a kind of relation that can be done without."""

from __future__ import annotations

from planner.analysis.repairs.adjustable import AdjustableLimit, removable
from planner.domain.choices import Choices
from planner.domain.scenario import Scenario


def choice_limit(key: str) -> AdjustableLimit:
    """Return the relations of one kind as removable."""

    def unbound(changed: Scenario) -> Scenario:
        return changed.changed(choices=changed.choices.model_copy(update={key: getattr(Choices(), key)}))

    return removable("choices", key, ("choices", key), unbound)
