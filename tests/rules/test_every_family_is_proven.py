"""No rule without its entry, its file, its test file of the same name, and the four proofs of its rows."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from planner.domain.rule_families import RULE_FAMILIES, RuleFamily, family_of
from planner.model import rules
from planner.model.families import FAMILIES
from tests.rules.proofs import PROVEN, WAYS
from tests.rules.small import GOLDEN

HERE = Path(__file__).parent
FILES = sorted(path.stem for path in HERE.glob("test_*.py") if path != Path(__file__))
WITH_ROWS = [family for family in RULE_FAMILIES if family.rows]


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_of_rows_has_its_four_proofs(name: str) -> None:
    for file in FILES:
        import_module(f"tests.rules.{file}")
    missing = [way for way in WAYS if (name, way) not in PROVEN]
    file = f"tests/rules/test_{family_of(name).name}.py"
    assert not missing, f'{file}: no test is marked @proves("{name}", ...) as {", ".join(missing)}'


def test_every_proof_is_of_a_family_of_rows() -> None:
    for file in FILES:
        import_module(f"tests.rules.{file}")
    unknown = {name for name, _way in PROVEN} - set(FAMILIES)
    assert not unknown, f"@proves names what is no rows of an entry in planner/domain/rule_families.py: {unknown}"


def test_every_golden_model_is_of_a_family_of_rows(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--update-goldens"):  # then they may not be written yet
        differ = {path.stem for path in GOLDEN.iterdir()} ^ set(FAMILIES)
        assert not differ, f"tests/rules/golden lacks a model of these rows, or has one of rows there are not: {differ}"


def test_every_file_of_rules_has_an_entry_and_every_entry_with_rows_a_file() -> None:
    files = {path.stem for path in Path(rules.__path__[0]).glob("[a-z]*.py")}
    differ = files ^ {family.name for family in WITH_ROWS}
    assert not differ, f"planner/model/rules has these files without an entry with rows, or the reverse: {differ}"


@pytest.mark.parametrize("family", WITH_ROWS, ids=lambda family: family.name)
def test_every_rule_is_proven_in_the_test_file_of_its_name(family: RuleFamily) -> None:
    text = (HERE / f"test_{family.name}.py").read_text(encoding="utf-8")
    unproven = [rows.name for rows in family.rows if f'@proves("{rows.name}", ' not in text]
    assert not unproven, f"tests/rules/test_{family.name}.py proves nothing of the rows {unproven}"
