"""Settlement of funds with an agreement: what counts as using them, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.payments.conditions import CannotSettle
from planner.payments.settlement import settle
from tests.scenarios.hand import costing, scenario

AGREED: dict[str, Any] = {"kind": "partner", "agreement_cost": {"amount": 4}}


def paid(partner: dict[str, Any], decisions: Decisions, **changes: Any) -> dict[str, int]:
    """What each fund pays of a programme of Rp7 a head, beside Rp100 of own money and this partner."""
    funds = [{"id": "apbd", "kind": "own", "amount": 100}, {"id": "unja", **AGREED, **partner}]
    read = Scenario.model_validate(scenario(programmes=costing("participant", 7), funds=funds, **changes))
    spent: dict[str, int] = {}
    for row in settle(read, decisions):
        spent[row.fund] = spent.get(row.fund, 0) + row.amount
    return spent


def test_a_partner_is_used_by_a_single_rupiah() -> None:
    one = Decisions({("a", "bimtek", "TW1"): 1}, used=frozenset(["unja"]))
    assert paid({"amount": 1}, one) == {"unja": 1, "apbd": 6 + 4}


def test_a_partner_that_gives_a_seat_need_not_pay() -> None:
    people = {("a", "bimtek", "TW1"): 1}
    partner = {"amount": 0, "seats": {"bimtek": 1}}
    given = Decisions(people, seats={("unja", "bimtek", "a", "TW1"): 1}, used=frozenset(["unja"]))
    assert paid(partner, given).get("unja", 0) == 0
    with pytest.raises(CannotSettle):
        paid(partner, Decisions(people, used=frozenset(["unja"])))


def test_a_seat_that_was_given_before_does_not_use_a_partner_again() -> None:
    """What is left to plan needs a seat or a rupiah of its own."""
    attended = {"group": "a", "programme": "bimtek", "period": "TW1", "participants": 1}
    actuals = {"through": "TW1", "attended": [attended]}
    people = {("a", "bimtek", "TW1"): 1, ("a", "bimtek", "TW2"): 1}
    partner = {"amount": 0, "seats": {"bimtek": 2}}
    past, later = ("unja", "bimtek", "a", "TW1"), ("unja", "bimtek", "a", "TW2")
    with pytest.raises(CannotSettle):
        paid(partner, Decisions(people, seats={past: 1}, used=frozenset(["unja"])), actuals=actuals)
    assert "unja" not in paid(partner, Decisions(people, seats={later: 1}, used=frozenset(["unja"])), actuals=actuals)
