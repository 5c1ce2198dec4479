"""Whatever an engine says, a checked plan comes out or the right error: never a number nobody has checked."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pulp
import pytest

from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InfeasibleError, NoPlanInTime, SolverError
from planner.model.build import Model, build
from planner.planning import adopt, plan
from planner.plans.claim import Claim
from planner.plans.plan import Plan, Status
from planner.proof import effort
from planner.solve.cbc import Cbc
from planner.solve.engine import EngineName, Feature, RunOptions
from planner.solve.highs import Highs
from planner.solve.highs_plain import HighsPlain
from planner.solve.outcome import Ending, Outcome, SearchLimits, believed
from tests.unit.solve.fake_engine import SCENARIO, came_to, moved, planned, put_in, replace_highs

Patch = pytest.MonkeyPatch


def test_the_honest_engine_is_believed(monkeypatch: Patch) -> None:
    fake = put_in(monkeypatch, lambda outcome, model: outcome)
    found = planned()
    assert found.status == Status.OPTIMAL
    assert found.weighted_gaps_closed == 5
    assert found.total_cost == 15_000_000
    assert fake.asked >= 2


def gaps(found: object) -> object:
    return found.weighted_gaps_closed if isinstance(found, Plan) else found


def people(number: float, **fields: Any) -> Any:
    """A change: `number` people are trained, and money and gaps are said to follow."""
    return lambda outcome, model: moved(outcome, model, {"participants": number, "closed": number}, **fields)


def test_a_plan_one_rupiah_over_budget_that_is_called_optimal_is_blocked(monkeypatch: Patch) -> None:
    put_in(monkeypatch, people(6.0, value=6.0, bound=6.0))  # Rp18 juta, and there is a rupiah less
    assert gaps(planned()) == 5, "the exact search finds what can be paid"


def test_more_people_than_there_are_is_blocked(monkeypatch: Patch) -> None:
    rich = SCENARIO.changed(funds=(SCENARIO.funds[0].model_copy(update={"amount": 10**9}),))
    put_in(monkeypatch, people(11.0, value=11.0, bound=11.0))
    found = came_to(rich)
    assert isinstance(found, CheckFailed) or gaps(found) == 10, "another engine may be asked"


def test_fewer_people_than_none_are_refused(monkeypatch: Patch) -> None:
    """Nor are decisions from elsewhere taken that have them."""
    put_in(monkeypatch, people(-1.0, value=6.0, bound=6.0))
    with pytest.raises(SolverError, match="below 0"):
        planned()
    with pytest.raises(CheckFailed):
        adopt(SCENARIO, Decisions({("a", "bimtek", "TW1"): -3}))


@pytest.mark.parametrize("almost", [4.9999999, 5.0000001, 4.999995])
def test_almost_whole_people_are_whole_people(monkeypatch: Patch, almost: float) -> None:
    put_in(monkeypatch, people(almost, value=5.0, bound=5.0))
    found = planned()
    assert found.status == Status.OPTIMAL
    assert [row.participants for row in found.allocations] == [5]


@pytest.mark.parametrize("fraction", [4.9999, 4.5, 5.0001])
def test_fractions_of_people_are_refused_and_not_rounded(monkeypatch: Patch, fraction: float) -> None:
    put_in(monkeypatch, people(fraction))
    with pytest.raises(SolverError, match="whole number") as raised:
        planned()
    assert raised.value.exit_code == 6


def test_fractions_in_a_later_level_leave_the_plan_of_the_first(monkeypatch: Patch) -> None:
    answers = iter([lambda outcome, model: outcome, people(4.5)])
    put_in(monkeypatch, lambda outcome, model: next(answers, people(4.5))(outcome, model))
    found = planned()
    assert found.weighted_gaps_closed == 5
    assert found.status == Status.OPTIMAL
    assert found.objective[1].claim == Claim.PROVEN, "the exact search settles the level that broke"


NOT_NUMBERS: dict[str, Any] = {
    "a person that is not a number": people(math.nan),
    "infinitely many people": people(math.inf),
    "a value that is not a number": people(5.0, value=math.nan),
    "an infinite value": people(5.0, value=math.inf),
    "no value": people(5.0, value=None),
    "a point of another problem": lambda outcome, model: moved(outcome, model, {}, point=np.zeros(3)),
    "a point that is too long": lambda outcome, model: moved(outcome, model, {}, point=np.zeros(10**4)),
    "no point at all, and proven": lambda outcome, model: moved(outcome, model, {}, point=None),
}


@pytest.mark.parametrize("change", NOT_NUMBERS.values(), ids=NOT_NUMBERS)
def test_what_is_no_number_is_no_plan(monkeypatch: Patch, change: Any) -> None:
    put_in(monkeypatch, change)
    with pytest.raises(SolverError):
        planned()


@pytest.fixture
def no_search(monkeypatch: Patch) -> None:
    """The proof ends with the relaxation: the exact search finds no better plan than the engine's."""
    monkeypatch.setattr(effort, "WORK", 0)


