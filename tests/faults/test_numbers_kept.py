"""No float holds rupiah: not in a stored plan, not in the records of which it is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from planner.plans import plan as plans

GALLERY = Path(__file__).parents[2] / "reports" / "gallery"
MONEY = ("amount", "cost", "price", "spent", "paid", "rupiah", "minimum", "budget")
"""Words in the names of fields that hold money."""


def floats(value: Any, path: str = "") -> Iterator[str]:
    """Where numbers with a decimal point stand, by the names of their fields."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from floats(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from floats(inner, path)
    elif isinstance(value, float):
        yield path


@pytest.mark.parametrize("path", sorted(GALLERY.glob("*/plan.json")), ids=lambda path: path.parent.name)
def test_no_amount_of_a_stored_plan_has_a_decimal_point(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    wrong = {place for place in floats(found) if any(word in place.rpartition(".")[2] for word in MONEY)}
    assert wrong == set()
    levels = [level for level in found["objective"] if "cost" in level["goal"]]
    assert all(level["value"] == int(level["value"]) for level in levels), "levels of cost are whole rupiah too"


def test_no_field_of_a_plan_that_holds_money_may_hold_a_float() -> None:
    records = [one for one in vars(plans).values() if is_dataclass(one) and isinstance(one, type)]
    money = {
        f"{record.__name__}.{field.name}": str(field.type)
        for record in records
        for field in fields(record)
        if any(word in field.name for word in MONEY)
    }
    assert len(money) > 5
    assert {name for name, kind in money.items() if "float" in kind} == set()
