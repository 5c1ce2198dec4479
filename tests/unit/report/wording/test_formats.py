from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from planner.report.wording.formats import NO_BREAK, NOTHING, Formats, alike, places_needed, rounded

ID, EN = Formats("id"), Formats("en")


def test_rupiah_are_written_in_full_without_a_space() -> None:
    assert ID.rupiah(1_250_000_000) == "Rp1.250.000.000"
    assert EN.rupiah(1_250_000_000) == "Rp1,250,000,000"
    assert ID.rupiah(0) == "Rp0"
    assert ID.rupiah(2**53 + 1) == "Rp9.007.199.254.740.993"


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (1_250_000_000, "Rp 1,25 miliar", "Rp 1.25 billion"),
        (750_000_000, "Rp 750 juta", "Rp 750 million"),
        (5_178_000_000_000, "Rp 5,18 triliun", "Rp 5.18 trillion"),
        (999_999_999, "Rp 1 miliar", "Rp 1 billion"),
        (1_000_000, "Rp 1 juta", "Rp 1 million"),
        (999_999, "Rp999.999", "Rp999,999"),
        (0, "Rp0", "Rp0"),
    ],
)
def test_large_amounts_are_put_into_words(amount: int, indonesian: str, english: str) -> None:
    assert ID.rupiah_in_words(amount).replace(NO_BREAK, " ") == indonesian
    assert EN.rupiah_in_words(amount).replace(NO_BREAK, " ") == english


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(123, 1000), "12,3%"),
        (Fraction(37, 100), "37,0%"),
        (Fraction(1), "100%"),
        (Fraction(0), "0%"),
        (Fraction(99_999, 100_000), "99,9%"),
        (Fraction(1, 100_000), "<0,1%"),
        (Fraction(1, 3), "33,3%"),
    ],
)
def test_a_share_is_100_percent_only_when_it_is_whole(share: Fraction, shown: str) -> None:
    assert ID.share(share) == shown


def test_a_share_that_was_set_keeps_its_decimals() -> None:
    assert ID.given_share(Fraction(34, 10_000)) == "0,34%"
    assert ID.given_share(Fraction(3, 4)) == "75%"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0001, "0,01%"), (0.0000837, "0,0084%"), (0.12, "12%"), (0.0, "0%"), (1e-12, "<0,000001%"), (1.5, "150%")],
)
def test_small_gaps_keep_two_digits(value: float, shown: str) -> None:
    assert ID.float_share(value) == shown


def test_numbers_have_the_decimals_they_need_and_columns_as_many_in_each_row() -> None:
    assert ID.number(Fraction(2469, 2)) == "1.234,5"
    assert ID.number(1234) == "1.234"
    assert ID.fixed(Fraction(2469, 2), 2) == "1.234,50"
    assert EN.fixed(Fraction(2469, 2), 2) == "1,234.50"
    assert ID.fixed(12, 0) == "12"


def test_rounding_is_exact_and_halves_go_up_as_in_spreadsheets() -> None:
    assert str(rounded(Fraction(1, 8), 2)) == "0.13"
    assert str(rounded(Fraction(3, 8), 2)) == "0.38"
    assert str(rounded(Fraction(-1, 8), 2)) == "-0.13"
    assert str(rounded(10**30 + Fraction(1, 3), 1)) == "1000000000000000000000000000000.3"


def test_figures_that_end_in_five_are_rounded_up_in_every_format() -> None:
    assert ID.share(Fraction("0.6725")) == "67,3%"
    assert ID.number(Fraction(1, 4), 1) == ID.fixed(Fraction(1, 4), 1) == "0,3"
    assert ID.rupiah_in_words(1_125_000_000 + 10**7 // 2 * 8).replace(NO_BREAK, " ") == "Rp 1,17 miliar"
    assert ID.float_share(0.00125) == "0,13%"
    assert ID.share(Fraction("0.9995")) == "99,9%"


def test_dates_are_written_out() -> None:
    assert ID.date(date(2027, 8, 17)) == "17 Agustus 2027"
    assert EN.date(date(2027, 8, 17)) == "17 August 2027"


def test_gaps_are_printed_with_the_fewest_decimals_that_are_exact() -> None:
    assert places_needed([Fraction(3), Fraction(4)]) == 0
    assert places_needed([Fraction(1, 2)]) == 1
    assert places_needed([Fraction(1, 4), Fraction(1, 2)]) == 2
    assert places_needed([Fraction(1, 400), Fraction(1, 2)]) == 4
    assert places_needed([Fraction(1, 32)]) == 2
    assert places_needed([Fraction(1, 3)]) == 2
    assert places_needed([]) == 0


@pytest.mark.parametrize(
    ("language", "figures", "shown"),
    [
        (
            "id",
            ["39", "39,25", "1.204", "\u2212,5", "\u22120,5"],
            ["39,00", "39,25", "1.204,00", "\u2212,5", "\u22120,50"],
        ),
        ("en", ["39", "39.25", "1,204", "+3"], ["39.00", "39.25", "1,204.00", "+3.00"]),
        ("id", ["1.204", "3"], ["1.204", "3"]),
        ("id", ["0,5", NOTHING, "<0,1", "5%", "Rp3", "TW1", ""], ["0,5", NOTHING, "<0,1", "5%", "Rp3", "TW1", ""]),
    ],
)
def test_the_figures_of_a_column_get_the_decimals_of_the_longest(
    language: str, figures: list[str], shown: list[str]
) -> None:
    assert alike(figures, language) == shown
