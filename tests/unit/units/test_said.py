"""Numbers of sentences are written as the language in force writes them; those of files with a point."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.analysis.cuts.question import BudgetCuts
from planner.check.verdict import shown
from planner.domain.checks.problem import percent
from planner.errors import InputError
from planner.locale import speaking
from planner.units.numbers import read_share
from planner.units.said import decimal_said, decimal_text, number_said


@pytest.mark.parametrize(("language", "mark"), [("id", ","), ("en", ".")])
def test_a_decimal_in_a_sentence_has_the_mark_of_its_language(language: str, mark: str) -> None:
    with speaking(language):
        assert decimal_said(Fraction(61, 2)) == shown(Fraction(61, 2)) == f"30{mark}5"
        assert percent(Fraction("0.015")) == f"1{mark}5%"
        with pytest.raises(ValueError, match=rf"1\{mark}5; .*|.* 1\{mark}5"):
            read_share(1.5)
        with pytest.raises(InputError, match=rf"1\{mark}5"):
            BudgetCuts.read({"cut": (1.5,)})
    assert decimal_text(Fraction(61, 2)) == "30.5"


@pytest.mark.parametrize(
    ("language", "shown"), [("id", ("4.000", "0,5", "-1.250")), ("en", ("4,000", "0.5", "-1,250"))]
)
def test_thousands_of_whole_numbers_are_marked_as_in_reports(language: str, shown: tuple[str, ...]) -> None:
    with speaking(language):
        assert tuple(number_said(Fraction(value)) for value in (4000, 0.5, -1250)) == shown
