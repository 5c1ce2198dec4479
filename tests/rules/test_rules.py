"""The planner's own rules: a measure of the plan within bounds, hard or as a goal with a price."""

from __future__ import annotations

import pytest

from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import plans
from tests.rules.readings import readings
from tests.rules.small import Plain, best, costing, golden, small
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned

COURSE: Plain = {
    "hours": 2,
    "class_size": {"max": 5},
    "costs": [{"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": 3}],
}
"""Two JP, classes of five, Rp3 a head: ten people cost Rp30, take two classes and 20 JP."""


def ruled(**rule: object) -> Plain:
    return small(programmes=COURSE, rules=[{"name": "Aturan"} | rule])


@proves("rules", HAND)
@pytest.mark.parametrize(
    ("rule", "reached"),
    [
        # Rp20 pay six people, 14 JP seven, one class five
        ({"measure": "cost", "at_most": 20}, ["6", "18"]),
        ({"measure": "participants", "at_most": 4}, ["4", "12"]),
        ({"measure": "hours", "at_most": 14}, ["7", "21"]),
        ({"measure": "classes", "at_most": 1}, ["5", "15"]),
        ({"measure": "gaps_closed", "at_most": 8}, ["8", "24"]),
        # a share of the need: 25% of 10 gaps are 2.5
        ({"measure": "gaps_closed", "at_most": "25%"}, ["2", "6"]),
        # nobody can be more than ten people
        ({"measure": "participants", "at_least": 10}, ["10", "30"]),
        ({"measure": "participants", "at_least": 11}, []),
        ({"measure": "cost", "at_least": 31}, []),
        # three of four people in the first period: with ten people 7.5 must be, 8 can
        ({"measure": "participants", "where": {"periods": ["TW1"]}, "at_least": "75%"}, ["10", "30"]),
        ({"measure": "classes", "where": {"periods": ["TW1"]}, "at_least": 1, "at_most": 0.5}, ["10", "30"]),
    ],
)
def test_a_hard_rule_binds_the_plan(rule: Plain, reached: list[str]) -> None:
    assert best(ruled(**rule)) == reached
    assert best(small(programmes=COURSE)) == ["10", "30"]


@proves("rules", HAND)
@pytest.mark.parametrize(
    ("penalty", "reached"),
    [
        # ten people miss the goal of four by six, at 1/2 gap each: 10 - 3; four people miss nothing: 4
        ("0.5", ["7", "30"]),
        # at 2 gaps each it is better to keep it
        ("2", ["4", "12"]),
        ("0", ["10", "30"]),
    ],
)
def test_a_goal_is_missed_where_it_pays(penalty: str, reached: list[str]) -> None:
    rule: Plain = {"measure": "participants", "at_most": 4, "soft": {"penalty": float(penalty)}}
    assert best(ruled(**rule)) == reached


def shared(own: int, **rule: object) -> Plain:
    """Ten people at Rp7 each, `own` rupiah of one's own, a partner who could pay it all, and a rule about cost."""
    funds = [{"id": "apbd", "kind": "own", "amount": own}, {"id": "unja", "kind": "partner", "amount": 100}]
    return small(programmes=costing("participant", 7), funds=funds, rules=[{"name": "Porsi", "measure": "cost"} | rule])


PARTNER: Plain = {"funds": {"id": "unja"}}
OWN: Plain = {"funds": {"id": "apbd"}}


@proves("rules", HAND)
@pytest.mark.parametrize(
    ("own", "rule", "reached"),
    [
        # 33% of Rp70 is Rp23.10: the partner pays Rp24 at most, one's own money is Rp23 at least
        (100, {"where": PARTNER, "at_most": "33%"}, ["10", "46"]),
        (100, {"where": OWN, "at_least": "33%"}, ["10", "23"]),
        (100, {"where": OWN, "at_least": "33%", "at_most": "33%"}, ["10", "23"]),
        (100, {"where": PARTNER, "at_least": "33%", "at_most": "33%"}, ["10", "46"]),
        # Rp46 of one's own suffice; with Rp45 nine people, Rp63, of which the partner pays Rp21 for 33%, Rp20.79
        (46, {"where": PARTNER, "at_most": "33%"}, ["10", "46"]),
        (45, {"where": PARTNER, "at_most": "33%"}, ["9", "42"]),
        (0, {"where": PARTNER, "at_most": "33%"}, ["0", "0"]),
        # all that is spent, as a share of itself: 98% of Rp49 is Rp48.02 and so Rp49, of Rp56 it is Rp54.88
        (100, {"at_most": "98%"}, ["7", "0"]),
    ],
)
def test_a_share_of_cost_is_rounded_to_whole_rupiah_in_favour_of_the_plan(
    own: int, rule: Plain, reached: list[str]
) -> None:
    assert best(shared(own, **rule)) == reached


