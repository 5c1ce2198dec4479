"""Days away from work, courses of several periods, and people who come prepared, for random scenarios.

with_days(dice: random.Random, scenario: dict) -> None     for tiny scenarios; working days are few, so that they bind
with_real_days(dice: random.Random, scenario: dict) -> None        with figures of real years
"""

from __future__ import annotations

import random
from typing import Any

Plain = dict[str, Any]


def with_days(dice: random.Random, scenario: Plain) -> None:
    """Give a tiny scenario working days, days, lengths of courses and completed prerequisites by chance."""
    limited = any("release" in group for group in scenario["groups"])
    if dice.random() < 0.15:
        scenario["hours_per_day"] = dice.choice([1, 2, 0.5, 8])
    if "periods" in scenario and dice.random() < (0.8 if limited else 0.15):
        records: list[Any] = []
        for period in scenario["periods"]:
            record: Plain = {
                "id": period,
                "working_days": dice.choice([0.5, 1, 1, 1.5, 2, 3] + [0] * (dice.random() < 0.1)),
            }
            if dice.random() < 0.2:
                record["year"] = 2027
            records.append(record)
        if dice.random() < 0.2:
            records[0] = records[0]["id"]
        scenario["periods"] = records
    several = len(scenario.get("periods", ())) > 1
    for programme in scenario["programmes"]:
        if several and dice.random() < 0.2:
            programme["lasts"] = dice.choice([1, 2, 2, 2])
        if dice.random() < (0.5 if limited else 0.1):
            programme["days"] = dice.choice([0, 0.5, 1, 1, 2, 0.3])
            if dice.random() < 0.4:
                programme["days"] = [dice.choice([0, 0.5, 1, 2]) for _ in range(programme.get("lasts", 1))]
    required = [q for programme in scenario["programmes"] for q in programme.get("requires", [])]
    for group in scenario["groups"]:
        if required and dice.random() < 0.3:
            group["completed"] = {dice.choice(required): dice.randint(0, group["headcount"])}


def with_real_days(dice: random.Random, scenario: Plain) -> None:
    """Give a scenario of moderate size the same, in the size of a real year."""
    horizon = scenario["periods"]
    if dice.random() < 0.4:
        scenario["periods"] = [
            {"id": t, "year": 2027, "working_days": dice.randint(50, 64)} if dice.random() < 0.8 else t for t in horizon
        ]
    if dice.random() < 0.2:
        scenario["hours_per_day"] = dice.choice([8, 9])
    for programme in scenario["programmes"]:
        if dice.random() < 0.2 and len(horizon) > 1:
            programme["lasts"] = dice.choice([2, 2, min(3, len(horizon))])
        if dice.random() < 0.3:
            programme["days"] = dice.choice([0, 3, 21, 40])
            if "lasts" in programme and dice.random() < 0.6:
                programme["days"] = [dice.choice([5, 10, 20]) for _ in range(programme["lasts"])]
    required = [q for programme in scenario["programmes"] for q in programme.get("requires", [])]
    for group in scenario["groups"]:
        if dice.random() < 0.2:
            group["release"] = dice.choice(["1%", "2%", "5%"])
        if required and dice.random() < 0.3:
            group["completed"] = {dice.choice(required): dice.randint(0, group["headcount"])}
