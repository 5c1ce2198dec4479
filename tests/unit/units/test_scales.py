"""Words by which amounts are in thousands or millions; words of a single amount, and of other things, are none."""

from __future__ import annotations

import pytest

from planner.units.scales import format_in_thousands, price_in_thousands, table_in_thousands, unit_in_thousands


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Harga dalam Rp x 1.000", "Rp x 1.000"),
        ("(dalam '000 Rp)", "'000 Rp"),
        ("Nilai: Jutaan", "Jutaan"),
        ("Satuan : ribu", "ribu"),
        ("dlm rb", "dlm rb"),
        ("SHS (Rp.000)", "(Rp.000)"),
        ("PAGU (jutaan)", "(jutaan)"),
        ("Ribuan Rupiah", "Ribuan Rupiah"),
        ("dalam nilai jutaan rupiah", "dalam nilai jutaan rupiah"),
        ("Rp x ribu", "Rp x ribu"),
    ],
)
def test_a_title_says_that_amounts_are_in_thousands(title: str, words: str) -> None:
    assert table_in_thousands(title) == words


@pytest.mark.parametrize(
    "title",
    [
        "Pagu sebesar 2,5 miliar rupiah",
        "Pagu Rp2,5 miliar",
        "Ribuan ASN belum terlatih",
        "Kertas ukuran 5 x 1.000 mm",
        "Mulai Rp1.000",
        "Program seribu guru",
        "Harga satuan dalam rupiah",
    ],
)
def test_other_words_of_a_title_say_nothing(title: str) -> None:
    assert not table_in_thousands(title)


def test_words_beside_a_price_speak_of_it_or_of_what_is_bought() -> None:
    assert unit_in_thousands("OH (x Rp1.000)") == "(x Rp1.000)"
    assert unit_in_thousands("ribuan") == "ribuan"
    assert not unit_in_thousands("rim isi 1.000 lembar")
    assert price_in_thousands("harga dalam ribuan") == "harga dalam ribuan"
    assert price_in_thousands("Rp x 1.000") == "Rp x 1.000"
    assert not price_in_thousands("Kertas (x 1.000)")


@pytest.mark.parametrize(
    ("number_format", "word"),
    [
        ('#,##0" juta"', "juta"),
        ('"Rp"0.0\\ "jt"', "jt"),
        ('#,##0,"juta"', "juta"),
        ('[>=1000]0,"rb";0" miliar"', "miliar"),
        ('#,##0".000"', ".000"),
        ("#,##0\\.\\0\\0\\0", ".000"),
        ('0 "000"', "000"),
        ('0"0"', "0"),
        ('#,##0,".000"', ""),
        ('#,##0",00"', ""),
        ('00"."00"."000', ""),
        ('0"/2027"', ""),
        ('#,##0,," juta"', ""),
        ('0,\\ "ribu"', ""),
        ('"Rp"#,##0', ""),
        ("General", ""),
        ('000"."000', ""),
        ("#,##0.000", ""),
    ],
)
def test_a_format_shows_thousands_or_millions_that_are_not_stored(number_format: str, word: str) -> None:
    assert format_in_thousands(number_format) == word
