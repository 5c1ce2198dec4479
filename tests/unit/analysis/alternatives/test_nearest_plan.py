"""The plan nearest to an earlier one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from planner.analysis.alternatives.nearest_plan import nearest_plan
from planner.analysis.plans.earlier_plan import EarlierPlan
from planner.planning import plan
from planner.plans.plan import Plan
from tests.sampled import few, some
from tests.scenarios.builders import scenario as small
from tests.unit.analysis.plans import EXACT, Known, assert_passes, every_plan, inquiry, tiny_ones

FIFTH = Fraction(1, 5)


def test_the_plan_itself_stays_as_it_is() -> None:
    for _plain, asked in tiny_ones(some(range(16))):
        answer = nearest_plan(asked, EarlierPlan.from_plan(asked.plan, asked.scenario.horizon), Fraction(0))
        assert answer.plan is not None
        assert answer.plan.allocations == asked.plan.allocations
        assert answer.plan.classes == asked.plan.classes
        assert answer.from_earlier.all_changes == 0


def _distance(known: Known, earlier: EarlierPlan) -> int:
    seats, classes = dict(earlier.seats), dict(earlier.classes)
    places, held = {*known.seats, *seats}, {*known.classes, *classes}
    return sum(abs(known.seats.get(k, 0) - seats.get(k, 0)) for k in places) + sum(
        abs(known.classes.get(k, 0) - classes.get(k, 0)) for k in held
    )


def _of(made: Plan) -> Known:
    seats = {(r.group, r.programme, r.period): r.participants for r in made.allocations}
    return Known(seats, {(r.programme, r.period): r.classes for r in made.classes}, made.gaps_level.value)


def test_no_plan_within_the_limit_is_nearer() -> None:
    """Held against every plan of tiny scenarios; the earlier plan had one person more everywhere, and a class less."""
    moved = 0
    for plain, asked in tiny_ones(some(range(16))):
        if asked.plan.gaps_level.value < 0:
            continue
        best = _of(asked.plan)
        seats = {key: number + 1 for key, number in best.seats.items()}
        classes = {key: number - 1 for key, number in best.classes.items()}
        earlier = EarlierPlan("dulu", seats, classes, asked.scenario.horizon)
        answer = nearest_plan(asked, earlier, FIFTH)
        assert answer.plan is not None, answer.message
        assert_passes(asked.scenario, answer.plan)
        floor = asked.plan.gaps_level.value * (1 - FIFTH)
        assert answer.plan.gaps_level.value >= floor
        nearest = min(_distance(known, earlier) for known in every_plan(plain, floor))
        assert _distance(_of(answer.plan), earlier) == nearest, plain["scenario"]["id"]
        moved += nearest
    assert moved > few(12)


def test_after_a_cut_the_nearest_plan_changes_less_than_the_best_one() -> None:
    before = inquiry(small())
    funds = [fund | ({"amount": 90_000_000} if fund["id"] == "apbd" else {}) for fund in small().to_plain()["funds"]]
    after = inquiry(small(funds=funds))
    answer = nearest_plan(after, EarlierPlan.from_plan(before.plan, before.scenario.horizon), FIFTH)
    assert answer.plan is not None
    assert answer.from_earlier.all_changes < answer.best_from_earlier.all_changes
    assert answer.plan.gaps_level.value >= after.plan.gaps_level.value * (1 - FIFTH)
    assert answer.unknown_ids == ()


def test_what_the_scenario_no_longer_has_is_named_and_its_seats_are_counted() -> None:
    asked = inquiry(small())
    seats = {
        ("bpkad-analis", "bimtek-keu", "TW1"): 40,
        ("hilang", "bimtek-keu", "TW1"): 7,
        ("bpkad-analis", "x", "TW3"): 2,
    }
    answer = nearest_plan(
        asked, EarlierPlan("lama", seats, {("bimtek-keu", "TW1"): 1, ("x", "TW1"): 1}, ("TW1", "TW3"))
    )
    assert answer.unknown_ids == ("hilang", "x", "TW3")
    assert answer.lost_seats == 9


def test_periods_of_another_year_are_matched_by_their_place() -> None:
    asked = inquiry(small())
    renamed = {("TW1"): "2026-1", ("TW2"): "2026-2"}
    seats = {(g, p, renamed[t]): n for (g, p, t), n in _of(asked.plan).seats.items()}
    classes = {(p, renamed[t]): n for (p, t), n in _of(asked.plan).classes.items()}
    answer = nearest_plan(asked, EarlierPlan("lama", seats, classes, ("2026-1", "2026-2")))
    assert answer.plan is not None
    assert answer.from_earlier.people == ()
    assert answer.from_earlier.classes == ()
    assert answer.unknown_ids == ()


def test_periods_that_match_nothing_leave_who_takes_what() -> None:
    asked = inquiry(small())
    seats = {(g, p, "tahun lalu"): n for (g, p), n in _of(asked.plan).people.items()}
    answer = nearest_plan(asked, EarlierPlan("lama", seats, {}, ("tahun lalu",)))
    assert answer.plan is not None
    assert answer.from_earlier.people == ()
    assert answer.unknown_ids == ("tahun lalu",)


def test_decisions_of_a_poorer_scenario_can_be_kept_whole() -> None:
    poor = small(funds=[{"id": "apbd", "kind": "own", "amount": 80_000_000}], rules=[])
    first: Any = plan(poor, EXACT, inline=True).plan
    asked = inquiry(small(rules=[]))
    answer = nearest_plan(asked, EarlierPlan.from_plan(first, poor.horizon), Fraction(1))
    assert answer.plan is not None
    assert answer.plan.allocations == first.allocations
