"""The campaign in short: the first cases of every series, and every fault that one ever found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.campaign.kept_faults import keep, kept
from tests.campaign.record import Record, Step
from tests.campaign.registry import BY_NAME, SERIES
from tests.campaign.report import page
from tests.campaign.series import Fault, Series, judged_again, of_cases, wrong

SHORT = [series for series in SERIES if series.short]

ALSO_THERE = {52, 278, 288, 421, 544, 575, 982}
"""Certificates whose scenarios tests/unit/certificate/test_stated_values.py tries in every run."""


def kept_cases() -> Iterator[Any]:
    for name, fault in kept():
        further = name == "certificates" and fault.seed in ALSO_THERE
        yield pytest.param(name, fault, id=f"{name}-{fault.seed}", marks=[pytest.mark.more] if further else [])


@pytest.mark.parametrize("series", SHORT, ids=lambda series: series.name)
def test_the_first_cases_of_a_series_are_as_it_says(series: Series) -> None:
    assert wrong(series, series.short, 0) == []


@pytest.mark.parametrize(("name", "fault"), list(kept_cases()))
def test_no_fault_that_was_ever_found_comes_back(name: str, fault: Fault) -> None:
    assert judged_again(BY_NAME[name], fault) is None


def test_every_series_has_a_name_of_its_own_and_cases() -> None:
    assert len(BY_NAME) == len(SERIES)
    assert all(0 <= series.short <= series.full and series.step > 0 for series in SERIES)


def odd(number: int) -> str | None:
    if number == 5:
        raise ZeroDivisionError("five")
    return "odd" if number % 2 else None


ODD = of_cases("odd", "Every number is even.", lambda number: number, odd, full=10)


def runs(count: int, seed: int) -> Iterator[Fault]:
    """A series that ends at the first case that is wrong."""
    for number in range(seed, seed + count):
        assert number % 4, number
        if number == 6:
            yield Fault(6, "six")


def test_whatever_ends_a_case_is_a_fault_of_that_case_and_the_others_are_judged() -> None:
    assert [fault.seed for fault in wrong(ODD, 6, 0)] == [1, 3, 5]
    assert "ZeroDivisionError: five" in wrong(ODD, 1, 5)[0].why
    assert [fault.seed for fault in wrong(Series("four", "", runs, 9), 9, 0)] == [0, 4, 6, 8]


def test_a_fault_is_kept_as_a_file_and_judged_by_what_it_is_made_of(tmp_path: Path) -> None:
    path = keep("odd", Fault(7, "odd", 3), tmp_path)
    assert keep("odd", Fault(7, "something else", 2), tmp_path) == path
    keep("odd", Fault(8, "a year as a key", {2028: "x"}), tmp_path)
    assert list(kept(tmp_path)) == [("odd", Fault(7, "odd", 3)), ("odd", Fault(8, "a year as a key", {2028: "x"}))]
    assert judged_again(ODD, Fault(7, "odd", 3)) == "odd"
    assert judged_again(ODD, Fault(7, "odd", 2)) is None
    assert judged_again(ODD, Fault(7, "odd")) == "odd"


def test_a_campaign_that_was_killed_goes_on_after_the_last_whole_step(tmp_path: Path) -> None:
    name = SERIES[0].name
    record = Record(tmp_path)
    record.add(Step(name, 0, 10, 3.6, [4], "abc"))
    with record.path.open("ab") as file:
        file.write(b'{"series": "od')
    again = Record(tmp_path)
    again.add(Step(name, 10, 5, 1.8, [], "new"))
    assert Record(tmp_path).steps == again.steps
    assert again.judged(name) == set(range(15))
    assert again.judged(name, "new") == set(range(10, 15))
    assert f"| {name} | 15 | {SERIES[0].full:,} | 5 | 1 | 10,000 |" in page(again, "new")
