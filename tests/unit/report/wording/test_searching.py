"""The state of a running search is told with figures that have a name and a unit, or without any."""

from __future__ import annotations

from planner.report.wording.searching import sentence
from planner.solve.outcome import Progress, Stage


def test_choosing_among_equal_plans_is_told_by_its_seconds_alone() -> None:
    progress = Progress(Stage.TIES, 43.0, 42.0, 12.4)
    assert sentence(progress, "en") == "choosing among equals: 12 s"
    assert sentence(progress, "en", clock=False) == "choosing among equals"


def test_other_stages_have_their_figures() -> None:
    assert sentence(Progress(Stage.GAPS_CLOSED, 43.0, 44.0, 12.4), "en").endswith(
        ": best 43 · bound 44 · gap 2.3% · 12 s"
    )
