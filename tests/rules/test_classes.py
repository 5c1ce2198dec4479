"""Classes: how often a programme is held, and whether it runs at all."""

from __future__ import annotations

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.solve.outcome import SearchLimits
from tests.oracle.generate_facts import with_facts
from tests.oracle.instance import Instance
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Plain, plans
from tests.rules.small import best, costing, golden, small
from tests.sampled import few, some
from tests.scenarios.hand import broken, paid, planned


def in_classes(**limits: int) -> Plain:
    """One programme in classes of at most 4 that cost Rp5 each, with limits on their number."""
    return costing("class", 5) | {"class_size": {"max": 4}, "classes": limits}


@proves("classes_min", HAND)
def test_a_programme_holds_its_fewest_classes_or_none() -> None:
    # Rp9 pay one class of 4; where two must be held, nobody can be trained
    assert best(small(programmes=in_classes(), funds={"amount": 9})) == ["4", "5"]
    assert best(small(programmes=in_classes(min=2), funds={"amount": 9})) == ["0", "0"]
    assert best(small(programmes=in_classes(min=2), funds={"amount": 10})) == ["8", "10"]


@proves("classes_max", HAND)
def test_a_programme_holds_no_more_classes_than_allowed() -> None:
    # three classes would hold all 10
    assert best(small(programmes=in_classes())) == ["10", "15"]
    assert best(small(programmes=in_classes(max=1))) == ["4", "5"]


@proves("classes_max", HAND)
def test_a_period_holds_no_more_classes_than_allowed() -> None:
    # one class in each of two periods
    assert best(small(programmes=in_classes(per_period=1))) == ["8", "10"]


@proves("nobody_without_running", HAND)
def test_what_is_due_once_is_paid_before_anybody_takes_part() -> None:
    curriculum = costing("programme", 30)
    assert best(small(programmes=curriculum, funds={"amount": 29})) == ["0", "0"]
    assert best(small(programmes=curriculum, funds={"amount": 30})) == ["10", "30"]
    assert best(small(funds={"amount": 29})) == ["10", "0"]


@proves("committed", HAND)
def test_classes_that_are_committed_are_held() -> None:
    # each class closes 4 of 10 gaps for Rp5: with Rp10 two are held, in whichever period; one of TW2 is promised, and
    # with an equal number of gaps the first period would have both
    promised = {"through": "TW1", "committed": [{"programme": "bimtek", "period": "TW2", "classes": 1}]}
    plain = small(programmes=in_classes(), funds={"amount": 10})
    assert best(plain) == ["8", "10"]
    assert best(plain | {"actuals": promised}) == ["8", "10"]
    # three are promised, and money is there for two
    promised = {"through": "TW1", "committed": [{"programme": "bimtek", "period": "TW2", "classes": 3}]}
    assert best(plain | {"actuals": promised}) == []
    assert best(small(programmes=in_classes(max=2)) | {"actuals": promised}) == ["10", "15"]


@proves("committed", GOLDEN)
def test_the_rows_of_committed_classes(request: pytest.FixtureRequest) -> None:
    promised = {"through": "TW1", "committed": [{"programme": "bimtek", "period": "TW2", "classes": 3}]}
    plain = small(groups={"gaps": {"keu": 4}}, programmes=in_classes())
    golden("committed", plain | {"actuals": promised}, request)


@proves("classes_min", GOLDEN)
def test_the_rows_of_the_fewest_classes(request: pytest.FixtureRequest) -> None:
    golden("classes_min", small(groups={"gaps": {"keu": 3}}, programmes=in_classes(min=2)), request)


@proves("classes_max", GOLDEN)
def test_the_rows_of_the_most_classes(request: pytest.FixtureRequest) -> None:
    golden("classes_max", small(programmes=in_classes(max=1)), request)


@proves("nobody_without_running", GOLDEN)
def test_the_rows_of_running_at_all(request: pytest.FixtureRequest) -> None:
    golden("nobody_without_running", small(programmes=costing("programme", 30)), request)


