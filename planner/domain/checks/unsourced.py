"""What a scenario states without a source; `planner check` lists it, so that the documents need not."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.scenario import Scenario
from planner.locale import _


def unsourced(scenario: Scenario) -> Iterator[str]:
    """Yield what has no source, in words: the figures, the legal floor, the target of JP."""
    identity = scenario.scenario
    if not identity.sources:
        yield _("its figures (scenario.sources)")
    if any(not floor.citation for floor in scenario.floors.values()):
        yield _("the legal floor (scenario.floor.citation)")
    if identity.hours_target is not None and not identity.citations.hours_target:
        yield _("the target of JP (scenario.citations.hours_target)")
