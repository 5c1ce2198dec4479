"""What has happened is compared by its sums, in words and not in the keys of the format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from planner.locale import speaking
from planner.report.views.inputs import input_value
from planner.report.wording.formats import Formats

ROWS: dict[str, Any] = {
    "through": "TW1",
    "attended": [
        {"programme": "a", "period": "TW1", "group": "g", "participants": 14},
        {"programme": "b", "period": "TW1", "group": "g", "participants": 1500},
    ],
    "held": [{"programme": "a", "period": "TW1", "classes": 1}],
    "paid": [{"fund": "f", "item": "Narasumber", "period": "TW1", "amount": 2_500_000}],
    "committed": [{"programme": "a", "period": "TW2", "classes": 2}],
    "seats_given": [{"fund": "f", "programme": "a", "group": "g", "period": "TW1", "seats": 3}],
}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with speaking("en"):
        yield


def test_all_of_it_is_said_in_one_line() -> None:
    assert input_value(Formats("en"), "actuals", ROWS) == (
        "until TW1; 1,514 participants; 1 class held; Rp2,500,000 paid; 2 classes promised; 3 free seats given"
    )
    assert input_value(Formats("en"), "actuals", {"through": "TW1"}) == "until TW1"


@pytest.mark.parametrize(
    ("part", "said"),
    [("attended", "1,514 participants"), ("held", "1 class held"), ("paid", "Rp2,500,000 paid")],
)
def test_of_two_that_differ_each_list_is_summed_up(part: str, said: str) -> None:
    assert input_value(Formats("en"), f"actuals.{part}", ROWS[part]) == said


def test_keys_of_other_records_are_words_and_ids_stay() -> None:
    assert input_value(Formats("en"), "programmes.a.class_size", {"min": 20, "max": 30}) == "at least: 20; at most: 30"
    assert input_value(Formats("en"), "groups.g.gaps", {"max": 20}) == "max: 20"