def test_values_left_from_an_earlier_run_are_held_to_what_they_are(monkeypatch: Patch) -> None:
    """The best point is said to be worth 5; what stands in the variables is an old plan for 2."""
    put_in(monkeypatch, people(2.0, value=5.0, bound=5.0))
    found = planned()
    assert (found.status, found.claim) == (Status.OPTIMAL, Claim.PROVEN)
    assert found.weighted_gaps_closed == 5


@pytest.mark.usefixtures("no_search")
def test_a_worse_plan_that_is_called_best_is_only_claimed(monkeypatch: Patch) -> None:
    put_in(monkeypatch, people(2.0, value=2.0, bound=2.0))
    found = planned()
    assert (found.status, found.claim) == (Status.FEASIBLE, Claim.CLAIMED)
    assert found.weighted_gaps_closed == 2
    assert found.bound == 5.0, "what the relaxation proves, whatever the engine says"
    assert found.relative_gap == pytest.approx(1.5)


BOUNDS = {"none": None, "nan": math.nan, "inf": math.inf, "-inf": -math.inf, "right": 5.0, "loose": 7.5, "wrong": 3.0}


@pytest.mark.parametrize("ending", Ending)
@pytest.mark.parametrize("with_point", [True, False])
@pytest.mark.parametrize("bound", BOUNDS.values(), ids=BOUNDS)
def test_every_ending_with_and_without_point_and_bound(
    monkeypatch: Patch, ending: Ending, with_point: bool, bound: float | None
) -> None:
    first: list[Outcome] = []

    def change(outcome: Outcome, model: Model) -> Outcome:
        first.append(outcome)
        if len(first) > 1:
            return outcome  # costs and ties as they are
        point, value = (outcome.point, outcome.value) if with_point else (None, None)
        return Outcome(ending, point, value, bound, "as the test says")

    put_in(monkeypatch, change)
    if ending in (Ending.PROVEN, Ending.ENOUGH, Ending.STOPPED) and with_point:
        found = planned()
        assert found.weighted_gaps_closed == 5
        assert (found.status, found.claim) == (Status.OPTIMAL, Claim.PROVEN), "by exact arithmetic"
        assert found.bound == 5.0, "the engine's bound does not count"
    elif ending == Ending.INFEASIBLE:
        found = planned()
        assert (found.status, found.claim) == (Status.OPTIMAL, Claim.PROVEN)
        assert found.solver.strategy == "second-look"
    else:
        with pytest.raises(SolverError) as raised:
            planned()
        assert raised.value.exit_code == (4 if isinstance(raised.value, NoPlanInTime) else 6)


