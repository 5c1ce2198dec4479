"""Plans of which a part has happened, together with rules for each unit, amounts of a year, small groups and taxes."""

from __future__ import annotations

from typing import Any

import pytest

from planner.check import check_plan
from planner.check.actuals import broken_by_facts
from planner.domain.decisions import Decisions
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.plans.gathering import gathered
from planner.plans.plan import Plan
from planner.solve.outcome import SearchLimits
from tests.scenarios.hand import costing, read, scenario

Plain = dict[str, Any]

EXACT = SearchLimits(gap=0.0)
QUARTERS = ["TW1", "TW2", "TW3", "TW4"]


def made(plain: Plain) -> Plan:
    found = plan(read(plain), EXACT, inline=True).plan
    assert check_plan(read(plain), found.to_plain()).passed
    return found


def attended(number: int, group: str = "a", programme: str = "bimtek", period: str = "TW1") -> Plain:
    return {"programme": programme, "period": period, "group": group, "participants": number}


def paid(amount: int, programme: str = "bimtek", group: str | None = "a", item: str = "Butir") -> Plain:
    row = {
        "fund": "apbd",
        "programme": programme,
        "item": item,
        "account": "5.1.02.01.01.0001",
        "period": "TW1",
        "amount": amount,
    }
    return row if group is None else row | {"group": group}


def happened(through: str = "TW2", **lists: Any) -> Plain:
    return {"actuals": {"through": through, **lists}}


def quarters(**changes: Any) -> Plain:
    programme = costing("participant", 5) | changes.pop("programmes", {})
    return scenario(periods=QUARTERS, programmes=programme, **changes)


def test_what_is_left_of_the_amount_of_the_year() -> None:
    # Rp40 of 2027, of which Rp30 was paid; prices of the only year do not grow: Rp10 are 2 people
    facts = happened(attended=[attended(4)], paid=[paid(30)])
    plain = quarters(price_growth="50%") | facts
    plain["funds"] = [{"id": "apbd", "kind": "own", "amounts": {2027: 40}}]
    found = made(plain)
    assert (float(found.gaps_closed), found.total_cost) == (6, 40)
    # half of it until TW3, and more than that was paid: nobody comes before TW4
    plain["funds"][0]["releases"] = {"TW3": "50%", "TW4": "100%"}
    found = made(plain)
    assert (float(found.gaps_closed), {row.period for row in found.allocations}) == (6, {"TW1", "TW4"})
    assert {finding.rule for finding in broken_by_facts(read(plain))} == {"fund_releases"}


def test_a_rule_for_each_group_moves_for_the_group_that_broke_it() -> None:
    # at most 3 of each group: 4 of a came, none may be added; 3 of b may come
    groups = [{"id": g, "headcount": 10, "gaps": {"keu": 10}} for g in "ab"]
    rule = {"name": "Merata", "measure": "participants", "per": "group", "at_most": 3}
    plain = quarters(groups=groups, rules=[rule]) | happened(attended=[attended(4)], paid=[paid(20)])
    found = made(plain)
    assert float(found.gaps_closed) == 4 + 3
    assert [(row.of, float(row.measure), row.held) for row in found.rules] == [("a", 4, False), ("b", 3, True)]
    (breach,) = broken_by_facts(read(plain))
    assert breach.rule == "rules"
    assert "a" in breach.key.split("__")


def test_a_share_for_each_programme_is_one_of_the_whole() -> None:
    # honoraria at most half of each activity: Rp10 of Rp12 was paid for TW1, which is Rp4 too much, and Rp2 for people.
    # A class of the rest costs Rp5 and each of its people Rp1: with 18 people Rp15 of Rp35 are less than half
    items = [
        {"item": "Honor", "account": "5.1.02.01.01.0001", "per": "class", "price": 5},
        {"item": "Makan", "account": "5.1.02.01.01.0001", "per": "participant", "price": 1},
    ]
    rule = {
        "name": "Honor",
        "measure": "cost",
        "per": "programme",
        "where": {"items": {"item": ["Honor"]}},
        "at_most": "50%",
    }
    programme = {"costs": items, "class_size": {"max": 20}}
    facts = happened(
        attended=[attended(2)],
        held=[{"programme": "bimtek", "period": "TW1", "classes": 2}],
        paid=[paid(10, group=None, item="Honor"), paid(2, item="Makan")],
    )
    many = {"headcount": 20, "gaps": {"keu": 20}}
    plain = quarters(programmes=programme, rules=[rule], groups=many) | facts
    assert float(made(plain).gaps_closed) == 20
    few = quarters(programmes=programme, rules=[rule]) | facts
    assert float(made(few).gaps_closed) == 2  # 8 more would make Rp15 of Rp25, more than half


