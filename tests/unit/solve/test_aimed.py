"""Plans for an aim of its own: nearest to another plan, unlike it, or with a rule least missed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError, SolverError
from planner.planning import Aim, SearchLimits, adopt, plan
from planner.plans.plan import Plan, Status
from tests.oracle.generate import tiny_scenarios
from tests.sampled import some
from tests.scenarios.builders import scenario

EXACT = SearchLimits(gap=0.0)


def people(made: Plan) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in made.allocations:
        found[row.group, row.programme] = found.get((row.group, row.programme), 0) + row.participants
    return found


def seats(made: Plan) -> dict[tuple[str, str, str], int]:
    return {(row.group, row.programme, row.period): row.participants for row in made.allocations}


def test_the_plan_nearest_to_a_plan_is_that_plan() -> None:
    for seed in some(range(30)):
        tiny = Scenario.model_validate(tiny_scenarios(seed))
        try:
            best = plan(tiny, EXACT, inline=True).plan
        except InfeasibleError:
            continue
        aim = Aim(seats=seats(best), classes={(r.programme, r.period): r.classes for r in best.classes})
        near = plan(tiny, EXACT, inline=True, aim=aim).plan
        assert (seats(near), near.classes) == (seats(best), best.classes)


def test_a_plan_near_to_too_much_keeps_as_much_of_it_as_the_rules_allow() -> None:
    small = scenario()
    best = plan(small, EXACT, inline=True).plan
    wanted = {key: 2 * number for key, number in people(best).items()}
    near = plan(small, EXACT, inline=True, aim=Aim(people=wanted)).plan
    moved = sum(abs(wanted.get(key, 0) - n) for key, n in people(near).items())
    assert moved <= sum(people(best).values())
    assert near.status == Status.FEASIBLE


def test_a_plan_that_avoids_what_is_known_still_closes_what_is_asked_for() -> None:
    small = scenario()
    best = plan(small, EXACT, inline=True).plan
    floor = float(best.weighted_gaps_closed) * 0.5
    avoided = dict.fromkeys(people(best), 1.0)
    other = plan(small, EXACT, inline=True, aim=Aim(at_least=floor, avoided=avoided)).plan
    assert float(other.weighted_gaps_closed) >= floor - 1e-4
    assert sum(people(other).values()) < sum(people(best).values())


def test_an_aim_beyond_the_best_plan_is_refused() -> None:
    small = scenario()
    best = plan(small, EXACT, inline=True).plan
    with pytest.raises(SolverError):
        plan(small, EXACT, inline=True, aim=Aim(at_least=float(best.weighted_gaps_closed) + 1))


def test_decisions_made_elsewhere_become_a_checked_plan_with_the_bound_that_is_known() -> None:
    small = scenario()
    best = plan(small, EXACT, inline=True).plan
    again = adopt(small, best.decisions(small), bounds=best.bounds)
    assert again.gaps_closed == best.gaps_closed
    assert again.status == Status.OPTIMAL
    assert adopt(small, best.decisions(small)).status == Status.FEASIBLE
    richer = small.changed(funds=tuple(f.model_copy(update={"amount": f.amount + 1}) for f in small.funds))
    assert adopt(richer, best.decisions(richer)).gaps_closed == best.gaps_closed == Fraction(best.gaps_closed)
