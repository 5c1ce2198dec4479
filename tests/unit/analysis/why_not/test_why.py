"""Why a group takes a programme or not: what is said against trying every plan."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from planner.analysis.why_not.why import why
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.plans.plan import Plan, Status
from tests.oracle.brute_force import solve
from tests.sampled import few, some
from tests.scenarios.hand import scenario
from tests.scenarios.two_programmes import TWO_PROGRAMMES
from tests.unit.analysis.failing_batch import failing
from tests.unit.analysis.plans import assert_passes, every_plan, inquiry, tiny_ones

Plain = dict[str, Any]
CLOSE = Fraction(1, 10**9)


def forced(plain: Plain, group: str, programme: str, people: int, side: str = "at_least") -> Plain:
    """The scenario with the rule that so many people of the group take the programme."""
    where = {"groups": {"id": group}, "programmes": {"id": programme}}
    rule = {"name": "forced", "measure": "participants", "where": where, side: people}
    return plain | {"rules": [*plain.get("rules", []), rule]}


def test_what_it_costs_is_what_trying_every_plan_says() -> None:
    seen = set()
    for plain, asked in tiny_ones(some(range(14), 4)):
        best = solve(plain)
        assert best is not None
        for group in asked.scenario.group:
            for programme in asked.scenario.programme:
                answer = why(asked, group, programme)
                one = solve(forced(plain, group, programme, 1))
                assert answer.possible == (one is not None)
                if not answer.possible:
                    seen.add("excluded" if answer.exclusions or answer.obstacles else "clash")
                    assert answer.exclusions or answer.obstacles or answer.clashes
                    continue
                assert solve(forced(plain, group, programme, answer.most)) is not None
                assert solve(forced(plain, group, programme, answer.most + 1)) is None
                assert answer.most_proven
                for each in answer.forced:
                    seen.add(each.kind)
                    other = solve(forced(plain, group, programme, each.people))
                    assert other is not None
                    assert each.loss is not None
                    cost = best.values[0] - other.values[0]
                    assert abs(each.loss.found - cost) < CLOSE
                    assert each.loss.least - CLOSE < cost < each.loss.most + CLOSE
                if answer.dropped is not None:
                    other = solve(forced(plain, group, programme, 0, "at_most"))
                    assert (other is None) == (answer.dropped.status == Status.INFEASIBLE)
                    if other is not None:
                        assert answer.dropped.loss is not None
                        assert abs(answer.dropped.loss.found - (best.values[0] - other.values[0])) < CLOSE
    assert seen >= {"excluded", "clash", "one", "all"}


def test_the_plan_with_the_group_changes_as_little_as_any_that_is_as_good() -> None:
    compared = 0
    for plain, asked in tiny_ones(some(range(17))):
        for group in asked.scenario.group:
            for programme in asked.scenario.programme:
                answer = why(asked, group, programme)
                if answer.nearest is None:
                    continue
                reached = next(f for f in answer.forced if f.people == answer.nearest_people and f.plan)
                assert reached.loss is not None
                value = solve(plain).values[0] - reached.loss.found  # type: ignore[union-attr]
                least = min(
                    _distance(known.seats, known.classes, asked.plan)
                    for known in every_plan(forced(plain, group, programme, answer.nearest_people), value - CLOSE)
                )
                seats = {(r.group, r.programme, r.period): r.participants for r in answer.nearest.allocations}
                classes = {(r.programme, r.period): r.classes for r in answer.nearest.classes}
                assert _distance(seats, classes, asked.plan) == least
                compared += 1
    assert compared > few(5)


def _distance(seats: dict[tuple[str, str, str], int], classes: dict[tuple[str, str], int], base: Plan) -> int:
    before = {(r.group, r.programme, r.period): r.participants for r in base.allocations}
    held = {(r.programme, r.period): r.classes for r in base.classes}
    return sum(abs(seats.get(k, 0) - before.get(k, 0)) for k in {*seats, *before}) + sum(
        abs(classes.get(k, 0) - held.get(k, 0)) for k in {*classes, *held}
    )


def test_by_hand_a_seat_for_the_less_effective_costs_half_a_gap_and_a_seat_of_the_other() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    answer = why(asked, "b", "dialog", "kom")
    assert (answer.seated, answer.most) == (0, 10)
    assert [(f.people, f.kind) for f in answer.forced] == [(1, "one"), (10, "all")]
    assert [f.loss.found for f in answer.forced if f.loss] == [Fraction(1, 2), 5]
    assert answer.moved is not None
    assert {(c.key, c.before, c.after) for c in answer.moved.people} == {
        (("a", "bimtek"), 10, 9),
        (("b", "dialog"), 0, 1),
    }
    assert answer.gap is not None
    assert (answer.gap.need, answer.gap.closed, answer.gap.left) == (10, Fraction(0), Fraction(10))
    assert [(c.programme, c.people, c.excluded) for c in answer.gap.programmes] == [("dialog", 0, False)]


def test_by_hand_a_class_of_the_smallest_size_is_asked_about_too() -> None:
    # b can come in classes of 4 to 6; each seat of b costs the plan half a gap
    programmes = [
        TWO_PROGRAMMES["programmes"][0],
        TWO_PROGRAMMES["programmes"][1] | {"class_size": {"min": 4, "max": 6}},
    ]
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES | {"programmes": programmes}))
    answer = why(asked, "b", "dialog")
    assert [(f.people, f.kind) for f in answer.forced] == [(1, "one"), (4, "class"), (10, "all")]
    assert [f.loss.found for f in answer.forced if f.loss] == [2, 2, 5]
    assert answer.nearest_people == 4


def test_by_hand_what_the_plan_has_is_said_and_what_is_lost_without_it() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    answer = why(asked, "a", "bimtek")
    assert (answer.seated, answer.most, answer.forced) == (10, 10, ())
    assert answer.dropped is not None
    assert answer.dropped.loss is not None
    assert answer.dropped.loss.found == 5
    assert answer.gap is None


def test_what_clashes_is_told_clash_after_clash_and_with_its_repairs() -> None:
    # one seat costs Rp10: the rule leaves Rp4, and another leaves no participants at all
    plain = TWO_PROGRAMMES | {
        "rules": [
            {"name": "Hemat", "measure": "cost", "where": {"programmes": {"id": "dialog"}}, "at_most": 4},
            {"name": "Tanpa b", "measure": "participants", "where": {"groups": {"id": "b"}}, "at_most": 0},
        ]
    }
    answer = why(inquiry(Scenario.model_validate(plain)), "b", "dialog")
    assert not answer.possible
    assert [[clash.path for clash in clashes] for clashes in answer.clashes] == [
        [("rules", 0, "at_most")],
        [("rules", 1, "at_most")],
    ]
    assert answer.repairs is not None
    (repair,) = answer.repairs.repairs
    assert {change.path: change.new for change in repair.changes} == {
        ("rules", 0, "at_most"): 10,
        ("rules", 1, "at_most"): 1,
    }


def test_unknown_names_are_refused_all_at_once_with_near_ones() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    with speaking("en"), pytest.raises(InputError) as raised:
        why(asked, "aa", "dialogg", "komm")
    assert [str(problem) for problem in raised.value.problems] == [
        "the scenario has no group 'aa'. Did you mean 'a'?",
        "the scenario has no programme 'dialogg'. Did you mean 'dialog'?",
        "the scenario has no competency 'komm'. Did you mean 'kom'?",
    ]


def test_a_point_that_fails_does_not_take_the_answer_with_it() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    answer = why(failing(asked, "1", "nearest"), "b", "dialog")
    one, everybody = answer.forced
    assert one.loss is not None
    assert everybody.loss is not None
    assert one.loss.found <= everybody.loss.found == 5
    assert answer.nearest is not None
    answer = why(failing(asked, "10", "1"), "b", "dialog")
    assert [each.plan for each in answer.forced] == [None, None]
    assert [each.message for each in answer.forced] == ["mati", "mati"]
    answer = why(failing(asked, "most"), "b", "dialog")
    assert answer.unknown
    assert not answer.possible


def test_higher_goals_are_kept_by_the_plan_that_shows_whose_seats_are_taken() -> None:
    plain = TWO_PROGRAMMES | {
        "objective": [{"maximize": "smallest_coverage", "by": "group"}, {"maximize": "gaps_closed"}]
    }
    asked = inquiry(Scenario.model_validate(plain))
    answer = why(asked, "a", "bimtek")
    assert answer.nearest is not None
    nearest = {(row.group, row.programme): row.participants for row in answer.nearest.allocations}
    assert nearest["a", "bimtek"] == answer.nearest_people == answer.seated + 1
    for each in answer.forced:
        assert each.plan is not None
        assert len(each.plan.objective) == 2


def test_the_plans_of_the_answer_pass_the_check_of_their_scenarios() -> None:
    asked = inquiry(Scenario.model_validate(TWO_PROGRAMMES))
    answer = why(asked, "b", "dialog")
    for each in answer.forced:
        assert each.plan is not None
        assert_passes(Scenario.model_validate(_as_forced(each.people)), each.plan)


def _as_forced(people: int) -> Plain:
    return forced(TWO_PROGRAMMES, "b", "dialog", people)


@pytest.mark.parametrize("measure", ["gaps_closed", "participants"])
def test_what_keeps_one_person_more_out_is_named(measure: str) -> None:
    # money and willing people for ten; a rule allows four in the first year, in which alone the programme is held
    plain = scenario(
        periods=[{"id": "A", "year": 2027}, {"id": "B", "year": 2028}],
        programmes={"periods": ["A"], "costs": []},
        rules=[{"name": "Empat", "measure": measure, "where": {"years": [2027]}, "at_most": 4}],
    )
    answer = why(inquiry(Scenario.model_validate(plain)), "a", "bimtek")
    assert (answer.seated, answer.most, answer.most_proven) == (4, 4, True)
    assert [clash.path for clash in answer.beyond] == [("rules", 0, "at_most")]