@proves("rules", HAND)
@pytest.mark.parametrize(
    ("own", "rule", "penalty", "reached"),
    [
        # Rp40 of one's own and Rp30 of the partner, Rp6 more than Rp24: 10 - 6/5; nine people: 9 - 2/5
        (40, {"where": PARTNER, "at_most": "33%"}, 0.2, ["44/5", "40"]),
        # at a gap for each rupiah, nobody beyond what the goal allows: eight people, Rp19 of Rp56
        (40, {"where": PARTNER, "at_most": "33%"}, 1, ["8", "37"]),
        # Rp20 of one's own, Rp3 less than Rp23
        (20, {"where": OWN, "at_least": "33%"}, 0.1, ["97/10", "20"]),
        # a goal that can be kept is kept for the smallest price
        (100, {"where": PARTNER, "at_most": "33%"}, 0.001, ["10", "46"]),
        (100, {"where": OWN, "at_least": "33%"}, 0.001, ["10", "23"]),
    ],
)
def test_a_share_of_cost_as_a_goal_is_missed_from_the_whole_rupiah(
    own: int, rule: Plain, penalty: float, reached: list[str]
) -> None:
    assert best(shared(own, **rule, soft={"penalty": penalty})) == reached


@proves("rules", GOLDEN)
def test_the_rows_of_rules(request: pytest.FixtureRequest) -> None:
    rules: list[Plain] = [
        {"name": "Keras", "measure": "cost", "at_most": 20},
        {"name": "Porsi", "measure": "participants", "where": {"periods": ["TW1"]}, "at_least": "75%"},
        {"name": "Sasaran", "measure": "classes", "at_least": 2, "at_most": 3, "soft": {"penalty": 0.5}},
        {"name": "Awal", "measure": "cost", "where": {"periods": ["TW1"]}, "at_most": "33%", "soft": {"penalty": 0.01}},
        {"name": "Akhir", "measure": "cost", "where": {"periods": ["TW2"]}, "at_least": "10%"},
    ]
    golden("rules", small(programmes=COURSE, rules=rules), request)


@proves("rules", PROPERTY)
def test_every_plan_keeps_hard_rules_and_says_which_goals_it_misses() -> None:
    hard = missed = divided = 0
    for found in plans(lambda plain: "rules" in plain, 80):
        read = [(rule, *each) for rule in found.plain["rules"] for each in readings(found, rule)]
        for (rule, of, measure, at_least, at_most), row in zip(read, found.plan.rules, strict=True):
            kept = (at_least is None or measure >= at_least) and (at_most is None or measure <= at_most)
            said = (row.of, row.measure, row.at_least, row.at_most, row.held)
            assert said == (of, measure, at_least, at_most, kept), found.seed
            assert kept or "soft" in rule, found.seed
            hard += "soft" not in rule
            missed += not kept
            divided += of is not None
    assert min(hard, missed) > few(10)
    assert divided > few(5)


@proves("rules", CHECK)
@pytest.mark.parametrize("rule", [{"measure": "participants", "at_most": 4}, {"measure": "cost", "at_most": 14}])
def test_the_check_finds_one_beyond_the_bound(rule: Plain) -> None:
    plain = ruled(**rule)

    def found(people: int) -> set[str]:
        rows = [paid(3 * people, group="a")]
        return broken(plain, planned(plain, {("a", "bimtek", "TW1"): people}, {("bimtek", "TW1"): 1}, rows))

    assert found(4) == set()
    assert found(5) == {"rules"}


@proves("rules", CHECK)
@pytest.mark.parametrize("rule", [{"where": PARTNER, "at_most": "33%"}, {"where": OWN, "at_least": "67%"}])
def test_the_check_finds_one_rupiah_beyond_the_share(rule: Plain) -> None:
    # of Rp7 at most Rp2.31 and at least Rp4.69: Rp3 beside Rp4
    plain, people = shared(100, **rule), {("a", "bimtek", "TW1"): 1}

    def rows(partner: int) -> list[Plain]:
        return [paid(7 - partner, group="a"), paid(partner, "unja", group="a")]

    assert broken(plain, planned(plain, people, payments=rows(3))) == set()
    assert broken(plain, planned(plain, people, payments=rows(4))) == {"rules"}
