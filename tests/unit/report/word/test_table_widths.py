"""Columns of tables in Word fit pages of any width: no name breaks within a word while others can break between."""

from __future__ import annotations

import pytest

from planner.report.views.table import Column, Table, table
from planner.report.word.table_widths import _twips, table_widths


def of_programmes() -> Table:
    heads = ["Bentuk", "Penyelenggara"], ["JP", "Angkatan", "Rata-rata per angkatan", "Peserta"]
    columns = [Column("Program", "name"), *map(Column, heads[0]), *(Column(head, "number") for head in heads[1])]
    rows = [("Pelatihan 9", "pelatihan (klasikal)", "Badan Kepegawaian", "24", "4", "30", "120")]
    return table("t", "Program", columns, rows)


@pytest.mark.parametrize("page", [8640, 9026, 9638, 12000])
def test_names_do_not_break_within_words(page: int) -> None:
    widths = table_widths(of_programmes(), page)
    assert sum(widths) <= page
    for width, word in zip(widths, ("Pelatihan", "pelatihan", "Penyelenggara"), strict=False):
        assert width >= min(_twips(word), page // 4)


def test_on_a_page_too_narrow_for_all_words_columns_still_fit() -> None:
    widths = table_widths(of_programmes(), 3000)
    assert sum(widths) <= 3000
    assert min(widths) > 0
