"""A search ends where less than one gap is open, unless more is asked for; the levels below are searched after it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain.decisions import Decisions
from planner.model.build import build
from planner.model.objective import Goal
from planner.solve import levels, model_size, search_stages
from planner.solve.guided.search import LOWER_GAP
from planner.solve.hints import Hints
from planner.solve.levels import solve_model
from planner.solve.outcome import Ending, Outcome, SearchLimits
from planner.solve.search_run import SearchRun
from planner.solve.search_stages import search
from tests.scenarios.hand import costing, read, scenario

PLAIN = scenario(
    groups=[{"id": name, "headcount": 10, "gaps": {"keu": 10}} for name in "abc"],
    programmes=costing("participant", 1_000_000),
    funds={"amount": 20_500_000},
)
"""20 of 30 people can be trained; each closes one gap."""


def search_with(
    open_gaps: float, limits: SearchLimits, monkeypatch: pytest.MonkeyPatch, *, bounded: bool = True
) -> tuple[Outcome, list[Goal]]:
    """The outcome of a search whose guided part leaves so much open [gaps], and the goals that were searched after."""
    monkeypatch.setattr(model_size, "SMALL", -1)
    run = SearchRun.of(build(read(PLAIN)), limits, lambda news, decisions: None)
    gaps = run.model.goals[0]
    assert gaps.scale == 1.0
    best = run.optimise(gaps)
    first = replace(best, ending=Ending.STOPPED, bound=20.0 + open_gaps)
    run.point = None
    monkeypatch.setattr(search_stages, "guided", lambda run, goal: run.keep(first) and first)
    went_on: list[Goal] = []
    real = SearchRun.optimise

    def optimise(self: SearchRun, goal: Goal, **options: object) -> Outcome:
        went_on.append(goal)
        return real(self, goal, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(SearchRun, "optimise", optimise)
    return search(run, gaps, bounded=bounded), went_on


def test_less_than_one_gap_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, went_on = search_with(0.9, SearchLimits(), monkeypatch)
    assert (outcome.ending, outcome.value, outcome.bound) == (Ending.ENOUGH, 20.0, 20.9)
    assert not went_on


@pytest.mark.parametrize(("open_gaps", "limits"), [(1.1, SearchLimits()), (0.9, SearchLimits(gap=0.0))])
def test_more_is_searched(open_gaps: float, limits: SearchLimits, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, went_on = search_with(open_gaps, limits, monkeypatch)
    assert outcome.ending is Ending.PROVEN
    assert went_on


def test_a_plan_that_is_only_compared_is_searched_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_stages, "_proven", lambda run, outcome, bound: False)
    outcome, went_on = search_with(5.0, SearchLimits(polish=False), monkeypatch)
    assert (outcome.ending, outcome.value, len(went_on)) == (Ending.ENOUGH, 20.0, 1)


def test_a_plan_that_is_only_compared_is_never_searched_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest guarantee of Jambi 2027, where guided search finds no plan, took longer than five minutes."""
    monkeypatch.setattr(model_size, "TINY", -1)
    monkeypatch.setattr(model_size, "SMALL", -1)
    monkeypatch.setattr(search_stages, "guided", lambda run, goal: None)
    monkeypatch.setattr(search_stages, "_proven", lambda run, outcome, bound: False)
    run = SearchRun.of(build(read(PLAIN)), SearchLimits(polish=False), lambda news, decisions: None)
    nodes: list[object] = []
    real = SearchRun.optimise

    def optimise(self: SearchRun, goal: Goal, **options: object) -> Outcome:
        nodes.append(options.get("most_nodes"))
        return real(self, goal, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(SearchRun, "optimise", optimise)
    found = search(run, run.model.goals[0])
    assert (found.ending, found.value) == (Ending.ENOUGH, 20.0)
    assert nodes
    assert None not in nodes
    assert nodes[-1] == search_stages.COMPARED_NODES


@pytest.mark.parametrize(("open_gaps", "bounded"), [(0.03, False), (0.03, True), (0.05, False)])
def test_what_needs_no_bound_ends_with_a_guided_plan_that_is_near_to_it(
    open_gaps: float, bounded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The own money that replaces a partner, where 0.2% may be open: of 20 gaps 0.04."""
    monkeypatch.setattr(model_size, "TINY", -1)
    outcome, went_on = search_with(open_gaps, SearchLimits(gap=1e-6, polish=False), monkeypatch, bounded=bounded)
    assert outcome.value == 20.0
    assert bool(went_on) == (bounded or open_gaps > 0.04)


def test_a_level_above_gaps_closed_is_searched_for_a_while_too_and_never_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then gaps closed are searched from the plan that is there, which stays where guided search finds no better."""
    monkeypatch.setattr(model_size, "TINY", -1)
    monkeypatch.setattr(search_stages, "_proven", lambda run, outcome, bound: False)
    fair = {"maximize": "smallest_coverage", "by": "group"}, {"maximize": "gaps_closed"}
    run = SearchRun.of(build(read(PLAIN | {"objective": fair})), SearchLimits(polish=False), lambda *news: None)
    coverage, gaps = run.model.goals
    nodes: list[object] = []
    real = SearchRun.optimise

    def optimise(self: SearchRun, goal: Goal, **options: object) -> Outcome:
        nodes.append(options.get("most_nodes"))
        return real(self, goal, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(SearchRun, "optimise", optimise)
    fairest = search(run, coverage)
    assert fairest.ending is Ending.ENOUGH
    assert fairest.value is not None
    run.hold(coverage, fairest.value, "held")
    worse = replace(search(run, gaps), value=0.0, ending=Ending.STOPPED, bound=25.0)
    monkeypatch.setattr(search_stages, "guided", lambda run, goal: worse)
    found = search(run, gaps)
    assert (found.ending, found.value) == (Ending.ENOUGH, 20.0)
    assert None not in nodes


def test_the_levels_below_are_searched_and_the_whole_is_not_called_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first level ends with enough; own money is the least for it, and ties are decided."""
    settled: list[SearchRun] = []

    def enough(run: SearchRun, goal: Goal) -> Outcome:
        return replace(search(run, goal), ending=Ending.ENOUGH, bound=20.5)

    monkeypatch.setattr("planner.solve.levels.search", enough)
    monkeypatch.setattr(levels, "settle_ties", settled.append)
    found = solve_model(build(read(PLAIN)), SearchLimits())
    assert found.ending is Ending.ENOUGH
    assert [(level.value, level.proven) for level in found.levels] == [(20.0, False), (20_000_000.0, True)]
    assert len(settled) == 1


@pytest.mark.parametrize(
    ("open_gaps", "limits", "ending"),
    [
        (0.9, SearchLimits(), Ending.ENOUGH),
        (1.1, SearchLimits(), Ending.STOPPED),
        (0.9, SearchLimits(gap=0.0), Ending.STOPPED),
    ],
)
def test_a_small_model_has_so_many_nodes_to_settle_the_last_gap(
    open_gaps: float, limits: SearchLimits, ending: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a province of 19 groups it took 300 s to no better plan, and own money was not searched at all."""
    run = SearchRun.of(build(read(PLAIN)), limits, lambda news, decisions: None)
    assert run.thorough
    asked: list[object] = []
    real = SearchRun.optimise

    def optimise(self: SearchRun, goal: Goal, **options: object) -> Outcome:
        asked.append(options.get("settled"))
        found = real(self, goal, **options)  # type: ignore[arg-type]
        return replace(found, ending=Ending.STOPPED, bound=20.0 + open_gaps)

    monkeypatch.setattr(SearchRun, "optimise", optimise)
    found = search(run, run.model.goals[0])
    assert (found.ending, found.value, found.bound) == (ending, 20.0, 20.0 + open_gaps)
    assert asked[-1] == (None if limits.gap == 0 else (1.0, search_stages.BRIEF_NODES))


@pytest.mark.parametrize(("above", "most"), [(3, search_stages.LOWER_AT_LEAST), (10**6, 10**6)])
def test_a_level_below_takes_no_longer_than_those_above(above: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run = SearchRun.of(build(read(PLAIN)), SearchLimits(), lambda news, decisions: None)
    gaps, own = run.model.goals[:2]
    run.optimise(gaps)
    run.hold(gaps, 20.0, "gaps")
    run.nodes, asked = above, []
    real = SearchRun.optimise

    def optimise(self: SearchRun, goal: Goal, **options: object) -> Outcome:
        asked.append((options.get("most_nodes"), options.get("settled")))
        return real(self, goal, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(SearchRun, "optimise", optimise)
    found = search_stages.polish(run, own)
    assert found.value is not None
    assert asked == [(most, (LOWER_GAP * found.value, search_stages.BRIEF_NODES))]


@pytest.mark.parametrize(
    ("people", "bound", "begins"), [(20, 20.0, True), (20, 20.9, True), (20, 21.1, False), (19, 20.5, False)]
)
def test_a_plan_that_is_known_to_be_near_enough_is_not_searched_again(
    people: int, bound: float, begins: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The saved scenario of a slider, whose plan and bound are those of the slider."""
    searched: list[Goal] = []

    def seen(run: SearchRun, goal: Goal) -> Outcome:
        searched.append(goal)
        return search(run, goal)

    monkeypatch.setattr(levels, "search", seen)
    asked = read(PLAIN)
    (programme,) = asked.programmes
    seats = {("a", programme.id, "TW1"): 10, ("b", programme.id, "TW1"): people - 10}
    found = levels.solve_levels(asked, SearchLimits(), hints=Hints(start=Decisions(seats), bound=bound))
    assert found.levels[0].value == 20.0
    assert bool(searched) is not begins
    assert found.ending is (Ending.ENOUGH if bound == 20.9 else Ending.PROVEN)


def test_a_bound_is_a_number() -> None:
    for wrong in (float("nan"), float("inf"), "20"):
        with pytest.raises(TypeError, match="finite number as bound"):
            Hints(bound=wrong)  # type: ignore[arg-type]
