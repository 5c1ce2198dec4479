"""The register of faults: every row names tests that exist, and every test of a fault stands in a row."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.contract.source import nodes_of
from tests.named_tests import NAMED

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([A-Z]\d+) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/.]+\.py::test_\w+(?:\[[^`]*\])?)`")
ROWS = {row[1]: (row[2], row[3], TEST.findall(row[4])) for row in ROW.finditer(PAGE)}
"""Of each id: the fault, what is promised, and the node ids of its tests, from tests/ on."""

OF_FAULTS = (
    "faults",
    "plans/test_false_claims.py",
    "plans/test_interruptions.py",
    "pages/test_injection.py",
    "properties/test_checker_corruption.py",
    "properties/test_checker_robust.py",
    "unit/scenario_io/scenario_workbook/test_hazards.py",
    "unit/scenario_io/tables/test_far_cells.py",
    "unit/scenario_io/test_any_input.py",
    "unit/scenario_io/test_encoding.py",
    "unit/scenario_io/test_numbers.py",
    "unit/scenario_io/test_yaml_faults.py",
    "unit/cli/test_failing_disk.py",
    "unit/solve/test_lying_engines.py",
    "unit/solve/test_refusals.py",
    "unit/highs/test_checked.py",
    "unit/store/test_threads.py",
    "unit/test_whole_file.py",
    "unit/web/test_access.py",
    "unit/web/test_backup.py",
    "unit/web/test_other_hands.py",
)
"""Files and folders whose tests are all about faults: each of their tests stands in a row."""


def functions(file: Path) -> dict[str, ast.FunctionDef]:
    """The tests in a file, also those of classes."""
    return {
        node.name: node
        for node in nodes_of(file)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_the_page_has_rows_with_ids_of_their_own_and_in_order() -> None:
    ids = [row[1] for row in ROW.finditer(PAGE)]
    assert len(ids) > 100
    assert [one for one, times in Counter(ids).items() if times > 1] == []
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| id ")]
    assert [line for line in lines if ROW.fullmatch(line) is None] == [], "a row has four columns"
    for letter in dict.fromkeys(one[0] for one in ids):
        numbers = [int(one[1:]) for one in ids if one[0] == letter]
        assert numbers == list(range(1, len(numbers) + 1)), letter


@pytest.mark.parametrize("row", ROWS)
def test_a_row_says_what_is_promised_and_names_tests_that_exist(row: str) -> None:
    fault, promise, tests = ROWS[row]
    assert len(fault) > 3
    assert len(promise) > 3
    assert tests, "a fault without a test"
    for test in tests:
        file, name = re.sub(r"\[.*", "", test).split("::")
        assert name in functions(TESTS / file), test
        if NAMED.whole:
            cases = NAMED.cases_of(f"tests/{file}::{name}")
            assert cases, f"{test} is not collected"
            case = test.partition("[")[2].removesuffix("]")
            assert not case or case in cases, f"{test}: {sorted(cases)}"


def test_every_test_of_a_fault_stands_in_a_row() -> None:
    named = {re.sub(r"\[.*", "", test) for _fault, _promise, tests in ROWS.values() for test in tests}
    missing = [
        f"{file.relative_to(TESTS).as_posix()}::{name}"
        for top in OF_FAULTS
        for file in ([TESTS / top] if top.endswith(".py") else sorted((TESTS / top).rglob("test_*.py")))
        for name in functions(file)
        if f"{file.relative_to(TESTS).as_posix()}::{name}" not in named
    ]
    assert missing == []


def test_a_test_of_the_register_can_fail() -> None:
    """It asserts something, expects an error, or calls what does."""
    asserting = re.compile(r"\bassert\b|pytest\.raises|\b(?:check|outcome|only|told|planned|assert_\w+)\(")
    silent = []
    for test in sorted({re.sub(r"\[.*", "", test) for row in ROWS.values() for test in row[2]}):
        file, name = test.split("::")
        text = (TESTS / file).read_text(encoding="utf-8")
        body = ast.get_source_segment(text, functions(TESTS / file)[name]) or ""
        if not asserting.search(body):
            silent.append(test)
    assert silent == []
