"""A second year, and people who fall below the standard in it, for random scenarios.

with_new_gaps(dice: random.Random, scenario: dict, chance: float) -> None
"""

from __future__ import annotations

import random
from typing import Any

Plain = dict[str, Any]


def with_new_gaps(dice: random.Random, scenario: Plain, chance: float) -> None:
    """Let the last periods of a plan of several be of 2028, with new gaps in some groups."""
    periods = scenario.get("periods", [])
    if len(periods) < 2 or dice.random() >= chance:
        return
    first = dice.randint(1, len(periods) - 1)
    scenario["periods"] = [
        period if n < first else {**(period if isinstance(period, dict) else {"id": period}), "year": 2028}
        for n, period in enumerate(periods)
    ]
    competencies = [c["id"] for c in scenario["competencies"]]
    for group in scenario["groups"]:
        if dice.random() < 0.7:
            new: Plain = {}
            for c in dice.sample(competencies, dice.randint(1, min(2, len(competencies)))):
                room = group["headcount"] - group["gaps"].get(c, 0)
                new[c] = min(room, dice.choice([1, 1, 2, room]))
            group["new_gaps"] = {dice.choice(["2028", "2028", "2028", "2027"]): new}
