"""Agencies are blocks of their own unless something binds them that cannot be divided between them."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.nation_data import plain_nation
from planner.domain.scenario import Scenario
from planner.nation.structure import structure_of
from tests.unit.nation.small import small, structure

NATION = plain_nation(6, groups=3, own=3)
FIRST, SECOND = (f"i00{n}" for n in range(2))


def blocks(plain: dict[str, Any]) -> int | None:
    """The number of blocks of a scenario; None where it does not fall apart."""
    found = structure_of(Scenario.model_validate(plain))
    return None if found is None else len(found.blocks)


def with_programme(number: int, **parts: Any) -> dict[str, Any]:
    programmes = [each | (parts if place == number else {}) for place, each in enumerate(NATION["programmes"])]
    return NATION | {"programmes": programmes}


def test_each_agency_is_a_block_with_its_own_money_and_programmes() -> None:
    found = structure()
    assert [block.name for block in found.blocks] == [f"i00{n}" for n in range(6)]
    assert all(block.funds == (block.name,) for block in found.blocks)
    own = [[p for p in block.programmes if "@" in p] for block in found.blocks]
    assert all(
        len(names) == 3 and all(p.endswith(b.name) for p in names) for b, names in zip(found.blocks, own, strict=True)
    )
    assert found.funds == ("pusat", "mitra")
    assert found.programmes == frozenset(f"nas{n}" for n in range(16))


def test_what_cannot_be_divided_joins_agencies() -> None:
    pool = [{"id": "senior", "from": {"agency": [FIRST, SECOND]}, "share": "10%"}]
    mentors = {"mentors": {"pool": "senior", "mentees_each": 3}}
    assert blocks(with_programme(0, **mentors) | {"mentor_pools": pool}) == 5
    rooms = [{"id": "kelas", "amount": 100}]
    uses = {"kelas": {"per": "participant", "amount": 1}}
    several = [each | ({"uses": uses} if n in (0, 3) else {}) for n, each in enumerate(NATION["programmes"])]
    assert blocks(NATION | {"programmes": several, "resources": rooms}) == 5
    names = [NATION["programmes"][0]["id"], NATION["programmes"][3]["id"]]
    assert blocks(NATION | {"choices": {"together": [names]}}) == 5
    funds = [
        each | ({"match": {"with": SECOND, "ratio": 1}} if each["id"] == FIRST else {}) for each in NATION["funds"]
    ]
    assert blocks(NATION | {"funds": funds}) == 5


@pytest.mark.parametrize(
    "parts",
    [
        {"objective": [{"maximize": "smallest_coverage", "by": "agency"}]},
        {"objective": [{"minimize": "own_cost"}, {"maximize": "gaps_closed"}]},
        {"rules": [{"name": "semua", "measure": "participants", "at_least": 10}]},
        {"rules": [{"name": "semua", "measure": "participants", "at_most": 10, "soft": {"penalty": 1}}]},
        {"funds": [each | ({"minimum": 5} if each["id"] == "mitra" else {}) for each in NATION["funds"]]},
    ],
)
def test_what_looks_at_all_agencies_is_planned_as_a_whole(parts: dict[str, Any]) -> None:
    assert blocks(NATION | parts) is None


def test_rules_belong_to_one_agency_to_each_or_to_all() -> None:
    rules = [
        {"name": "satu", "measure": "participants", "where": {"groups": {"agency": SECOND}}, "at_least": 1},
        {"name": "masing-masing", "measure": "hours", "per": "agency", "at_least": 1},
        {"name": "paling banyak", "measure": "participants", "at_most": 900},
        {
            "name": "bagian",
            "measure": "participants",
            "where": {"programmes": {"kind": "technical"}},
            "at_least": "10%",
        },
    ]
    found = structure(small(rules=rules))
    assert [block.rules for block in found.blocks] == [(1,), (0, 1), (1,), (1,), (1,), (1,)]
    assert (found.capped, found.shares) == ((2,), (3,))
