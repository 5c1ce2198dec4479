"""A plan whose facts break limits is not said to keep them all, and what is overspent is not called spent."""

from __future__ import annotations

from typing import Any

from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.report import render_report
from tests.scenarios.two_programmes import TWO_PROGRAMMES

PAID = {
    "fund": "apbd",
    "programme": "a",
    "group": "g",
    "item": "X",
    "account": "5.1.02.01.01.0001",
    "period": "TW1",
    "amount": 20,
}


def page(amount: int, facts: bool, rules: list[dict[str, Any]] | None = None) -> str:
    """The report of a plan of a year, of which quarter 1 is over and Rp20 are paid where there are `facts`."""
    base = TWO_PROGRAMMES
    programmes = [
        {**p, "costs": [{**item, "account": "5.1.02.01.01.0001", "item": "X"} for item in p["costs"]]}
        for p in base["programmes"]
    ]
    plain = {**base, "programmes": programmes, "periods": ["TW1", "TW2"]}
    plain["rules"] = rules or []
    plain["funds"] = [{**base["funds"][0], "amount": amount}]
    if facts:
        group = base["groups"][0]["id"]
        row = PAID | {"programme": programmes[0]["id"], "group": group, "fund": base["funds"][0]["id"]}
        plain["actuals"] = {"through": "TW1", "paid": [row]}
    scenario = Scenario.model_validate(plain)
    return render_report(scenario, plan(scenario, inline=True).plan)


def test_what_facts_break_is_excepted_from_the_check_and_the_overspending_is_on_the_first_page() -> None:
    told = page(10, facts=True)
    assert "✓ Memenuhi semua aturan, sampai ke rupiah, kecuali 1 yang dilanggar oleh yang sudah terjadi" in told
    assert "Yang sudah dibayar Rp10 lebih banyak daripada dana sendiri yang ada." in told
    assert "Tidak ada dana sendiri yang tersisa." not in told


def test_a_rule_that_facts_break_is_not_told_as_a_missed_goal() -> None:
    """Of one rule that must hold and one that may be missed, both broken, the second alone is a goal."""
    wished = {"name": "Harapan", "measure": "participants", "at_least": 5000, "soft": {"penalty": 0.01}}
    told = page(10, facts=True, rules=[{"name": "Wajib", "measure": "cost", "at_most": 10}, wished])
    assert "1 sasaran tidak tercapai: Harapan." in told


def test_a_plan_whose_facts_break_nothing_keeps_all_rules() -> None:
    for told in (page(100, facts=True), page(100, facts=False)):
        assert "✓ Memenuhi semua aturan, sampai ke rupiah<" in told
        assert "lebih banyak daripada dana sendiri yang ada" not in told
