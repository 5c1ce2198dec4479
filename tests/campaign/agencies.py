"""Tiny scenarios whose groups are mostly of one agency, and so share their willingness.

of_one_agency(seed: int) -> dict | None
"""

from __future__ import annotations

import random
from typing import Any

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from tests.oracle.brute_force import count
from tests.oracle.generate import tiny_scenarios

Plain = dict[str, Any]


def of_one_agency(seed: int) -> Plain | None:
    """A tiny scenario whose groups are mostly of one agency, often with gaps counted group by group; None if large."""
    plain, dice = tiny_scenarios(seed), random.Random(f"agency {seed}")
    groups = plain["groups"]
    if len(groups) < 2:
        return None
    for group in groups:
        group |= {"agency": "BPKAD"} if dice.random() < 0.85 else {}
        group["uptake"] = dice.choice(["50%", "34%", "70%", "90%", "75%"])
        if "socialization" in group:
            group["socialization"]["raises_uptake_to"] = "95%"
    if dice.random() < 0.4:
        by = dice.choice(["group", "agency", "competency"])
        plain["objective"] = [{"maximize": "smallest_coverage", "by": by}, {"maximize": "gaps_closed"}]
    if dice.random() < 0.4:
        rule: Plain = {"name": "Kelompok", "measure": "gaps_closed", "where": {"groups": {"id": groups[0]["id"]}}}
        rule[dice.choice(["at_most", "at_least"])] = dice.choice([1, 2, "50%"])
        plain["rules"] = [*plain.get("rules", []), rule | dice.choice([{}, {"soft": {"penalty": 0.5}}])]
    return plain if count(plain) <= 300 and not find_problems(Scenario.model_validate(plain)) else None
