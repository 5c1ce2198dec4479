"""JP that people have taken in the first year before the plan, for random scenarios.

with_hours_before(dice: random.Random, scenario: dict, chance: float) -> None
"""

from __future__ import annotations

import random
from typing import Any

Plain = dict[str, Any]


def with_hours_before(dice: random.Random, scenario: Plain, chance: float) -> None:
    """Let people of some groups with a limit have taken JP already."""
    for group in scenario["groups"]:
        if "max_hours" in group and dice.random() < chance:
            group["hours_before"] = dice.choice([1, 1, 0.5, 2, 3])
