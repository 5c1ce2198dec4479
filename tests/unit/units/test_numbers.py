"""Quantities as planners write them: read exactly, or refused with a sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.locale import speaking
from planner.units.numbers import read_count, read_limit, read_number, read_rupiah, read_share
from planner.units.said import decimal_text, nearest
from planner.units.texts import name_key, read_name, read_text


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        (2_500_000_000, 2_500_000_000),
        ("2_500_000_000", 2_500_000_000),
        ("2500000000", 2_500_000_000),
        ("Rp2.500.000.000", 2_500_000_000),
        ("rp 2.500.000", 2_500_000),
        ("Rp. 2.500.000", 2_500_000),
        ("Rp2.500.000,00", 2_500_000),
        ("2,5 miliar", 2_500_000_000),
        ("2,5  Milyar", 2_500_000_000),
        ("Rp 750 juta", 750_000_000),
        ("15 ribu", 15_000),
        ("1,234567 juta", 1_234_567),
        ("999 triliun", 999 * 10**12),
        (Decimal("5.0"), 5),
        (7.0, 7),
        (Fraction(8, 2), 4),
        (999_999_999_999_999, 999_999_999_999_999),
    ],
)
def test_rupiah_is_read_exactly(written: object, rupiah: int) -> None:
    assert read_rupiah(written) == rupiah


@pytest.mark.parametrize(
    "written",
    [
        "1.000.000", "1,000,000", "1.500.000,50", "Rp1.500.000,50", "2.5 miliar", "2,5", "2,5 M", "sejuta", "",
        " ", "Rp",
        "1,2345678 juta", "-5", -5, 10**15, "1000 triliun", True, None, [], {}, 0.5, float("nan"), float("inf"),
        Decimal("1e400"), Decimal("900.000"), "9" * 5_000, "1__0", "12 34", "5juta x",
    ],
)  # fmt: skip
def test_other_amounts_are_refused_with_a_sentence(written: object) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        read_rupiah(written)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("written", "share"),
    [
        (0.7, Fraction(7, 10)), ("70%", Fraction(7, 10)), ("12,5%", Fraction(1, 8)), ("0.34 %", Fraction(34, 10_000)),
        (1, Fraction(1)), (0, Fraction(0)), (Decimal("1.000"), Fraction(1)),
        (0.1 + 0.2, Fraction("0.30000000000000004")),
    ],
)  # fmt: skip
def test_shares_are_read_exactly(written: object, share: Fraction) -> None:
    assert read_share(written) == share


@pytest.mark.parametrize("written", [1.2, "120%", -0.1, "-5%", "0.7", "tujuh", True, None, "7 0%", float("nan")])
def test_other_shares_are_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_share(written)


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("30%", (Fraction(3, 10), True)), (0.3, (Fraction(3, 10), True)), (30, (Fraction(30), False)),
        (0, (Fraction(0), False)), (1, (Fraction(1), False)), ("2,5 miliar", (Fraction(2_500_000_000), False)),
        (Decimal("2.5"), (Fraction(5, 2), False)),
    ],
)  # fmt: skip
def test_a_limit_is_a_share_or_a_number(written: object, limit: tuple[Fraction, bool]) -> None:
    assert read_limit(written) == limit


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (Decimal("1.000"), "1000 or 1"), (Decimal("1.250"), "1250 or 1.25"), (Decimal("999.990"),
        "999990 or 999.99"),
        (-1, "negative"), (10**15, "10^15"), ("5", "expected a number"), (True, "expected a number"),
        (Decimal("NaN"), "not a finite number"), (float("inf"), "not a finite number"), (Decimal("1e-50"), "too small"),
    ],
)  # fmt: skip
def test_numbers_of_two_meanings_are_refused(written: object, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("^", r"\^")):
        read_number(written)


@pytest.mark.parametrize(
    "written", [Decimal("1.125"), Decimal("0.125"), Decimal("0.500"), Decimal("1.5"), Decimal("1000.000")]
)
def test_other_decimals_are_numbers(written: Decimal) -> None:
    assert read_number(written) == Fraction(written)


@pytest.mark.parametrize("written", [Decimal("1.125"), 0.5, -1, 10**9, "5", None])
def test_counts_are_whole(written: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_count(written)


@pytest.mark.parametrize(
    ("written", "text"),
    [("  a b ", "a b"), ("e\u0301", "é"), (2027, "2027"), (Decimal("5.10"), "5.10"), ("a\nb", "a\nb")],
)
def test_text_has_one_normal_form(written: object, text: str) -> None:
    assert read_text(written) == text


@pytest.mark.parametrize("written", [None, True, 0.5, [], "a\u202eb", "a\u200bb", "\x00", "a\x1b[31m", "\ue000"])
def test_invisible_signs_and_other_things_are_no_text(written: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_text(written)


@pytest.mark.parametrize("written", ["", "  ", "a\nb", "a\tb", "x" * 201])
def test_a_name_stands_on_one_line(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_name(written)


def test_names_that_look_the_same_share_a_key() -> None:
    names = ["Dinas Kesehatan", "dinas  kesehatan", "DINASKESEHATAN", "\uff24inas Kesehatan", "Dinas Kesehatan\u00a0"]

    assert len({name_key(name) for name in names}) == 1
    assert name_key("Dinas Kesehatan") != name_key("Dinas Pendidikan")


@given(st.integers(-(10**6), 10**6), st.integers(0, 8), st.integers(0, 8))
def test_decimal_text_is_exact(top: int, twos: int, fives: int) -> None:
    value = Fraction(top, 2**twos * 5**fives)

    assert Fraction(decimal_text(value)) == value


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (Fraction(5, 2), 3),
        (Fraction(-5, 2), -3),
        (Fraction(7, 3), 2),
        (2, 2),
        (0.5, 1),
        (-0.5, -1),
        (2.5, 3),
        (1e-300, 0),
        (Decimal("0.5"), 1),
        (10**30 + Fraction(1, 2), 10**30 + 1),
    ],
)
def test_the_nearest_whole_number_of_a_half_is_away_from_zero(value: float | Fraction | Decimal, whole: int) -> None:
    assert nearest(value) == whole


def test_a_fraction_without_a_decimal_is_shown_as_one() -> None:
    assert decimal_text(Fraction(1, 3)) == "1/3"


@given(st.text() | st.integers() | st.floats() | st.decimals() | st.booleans() | st.none() | st.binary())
def test_readers_answer_with_a_value_or_a_sentence(value: object) -> None:
    for read in (
        read_rupiah, read_share, read_limit, read_number, read_count, read_text,
        read_name,
    ):  # fmt: skip
        try:
            read(value)
        except ValueError as error:
            assert len(str(error)) < 400  # noqa: PT017  # the sentence is what the test is about


@pytest.mark.parametrize("written", ["1.500%", "1,500%", "12.500 persen", " 1.050 %"])
def test_a_share_of_two_readings_is_refused_with_both(written: str) -> None:
    figures = written.split("%")[0].split("persen")[0].strip()
    thousands, decimal = re.sub(r"\D", "", figures), decimal_text(Fraction(figures.replace(",", ".")))
    with pytest.raises(ValueError, match=f"in two ways. Write {thousands}% or {decimal}%."):
        read_share(written)


@pytest.mark.parametrize(("written", "share"), [("33,333%", "0.33333"), ("0,500%", "0.005"), ("1,50%", "0.015")])
def test_a_share_of_one_reading_is_read(written: str, share: str) -> None:
    assert read_share(written) == Fraction(share)


def test_an_amount_too_long_to_write_is_told_in_words_without_a_sign_of_money() -> None:
    with speaking("en"), pytest.raises(ValueError, match=r"^a number of more than 40 digits is 10\^15 or more"):
        read_rupiah(10**41)
    with speaking("en"), pytest.raises(ValueError, match=r"^Rp1000000000000000 is 10\^15 or more"):
        read_rupiah(10**15)
