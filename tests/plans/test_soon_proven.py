"""Districts: a brief search will do where the exact proof confirms its plan; else a full one goes on from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from planner import planning
from planner.domain.attendance import Learnt
from planner.domain.decisions import Decisions
from planner.domain.objectives import Level
from planner.domain.scenario import Scenario
from planner.drafting import attempts, levels_below, second_opinions, soon_proven
from planner.errors import InfeasibleError, Interrupted, NoPlanInTime, SolverError
from planner.planning import SearchLimits, plan
from planner.plans.claim import Claim
from planner.plans.plan import Plan
from planner.proof import effort, proving
from planner.proof.proving import Proof
from planner.scenario_io import read_scenario
from planner.solve import run
from planner.solve.answers import LevelOutcome, Solution
from planner.solve.engine import EngineName, SearchStrategy
from planner.solve.hints import Hints
from planner.solve.job import Job, Proven
from planner.solve.levels import solve_levels
from planner.solve.outcome import Ending
from planner.solve.second import may_be_brief
from tests.plans.shipped import SCENARIOS
from tests.scenarios.hand import costing, scenario

TWO_PRICES = Scenario.model_validate(
    scenario(
        programmes=[
            {"id": "bimtek", "closes": {"keu": 1}, **costing("participant", 7)},
            {"id": "dialog", "closes": {"keu": 1}, **costing("participant", 8)},
        ],
        funds={"amount": 20},
    )
)
"""Two people can be trained, for Rp7 each or for Rp8."""


def trained(bimtek: int, dialog: int = 0, *, brief: bool = False) -> Solution:
    """A solution that trains so many people, of a brief search or of a full one."""
    people = {("a", "bimtek", "TW1"): bimtek, ("a", "dialog", "TW1"): dialog}
    seats = {seat: number for seat, number in people.items() if number}
    return Solution(Ending.ENOUGH if brief else Ending.PROVEN, Decisions(seats), brief=brief)


def proven_values(found: Plan) -> list[float]:
    """The values of all levels of a plan, each of which is proven."""
    assert {level.claim for level in found.objective} == {Claim.PROVEN}
    return [float(level.value) for level in found.objective]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, lines: list[Solution | BaseException]) -> list[Job]:
    """The jobs asked for; the solver answers each with the next of `lines`, and the exact proof searches nothing."""
    jobs: list[Job] = []
    answers: Iterator[Solution | BaseException] = iter(lines)

    def solve(job: Job, *_: Any, **__: Any) -> Solution:
        jobs.append(job)
        line = next(answers)
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr(attempts, "solve", solve)
    monkeypatch.setattr(levels_below, "solve", solve)
    monkeypatch.setattr(second_opinions, "solve", solve)
    monkeypatch.setattr(planning, "may_be_brief", lambda *_: True)
    monkeypatch.setattr(effort, "WORK", 0)
    return jobs


@pytest.mark.parametrize("lines", [[trained(2, brief=True)]])
def test_a_plan_whose_levels_are_all_proven_will_do(asked: list[Job]) -> None:
    found = plan(TWO_PRICES).plan
    assert [job.brief for job in asked] == [True]
    assert proven_values(found) == [2, 14]


@pytest.mark.parametrize("lines", [[trained(1, 1, brief=True), trained(2)]])
def test_only_the_levels_below_are_searched_again_where_the_first_is_proven(asked: list[Job]) -> None:
    found = plan(TWO_PRICES).plan
    assert asked[1] == replace(asked[0], brief=False, first=Proven(trained(1, 1).decisions or Decisions(), 2.0))
    assert proven_values(found) == [2, 14]


@pytest.mark.parametrize("lines", [[trained(1, brief=True), trained(2)], [trained(3, brief=True), trained(2)]])
def test_all_is_searched_again_where_the_first_level_is_open_or_nothing_can_be_paid(asked: list[Job]) -> None:
    found = plan(TWO_PRICES).plan
    assert asked[1] == replace(asked[0], brief=False)
    assert found.gaps_closed == 2


@pytest.mark.parametrize(
    "lines",
    [
        [trained(1, brief=True), NoPlanInTime("!")],
        [trained(1, brief=True), SolverError("!")],
        [trained(1, brief=True), Interrupted("!")],
        [trained(1, brief=True), InfeasibleError("!")],
        [trained(1, brief=True), trained(3), SolverError("!")],
    ],
)
def test_the_plan_of_the_brief_search_is_kept_where_the_full_one_has_none(asked: list[Job]) -> None:
    assert plan(TWO_PRICES).plan.gaps_closed == 1
    assert len(asked) == 2 or asked[2].limits.solver is EngineName.HIGHS_PLAIN, "no money is kept back"


@pytest.mark.parametrize("lines", [[trained(2), SolverError("!")]])
def test_a_search_that_was_full_all_the_same_is_taken_as_it_is(asked: list[Job]) -> None:
    assert plan(TWO_PRICES).plan.gaps_closed == 2
    assert len(asked) == 1


@pytest.mark.parametrize(
    "lines", [[trained(1), trained(0, 2), trained(2), SolverError("!")], [trained(3), trained(2), SolverError("!")]]
)
def test_the_levels_below_are_searched_of_a_plan_that_the_proof_has_found(
    asked: list[Job], lines: list[Solution | BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof finds the dearer programme for both; one search from there asks too much of somebody."""
    by_proof = trained(0, 2).decisions
    lessons = iter([Learnt(facts_fit=True), None] if len(lines) == 4 else [None])
    monkeypatch.setattr(planning, "may_be_brief", lambda *_: False)
    monkeypatch.setattr(attempts, "prove", lambda *_, **__: Proof(better=by_proof))
    monkeypatch.setattr(levels_below, "learnt_from", lambda *_: next(lessons))
    found = plan(TWO_PRICES, SearchLimits(solver=EngineName.CBC)).plan
    assert found.gaps_closed == 2
    assert found.own_cost == 14
    first = Proven(by_proof or Decisions(), 2.0)
    told = [(job.first, job.limits.solver, job.learnt.facts_fit) for job in asked[1 : len(lines) - 1]]
    assert told == [(first, EngineName.HIGHS, number > 0) for number in range(len(lines) - 2)]