def test_what_each_programme_asks_if_it_runs_is_asked_of_one_that_ran() -> None:
    rule = {"name": "Minimal", "measure": "participants", "per": "programme", "at_least": 6}
    facts = happened(attended=[attended(4)], paid=[paid(20)])
    assert float(made(quarters(rules=[rule], funds={"amount": 30}) | facts).gaps_closed) == 6
    with pytest.raises(InfeasibleError, match="Minimal"):
        plan(read(quarters(rules=[rule], funds={"amount": 29}) | facts), EXACT, inline=True)


def test_few_people_who_attended_stand_though_a_programme_takes_no_few() -> None:
    # 2 came where at least 3 of a group do; of the 8 others 8 come in the rest, and with money for 2 nobody does
    facts = happened(attended=[attended(2)], paid=[paid(10)])
    plain = quarters(programmes={"smallest": 3}) | facts
    assert float(made(plain).gaps_closed) == 10
    assert {finding.rule for finding in broken_by_facts(read(plain))} == {"smallest"}
    assert float(made(quarters(programmes={"smallest": 3}, funds={"amount": 20}) | facts).gaps_closed) == 2


def test_a_socialization_is_not_bought_for_those_who_attended_before() -> None:
    # a rule wants Rp7 spent on a socialization; nobody of the group is left to attend, so it cannot be
    measure = {"raises_uptake_to": "100%", "cost": 7}
    rule = {
        "name": "Sosialisasi", "measure": "cost", "where": {"groups": {"id": ["a"]}, "items": {"item": ["Butir"]}},
        "at_most": 1000,
    }  # fmt: skip
    least = {"name": "Belanja", "measure": "cost", "at_least": 57}
    plain = quarters(groups={"uptake": "90%", "socialization": measure}, rules=[rule, least])
    assert made(plain | happened(attended=[attended(9)], paid=[paid(45)])).total_cost == 45 + 7 + 5
    with pytest.raises(InfeasibleError, match="Belanja"):
        plan(
            read(plain | happened(attended=[attended(10)], paid=[paid(50)])), EXACT, inline=True
        )  # all 10 came, and the Rp7 would bring nobody


def test_nobody_who_attended_is_gathered_elsewhere() -> None:
    groups = [{"id": g, "headcount": 10, "gaps": {"keu": 10}} for g in "ab"]
    programme = {"class_size": {"max": 10}}
    scattered = {
        ("a", "bimtek", t): 3 if t == "TW1" else 7 for t in ("TW1", "TW3")
    } | {("b", "bimtek", t): 7 if t == "TW1" else 3 for t in ("TW1", "TW3")}  # fmt: skip
    decisions = Decisions(scattered, {("bimtek", "TW1"): 1, ("bimtek", "TW3"): 1})
    plain = quarters(groups=groups, programmes=programme)
    moved = gathered(read(plain), decisions)
    assert moved is not None
    assert len(moved.participants) < 4
    facts = happened(
        attended=[attended(3), attended(7, "b")], held=[{"programme": "bimtek", "period": "TW1", "classes": 1}]
    )
    assert gathered(read(plain | facts), decisions) is None


@pytest.mark.parametrize(("most", "second"), [(12, 0), (22, 1)])
def test_jp_of_what_happened_count_where_others_attended_what_nobody_could(most: int, second: int) -> None:
    # 'b' attended 'lanjut' without 'dasar': patterns are of the rest; the person of 'a' has taken 10 JP all the same
    needs = {"keu": 1, "kom": 1}
    plain: Plain = {
        "format": 1,
        "scenario": {"id": "sisa", "fiscal_year": 2027},
        "periods": QUARTERS,
        "competencies": [{"id": c, "kind": "technical"} for c in needs],
        "groups": [
            {"id": "a", "agency": "X", "headcount": 1, "gaps": needs, "max_hours": most},
            {"id": "b", "agency": "X", "headcount": 1, "gaps": needs},
            {"id": "c", "agency": "X", "headcount": 3, "gaps": {"keu": 1}, "uptake": "50%"},
        ],
        "programmes": [
            {"id": "dasar", "hours": 1, "closes": {"keu": 0.1}, "for": {"id": ["b"]}},
            {"id": "lanjut", "hours": 1, "closes": {"keu": 0.2}, "for": {"id": ["b"]}, "requires": ["dasar"]},
            {"id": "bimtek", "hours": 10, "closes": {"keu": 0.5}},
            {"id": "digital", "hours": 12, "closes": {"kom": 0.5}},
        ],
        "funds": [{"id": "apbd", "kind": "own", "amount": 0}],
    } | happened("TW1", attended=[attended(1), attended(1, "b", "lanjut")])
    found = made(plain)
    rest = [row for row in found.allocations if not row.actual and row.group == "a"]
    assert sum(row.participants for row in rest if row.programme == "digital") == second
