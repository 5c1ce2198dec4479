"""The model page says what the registry and the code say."""

from __future__ import annotations

import pytest

from planner.model.families import FAMILIES, mathematics, meaning
from tests.rules.model_page import PAGE, page


def test_the_model_page_is_made_from_the_registry(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-goldens"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), "pytest --update-goldens writes docs/model.md anew."


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_states_its_meaning_then_its_formula_with_a_unit(name: str) -> None:
    assert meaning(name).endswith("."), name
    formulas = mathematics(name)
    assert formulas, name
    assert all(any(sign in formula for sign in ("<=", ">=", "=")) for formula in formulas), name
    assert all(formula.endswith("]") for formula in formulas), f"{name}: state the unit of each formula in brackets"
