"""Programmes that nobody can attend, and gaps without a way: every kind of obstacle is told, through whole chains."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.chains import Chains, Obstacle
from planner.domain.checks.validation import find_problems
from planner.domain.checks.warnings import dubious
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.locale import speaking

Plain = dict[str, Any]


def told(**changes: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """The warnings about kota, with gap b, and desa, with gap a; `lanjut` closes b and requires `dasar`, for a."""
    plain: Plain = {
        "format": 1,
        "scenario": {"id": "rantai", "fiscal_year": 2027},
        "periods": ["S1", "S2"],
        "competencies": [{"id": c, "kind": "technical"} for c in ("a", "b")],
        "groups": [
            {"id": "kota", "location": "Kota", "headcount": 10, "gaps": {"b": 10}},
            {"id": "desa", "location": "Desa", "headcount": 5, "gaps": {"a": 5}},
        ],
        "programmes": [
            {"id": "dasar", "closes": {"a": 1}, "hours": 10},
            {"id": "lanjut", "closes": {"b": 1}, "hours": 10, "requires": ["dasar"]},
        ],
        "funds": [{"id": "apbd", "kind": "own", "amount": 100}],
    }
    for part, records in changes.items():
        for number, record in records.items():
            plain[part][number] |= record
    scenario = Scenario.model_validate(plain)
    assert find_problems(scenario) == []
    with speaking("en"):
        return [(doubt.path, doubt.message) for doubt in dubious(scenario)]


BOTH: Plain = {"gaps": {"a": 10, "b": 10}}
"""People of kota who lack what `dasar` teaches too, so that nobody may skip it."""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"groups": {0: BOTH}, "programmes": {0: {"for": {"location": "Desa"}}}}, "which is not for them"),
        (
            {"groups": {0: BOTH}, "programmes": {0: {"periods": ["S2"]}, 1: {"periods": ["S1"]}}},
            "which cannot be finished before it starts for the last time",
        ),
        (
            {"groups": {0: BOTH}, "programmes": {0: {"lasts": 2}}},
            "which cannot be finished before it starts for the last time",
        ),
        ({"groups": {0: BOTH}, "programmes": {0: {"lasts": 3}}}, "which they cannot attend either"),
        ({"groups": {0: BOTH | {"max_hours": 9}}, "programmes": {1: {"hours": 1}}}, "which they cannot attend either"),
    ],
)
def test_a_follow_up_that_nobody_can_attend_is_told_with_its_reason(changes: Plain, reason: str) -> None:
    found = told(**changes)
    (chain,) = [(path, words) for path, words in found if "can attend 'lanjut'" in words]
    assert chain[0] == ("programmes", 1, "requires", 0)
    assert chain[1] == f"nobody can attend 'lanjut': it requires 'dasar', {reason}."
    (gap,) = [(path, words) for path, words in found if "the gap in 'b'" in words]
    assert gap[0] == ("groups", 0, "gaps", "b")
    assert "1 group (10 people) has no way to be closed, since it cannot attend 'lanjut': 'kota'." in gap[1]


def test_a_follow_up_of_basics_that_teach_the_group_nothing_can_be_taken_by_all_who_need_not_have_them() -> None:
    # kota lacks nothing that dasar teaches: all ten may skip it
    assert [words for _path, words in told() if "lanjut" in words and "no cost" not in words] == []


def test_a_course_that_is_longer_than_the_horizon_is_told() -> None:
    found = dict(told(programmes={1: {"lasts": 3, "requires": []}}))
    assert found["programmes", 1, "lasts"].startswith("nobody can attend 'lanjut': no period in which it may start")
    assert "has no way to be closed" in found["groups", 0, "gaps", "b"]


def test_a_programme_closed_by_hours_is_told_with_the_people_it_shuts_out() -> None:
    found = dict(told(groups={0: {"max_hours": 9}}))
    assert found["programmes", 1, "hours"] == (
        "'lanjut' has 10 JP, more than one person of 1 group may take (max_hours); it is closed to 10 people with a"
        " gap: 'kota'."
    )
    assert "has no way to be closed" in found["groups", 0, "gaps", "b"]


def test_jp_taken_already_are_told_where_they_close_a_programme() -> None:
    found = dict(told(groups={0: {"max_hours": 12, "hours_before": 4.5}}))
    assert found["programmes", 1, "hours"] == (
        "'lanjut' has 10 JP, more than is left to one person of 1 group after the JP taken already (hours_before); it"
        " is closed to 10 people with a gap: 'kota' (4.5 JP taken, max_hours 12)."
    )
    # without them it has too many JP too
    assert "(max_hours); it is" in dict(told(groups={0: {"max_hours": 9, "hours_before": 4}}))["programmes", 1, "hours"]


def test_completed_people_open_a_chain() -> None:
    closed: Plain = {"groups": {0: BOTH}, "programmes": {0: {"for": {"location": "Desa"}}}}
    closed["groups"][0] = BOTH | {"completed": {"dasar": 1}}
    assert [words for _path, words in told(**closed) if "lanjut" in words and "no cost" not in words] == []


def test_only_those_whom_the_chain_shuts_out_are_named() -> None:
    # desa may take dasar, kota may not, and both need it
    gaps: Plain = {"groups": {0: BOTH, 1: {"gaps": {"a": 5, "b": 5}}}}
    found = told(**gaps, programmes={0: {"for": {"location": "Desa"}}})
    (chain,) = [words for _path, words in found if "can attend 'lanjut'" in words]
    assert chain == "nobody of 'kota' can attend 'lanjut': it requires 'dasar', which is not for them."


def test_people_who_skip_what_closes_the_same_gap_are_told_to_be_groups_of_their_own() -> None:
    """Ten lack b, four of them a: six may skip `dasar`, as they lack no a, and `lanjut` would count them for it."""
    both = {"closes": {"a": 1, "b": 1}}
    said = [words for path, words in told(groups={0: {"gaps": {"a": 4, "b": 10}}}, programmes={1: both})]
    assert any("6 people of 'kota' may skip 'dasar'" in words for words in said)
    assert not any("may skip" in words for _path, words in told(groups={0: BOTH}, programmes={1: both}))
    assert not any("may skip" in words for _path, words in told(groups={0: {"gaps": {"a": 4, "b": 10}}}))


def test_groups_without_limits_of_their_own_are_not_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[tuple[str, str]] = []
    search = Chains._search

    def counted(chains: Chains, group: Group, programme: Programme) -> int | Obstacle:
        searched.append((group.id, programme.id))
        return search(chains, group, programme)

    monkeypatch.setattr(Chains, "_search", counted)
    told()
    assert searched == [("kota", "lanjut")]
    searched.clear()
    told(groups={1: {"max_hours": 20}})
    assert ("desa", "dasar") in searched
