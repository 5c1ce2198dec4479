"""A scenario of two groups with a programme each, which share one budget."""

from __future__ import annotations

from typing import Any

from tests.scenarios.hand import costing, scenario

Plain = dict[str, Any]


TWO_PROGRAMMES: Plain = scenario(
    competencies=[{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial"}],
    groups=[{"id": "a", "headcount": 10, "gaps": {"keu": 10}}, {"id": "b", "headcount": 10, "gaps": {"kom": 10}}],
    programmes=[
        {"id": "bimtek", "closes": {"keu": 1}, **costing("participant", 10)},
        {"id": "dialog", "closes": {"kom": 0.5}, **costing("participant", 10)},
    ],
)
"""Rp100 seat ten people; of a each closes a gap, of b half a gap."""