@pytest.fixture
def hard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat the scenario as one whose proof is hard."""
    monkeypatch.setattr(soon_proven, "is_hard_to_prove", lambda _: True)


@pytest.mark.usefixtures("hard")
@pytest.mark.parametrize("lines", [[trained(1, 1, brief=True)]])
def test_where_a_proof_is_hard_gaps_closed_are_enough(asked: list[Job]) -> None:
    """Own money is Rp15 where Rp14 is possible; the plan says that this is not proven."""
    found = plan(TWO_PRICES).plan
    assert len(asked) == 1
    assert [(float(level.value), level.claim) for level in found.objective] == [(2, Claim.PROVEN), (15, Claim.CLAIMED)]


def below(ending: Ending) -> Solution:
    """A brief solution whose own money was searched to this ending."""
    gaps, own = (
        (Level(maximize="gaps_closed"), 2.0, 2.0, Ending.ENOUGH),
        (Level(minimize="own_cost"), 15.0, 14.0, ending),
    )
    return replace(trained(1, 1, brief=True), levels=(LevelOutcome(*gaps), LevelOutcome(*own)))


@pytest.mark.parametrize(("lines", "searches"), [([below(Ending.STOPPED)], 1), ([below(Ending.ENOUGH), trained(2)], 2)])
def test_levels_below_that_were_searched_in_full_are_not_searched_again(asked: list[Job], searches: int) -> None:
    found = plan(TWO_PRICES).plan
    assert (len(asked), found.objective[0].claim) == (searches, Claim.PROVEN)


@pytest.mark.usefixtures("hard")
@pytest.mark.parametrize("lines", [[trained(1, brief=True), trained(2)]])
def test_where_a_proof_is_hard_a_full_search_goes_on_from_the_plan(asked: list[Job]) -> None:
    assert plan(TWO_PRICES).plan.gaps_closed == 2
    assert asked[1] == replace(asked[0], brief=False, hints=Hints(start=trained(1).decisions))


@pytest.mark.usefixtures("hard")
@pytest.mark.parametrize("lines", [[trained(1, brief=True), trained(2)]])
def test_a_bound_that_settles_the_later_plan_too_is_not_proven_again(
    asked: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first proof found that 2 gaps are the most."""
    first: list[object] = []
    real = proving.prove

    def prove(*arguments: Any, **options: Any) -> Proof:
        first.append(options["first"])
        return real(*arguments, **options)

    monkeypatch.setattr(attempts, "prove", prove)
    assert plan(TWO_PRICES).plan.gaps_closed == 2
    assert len(asked) == 2
    assert first == [None, 2]


