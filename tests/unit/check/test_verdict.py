"""Limits that have moved to what happened: nothing may be added to facts that break them, less may stay."""

from __future__ import annotations

import pytest

from planner.check.verdict import FindingLog

LIMIT = ("f", "p")


@pytest.mark.parametrize(("left", "kept", "slack"), [(-500, True, 0), (-501, False, -1), (-499, True, 0), (7, True, 7)])
def test_nothing_is_added_where_facts_alone_exceed_a_limit(left: int, kept: bool, slack: int) -> None:
    facts, log = FindingLog(), FindingLog()
    facts.room("fund_amount", LIMIT, -500, "too much")
    assert not facts.verdict().passed
    log.after(facts)
    log.room("fund_amount", LIMIT, left, "too much")
    assert log.verdict().passed is kept
    assert log.verdict().slack == {"fund_amount__f__p": slack}


@pytest.mark.parametrize(("left", "kept"), [(-1, False), (0, True)])
def test_facts_that_keep_a_limit_do_not_move_it(left: int, kept: bool) -> None:
    facts, log = FindingLog(), FindingLog()
    facts.room("fund_amount", LIMIT, 0, "too much")
    log.after(facts)
    log.room("fund_amount", LIMIT, left, "too much")
    assert log.verdict().passed is kept


@pytest.mark.parametrize(("left", "part", "kept"), [(-29, 70, True), (-31, 70, True), (-1, 71, False), (0, 99, True)])
def test_nothing_is_added_to_a_share_that_facts_exceed_until_it_is_kept(left: int, part: int, kept: bool) -> None:
    facts, log = FindingLog(), FindingLog()
    facts.share_room("fund_max_share", LIMIT, -30, 70, "too much")
    log.after(facts)
    log.share_room("fund_max_share", LIMIT, left, part, "too much")
    assert log.verdict().passed is kept


def test_what_is_asked_for_at_least_does_not_move() -> None:
    facts, log = FindingLog(), FindingLog()
    facts.room_asked("fund_minimum", LIMIT, -5, "too little")
    facts.find_asked("choices", ("together", "0"), "missing")
    log.after(facts)
    log.room_asked("fund_minimum", LIMIT, -5, "too little")
    log.find_asked("choices", ("together", "0"), "missing")
    assert [finding.rule for finding in log.verdict().findings] == ["fund_minimum", "choices"]


@pytest.mark.parametrize("key", [("keu", "min"), ("keu", "TW1", "committed"), ("keu__min",)])
def test_ids_of_a_scenario_do_not_say_whether_a_limit_moves(key: tuple[str, ...]) -> None:
    """A period may be called min, and a programme together."""
    facts, log = FindingLog(), FindingLog()
    facts.find("classes", key, "a class without participants")
    log.after(facts)
    log.find("classes", key, "a class without participants")
    assert log.verdict().passed
