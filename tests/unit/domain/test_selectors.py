"""Selectors: all named attributes must match, any value of a list may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.selectors import FundSelector, GroupSelector, ItemSelector, ProgrammeSelector

ANALYST = Group.model_validate(
    {"id": "analis", "agency": "BPKAD", "level": "madya", "headcount": 5, "tags": ["inti", "keuangan"]}
)
TEACHER = Group.model_validate({"id": "guru", "agency": "Disdik", "headcount": 5})
GROUPS = (ANALYST, TEACHER)


def picked(**named: object) -> list[str]:
    selector = GroupSelector.model_validate(named)
    return [group.id for group in selector.pick(GROUPS, Group.attributes)]


def test_the_empty_selector_picks_all() -> None:
    assert picked() == ["analis", "guru"]


def test_any_value_of_a_list_may_match() -> None:
    assert picked(agency=["BPKAD", "Disdik"]) == ["analis", "guru"]
    assert picked(agency="Disdik") == ["guru"]


def test_all_named_attributes_must_match() -> None:
    assert picked(agency=["BPKAD", "Disdik"], level="madya") == ["analis"]
    assert picked(agency="Disdik", level="madya") == []


def test_a_group_matches_by_any_of_its_tags() -> None:
    assert picked(tags=["keuangan", "lain"]) == ["analis"]
    assert picked(tags="lain") == []


def test_an_absent_attribute_matches_nothing() -> None:
    assert picked(level=["madya", "utama"]) == ["analis"]


def test_a_list_of_no_values_picks_nothing() -> None:
    assert picked(agency=[]) == []


def test_selectors_compare_texts_exactly() -> None:
    assert picked(agency="bpkad") == []


def test_other_things_are_selected_alike() -> None:
    fund = Fund.model_validate({"id": "apbd", "kind": "own", "amount": 1})

    assert FundSelector(kind=("own",)).matches(fund.attributes())
    assert ItemSelector(per=("class",), account=("5.1.02.01.01.0001",)).matches(
        {"item": ("a",), "account": ("5.1.02.01.01.0001",), "per": ("class",)}
    )
    assert not ProgrammeSelector(kind=("technical",)).matches(
        {"id": ("p",), "form": ("bimtek",), "tags": (), "closes": ("k",), "kind": ("managerial",)}
    )


@given(st.lists(st.sampled_from(["BPKAD", "Disdik", "x"])), st.lists(st.sampled_from(["BPKAD", "Disdik", "x"])))
def test_more_values_never_pick_less(first: list[str], second: list[str]) -> None:
    assert set(picked(agency=first)) <= set(picked(agency=first + second))
