"""Warnings about a scenario as pages tell them: in the words of its forms."""

from __future__ import annotations

from typing import Final

from planner.web.forms.faults import seen_in
from planner.web.workspace import ScenarioFile

LONGEST_SEEN: Final = 300_000
"""Longest file whose warnings are told in the words of forms: a longer one takes long to look through [bytes]."""


def noticed_in(file: ScenarioFile, warnings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the warnings about a scenario as forms tell them; of a very long text, or a workbook, as they stand."""
    if not warnings or not file.is_text or file.path.stat().st_size > LONGEST_SEEN:
        return warnings
    seen = seen_in(file)
    if seen is None or seen[0]:
        return warnings
    return tuple(f"{each.where}: {each.words}" if each.where else each.words for each in seen[1])