@proves("classes_min", PROPERTY)
@proves("classes_max", PROPERTY)
def test_every_plan_holds_an_allowed_number_of_classes() -> None:
    at_least = at_most = 0
    several = plans(lambda plain: any(p.get("classes", {}).get("min", 0) > 1 for p in plain["programmes"]), every=3)
    limited = plans(lambda plain: any("max" in p.get("classes", {}) for p in plain["programmes"]), every=3)
    for found in [*several, *limited]:
        for p, programme in found.instance.programmes.items():
            limits = programme.get("classes", {})
            numbers = [n for (of, _t), n in found.classes.items() if of == p]
            if numbers:
                assert limits.get("min", 0) <= sum(numbers) <= limits.get("max", sum(numbers)), found.seed
                assert max(numbers) <= limits.get("per_period", max(numbers)), found.seed
                at_least += 1 < limits.get("min", 0) == sum(numbers)
                at_most += limits.get("max") == sum(numbers)
    assert min(at_least, at_most) > few(2, 3)


@proves("committed", PROPERTY)
def test_every_plan_holds_what_is_committed() -> None:
    held = 0
    for seed in some(range(260)):
        plain = with_facts(seed, 20_000)
        if plain is None or "committed" not in plain["actuals"]:
            continue
        try:
            found = plan(Scenario.model_validate(plain), SearchLimits(gap=0.0), inline=True).plan
        except InfeasibleError:
            continue
        classes = {(row.programme, row.period): row.classes for row in found.classes}
        for row in plain["actuals"]["committed"]:
            assert classes.get((row["programme"], row["period"]), 0) >= row["classes"], seed
            held += 1
    assert held > few(2)


@proves("committed", CHECK)
def test_the_check_finds_a_class_that_was_promised_and_is_not_held() -> None:
    promised = {"through": "TW1", "committed": [{"programme": "bimtek", "period": "TW2", "classes": 2}]}
    plain = small(programmes=in_classes()) | {"actuals": promised}
    two = planned(plain, {("a", "bimtek", "TW2"): 8}, {("bimtek", "TW2"): 2}, [paid(10, period="TW2")])
    assert not broken(plain, two)
    one = planned(plain, {("a", "bimtek", "TW2"): 4}, {("bimtek", "TW2"): 1}, [paid(5, period="TW2")])
    assert broken(plain, one) == {"classes"}


def due_once(plain: Plain, p: str) -> set[int]:
    """What programme p costs for running at all, in any year; empty where that is nothing."""
    instance = Instance(plain)
    lines = [line for line in instance.lines[p] if line.per == "programme"]
    costs = {year: int(sum(line.of_year[year][""] for line in lines)) for year in instance.years}
    return {cost for cost in costs.values() if any(costs.values())}


@proves("nobody_without_running", PROPERTY)
def test_every_plan_pays_once_for_each_programme_that_runs() -> None:
    ran = 0
    for found in plans(lambda plain: any(due_once(plain, p["id"]) for p in plain["programmes"])):
        for p, programme in found.instance.programmes.items():
            names = {
                (line["item"], line.get("account")) for line in programme.get("costs", []) if line["per"] == "programme"
            }
            paid_once = sum(
                row.amount for row in found.plan.payments if row.programme == p and (row.item, row.account) in names
            )
            runs = found.taking_part(p) > 0
            assert paid_once in ((due_once(found.plain, p) or {0}) if runs else {0}), (found.seed, p)
            ran += runs and paid_once > 0
    assert ran > few(10)


@proves("classes_min", CHECK)
def test_the_check_finds_one_class_too_few() -> None:
    plain = small(programmes=in_classes(min=2))
    two = planned(plain, {("a", "bimtek", "TW1"): 8}, {("bimtek", "TW1"): 2}, [paid(10)])
    assert not broken(plain, two)
    one = planned(plain, {("a", "bimtek", "TW1"): 4}, {("bimtek", "TW1"): 1}, [paid(5)])
    assert broken(plain, one) == {"classes"}


@proves("classes_max", CHECK)
@pytest.mark.parametrize("limit", ["max", "per_period"])
def test_the_check_finds_one_class_too_many(limit: str) -> None:
    plain = small(programmes=in_classes(**{limit: 1}))
    one = planned(plain, {("a", "bimtek", "TW1"): 4}, {("bimtek", "TW1"): 1}, [paid(5)])
    assert not broken(plain, one)
    two = planned(plain, {("a", "bimtek", "TW1"): 8}, {("bimtek", "TW1"): 2}, [paid(10)])
    assert broken(plain, two) == {"classes"}


@proves("nobody_without_running", CHECK)
def test_the_check_finds_a_programme_that_runs_unpaid() -> None:
    plain = small(programmes=costing("programme", 30))
    assert not broken(plain, planned(plain, {("a", "bimtek", "TW2"): 1}, payments=[paid(30)]))
    assert broken(plain, planned(plain, {("a", "bimtek", "TW2"): 1})) == {"cost"}
