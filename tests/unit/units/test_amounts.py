"""Amounts as offices write them: one meaning is read, two are refused with both named."""

from __future__ import annotations

import pytest

from planner.units.numbers import read_count, read_number, read_rupiah, read_share


@pytest.mark.parametrize(
    ("written", "rupiah"),
    [
        ("1.250.000,00", 1_250_000), ("1.250.000,0", 1_250_000), ("50.000,00", 50_000), ("Rp50.000,-", 50_000),
        ("Rp 50.000,--", 50_000), ("Rp. 50.000.-", 50_000), ("50.000,-", 50_000), ("50000,-", 50_000),
        ("50000,00", 50_000), ("50000.00", 50_000), ("50rb", 50_000), ("50 rb", 50_000), ("Rp50rb", 50_000),
        ("Rp 50 ribu", 50_000), ("50 ribu rupiah", 50_000), ("1,5jt", 1_500_000), ("Rp1,5 jt.", 1_500_000),
        ("2,5 trilyun", 2_500_000_000_000 // 1), ("IDR 5.000", 5_000), ("RP 5.000.000", 5_000_000),
        ("Rp\u00a01.250.000", 1_250_000), ("1 250 000", 1_250_000), ("500.000,00 rupiah", 500_000), ("Rp0", 0),
    ],
)  # fmt: skip
def test_what_has_one_meaning_is_read(written: str, rupiah: int) -> None:
    assert read_rupiah(written) == rupiah


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Rp 500,000.00", ["two ways", "Rp500.000 with English marks", "Rp500 and a decimal comma"]),
        ("500,000", ["two ways", "Rp500.000", "Rp500 "]), ("50,000,-", ["two ways", "Rp50.000", "Rp50 "]),
        ("1,250.00", ["two ways", "Rp1.250", "Rp1 "]), ("Rp1,250,000.00", ["English marks", "Rp1.250.000"]),
        ("1,000,000", ["English marks", "Rp1.000.000"]), ("1.000.000", ["but no Rp", " 1000000 ", "Rp1.000.000"]),
        ("1'500'000", ["apostrophes between thousands", " 1500000 "]), ("Rp1\u2019500", ["apostrophes", "'Rp1.500'"]),
        ("500.000 - 750.000", ["two amounts, from and to"]), ("Rp500.000 s.d. Rp750.000", ["two amounts"]),
        ("50.000", ["two ways", " 50000 "]), ("Rp2.500,000", ["two ways", "Rp2.500 ", "Rp2.500.000"]),
        ("Rp1.919.251,50", ["fraction of a rupiah"]), ("2,5", ["fraction of a rupiah", "miliar"]),
        ("1.2e+006", ["power of ten"]), ("1,25E+09", ["power of ten", "loses digits"]),
        ("2,5 M", ["letter", "2,5 miliar", "2,5 juta"]), ("50K", ["letter", "50 ribu"]),
        ("2.5 miliar", ["decimal comma"]), ("1.250 juta", ["decimal mark or group thousands"]),
        ("12.50.000", ["marks do not stand"]), ("1.0000", ["marks do not stand"]), ("1.250.00", ["marks do not stand"]),
        ("Rp500.000 + PPN", ["tax beside", "'tax', such as 11%"]), ("500.000 (termasuk pajak)", ["before tax"]),
        ("500 ribu++", ["tax beside"]), ("Rp50.000/OH excl. VAT", ["tax beside"]),
        ("Rp50.000/orang", ["unit beside"]), ("Rp 50.000 per OH", ["unit beside"]), ("$500", ["foreign currency"]),
        ("USD 500", ["foreign currency"]), ("(500.000)", ["negative"]), ("-50.000", ["negative"]),
        ("Rp -50.000", ["negative"]), ("gratis", ["is not an amount"]), ("50.000 - 75.000", ["names two amounts"]),
        ("Rp", ["is not an amount"]), ("5,5 ribu5", ["is not an amount"]), ("1,2345 ribu", ["not a whole number"]),
    ],
)  # fmt: skip
def test_what_has_none_or_two_is_refused_with_its_own_reason(written: str, words: list[str]) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        read_rupiah(written)
    for word in words:
        assert word in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.250", "1250 or 1.25"), ("8,652", "8652 or 8.652"), ("1.250.000", "1250000"), ("1,98E+17", "power of ten"),
        ("banyak", "expected a number, not 'banyak'"), ("0.700", "expected a number"),
    ],
)  # fmt: skip
def test_texts_that_are_no_number_say_what_they_could_be(written: str, words: str) -> None:
    for read in (read_number, read_count):
        with pytest.raises(ValueError, match=r"\w") as caught:
            read(written)
        assert words in str(caught.value)


def test_a_share_may_be_written_out() -> None:
    assert read_share("12,5 persen") == read_share("12,5%")
