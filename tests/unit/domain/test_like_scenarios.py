"""What is lent to a scenario with other funds holds there: funds have no part in it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

import pytest

from planner.domain.cells import Cell
from planner.domain.checks.validation import ensure_valid
from planner.domain.funds import Pays
from planner.domain.like_scenarios import WITHOUT_FUNDS, lent, same_but_amounts
from planner.domain.one_off import one_offs
from planner.domain.one_person import OnePerson
from planner.domain.scenario import Scenario
from planner.domain.willingness import Willingness
from planner.errors import InputError
from tests.oracle.generate import tiny_scenarios


class Untouchable(tuple[Any, ...]):
    """Funds at which nobody may look."""

    def __iter__(self) -> Iterator[Any]:
        raise AssertionError("asked for funds")

    __len__ = __getitem__ = __contains__ = __iter__  # type: ignore[assignment]  # all of them refuse


def worked_out(scenario: Scenario) -> dict[str, Any]:
    """What is lent, and all that follows from it."""
    held = ("one_person", "willingness", "picks")
    found = {name: getattr(scenario, name) for name in WITHOUT_FUNDS if name not in held}
    found["picked"] = [scenario.groups_in(programme.for_) for programme in scenario.programmes]
    for kind, holder in ((OnePerson, scenario.one_person), (Willingness, scenario.willingness)):
        names = [name for name, value in vars(kind).items() if isinstance(value, cached_property)]
        found |= {name: getattr(holder, name) for name in names}
    return found


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_is_lent_depends_on_funds(seed: int) -> None:
    known = Scenario.model_validate(tiny_scenarios(seed))
    assert worked_out(known.changed(funds=Untouchable())) == worked_out(known)


def test_a_scenario_with_other_funds_and_name_is_the_same_with_what_is_lent() -> None:
    known = Scenario.model_validate(tiny_scenarios(1))
    identity = known.scenario.model_copy(update={"id": "other", "name": "Other"})
    other = known.changed(funds=(known.funds[0].with_amount(12345), *known.funds[1:]), scenario=identity)
    found = lent(known, other)
    assert found == other
    assert found.sha256 == other.sha256
    assert found.one_person is known.one_person


def test_nothing_is_lent_where_more_differs() -> None:
    known = Scenario.model_validate(tiny_scenarios(1))
    for other in (
        known.changed(objective=(*known.objective, *known.objective)),
        known.changed(scenario=known.scenario.model_copy(update={"fiscal_year": 2031})),
    ):
        assert lent(known, other) is other


def test_scenarios_are_the_same_but_for_amounts_only_where_nothing_else_of_a_fund_differs() -> None:
    known = Scenario.model_validate(tiny_scenarios(1))
    first, *others = known.funds
    assert same_but_amounts(known, known.changed(funds=(first.with_amount(12345), *others)))
    for fund in (first.model_copy(update={"id": "other"}), first.model_copy(update={"max_share": Fraction(1, 3)})):
        assert not same_but_amounts(known, known.changed(funds=(fund, *others)))
    assert not same_but_amounts(known, known.changed(groups=known.groups[1:]))


def test_a_valid_scenario_with_other_amounts_is_refused_where_the_amounts_are_wrong() -> None:
    known = Scenario.model_validate(tiny_scenarios(1))
    assert len(known.funds) > 1
    huge = known.changed(funds=tuple(fund.with_amount(10**15 - 1) for fund in known.funds))
    assert same_but_amounts(known, huge)
    with pytest.raises(InputError):
        ensure_valid(huge, known)


def paid(scenario: Scenario) -> list[Any]:
    """Who may pay what, and which cells each cost rule counts."""
    funding = scenario.funding
    cells = [one_off for one_off, _costs in one_offs(scenario)]
    found: list[Any] = [funding.payers_of(one_off) for one_off in cells]
    for programme in scenario.programmes:
        for item in programme.costs:
            for group in scenario.groups:
                cell = Cell(programme.id, group.id, item.item, item.account, scenario.horizon[0])
                found.append((funding.payers(programme, item, group), funding.kind_of_group(group)))
                found += [funding.counted(rule).selects(cell) for rule in scenario.rules if rule.measure == "cost"]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_who_may_pay_what_is_the_same_with_other_amounts_and_asked_anew_with_other_conditions(seed: int) -> None:
    known = Scenario.model_validate(tiny_scenarios(seed))
    asked = paid(known)
    amounts = known.changed(funds=tuple(fund.with_amount(12345 + n) for n, fund in enumerate(known.funds)))
    found = lent(known, amounts)
    assert found.funding.scenario is found
    assert paid(found) == asked
    for conditions in ({"max_share": Fraction(1, 3)}, {"pays": Pays()}):
        other = known.changed(funds=tuple(fund.model_copy(update=conditions) for fund in known.funds))
        assert paid(lent(known, other)) == paid(other.changed())


def test_a_record_that_is_not_shared_with_the_valid_scenario_is_checked() -> None:
    known = Scenario.model_validate(tiny_scenarios(1))
    lacking = known.groups[0].model_copy(update={"gaps": dict.fromkeys(known.groups[0].gaps, 10**6)})
    with pytest.raises(InputError):
        ensure_valid(known.changed(groups=(lacking, *known.groups[1:])), known)
