"""A scenario of a large and a small class, small enough to plan by hand at any budget."""

from __future__ import annotations

from typing import Any

from planner.domain.scenario import Scenario


def workshop(amount: int, **changes: Any) -> Scenario:
    """One large programme of one class for Rp60 that closes 10 gaps, and one of classes for Rp25 that close 4 each."""
    plain: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "daftar", "fiscal_year": 2027},
        "competencies": [{"id": "a", "kind": "technical"}, {"id": "b", "kind": "technical"}],
        "groups": [{"id": "g", "headcount": 40, "gaps": {"a": 10, "b": 8}}],
        "programmes": [
            {"id": "besar", "closes": {"a": 1}, "class_size": {"min": 10, "max": 10},
             "costs": [{"item": "Kelas", "per": "class", "price": 60}]},
            {"id": "kecil", "closes": {"b": 1}, "class_size": {"min": 4, "max": 4},
             "costs": [{"item": "Kelas", "per": "class", "price": 25}]},
        ],
        "funds": [{"id": "apbd", "kind": "own", "amount": amount}],
    }  # fmt: skip
    return Scenario.model_validate(plain | changes)


MUST = {"name": "Wajib", "measure": "classes", "where": {"programmes": {"id": "besar"}}, "at_least": 1}
"""A rule that holds the large class."""
