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


def test_a_code_has_all_of_its_width_before_texts_that_can_break() -> None:
    columns = [Column("Kode rekening", "text"), Column("Uraian", "name"), Column("Koefisien", "number")]
    columns += [Column("Satuan", "text"), Column("Harga (Rp)", "number"), Column("Jumlah (Rp)", "number")]
    code = "5.1.02.01.01.0052"
    rows = [(code, "Kudapan (366 peserta x 1 orang)", "1.464", "orang x hari x kali", "3.330.000", "1.303.490.000")]
    assert table_widths(table("t", "RAB", columns, rows), 9_354)[0] >= _twips(code) - 5
