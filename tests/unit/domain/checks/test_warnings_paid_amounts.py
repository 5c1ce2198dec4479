"""Payments of another size than what they are for are told; instalments and higher prices are not."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.checks.warnings import dubious
from planner.domain.checks.warnings_paid_amounts import unlikely_payments
from planner.domain.scenario import Scenario
from planner.locale import speaking

PLAIN: dict[str, Any] = {
    "format": 1,
    "scenario": {"id": "s", "fiscal_year": 2027},
    "periods": ["A", "B"],
    "competencies": [{"id": "c", "kind": "technical"}],
    "groups": [{"id": "g", "headcount": 20, "location": "J", "gaps": {"c": 20}}],
    "programmes": [
        {
            "id": "p",
            "closes": {"c": 1},
            "class_size": {"max": 15},
            "costs": [
                {"item": "Honor", "per": "class", "quantity": 24, "price": 900_000},
                {"item": "Makan", "per": "participant", "price": {"by": "location", "J": 50_000}},
                {"item": "Modul", "per": "programme", "price": 5_000_000},
            ],
        }
    ],
    "funds": [{"id": "own", "kind": "own", "amount": 1_000_000_000}],
}
FACTS: dict[str, Any] = {
    "through": "A",
    "attended": [{"programme": "p", "period": "A", "group": "g", "participants": 10}],
    "held": [{"programme": "p", "period": "A", "classes": 1}],
}


def told(*paid: tuple[str, int], **more: Any) -> list[str]:
    rows = [
        {"fund": "own", "programme": "p", "period": "A", "item": item, "amount": amount}
        | ({"group": "g"} if item == "Makan" else {})
        for item, amount in paid
    ]
    scenario = Scenario.model_validate(PLAIN | {"actuals": FACTS | {"paid": rows} | more})
    with speaking("en"):
        found = list(unlikely_payments(scenario))
        assert all(doubt in dubious(scenario) for doubt in found)
    assert all(doubt.remedy and doubt.path[:2] == ("actuals", "paid") for doubt in found)
    return [doubt.message for doubt in found]


@pytest.mark.parametrize(
    ("item", "amount", "due"),
    [
        ("Honor", 216_000_000, "Rp21,600,000"), ("Honor", 21_600, "Rp21,600,000"), ("Makan", 5_000_000, "Rp500,000"),
        ("Makan", 500, "Rp500,000"), ("Modul", 50_000_000, "Rp5,000,000"),
    ],
)  # fmt: skip
def test_a_payment_of_another_size_is_told(item: str, amount: int, due: str) -> None:
    (message,) = told((item, amount))
    assert f"'{item}' of 'p', but what was held and attended costs {due}." in message


@pytest.mark.parametrize(
    ("item", "amount"), [("Honor", 21_600_000), ("Honor", 40_000_000), ("Honor", 1_000_000), ("Makan", 900_000)]
)
def test_higher_prices_and_instalments_are_not_told(item: str, amount: int) -> None:
    assert told((item, amount)) == []


def test_what_was_never_held_is_told_elsewhere() -> None:
    assert told(("Honor", 216_000_000), held=[]) == []
    promised = [{"programme": "p", "period": "B", "classes": 9}]
    assert told(("Honor", 216_000_000), committed=promised) == []


def test_a_payment_that_is_told_as_more_than_its_fund_has_is_not_told_again() -> None:
    assert told(("Honor", 216_000_000))
    with speaking("en"):
        row = {"fund": "own", "programme": "p", "period": "A", "item": "Honor", "amount": 10**12}
        found = dubious(Scenario.model_validate(PLAIN | {"actuals": FACTS | {"paid": [row]}}))
    assert sum(doubt.path == ("actuals", "paid", 0, "amount") for doubt in found) == 1
