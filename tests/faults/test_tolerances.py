"""No run of a solver has a tolerance tighter than its own: with tighter ones HiGHS has cut off the best plan."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pulp
import pytest

from planner.highs.checked import CheckedHighs
from tests.unit.solve.fake_engine import planned

PROGRAM = Path(__file__).parents[2] / "planner"
TOLERANCE = re.compile(r"(?:primal|dual|mip|integrality|ipm)_?\w*tolerance|integerT|primalT|dualT", re.IGNORECASE)


def test_no_part_of_the_program_names_a_tolerance_of_a_solver() -> None:
    named = [
        f"{path.relative_to(PROGRAM)}: {match[0]}"
        for path in sorted(PROGRAM.rglob("*.py"))
        for match in TOLERANCE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_the_options_of_every_run_leave_tolerances_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    real = CheckedHighs.createAndConfigureSolver

    def looked_at(self: CheckedHighs, lp: pulp.LpProblem) -> None:
        real(self, lp)
        held: Any = lp.solverModel
        options = held.getOptions()
        seen.append((options.mip_feasibility_tolerance, options.primal_feasibility_tolerance))

    monkeypatch.setattr(CheckedHighs, "createAndConfigureSolver", looked_at)
    planned()
    assert seen
    assert set(seen) == {(1e-6, 1e-7)}
