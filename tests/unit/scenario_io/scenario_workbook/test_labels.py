"""Labels above the grey heads, and names of sheets, that a planner has changed."""

from __future__ import annotations

import pytest

from tests.unit.scenario_io.scenario_workbook.books import book, setting, told


@pytest.mark.parametrize(
    ("place", "label", "words"),
    [
        ("Funds!D1", "Amount (ribuan)", "'ribuan': amounts of this column would be in thousands or millions"),
        ("Funds!D1", "Amount (USD)", "'USD': amounts of this column would be in a foreign currency"),
        ("Gaps!C1", "Orang (ribuan)", "'ribuan': numbers of this column would be in thousands or millions, but people"),
    ],
)
def test_a_label_by_which_figures_would_be_others_is_refused(place: str, label: str, words: str) -> None:
    found = told(book(setting(place, label)))
    assert any(f"b.xlsx:{place}: {words}" in text for text in found), found


def test_a_sheet_that_is_missing_is_told_with_those_that_are_not_known() -> None:
    found = told(book(lambda workbook: setattr(workbook["Groups"], "title", "Pegawai")))
    assert "has no sheet 'Groups'. If it is one of these, rename it: 'Pegawai'. Otherwise add it." in found[0]
