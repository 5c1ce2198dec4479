"""Hard rules of a plan of what is left: an upper limit that facts exceed is broken by what is added to them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.payments.payment import Payment
from planner.plans.plan_rows import Closing
from planner.plans.rule_measures import breaks_a_limit, rule_results
from tests.scenarios.hand import costing, read, scenario

Plain = dict[str, Any]

ATTENDED: Plain = {
    "through": "TW1",
    "attended": [{"group": "a", "programme": "bimtek", "period": "TW1", "participants": 2}],
}


@pytest.mark.parametrize(
    ("bound", "later", "begun", "broken"),
    [
        ({"at_most": 1}, 0, True, False),  # facts alone
        ({"at_most": 1}, 1, True, True),
        ({"at_most": 2}, 0, True, False),
        ({"at_most": 2}, 1, True, True),  # the facts keep it
        ({"at_least": 3}, 0, True, True),  # what is asked for does not move
        ({"at_least": 3}, 1, True, False),
        ({"at_most": 1}, 0, False, True),
        ({"at_most": 1, "soft": {"penalty": 1}}, 3, True, False),
    ],
)
def test_facts_break_no_limit_and_what_is_added_to_them_does(
    bound: Plain, later: int, begun: bool, broken: bool
) -> None:
    rule = {"name": "r", "measure": "participants", **bound}
    planned = read(scenario(rules=[rule], **({"actuals": ATTENDED} if begun else {})))
    decisions = Decisions({("a", "bimtek", "TW1"): 2} | ({("a", "bimtek", "TW2"): later} if later else {}))
    results = rule_results(planned, decisions, [], [])
    assert breaks_a_limit(planned, decisions, [], [], results) is broken


def test_gaps_closed_by_what_is_added_break_a_limit_that_facts_exceed() -> None:
    """Two of keu were closed where at most one may be; one of kom comes on top of them."""
    planned = read(
        scenario(
            competencies=[{"id": "keu", "kind": "technical"}, {"id": "kom", "kind": "managerial"}],
            groups={"gaps": {"keu": 5, "kom": 5}},
            rules=[{"name": "r", "measure": "gaps_closed", "at_most": 1}],
            actuals=ATTENDED,
        )
    )
    decisions = Decisions({("a", "bimtek", "TW1"): 2})
    for added, broken in ((1, True), (0, False)):
        closed = [Closing("a", "keu", 5, Fraction(2)), Closing("a", "kom", 5, Fraction(added))]
        results = rule_results(planned, decisions, [], closed)
        assert breaks_a_limit(planned, decisions, [], closed, results) is broken


def test_what_is_asked_for_and_not_reached_breaks_a_limit_beside_one_that_facts_exceed() -> None:
    rules = [
        {"name": "least", "measure": "participants", "at_least": 3},
        {"name": "most", "measure": "participants", "at_most": 1},
    ]
    for asked in (rules, rules[::-1]):
        planned, decisions = read(scenario(rules=asked, actuals=ATTENDED)), Decisions({("a", "bimtek", "TW1"): 2})
        assert breaks_a_limit(planned, decisions, [], [], rule_results(planned, decisions, [], []))


@pytest.mark.parametrize(
    ("more", "others", "broken"),
    [
        (0, 0, False),  # facts alone
        (0, 6, False),  # 4 of 10 stay too much, and nothing is added
        (1, 6, True),  # 5 of 11 are more than 30%, rounded up to Rp4
        (1, 12, False),  # 5 of 17, of which 30% are Rp6: the share is kept again
        (2, 9, True),  # 6 of 15: less than before in proportion, and still too much
    ],
)
def test_of_a_share_of_cost_nothing_is_added_until_it_is_kept_again(more: int, others: int, broken: bool) -> None:
    rule = {"name": "r", "measure": "cost", "where": {"items": {"item": "Butir"}}, "at_most": "30%"}
    planned = read(scenario(rules=[rule], programmes=costing("participant", 1), actuals=ATTENDED))
    account = "5.1.02.01.01.0001"
    made = [Payment("apbd", "bimtek", "a", "Butir", account, "TW1", 4, True)]
    made += [
        Payment("apbd", "bimtek", "a", "Butir", account, "TW2", more),
        Payment("apbd", "bimtek", "a", "Lain", account, "TW2", others),
    ]
    decisions = Decisions({("a", "bimtek", "TW1"): 2})
    assert breaks_a_limit(planned, decisions, made, [], rule_results(planned, decisions, made, [])) is broken
