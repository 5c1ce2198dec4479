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


@pytest.mark.parametrize(("theirs", "families"), [(0, set()), (1, {"fund_max_share"})])
def test_a_partner_who_has_paid_its_share_of_the_whole_pays_nothing_of_the_rest(
    theirs: int, families: set[str]
) -> None:
    """Half of each programme's cost: Rp6 of Rp6 are paid already, and Rp6 are to come."""
    plain = begun() | {
        "funds": [
            {"id": "apbd", "kind": "own", "amount": 100},
            {"id": "mitra", "kind": "partner", "amount": 100, "max_share": "50%"},
        ]
    }
    plain["actuals"] = plain["actuals"] | {"paid": [paid(6, "mitra", group="a")]}
    rest = [paid(theirs, "mitra", group="a", period="TW2")] if theirs else []
    rest.append(paid(6 - theirs, group="a", period="TW2"))
    people = {("a", "bimtek", "TW1"): 2, ("a", "bimtek", "TW2"): 2}
    plan = planned(plain, people, payments=[paid(6, "mitra", group="a"), *rest])
    for table in ("allocations", "payments"):
        plan[table] = [row | ({"actual": True} if row["period"] == "TW1" else {}) for row in plan[table]]
    assert {finding.rule for finding in verdict(plain, plan).findings if finding.rule != "totals"} == families


@pytest.mark.parametrize(("days", "families"), [(40, set()), (30, {"attendance"})])
def test_rows_of_the_rest_alone_do_where_nobody_could_have_attended_what_has_happened(
    days: int, families: set[str]
) -> None:
    """One person was in two courses of a period of 60 days: 80 days cannot be one person's, 60 can."""
    seats = [("bimtek", "keu"), ("kursus", "kom")]
    plain = scenario(
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial"}],
        periods=[{"id": t, "working_days": 60} for t in ("TW1", "TW2")],
        groups={"headcount": 1, "gaps": {"keu": 1, "kom": 1}},
        programmes=[{"id": p, "closes": {c: 1}, "days": days} for p, c in seats],
        actuals={
            "through": "TW1",
            "attended": [{"group": "a", "programme": p, "period": "TW1", "participants": 1} for p, _c in seats],
        },
    )
    plan = planned(plain, {("a", p, "TW1"): 1 for p, _c in seats}) | {"attendance": [], "hours_target": []}
    plan["allocations"] = [row | {"actual": True} for row in plan["allocations"]]
    assert {finding.rule for finding in verdict(plain, plan).findings} & {"attendance", "form"} == families
