"""A quantity that is counted in another unit than its price is for is doubtful."""

from __future__ import annotations

import pytest

from planner.domain.checks.warnings import dubious
from tests.scenarios.hand import read, scenario


@pytest.mark.parametrize(
    ("quantity", "unit", "told"),
    [
        ("10 hari", "OJ", True),
        ("10 hari", "kali", True),
        ("10 hari", "OH", False),
        ("10 jam", "OJ", False),
        ("10 JP", "OJ", False),
        ("2 orang", "OK", False),
        ("3 Hari", "hari", False),
        ("4 OJ x 3 hari", "OJ", False),
        (10, "OJ", False),
    ],
)
def test_a_quantity_in_another_unit_than_the_price(quantity: object, unit: str, told: bool) -> None:
    costs = [{"item": "Narasumber", "per": "class", "quantity": quantity, "unit": unit, "price": 1000}]
    found = [doubt for doubt in dubious(read(scenario(programmes={"costs": costs}))) if doubt.path[-1] == "unit"]
    assert bool(found) is told
    if told:
        assert str(quantity).partition(" ")[2] in found[0].message
