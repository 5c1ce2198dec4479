"""Limits that have moved to what happened: nothing may be added to facts that break them, less may stay."""

from __future__ import annotations

from fractions import Fraction

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


@pytest.mark.parametrize(("exact", "kept"), [(Fraction(-61, 2), True), (Fraction(-30), True), (Fraction(-31), False)])
def test_a_share_that_facts_exceed_is_compared_before_it_is_rounded(exact: Fraction, kept: bool) -> None:
    facts, log = FindingLog(), FindingLog()
    facts.share_room("fund_max_share", LIMIT, -30, Fraction(-61, 2), "too much")
    log.after(facts)
    log.share_room("fund_max_share", LIMIT, -31, exact, "too much")
    assert log.verdict().passed is kept


@pytest.mark.parametrize("rule", ["fund_minimum", "socialization"])
def test_what_is_asked_for_at_least_does_not_move(rule: str) -> None:
    facts, log = FindingLog(), FindingLog()
    facts.room(rule, LIMIT, -5, "too little")
    log.after(facts)
    log.room(rule, LIMIT, -5, "too little")
    assert not log.verdict().passed
