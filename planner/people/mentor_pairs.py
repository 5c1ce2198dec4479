"""Who mentors whom: seniors of the pool who are not mentored themselves while the programme runs.

Each mentee takes 1 / `mentees_each` of a mentor, in every period, over all programmes of the pool. Mentees get a mentor
of their own agency where there is one with room, otherwise of another; first mentors who lack nothing that the
programme closes, then those with the smallest gap, then the smaller id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from planner.domain.running import run_of
from planner.domain.scenario import Scenario
from planner.people.membership import PartNumbers
from planner.people.person_sql import bits_of

type Pair = tuple[str, str, str, str]
"""(programme, period, mentee, mentor); the mentor is empty where the pool has none with room."""


def mentor_pairs(scenario: Scenario, competencies: Sequence[str], parts: PartNumbers, query: Any) -> Iterator[Pair]:
    """Yield the pairs of all mentoring programmes, from the tables `seat` and `member`."""
    programmes = [programme for programme in scenario.programmes if programme.mentors is not None]
    if not programmes:
        return
    busy = _mentored(scenario, query)
    load: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for programme in programmes:
        assert programme.mentors is not None
        groups = {*scenario.mentors_from[programme.mentors.pool]}
        of_groups = [number for number, (group, _history) in parts.part.items() if group in groups]
        seniors = _people(query, of_groups, bits_of(competencies, programme.closes))
        each = Fraction(1, programme.mentors.mentees_each)
        for t in scenario.facts.rest:
            mentees = query(
                "SELECT id, agency FROM seat WHERE programme = ? AND period = ? ORDER BY agency NULLS LAST, id",
                [programme.id, t],
            ).fetchall()
            if not mentees:
                continue
            run = run_of(scenario, programme, t)
            free = [(one, agency) for one, agency in seniors if not any(one in busy[period] for period in run)]
            at_home: dict[Any, list[str]] = defaultdict(list)
            for one, agency in free:
                at_home[agency].append(one)
            for mentee, agency in mentees:
                mentor = _first_with_room([*at_home[agency], *(one for one, _a in free)], run, each, load)
                for period in run if mentor else ():
                    load[mentor, period] += each
                yield programme.id, t, mentee, mentor


def _first_with_room(
    candidates: list[str], run: tuple[str, ...], each: Fraction, load: dict[tuple[str, str], Fraction]
) -> str:
    """Return the first mentor who can take one more in every period of the run; empty where there is none."""
    for one in candidates:
        if all(load[one, period] + each <= 1 for period in run):
            return one
    return ""


def _mentored(scenario: Scenario, query: Any) -> dict[str, set[str]]:
    """Return who is mentored in each period."""
    found: dict[str, set[str]] = defaultdict(set)
    for programme in scenario.programmes:
        if programme.mentors is not None:
            seats = query("SELECT id, period FROM seat WHERE programme = ?", [programme.id]).fetchall()
            for one, start in seats:
                for period in run_of(scenario, programme, start):
                    found[period].add(one)
    return found


def _people(query: Any, parts: list[int], closes: list[int]) -> list[tuple[str, Any]]:
    """Return (id, agency) of the people of parts of groups: those who lack nothing that is closed, then the smallest
    gap."""
    lacking = " OR ".join(f"p.gaps{at} & {mask} <> 0" for at, mask in enumerate(closes))
    rows: list[tuple[str, Any]] = query(
        "SELECT p.id, p.agency FROM person p JOIN member m USING (row)"
        f" WHERE m.part IN (SELECT unnest(?::BIGINT[])) ORDER BY {lacking}, p.size, p.id",
        [parts],
    ).fetchall()
    return rows
