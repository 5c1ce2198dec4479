"""Scenarios in which training works less well, or fewer people are willing, than assumed."""

from __future__ import annotations

from fractions import Fraction

from planner.domain.groups import Group
from planner.domain.scenario import Scenario


def with_effectiveness(scenario: Scenario, factor: Fraction) -> Scenario:
    """Return `scenario` with every `closes` multiplied by `factor`, at most 1."""
    return scenario.changed(
        programmes=tuple(
            programme.model_copy(
                update={"closes": {c: min(Fraction(1), e * factor) for c, e in programme.closes.items()}}
            )
            for programme in scenario.programmes
        )
    )


def with_willingness(scenario: Scenario, factor: Fraction) -> Scenario:
    """Return `scenario` with the share of every group that is willing multiplied by `factor`, at most 1.

    What socialization raises it to is multiplied as well.
    """
    return scenario.changed(groups=tuple(_less_willing(group, factor) for group in scenario.groups))


def _less_willing(group: Group, factor: Fraction) -> Group:
    changes: dict[str, object] = {"uptake": min(Fraction(1), group.uptake * factor)}
    if group.socialization is not None:
        raised = min(Fraction(1), group.socialization.raises_uptake_to * factor)
        changes["socialization"] = group.socialization.model_copy(update={"raises_uptake_to": raised})
    return group.model_copy(update=changes)