def test_a_bound_that_the_plan_has_passed_is_no_proof() -> None:
    point = np.zeros(2)
    for value, bound, sense, kept in [
        (5.0, 3.0, "max", None),
        (5.0, 4.99999999, "max", 4.99999999),
        (3.0, 5.0, "min", None),
        (0.0, 1e-7, "min", 1e-7),
    ]:
        outcome = believed(Outcome(Ending.PROVEN, point, value, bound), 2, sense)  # type: ignore[arg-type]
        assert outcome.bound == kept
        assert outcome.ending == (Ending.STOPPED if kept is None else Ending.PROVEN)


def test_a_false_infeasible_is_never_shown(monkeypatch: Patch) -> None:
    put_in(monkeypatch, lambda outcome, model: Outcome(Ending.INFEASIBLE, outcome.point, outcome.value, message="!"))
    found = planned()
    assert found.weighted_gaps_closed == 5, "the second look is a whole search by another engine"
    assert found.claim == Claim.PROVEN


def test_an_infeasible_that_nobody_confirms_is_not_said(monkeypatch: Patch) -> None:
    said: list[Ending] = [Ending.INFEASIBLE]
    put_in(monkeypatch, lambda outcome, model: Outcome(said.pop() if said else Ending.STOPPED))
    for engine in (HighsPlain, Cbc):
        monkeypatch.setattr(engine, "run", lambda *_: Outcome(Ending.STOPPED))
    with pytest.raises(SolverError):
        planned()


def test_a_stop_with_a_plan_keeps_it_and_without_one_says_so(monkeypatch: Patch) -> None:
    put_in(monkeypatch, people(4.0, ending=Ending.STOPPED, value=4.0, bound=5.0))
    monkeypatch.setattr(effort, "WORK", 0)
    found = planned(limits=SearchLimits(time_limit=1))
    assert found.status == Status.FEASIBLE
    assert found.weighted_gaps_closed == 4
    assert found.bound == 5.0
    put_in(monkeypatch, lambda outcome, model: Outcome(Ending.STOPPED, bound=5.0))
    with pytest.raises(SolverError, match="--time-limit"):
        planned(limits=SearchLimits(time_limit=1))


def test_no_time_at_all_is_no_plan_or_a_checked_one() -> None:
    found = came_to(limits=SearchLimits(time_limit=1e-9))
    assert "--time-limit" in str(found) if isinstance(found, SolverError) else isinstance(found, Plan)


@pytest.mark.parametrize("error", [RuntimeError("pecah"), MemoryError(), pulp.PulpSolverError("mati"), IndexError()])
def test_an_engine_that_raises_leaves_what_it_told_of(monkeypatch: Patch, error: Exception) -> None:
    def broken(outcome: Outcome, model: Model) -> Outcome:
        raise error

    put_in(monkeypatch, broken)
    found = planned()
    assert found.solver.failed
    assert check_plan(SCENARIO, found.to_plain()).passed


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("pecah"), "RuntimeError"),
        (MemoryError(), "memori yang diperlukannya; tutup program lain"),
        (pulp.PulpSolverError("mati"), "PulpSolverError"),
        (IndexError(), "IndexError"),
    ],
)
def test_an_engine_that_raises_at_once_is_a_solver_error(monkeypatch: Patch, error: Exception, said: str) -> None:
    def run(model: Model, options: RunOptions) -> Outcome:
        raise error

    replace_highs(monkeypatch, run)
    with pytest.raises(SolverError, match=said):
        planned()


def test_what_the_listener_raises_is_its_own(monkeypatch: Patch) -> None:
    """A reader that goes away is no fault of the solver."""

    def run(model: Model, options: RunOptions) -> Outcome:
        assert options.report is not None
        options.report(1.0, 2.0, None)
        return Highs().run(model, options)

    def away(news: object) -> None:
        raise BrokenPipeError

    replace_highs(monkeypatch, run)
    with pytest.raises(BrokenPipeError):
        plan(SCENARIO, inline=True, progress=away)


