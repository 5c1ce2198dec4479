"""The plan of a nation made agency by agency: checked as any plan, and as good as the one made as a whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks.nation_data import plain_nation
from planner import nation
from planner.batch.points import Result
from planner.batch.runner import BatchRunner
from planner.check import check_plan
from planner.drafting.drafts import Answer, drafted
from planner.errors import Interrupted, SolverError
from planner.nation.allotting import Allotments, allotments, divided
from planner.nation.kept import KeptBlocks
from planner.nation.planning import Apart
from planner.nation.priced import PricedModel, model_of
from planner.nation.pricing import find_prices
from planner.nation.rounding import proposals
from planner.nation.tasks import Planned, PlanTask
from planner.planning import plan as plan_as_a_whole
from planner.plans.plan import Status
from tests.unit.nation.small import LIMITS, apart, small

ALL = small(**{key: value for key, value in plain_nation(4, groups=2, own=2).items() if key != "format"})


@pytest.fixture(scope="module")
def whole() -> Answer:
    return plan_as_a_whole(ALL, replace(LIMITS, polish=False), inline=True)


@pytest.fixture(scope="module")
def made() -> tuple[Apart, Answer]:
    under_way = apart(ALL)
    return under_way, under_way.answer()


def test_the_plan_is_checked_and_near_its_bound(made: tuple[Apart, Answer], whole: Answer) -> None:
    plan = made[1].plan
    assert check_plan(ALL, plan.to_plain()).passed
    assert plan.status is Status.OPTIMAL
    assert plan.relative_gap <= LIMITS.gap
    assert plan.solver.strategy == "blocks"
    assert plan.weighted_gaps_closed <= Fraction(whole.plan.bound)
    assert whole.plan.weighted_gaps_closed <= Fraction(plan.bound)
    assert sum(row.classes for row in plan.classes if row.programme.startswith("nas"))


def test_any_prices_give_a_bound(made: tuple[Apart, Answer], whole: Answer) -> None:
    under_way, dice = made[0], random.Random(14)
    best = max(made[1].plan.weighted_gaps_closed, whole.plan.weighted_gaps_closed)
    shared = [*under_way.centre.amounts, *(held.seats for held in under_way.centre.held)]
    for _ in range(3):
        under_way.bounds.clear()
        prices = {each: Fraction(dice.choice([0, 1, 5]), 10 ** (7 if each.kind == "fund" else 1)) for each in shared}
        under_way._bound(prices, under_way.blocks)
        assert under_way.bound(prices) >= best


def test_answers_at_prices_are_the_same_whatever_was_asked_before(made: tuple[Apart, Answer]) -> None:
    under_way = made[0]
    prices = [{each: Fraction(n, 10**8) for each in under_way.centre.amounts} for n in (1, 3, 9)]
    for piece in under_way.pieces.values():
        asked = PricedModel(piece).offers(prices)
        model = model_of(piece)
        model.offers(prices[::-1])
        assert model.offers(prices) == asked
        assert [each.value for each in asked] == pytest.approx([model.offers([each])[0].value for each in prices])


@pytest.fixture(scope="module")
def shares(made: tuple[Apart, Answer]) -> Allotments:
    under_way = made[0]
    mixture = find_prices(under_way.centre, list(under_way.blocks), under_way._ask, LIMITS.gap).mixture
    return allotments(under_way.centre, mixture, under_way.blocks)


def test_allotments_are_no_more_than_there_is(made: tuple[Apart, Answer], shares: Allotments) -> None:
    under_way = made[0]
    for shared, most in under_way.centre.amounts.items():
        assert sum(each.get(shared, 0) for each in shares.values()) <= most
    for held in under_way.centre.held:
        assert sum(each.get(held.seats, 0) for each in shares.values()) <= held.size * held.most


def test_whole_numbers_near_the_relaxation_keep_the_allotment(made: tuple[Apart, Answer], shares: Allotments) -> None:
    under_way = made[0]
    for name in under_way.blocks:
        task = under_way._task(name, shares[name], enough=1.0)
        several = list(proposals(model_of(task.piece), shares[name]))
        assert len(several) == 2
        for proposed in several:
            draft = drafted(task._scenario, proposed.decisions)
            assert draft is not None
            assert draft.values[0] <= Fraction(proposed.most) + Fraction(1, 1000)
            assert float(draft.values[0]) >= 0.9 * proposed.most
            used = Planned(name, draft.decisions, draft.payments).used(under_way._money, under_way.seats)
            assert all(number <= shares[name][shared] for shared, number in used.items())


def test_whole_units_are_divided_by_largest_remainders() -> None:
    assert divided({"a": 1.0, "b": 1.0, "c": 1.0}, 10) == {"a": 4, "b": 3, "c": 3}
    assert divided({"a": 0.0, "b": 2.5}, 7) == {"a": 0, "b": 7}
    assert divided({"a": 0.0}, 7) == {"a": 0}


class _Stopping(BatchRunner):
    """A runner that is interrupted, or loses all workers, after so many plans of blocks."""

    def __init__(self, after: int, error: type[BaseException] = KeyboardInterrupt) -> None:
        super().__init__()
        self.after, self.error = after, error

    def results(self, tasks: Any, limits: Any) -> Iterator[tuple[Any, Any]]:  # type: ignore[override]
        for number, found in enumerate(super().results(tasks, limits)):
            if isinstance(found[0], PlanTask) and number >= self.after:
                raise self.error("Lost.")
            yield found


def test_an_interrupted_plan_keeps_the_blocks_planned_and_goes_on_from_there(
    tmp_path: Path, made: tuple[Apart, Answer]
) -> None:
    kept = KeptBlocks(tmp_path / "blocks")
    runner = _Stopping(after=2)
    answer = apart(ALL, kept=kept, runner=runner).answer()
    assert answer.plan.solver.interrupted
    assert answer.plan.weighted_gaps_closed < made[1].plan.weighted_gaps_closed
    assert len(list((tmp_path / "blocks").iterdir())) == 2
    with pytest.raises(SolverError, match=r"Lost\. .* tetap tersimpan"):
        apart(ALL, kept=kept, runner=_Stopping(after=1, error=SolverError)).answer()
    again = apart(ALL, kept=kept).answer()
    assert again.plan.allocations == made[1].plan.allocations
    assert not (tmp_path / "blocks").exists()


class _Losing(BatchRunner):
    """A runner whose worker for the first block is lost, `times` times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times, self.lost = times, ""

    def results(self, tasks: Any, limits: Any) -> Iterator[tuple[Any, Any]]:  # type: ignore[override]
        for task, found in super().results(tasks, limits):
            if isinstance(task, PlanTask) and self.times and self.lost in ("", task.name):
                self.lost, self.times = task.name, self.times - 1
                yield task, Result(task.name, Status.WORKER_LOST, message="Memori habis.")
            else:
                yield task, found


def test_a_block_that_could_not_be_planned_is_told_of(tmp_path: Path, made: tuple[Apart, Answer]) -> None:
    runner = _Losing(times=9)
    answer = apart(ALL, kept=KeptBlocks(tmp_path / "blocks"), runner=runner).answer()
    assert answer.plan.status is Status.FEASIBLE
    assert answer.plan.solver.failed
    assert answer.broke == f"{runner.lost}: Memori habis."
    assert answer.plan.weighted_gaps_closed < made[1].plan.weighted_gaps_closed
    assert check_plan(ALL, answer.plan.to_plain()).passed
    assert list((tmp_path / "blocks").iterdir()), "the blocks that were planned are kept"


def test_interrupted_before_any_block_there_is_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    under_way = apart(ALL)

    def stop(*_anything: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(under_way.runner, "results", stop)
    with pytest.raises(Interrupted):
        under_way.answer()


def test_small_scenarios_are_planned_as_a_whole(monkeypatch: pytest.MonkeyPatch, whole: Answer) -> None:
    monkeypatch.setattr("planner.planning.plan", lambda *_args, **_more: whole)
    assert nation.plan(ALL, LIMITS) is whole
