"""Work grows with the number of groups, not with its square: lines executed are counted, never seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from types import FrameType
from typing import Any

import pytest

from planner.attendance.finder import attended
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.model.build import build
from planner.payments.settlement import settle
from planner.plans.assembly import assemble
from planner.plans.plan import Plan, SolverRun

SMALL, LARGE = 40, 160
"""Groups of the two scenarios, which are alike in everything else."""

MOST = 1.25 * LARGE / SMALL
"""Most that the work may grow by: in proportion, and a quarter more."""


@cache
def scenario(groups: int) -> Scenario:
    """A scenario that uses every feature whose work depends on groups, with selectors that name half of them."""
    ids = [f"g{number}" for number in range(groups)]
    half = ids[::2]
    item = {
        "item": "Makan",
        "account": "5.1.02.01.01.0001",
        "per": "participant",
        "price": {"by": "location", "L0": 3, "L1": 4},
    }
    programmes = [
        {
            "id": f"p{number}",
            "for": {"id": ids if number % 2 else half},
            "closes": {f"c{number % 3}": "80%"},
            "hours": 2,
            "costs": [item, {"item": "Guru", "account": "5.2.02.01.01.0001", "per": "class", "price": 5}],
            "class_size": {"min": 1, "max": 40},
            **({"requires": ["p1"], "mentors": {"pool": "senior", "mentees_each": 3}} if number == 3 else {}),
        }
        for number in range(6)
    ]
    return Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "tumbuh", "fiscal_year": 2027},
            "periods": ["TW1", "TW2"],
            "competencies": [{"id": f"c{number}", "kind": "technical"} for number in range(3)],
            "groups": [
                {
                    "id": id,
                    "headcount": 20,
                    "location": f"L{number % 2}",
                    "agency": f"A{number % 5}",
                    "gaps": {"c0": 6, "c1": 6},
                    "uptake": "80%",
                    "release": "50%",
                    "max_hours": 10,
                    "socialization": {"raises_uptake_to": "90%", "cost": 2},
                }
                for number, id in enumerate(ids)
            ],
            "mentor_pools": [{"id": "senior", "from": {"id": half}, "share": "50%"}],
            "programmes": programmes,
            "funds": [
                {"id": "apbd", "kind": "own", "amount": 10**6, "releases": {"TW1": "90%"}},
                {
                    "id": "unja",
                    "kind": "partner",
                    "amount": 10**6,
                    "pays": {"groups": {"id": half}},
                    "max_share": "50%",
                    "seats": {"p1": 5},
                    "agreement_cost": {"amount": 1},
                },
            ],
            "rules": [
                {"name": "Separuh", "measure": "participants", "where": {"groups": {"id": half}}, "at_most": "90%"},
                {"name": "Biaya", "measure": "cost", "where": {"groups": {"id": half}}, "at_most": "90%"},
                {"name": "Celah", "measure": "gaps_closed", "where": {"groups": {"id": half}}, "at_most": "90%"},
            ],
            "objective": [{"maximize": "smallest_coverage", "by": "agency"}, {"maximize": "gaps_closed"}],
        }
    )


@cache
def decisions(groups: int) -> Decisions:
    """Two people of each group in a programme that all may attend."""
    people = {(group.id, "p1", "TW1"): 2 for group in scenario(groups).groups}
    return Decisions(people, {("p1", "TW1"): -(-2 * groups // 40)}, socialized=frozenset({"g0"}))


@cache
def planned(groups: int) -> Plan:
    read = scenario(groups)
    run = SolverRun("tangan", "-", 0.0, "-")
    payments = settle(read, decisions(groups))
    attendance = attended(read, decisions(groups)) or ()
    return assemble(
        read,
        decisions(groups),
        payments,
        attendance=attendance,
        levels=levels_of(read),
        bounds={},
        tolerance=0.1,
        solver=run,
    )


def lines(work: Callable[[], object]) -> int:
    """The lines that `work` executes in Python, each time round a loop counted anew."""
    counted = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal counted
        counted += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return counted


def fresh(read: Scenario) -> Scenario:
    """The scenario with nothing worked out yet."""
    return read.changed()


WORK: dict[str, Callable[[int], object]] = {
    "build": lambda groups: build(fresh(scenario(groups))),
    "attend": lambda groups: attended(fresh(scenario(groups)), decisions(groups)),
    "settle": lambda groups: settle(fresh(scenario(groups)), decisions(groups)),
    "assemble": lambda groups: assemble(
        fresh(scenario(groups)),
        decisions(groups),
        planned(groups).payments,
        attendance=planned(groups).attendance,
        levels=levels_of(scenario(groups)),
        bounds={},
        tolerance=0.1,
        solver=planned(groups).solver,
    ),
    "check": lambda groups: check_plan(fresh(scenario(groups)), planned(groups).to_plain()),
}


@pytest.mark.parametrize("name", WORK)
def test_four_times_the_groups_take_four_times_the_work(name: str) -> None:
    for groups in (SMALL, LARGE):
        planned(groups)
        WORK[name](SMALL)  # what is loaded or compiled once does not count
    assert lines(lambda: WORK[name](LARGE)) <= MOST * lines(lambda: WORK[name](SMALL))


def counted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The selectors that are made into sets from here on, one entry each time."""
    from planner.domain import selectors

    made: list[Any] = []
    as_sets = selectors._as_sets

    def counting(named: Any) -> Any:
        made.append(named)
        return as_sets(named)

    monkeypatch.setattr(selectors, "_as_sets", counting)
    return made


def test_a_selector_makes_its_sets_once_however_many_things_it_is_tried_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch)
    read = fresh(scenario(LARGE))
    assert len(read.groups_in(read.programmes[0].for_)) == LARGE // 2
    assert len(made) == 1


def test_the_check_tries_no_selector_on_single_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = counted(monkeypatch)
    counts = []
    for groups in (SMALL, LARGE):
        plain, read = planned(groups).to_plain(), fresh(scenario(groups))
        tried.clear()
        check_plan(read, plain)
        counts.append(sum("id" in named for named in tried))
    assert counts[0] == counts[1]
