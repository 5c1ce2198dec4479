"""What came of a search that went on is said with the gaps that are left open, where they are nearer."""

from __future__ import annotations

import pytest

from planner.batch.going_on import Gain
from planner.locale import speaking
from planner.report.wording.formats import Formats
from planner.report.wording.gone_on import gone_on


@pytest.mark.parametrize(
    ("gain", "now", "said"),
    [
        (Gain.BETTER, 0.001, "found a better plan, checked."),
        (Gain.NOTHING, 0.002, "found no better plan: the one made before stays."),
        (Gain.NEARER, 0.0005, "At most 0.05% better is possible; before, 0.2% was left open."),
        (Gain.NEARER, 0.002, "less is left open than was proven before."),
    ],
)
def test_what_was_gained_is_said(gain: Gain, now: float, said: str) -> None:
    with speaking("en"):
        assert gone_on(gain, 0.002, now, Formats("en")).endswith(said)
        assert gone_on(gain, 0.002, now, Formats("en"), stopped=True).endswith(f"{said} It was stopped before its end.")