@pytest.mark.parametrize(
    ("lines", "begun"),
    [
        ([trained(2, brief=True)], 0),
        ([trained(1, brief=True), trained(2)], 1),
        ([trained(2)], 0),
    ],
)
def test_the_second_search_begins_with_the_full_one_and_ends(
    asked: list[Job], begun: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[str] = []

    class Recorded:
        def __init__(self, job: Job) -> None:
            searches.append("begun" if not job.brief and len(asked) == 1 else "too early")

        def __exit__(self, *_: object) -> None:
            searches.append("ended")

        def wait(self, seconds: float | None) -> None:
            return None

    monkeypatch.setattr(second_opinions, "probably_needed", lambda _: True)
    monkeypatch.setattr(second_opinions, "SecondOpinion", Recorded)
    assert plan(TWO_PRICES).plan.gaps_closed == 2
    assert searches == ["begun", "ended"] * begun


@pytest.mark.parametrize("lines", [[trained(1, brief=True)]])
def test_ctrl_c_as_the_second_search_begins_keeps_the_plan_of_the_brief_one(
    asked: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    presses: list[object] = []

    def begin(search: object) -> None:
        presses.append(search)
        if len(presses) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(second_opinions.SecondSearch, "begin", begin)
    found = plan(TWO_PRICES).plan
    assert presses
    assert (len(asked), int(found.gaps_closed), found.solver.interrupted) == (1, 1, True)


def test_the_shipped_district_needs_no_full_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its plan is as good as that of the full search, which took four times as long."""
    district = read_scenario(SCENARIOS / "kabupaten-2027.yaml")
    solutions: list[Solution] = []
    real = run.solve

    def solve(*arguments: Any, **options: Any) -> Solution:
        solutions.append(real(*arguments, **options))
        return solutions[-1]

    monkeypatch.setattr(attempts, "solve", solve)
    found = plan(district, inline=True).plan
    assert [solution.brief for solution in solutions] == [True]
    assert proven_values(found) == [1876.6845, 1_149_907_000.0]


def test_levels_below_are_searched_from_decisions_that_are_proven() -> None:
    district = read_scenario(SCENARIOS / "kabupaten-2027.yaml")
    soon = solve_levels(district, SearchLimits(), brief=True)
    assert soon.first is not None
    bound = soon.levels[0].value * 1.00001
    again = solve_levels(district, SearchLimits(), first=Proven(soon.first, bound))
    first, second = again.levels
    assert first.ending is Ending.PROVEN
    assert first.bound == pytest.approx(bound)
    assert first.value == pytest.approx(soon.levels[0].value)
    assert second.ending is Ending.PROVEN, "that level is searched in full"
    assert not again.brief


def test_a_brief_search_is_for_districts_whose_plan_is_shown() -> None:
    district = read_scenario(SCENARIOS / "kabupaten-2027.yaml")
    assert may_be_brief(district, SearchLimits(), None)
    for other in (
        SearchLimits(gap=0.0),
        SearchLimits(polish=False),
        SearchLimits(strategy=SearchStrategy.EXACT),
        SearchLimits(solver=EngineName.CBC),
    ):
        assert not may_be_brief(district, other, None)
    assert not may_be_brief(TWO_PRICES, SearchLimits(), None), "its optimum is soon found"
    fair = district.changed(objective=(Level(maximize="smallest_coverage", by="agency"), *district.objective))
    assert not may_be_brief(fair, SearchLimits(), None)
