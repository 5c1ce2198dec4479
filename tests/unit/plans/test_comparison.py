from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import pytest

from planner.plans.comparison import Difference, compare, differences
from planner.plans.plan import Plan
from tests.pages.comparisons import HALF, without_partner
from tests.scenarios.builders import SMALL, plan, scenario


def changed(block: str, change: Any) -> Any:
    """The block of the small scenario after `change` has edited a copy of it."""
    copied = copy.deepcopy(SMALL[block])
    change(copied)
    return copied


def test_equal_scenarios_have_no_difference() -> None:
    assert differences(scenario(), scenario()) == ()


def test_title_and_id_are_no_difference() -> None:
    assert differences(scenario(), scenario(scenario={"id": "lain", "name": "Lain", "description": "Lain"})) == ()


def test_a_changed_value_is_named_by_ids() -> None:
    funds = changed("funds", lambda funds: funds[0].update(amount=300_000_000))
    assert differences(scenario(), scenario(funds=funds)) == (
        Difference("funds.apbd.amount", "changed", 400_000_000, 300_000_000),
    )


def test_records_are_told_apart_by_id_whatever_their_order() -> None:
    assert differences(scenario(), scenario(funds=list(reversed(SMALL["funds"])))) == ()


def test_added_and_removed_records_are_one_difference_each() -> None:
    funds = changed("funds", lambda funds: funds.pop(1))
    (removed,) = differences(scenario(), scenario(funds=funds))
    assert (removed.path, removed.change, removed.new) == ("funds.unja", "removed", None)
    (added,) = differences(scenario(funds=funds), scenario())
    assert (added.path, added.change, added.old) == ("funds.unja", "added", None)
    assert added.new["name"] == "Universitas Jambi"


def test_cost_items_and_prices_are_named() -> None:
    def dearer(programmes: Any) -> None:
        programmes[0]["costs"][2]["price"]["Kerinci"] = 900_000

    (found,) = differences(scenario(), scenario(programmes=changed("programmes", dearer)))
    assert found == Difference(
        "programmes.bimtek-keu.costs.Perjalanan dinas.price.Kerinci", "changed", 850_000, 900_000
    )


def test_rules_are_named_by_their_name() -> None:
    rules = changed("rules", lambda rules: rules[0].update(at_least="40%"))
    (found,) = differences(scenario(), scenario(rules=rules))
    assert found == Difference("rules.Sedikitnya 30% biaya untuk kompetensi teknis.at_least", "changed", "30%", "40%")


def test_a_value_that_becomes_its_default_is_removed() -> None:
    programmes = changed("programmes", lambda programmes: programmes[1].pop("hours"))
    assert differences(scenario(), scenario(programmes=programmes)) == (
        Difference("programmes.pel-komunikasi.hours", "removed", 10, None),
    )


def test_lists_of_plain_values_differ_as_a_whole() -> None:
    assert differences(scenario(), scenario(periods=["TW1", "TW2", "TW3"])) == (
        Difference("periods", "changed", ("TW1", "TW2"), ("TW1", "TW2", "TW3")),
    )


def test_items_of_the_same_name_are_one_value() -> None:
    def twice(programmes: Any) -> None:
        programmes[0]["costs"].append({"item": "Konsumsi", "account": "5.1.02.02.12.0004", "per": "class", "price": 5})

    (found,) = differences(scenario(), scenario(programmes=changed("programmes", twice)))
    assert found.path == "programmes.bimtek-keu.costs"
    assert found.change == "changed"


def test_decimal_numbers_are_compared_exactly() -> None:
    def softer(rules: Any) -> None:
        rules[1]["soft"]["penalty"] = 0.25

    (found,) = differences(scenario(), scenario(rules=changed("rules", softer)))
    assert (found.old, found.new) == (Decimal("0.5"), Decimal("0.25"))


def test_quantities_stand_in_the_order_of_the_plans_and_none_where_there_is_no_such_thing() -> None:
    base, other = scenario(), without_partner()
    comparison = compare([(base, plan(base)), (other, plan(other, HALF))])
    by_fund = {row.key: row.values for row in comparison.cost_by_fund}
    assert by_fund == {"apbd": (102_700_000, 105_250_000), "unja": (60_000_000, None), "komdigi": (0, 0)}
    classes = {row.key: row.values for row in comparison.classes_by_programme}
    assert classes == {"bimtek-keu": (3, 2), "pel-komunikasi": (0, 0)}
    assert [people.key for _classes, people in comparison.changed_programmes] == ["bimtek-keu", "pel-komunikasi"]
    coverage = {row.key: row.values for row in comparison.coverage_by_group}["bpkad-analis"]
    assert [c and (c.need, c.closed) for c in coverage] == [(180, pytest.approx(90.2)), (180, 34)]


def test_what_only_a_later_scenario_has_is_listed_too() -> None:
    base, other = without_partner(), scenario()
    comparison = compare([(base, plan(base, HALF)), (other, plan(other))])
    assert {row.key: row.values for row in comparison.cost_by_fund}["unja"] == (None, 60_000_000)


def test_a_stored_plan_equals_the_plan_it_was() -> None:
    stored = Plan.from_plain(json.loads(plan().to_json()))
    comparison = compare([(scenario(), plan()), (scenario(), stored)])
    for row in (*comparison.coverage_by_competency, *comparison.coverage_by_group):
        assert row.values[0] == row.values[1]
    assert comparison.base.plan.gaps_closed == comparison.items[1].plan.gaps_closed


def test_nothing_to_compare_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compare([])
