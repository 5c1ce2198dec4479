"""One code in every spelling that offices use is one code; anything else is refused with its value."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from planner.domain.codes import in_one_cell, is_below, joined_key, price_key, read_account, read_activity
from planner.domain.listed_prices import unit_words
from planner.domain.programmes import CostItem
from planner.domain.selectors import ItemSelector

ACCOUNT = "5.1.02.02.12.0004"

SPELLINGS: list[Any] = [
    ACCOUNT, "5.1.2.02.12.0004", "510202120004", 510202120004, "5.1.2.2.12.4", ACCOUNT + " ", "\u00a0" + ACCOUNT,
    ACCOUNT + ".", "5. 1. 02. 02. 12. 0004", "5 1 02 02 12 0004", ACCOUNT + " Belanja Diklat Kepemimpinan",
    ("5.", "1.", "02.", "02.", "12.", "0004"), ("5", "1", "02", "02", "12", "0004"), "510202120004 - Diklat 2027",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_account_has_one_spelling(spelling: Any) -> None:
    assert read_account(spelling) == ACCOUNT
    line = CostItem(item="a", per="class", price=1, account=list(spelling) if isinstance(spelling, tuple) else spelling)
    assert line.account == ACCOUNT
    if not isinstance(spelling, tuple):
        assert ItemSelector(account=spelling).matches(line.attributes())


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("5.1.02.01.01.00521", "'00521' has a digit too many"),
        ("5.1.002.01.01.0052", "'002' has a digit too many"),
        ("5.1.02.01.01.0052.1", "7 levels instead of 6"),
        ("51020212000", "11 digits instead of 12"),
        ("5102021200041", "13 digits instead of 12"),
        ("524113", "6 digits instead of 12"),
        ("5,1,02", "is not a number"),
        ("5.1.02.01.01.00A2", "'00A2' is not a number"),
        ("5..02.01.01.0052", "'' is not a number"),
        ("\u0665.1.02.01.01.0052", "is not a number"),
        ("honorarium", "is not a number"),
    ],
)
def test_what_is_no_account_is_refused_with_its_value(value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"5\.1\.02\.02\.12\.0004") as caught:
        read_account(value)
    assert value in str(caught.value)
    assert reason in str(caught.value)


def test_a_higher_level_stands_for_all_accounts_below_it() -> None:
    assert read_account("5.1.2") == "5.1.02"
    assert is_below(ACCOUNT, ["5.1.02.01", "5.1.02.02"])
    assert is_below(ACCOUNT, [ACCOUNT])
    assert not is_below("5.1.02.021.01.0001", ["5.1.02.02"])


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("5.04.02.1.02.0007", "5.04.02.1.02.0007"),
        ("5.4.2.1.2.7", "5.04.02.1.02.0007"),
        ("5.04.02.1.02.07", "5.04.02.1.02.0007"),
        ("504021020007", "5.04.02.1.02.0007"),
        ("5.04.02.1.02.0007 ", "5.04.02.1.02.0007"),
        ("5.03.02.2.03.0003", "5.03.02.2.03.0003"),
        ("x.xx.01.1.05.0009", "X.XX.01.1.05.0009"),
    ],
)
def test_an_activity_has_one_spelling(spelling: str, code: str) -> None:
    assert read_activity(spelling) == code


def test_what_is_no_activity_is_refused_with_its_value() -> None:
    with pytest.raises(ValueError, match=r"5\.04\.02\.1\.02\.00071.*digit too many"):
        read_activity("5.04.02.1.02.00071")


def test_codes_of_prices_are_compared_without_zeros_spaces_and_case() -> None:
    alike = ["1.1.12.03.01.0001", "1.1.12.3.1.1", "1.1.12.03.01.0001 ", "1.1.12.03.01.0001."]
    assert {price_key(code) for code in alike} == {"1.1.12.3.1.1"}
    assert price_key("012") == price_key(12) == "12"
    assert price_key("SSH - 07") == price_key("ssh-07")
    assert price_key("1.11") != price_key("11.1")
    assert joined_key("1.1.12.03") == joined_key("111203")
    assert in_one_cell(["5.", " 1.", "", "02"]) == "5.1.02"


@pytest.mark.parametrize(
    "alike",
    [
        ("OH", "Orang/Hari", "orang x hari", "ORANG / HARI", "Org/Hari"), ("OJ", "Orang/Jam", "orang jam"),
        ("OK", "Orang/Kali", "Orang/Kegiatan"), ("Buah", "buah "), ("OJP", "Orang/Jam Pelajaran", "Orang/JP"),
    ],
)  # fmt: skip
def test_spellings_of_one_unit_are_one(alike: tuple[str, ...]) -> None:
    assert len({unit_words(unit) for unit in alike}) == 1


def test_units_that_count_different_things_are_different() -> None:
    units = ["OH", "OJ", "OJP", "OK", "OB", "Orang", "Hari", "Buah", "Rim", "m2", "%"]
    assert len({unit_words(unit) for unit in units}) == len(units)


@pytest.mark.parametrize("value", [{}, {"a": 1}, [{}], [[1]]])
def test_what_is_no_text_is_no_account(value: Any) -> None:
    with pytest.raises(ValidationError, match=r"expected (one|a) text"):
        CostItem(item="a", per="class", price=1, account=value)
