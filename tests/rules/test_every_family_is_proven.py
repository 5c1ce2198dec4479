"""No rule without its four proofs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from planner.model.build import FAMILIES
from tests.rules.proofs import PROVEN, WAYS
from tests.rules.small import GOLDEN

FILES = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_rule_family_has_its_four_proofs(family: str) -> None:
    for name in FILES:
        import_module(f"tests.rules.{name}")
    assert [way for way in WAYS if (family, way) not in PROVEN] == []


def test_every_proof_is_of_a_rule_family() -> None:
    for name in FILES:
        import_module(f"tests.rules.{name}")
    assert {family for family, _way in PROVEN} <= set(FAMILIES)


def test_every_golden_model_is_of_a_rule_family(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--update-goldens"):  # then they may not be written yet
        assert {path.stem for path in GOLDEN.iterdir()} == set(FAMILIES)
