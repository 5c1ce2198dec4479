"""A test that meets too few cases says what may have drawn them otherwise."""

from __future__ import annotations

from tests.conftest import pytest_assertrepr_compare
from tests.sampled import few


def test_too_few_cases_name_where_they_are_drawn() -> None:
    told = pytest_assertrepr_compare(">", 0, few(5))
    assert told is not None
    assert told[0] == f"0 cases are met, and {few(5)} are not enough"
    assert "tests/oracle/generate.py" in told[1]


def test_other_comparisons_are_told_as_ever() -> None:
    assert pytest_assertrepr_compare(">", 0, 5) is None
    assert pytest_assertrepr_compare("==", 0, few(5)) is None
