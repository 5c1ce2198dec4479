"""Tiny scenarios that can be solved by hand, and what the program makes of them.

small(**changes) -> dict            a group of 10 people who all lack one competency, a programme, an own fund of Rp100
best(scenario) -> list[str]         the exact values of the objective's levels; none where there is no plan
solver_says(scenario, without="")   the values by the solver alone, with the rows of a family left out
golden(family, scenario, request)   the model as LP text, compared with golden/<family>.lp
"""

from __future__ import annotations

import tempfile
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.checks.validation import find_problems
from planner.domain.one_off import OneOff
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.model.build import build
from planner.model.families import FAMILIES, Families
from planner.model.free_seats import SeatProfile
from planner.planning import plan
from planner.plans.plan import Status
from planner.solve.levels import solve_model
from planner.solve.outcome import SearchLimits
from tests.scenarios.hand import costing, scenario

__all__ = [
    "GOLDEN",
    "Plain",
    "best",
    "costing",
    "families_without",
    "golden",
    "one_period",
    "small",
    "solver_says",
    "with_partner",
]

Plain = dict[str, Any]

GOLDEN: Final = Path(__file__).parent / "golden"

small = scenario
"""The base scenario; a mapping given for groups, programmes or funds changes the first of them."""


def one_period(**changes: Any) -> Plain:
    """The base scenario within one period, for shorter models."""
    return small(periods=["TW1"], **changes)


def with_partner(own: int, **conditions: object) -> Plain:
    """People at Rp3 each, `own` rupiah of one's own, and a partner of Rp100 with conditions."""
    partner = {"id": "unja", "kind": "partner", "amount": 100} | conditions
    funds = [{"id": "apbd", "kind": "own", "amount": own}, partner]
    return small(programmes=costing("participant", 3), funds=funds)


def best(plain: Plain) -> list[str]:
    """What the plan reaches on each level of the objective, exactly."""
    read = Scenario.model_validate(plain)
    assert not find_problems(read)
    try:
        found = plan(read, SearchLimits(gap=0.0), inline=True).plan
    except InfeasibleError:
        return []
    assert found.status == Status.OPTIMAL
    return [str(level.value) for level in found.objective]


def families_without(name: str) -> Families:
    """The families of rows of the product, without one of them."""
    return {family: make_rows for family, make_rows in FAMILIES.items() if family != name}


def solver_says(plain: Plain, without: str = "", learnt: Learnt = NOTHING_LEARNT) -> list[float]:
    """What the solver reaches on each level, unchecked; none where it finds nothing."""
    model = build(Scenario.model_validate(plain), families=families_without(without), learnt=learnt)
    return [round(level.value, 6) for level in solve_model(model, SearchLimits(gap=0.0)).levels]


def golden(family: str, plain: Plain, request: pytest.FixtureRequest, learnt: Learnt = NOTHING_LEARNT) -> None:
    """The model of `plain` is word for word the one kept for `family`, and its rows of the family decide the plan."""
    if family not in ("trained", "closings_cut"):  # their rows follow from others
        same = solver_says(plain, without=family, learnt=learnt) == solver_says(plain, learnt=learnt)
        assert not same, f"without the rows of {family} the plan is as good: take a scenario in which they decide it"
    text = "".join(_model_text(family, plain, learnt))
    path = GOLDEN / f"{family}.lp"
    if request.config.getoption("--update-goldens"):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} is not there; pytest --update-goldens writes it."
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; look why, then pytest --update-goldens."


def _model_text(family: str, plain: Plain, learnt: Learnt) -> Iterator[str]:
    """The model as LP text, each name with what it stands for in a comment before it."""
    model = build(Scenario.model_validate(plain), learnt=learnt)
    assert any(of == family for of, _key in model.rows.values()), f"the scenario has no row of {family}"
    yield f"\\ {family}\n\\ One unit of money is Rp{model.parts.unit}.\n"
    for of, members in model.variables.families().items():
        for key, variable in members.items():
            yield f"\\ {variable.name:<4} {of}: {_words(key)}\n"
    for name, (of, key) in model.rows.items():
        if of == family:
            yield f"\\ {name}: {_words(key)}\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.lp"
        model.problem.writeLP(str(path))
        yield path.read_text(encoding="utf-8")


def _words(key: Hashable) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    return ", ".join(_word(part) for part in parts)


def _word(part: object) -> str:
    match part:
        case SeatProfile():
            return part.programme
        case OneOff():
            return part.item
    return str(part)
