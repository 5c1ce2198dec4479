"""Facts in the check: what was paid was due, rows say what they are; needs of several years are those of the last."""

from __future__ import annotations

from typing import Any

import pytest

from planner.check.actuals import due_before, facts_of
from tests.scenarios.hand import broken, costing, paid, planned, read, scenario, verdict

Plain = dict[str, Any]


def begun() -> Plain:
    """Two attended in TW1, for Rp3 each, paid by own funds."""
    return scenario(
        programmes=costing("participant", 3),
        actuals={
            "through": "TW1",
            "attended": [{"group": "a", "programme": "bimtek", "period": "TW1", "participants": 2}],
            "paid": [paid(6, group="a")],
        },
    )


def test_what_was_paid_was_due_to_the_rupiah() -> None:
    plain = read(begun())
    due = due_before(plain, facts_of(plain))
    assert [list(bases.items()) for bases in due.values()] == [[("participant", 6)]]


@pytest.mark.parametrize("table", ["allocations", "payments"])
def test_a_row_of_what_has_happened_says_so_and_no_other_row_does(table: str) -> None:
    plain = begun()
    plan = planned(plain, {("a", "bimtek", "TW1"): 2}, payments=[paid(6, group="a")])
    marked = {name: [row | {"actual": True} for row in plan[name]] for name in ("allocations", "payments")}
    assert not [f for f in verdict(plain, plan | marked).findings if f.rule == "actuals"]
    unmarked = [{name: value for name, value in row.items() if name != "actual"} for row in marked[table]]
    found = [f for f in verdict(plain, plan | marked | {table: unmarked}).findings if f.rule == "actuals"]
    assert [f.key for f in found] == [f"{table}[0]"]


def test_a_share_of_the_need_of_some_years_is_of_the_gaps_by_the_end_of_the_last_of_them() -> None:
    """Two lack it in 2027, and ten more from 2028 on: six closed are half of twelve, five are not."""
    rule = {"name": "r", "measure": "gaps_closed", "where": {"years": [2027, 2028]}, "of_years": "same"}
    plain = scenario(
        periods=[{"id": "S1", "year": 2027}, {"id": "S2", "year": 2028}],
        groups={"headcount": 20, "gaps": {"keu": 2}, "new_gaps": {2028: {"keu": 10}}},
        rules=[rule | {"at_least": "50%"}],
    )
    people = {("a", "bimtek", "S1"): 2, ("a", "bimtek", "S2"): 4}
    assert broken(plain, planned(plain, people)) == set()
    fewer = {("a", "bimtek", "S1"): 2, ("a", "bimtek", "S2"): 3}
    assert broken(plain, planned(plain, fewer)) == {"rules"}
