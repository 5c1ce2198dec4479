"""Amounts in words: read back by an own reading of the words, for numbers of every size."""

from __future__ import annotations

import random

import pytest

from planner.report.wording.terbilang import rupiah_terbilang, terbilang

DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan"
NAMES = "ribu juta miliar triliun kuadriliun kuintiliun sekstiliun septiliun oktiliun noniliun desiliun"
UNITS = {name: n for n, name in enumerate(DIGITS.split())}
POWERS = {name: 1000 ** (n + 1) for n, name in enumerate(NAMES.split())}


def read(words: str) -> int:
    """The number that words say, by the rules of the language rather than those of the code."""
    if words.startswith("minus "):
        return -read(words.removeprefix("minus "))
    whole = group = 0
    for word in words.split():
        if word in UNITS:
            last = UNITS[word]
            group += last
        elif word in ("sepuluh", "sebelas", "seratus"):
            last = 0
            group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group += last * 9
        elif word == "ratus":
            group += last * 99
        elif word == "seribu":
            whole += 1000
        elif word == "desiliun":
            whole, group = (whole + group) * POWERS[word], 0
        else:
            whole, group = whole + group * POWERS[word], 0
    return whole + group


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (110, "seratus sepuluh"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (201_000, "dua ratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_250, "satu juta seribu dua ratus lima puluh"),
        (2_500_000_000, "dua miliar lima ratus juta"),
        (17_486_155_000, "tujuh belas miliar empat ratus delapan puluh enam juta seratus lima puluh lima ribu"),
        (10**12, "satu triliun"),
        (10**15, "satu kuadriliun"),
        (10**36, "seribu desiliun"),
        (-75, "minus tujuh puluh lima"),
    ],
)
def test_numbers_are_spelled_out(number: int, words: str) -> None:
    assert terbilang(number) == words
    assert read(words) == number


def test_the_words_of_any_number_say_that_number() -> None:
    draw = random.Random(7)
    numbers = [*range(2_100), *(draw.randrange(10 ** draw.randrange(1, 40)) for _ in range(3_000))]
    numbers += [10**n + k for n in range(40) for k in (-1, 0, 1, 11)]
    assert [number for number in numbers if read(terbilang(number)) != number] == []
    assert len({terbilang(number) for number in numbers}) == len(set(numbers))


def test_an_amount_begins_with_a_capital_and_ends_in_rupiah() -> None:
    assert rupiah_terbilang(1_500) == "Seribu lima ratus rupiah"