def test_a_level_whose_value_is_a_lie_leaves_the_plan_of_the_level_before(monkeypatch: Patch) -> None:
    """The first level says 50 for a plan of 5: no plan holds 50 any more, and the plan of 5 stands."""
    first: list[bool] = []

    def change(outcome: Outcome, model: Model) -> Outcome:
        first.append(True)
        return moved(outcome, model, {}, value=50.0, bound=50.0) if len(first) == 1 else outcome

    put_in(monkeypatch, change)
    found = planned()
    assert found.claim == Claim.PROVEN
    assert found.weighted_gaps_closed == 5
    assert found.bound == 5.0


def test_money_is_settled_anew_whatever_the_engine_says_of_it(monkeypatch: Patch) -> None:
    put_in(monkeypatch, lambda outcome, model: moved(outcome, model, {"paid": 10**6}))
    found = planned()
    assert found.total_cost == 15_000_000
    assert found.weighted_gaps_closed == Fraction(5)


def test_cbc_is_asked_only_if_it_is_there(monkeypatch: Patch) -> None:
    monkeypatch.setattr(pulp.COIN_CMD, "available", lambda self: False)
    fake = put_in(monkeypatch, lambda outcome, model: outcome)
    with pytest.raises(SolverError, match=r"pip install 'pulp\[cbc\]'.*--solver highs") as raised:
        planned(limits=SearchLimits(solver=EngineName.CBC))
    assert raised.value.exit_code == 6
    assert fake.asked == 0, "no other engine steps in unasked"


def test_an_infeasible_scenario_is_explained_without_cbc(monkeypatch: Patch) -> None:
    monkeypatch.setattr(pulp.COIN_CMD, "available", lambda self: False)
    rule = {"name": "Aturan", "measure": "participants", "at_least": 6}
    with pytest.raises(InfeasibleError, match="Aturan") as raised:
        planned(Scenario.model_validate(SCENARIO.to_plain() | {"rules": [rule]}))
    assert raised.value.exit_code == 3


def test_cbc_finds_what_highs_finds() -> None:
    found = planned(limits=SearchLimits(solver=EngineName.CBC))
    assert found.status == Status.OPTIMAL
    assert found.weighted_gaps_closed == 5
    assert found.solver.name == "CBC"


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400])
def test_what_is_no_number_is_no_progress(monkeypatch: Patch, number: Any) -> None:
    """A page that tells how far a search is shows numbers alone."""
    told: list[float | None] = []

    def report(model: Model, options: RunOptions) -> Outcome:
        if options.report is not None:
            options.report(number, number, None)
        return Highs().run(model, options)

    replace_highs(monkeypatch, report, Highs.features - {Feature.KNOWN_BOUND})
    plan(SCENARIO, inline=True, progress=lambda news: told.extend((news.best, news.bound, news.gap)))
    assert told
    assert all(each is None or abs(each) < 10**9 for each in told)


@pytest.mark.parametrize(
    ("status", "solution", "ending"),
    [
        ("Infeasible", True, Ending.INFEASIBLE),
        ("Infeasible", False, Ending.INFEASIBLE),
        ("Undefined", False, Ending.FAILED),
        ("NumericalError", False, Ending.FAILED),
        ("Unbounded", False, Ending.FAILED),
        ("TimeLimit", False, Ending.STOPPED),
        ("NotSolved", False, Ending.STOPPED),
    ],
)
def test_what_cbc_says_is_read_as_it_is_meant(monkeypatch: Patch, status: str, solution: bool, ending: Ending) -> None:
    """Also where it leaves values behind, as it does of an infeasible problem."""

    class Stats:
        has_solution = solution
        best_bound = None

    Stats.status = pulp.LpSolveStatus[status]  # type: ignore[attr-defined]
    model = build(SCENARIO)
    for variable in model.problem.variables():
        variable.varValue = 1.0
    monkeypatch.setattr(pulp.LpProblem, "solve", lambda self, engine: Stats())
    outcome = Cbc().run(model, RunOptions(gap=0.0, seconds=1.0))
    assert outcome.ending == ending
    assert outcome.point is None
