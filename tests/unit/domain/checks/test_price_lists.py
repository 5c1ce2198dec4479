"""A price of a list is that of the list, in its unit and on its accounts; one's own keeps below its ceiling."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from planner.domain.checks.one_record import programme_problems
from planner.domain.checks.warnings_accounts import unlikely_accounts
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.locale import speaking

ENTRY = {"from": "ssh", "code": "1.1", "name": "Narasumber", "unit": "OJ", "price": 900_000}


def told(**line: Any) -> list[str]:
    """What is wrong with one cost line."""
    cost = {"item": "Honor", "per": "programme", "price": 900_000} | line
    programme = Programme.model_validate({"id": "p", "closes": {"k": 1}, "costs": [cost]})
    with speaking("en"):
        return [f"{problem.message} {problem.remedy}" for problem in programme_problems(programme, ("programmes", 0))]


def test_a_price_of_a_list_is_that_of_the_list() -> None:
    assert told(listed=[ENTRY]) == []
    (problem,) = told(listed=[ENTRY], price=900_001)
    assert "Rp900,001, but '1.1' of the list 'ssh' is Rp900,000" in problem


def test_a_price_of_ones_own_keeps_below_its_ceiling() -> None:
    assert told(ceiling=ENTRY) == []
    assert told(ceiling=[ENTRY], price=1) == []
    (problem,) = told(ceiling=ENTRY, price=900_001)
    assert "Rp900,001, which is above the ceiling Rp900,000 of '1.1' in the list 'ssh'" in problem
    assert told(ceiling=ENTRY, tax="11%") == []  # lists give prices without tax


def test_ceilings_hold_for_the_value_they_are_of() -> None:
    by = {"by": "location", "default": 5, "Kerinci": 7}
    line = {"per": "participant", "price": by}
    assert told(**line, ceiling=[ENTRY | {"of": "Kerinci", "price": 7}, ENTRY | {"of": "default", "price": 5}]) == []
    assert len(told(**line, ceiling=[ENTRY | {"of": "Kerinci", "price": 6}])) == 1
    assert len(told(**line, ceiling=ENTRY | {"price": 4})) == 2


@pytest.mark.parametrize("unit", ["OJ", "oj", "Orang/Jam", "orang x jam"])
def test_the_unit_of_a_line_is_that_of_the_list(unit: str) -> None:
    assert told(listed=[ENTRY], unit=unit) == []
    assert told(listed=[ENTRY | {"unit": unit}], unit="OJ") == []


@pytest.mark.parametrize("unit", ["OH", "Jam", "Orang", "kelas", "OJ/hari"])
def test_another_unit_is_refused(unit: str) -> None:
    (problem,) = told(listed=[ENTRY], unit=unit)
    assert f"counted in '{unit}', but '1.1' of the list 'ssh' is the price of one 'OJ'" in problem
    assert len(told(ceiling=ENTRY, unit=unit)) == 1


def test_one_of_the_factors_is_the_unit_of_the_list() -> None:
    assert told(listed=[ENTRY], quantity={"OJ": 4, "hari": 3}) == []
    assert told(listed=[ENTRY | {"unit": "Orang/Hari"}], quantity="40 Orang x 3 Hari") == []
    (problem,) = told(listed=[ENTRY], quantity="40 Orang x 3 Hari")
    assert "counted in 'Orang x Hari'" in problem


def test_a_participant_counts_for_the_people_in_the_unit_of_the_list() -> None:
    entry = ENTRY | {"unit": "OH"}
    assert told(listed=[entry], per="participant", quantity={"hari": 3}) == []
    assert len(told(listed=[entry], quantity={"hari": 3})) == 1
    assert len(told(listed=[entry], per="participant", quantity={"jam": 3})) == 1


def test_the_account_is_one_that_the_list_allows() -> None:
    entry = ENTRY | {"accounts": ["5.1.02.02.01.0003", "5.1.02.02.12"]}
    assert told(listed=[entry]) == []
    for account in ("5.1.2.2.1.3", "510202120004"):
        assert told(listed=[entry], account=account) == []
    (problem,) = told(listed=[entry], account="5.1.02.01.01.0024")
    assert "'5.1.02.01.01.0024', which '1.1' of the list 'ssh' does not allow" in problem
    assert "Allowed: '5.1.02.02.01.0003', '5.1.02.02.12'." in problem
    assert len(told(ceiling=entry, account="5.1.02.01.01.0024")) == 1


def doubts(*accounts: str) -> list[str]:
    costs = [{"item": account, "account": account, "per": "programme", "price": 1} for account in accounts]
    data = {
        "format": 1, "scenario": {"id": "c"}, "competencies": [{"id": "k", "kind": "technical"}],
        "groups": [{"id": "g", "headcount": 1}], "programmes": [{"id": "p", "closes": {"k": 1}, "costs": costs}],
        "funds": [{"id": "f", "kind": "own", "amount": 1}],
    }  # fmt: skip
    with speaking("en"):
        return [doubt.message for doubt in unlikely_accounts(Scenario.model_validate(data))]


def test_accounts_not_down_to_the_last_level_are_errors_all_at_once() -> None:
    with speaking("en"), pytest.raises(ValidationError) as caught:
        doubts("5.1.02.02.01", "5.1.02.02.01.0003", "5.1.2")
    assert "'5.1.02.02.01' is not the code of an account (5 levels instead of 6)" in str(caught.value)
    assert "3 levels instead of 6" in str(caught.value)


def test_accounts_that_no_line_of_an_rka_can_have_are_doubted() -> None:
    assert doubts("5.1.02.02.01.0003") == []
    (strange,) = doubts("4.1.02.02.01.0003")
    assert "not of spending, whose codes begin with 5: '4.1.02.02.01.0003'" in strange
