"""`plan`: one checked plan of a scenario, found block by block where it is large and falls apart into blocks.

prices of what is shared -> bound of the whole, exact
                         -> allotments -> plans of blocks -> together, with shared classes -> check
"""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Final

from planner import planning
from planner.batch.points import Result
from planner.batch.runner import BatchRunner
from planner.domain.decisions import Decisions
from planner.domain.objectives import levels_of
from planner.domain.scenario import Scenario
from planner.drafting.drafts import Answer, Draft, better_of, checked, drafted
from planner.drafting.plan_arguments import valid_arguments
from planner.errors import Interrupted, NoPlanInTime, SolverError
from planner.locale import _
from planner.nation.allotting import Allotments, allotments, divided
from planner.nation.central import Centre
from planner.nation.kept import NOTHING_KEPT, KeptBlocks
from planner.nation.merging import money_by_period, money_spent, with_classes
from planner.nation.pieces import Shared, allotted, with_caps
from planner.nation.priced import ROUNDS, Offer, Piece, Prices, piece
from planner.nation.pricing import find_prices
from planner.nation.structure import AgencyBlock, Structure, structure_of
from planner.nation.taken_apart import taken_apart
from planner.nation.tasks import BoundTask, Planned, PlanTask, PriceTask
from planner.planning import Aim, Hints, Progress, SearchLimits
from planner.plans.claim import Bounds, outward
from planner.plans.plan import Plan, SolverRun
from planner.solve.engines import solver_version
from planner.solve.hints import NO_HINTS
from planner.solve.outcome import PlanStrategy, Stage
from planner.solve.second import is_huge
from planner.solve.worker import Worker

BLOCKS_EACH: Final = 20
"""Blocks that a worker answers at once for given prices."""

PART_OF_GAP: Final = 0.25
"""Share of the gap asked for to which each block is planned [0-1]."""

PART_LOST: Final = 0.5
"""Share of the gap asked for that whole people and classes near the relaxation may lose in a block, on average [0-1];
a block that loses more is searched."""

PART_OF_TIME: Final = 0.8
"""Share of the time limit for prices, bounds and blocks; the rest is for the check of the whole [0-1]."""

LEAST_GAP: Final = 0.001
"""Gap below which planning a block more finely costs more than it gains, since other blocks leave more open [0-1]."""

FINER: Final = 2
"""Most times that bounds are tightened and blocks planned again where the gap asked for is not reached."""

WORST: Final = 0.15
"""Share of the blocks that are planned again each time, those with the largest gaps [0-1]."""


class NotApart(Exception):
    """Block by block no plan of the whole was found: it has to be planned as a whole."""


def plan(
    scenario: Scenario,
    limits: SearchLimits | None = None,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    workers: Callable[..., BatchRunner] = BatchRunner,
    kept: KeptBlocks = NOTHING_KEPT,
    validated: bool = False,
    ahead: Worker | None = None,
    anyway: bool = False,
    inline: bool = False,
    hints: Hints = NO_HINTS,
    aim: Aim | None = None,
    early: Callable[[Plan], None] | None = None,
) -> Answer:
    """Find the best plan for `scenario` as `planning.plan` does: block by block where it is large and falls apart.

    Blocks are planned by the runner that `workers` makes for a time in `seconds`, in this process by default, and kept
    until the whole is planned; with `anyway` also where it is small, but never with an `aim`. On KeyboardInterrupt, or
    when time is up, the best plan that the blocks planned so far make is returned. `early` is called with plans of what
    is searched as a whole. Raises as `planning.plan` does.
    """
    limits = valid_arguments(
        scenario, limits, validated=validated, progress=progress, inline=inline, hints=hints, aim=aim, ahead=ahead,
        early=early, workers=workers, anyway=anyway,
    )  # fmt: skip
    if not isinstance(kept, KeptBlocks):
        raise TypeError(f"expected KeptBlocks as kept, not {type(kept).__name__}")
    structure = structure_of(scenario) if aim is None and (anyway or is_huge(scenario)) else None
    if structure is not None:
        try:
            limit = limits.time_limit
            with workers(seconds=None if limit is None else PART_OF_TIME * limit) as running:
                return Apart(structure, limits, progress, running, kept, hints.start).answer()
        except NotApart:
            pass
    return planning.plan(
        scenario,
        limits,
        progress=progress,
        inline=inline,
        hints=hints,
        aim=aim,
        validated=True,
        ahead=ahead,
        early=early,
    )


@dataclass
class Apart:
    """One scenario planned block by block."""

    structure: Structure
    limits: SearchLimits
    progress: Callable[[Progress], None]
    runner: BatchRunner
    kept: KeptBlocks = NOTHING_KEPT
    start: Decisions | None = None
    """Decisions of the whole from which the search goes on; None where it begins anew."""
    began: float = field(default_factory=time.monotonic)
    stopped: bool = False
    failed: dict[str, str] = field(default_factory=dict)
    """Why a block could not be planned; it then trains nobody, unless a later try succeeds."""
    bounds: dict[str, Fraction] = field(default_factory=dict)
    """The most that each block can do at the prices found."""
    planned: dict[str, Planned] = field(default_factory=dict)
    latest: Draft | None = None
    """The draft of all `planned` blocks, from which the money left over is known; not the best one if an earlier was
    better."""

    def __post_init__(self) -> None:
        self.scenario = self.structure.scenario
        self._most: float | None = None
        self.centre = Centre(self.structure)
        self.blocks: dict[str, AgencyBlock] = {block.name: block for block in self.structure.blocks}
        self.seats = frozenset(
            p for p in self.structure.programmes if self.scenario.programme[p].class_size is not None
        )
        self._money = money_by_period(self.centre)
        self.scenarios = {block.name: with_caps(self.structure, block) for block in self.structure.blocks}
        self.pieces = {block.name: self._piece(block) for block in self.structure.blocks}

    def answer(self) -> Answer:
        """Find prices, bound all blocks, plan them, and make the checked plan of the whole."""
        try:
            priced = find_prices(self.centre, list(self.blocks), self._ask, self.limits.gap)
            self._bound(priced.prices, self.blocks)
            self._most = float(self.bound(priced.prices))
        except KeyboardInterrupt:
            raise Interrupted(_("Stopped before a plan was found.")) from None
        self._tell(None)
        shares = allotments(self.centre, priced.mixture, self.blocks)
        loss = max(LEAST_GAP, PART_LOST * self.limits.gap)
        enough = loss * max(1.0, self._most) / len(self.blocks)
        best = self._gone_on(shares, priced.prices)
        if best is None or self._goes_on(best, priced.prices):
            best = better_of(best, self._planned(shares, list(self.blocks), enough))
        for _again in range(FINER):
            if best is None or not self._goes_on(best, priced.prices):
                break
            best = self._finer(best, shares, priced.prices, self.blocks)
        if best is None:
            raise Interrupted(_("Stopped before a plan was found.")) if self.stopped else NotApart
        answer = self._checked(best, priced.prices)
        if len(self.planned) == len(self.blocks) and not self.stopped:
            self.kept.clear()
        return answer

    def _goes_on(self, best: Draft, prices: Prices) -> bool:
        """Return whether a better plan is still to be looked for."""
        return not self.stopped and self._gap(best, prices) > self.limits.gap

    def _gone_on(self, wanted: Allotments, prices: Prices) -> Draft | None:
        """Return the best plan that follows from `start`, None without one: blocks are planned once more, those that
        leave most open first, each with what it has and a part of what nobody has."""
        begun = None if self.start is None else taken_apart(self.centre, self.scenarios, self.start)
        if begun is None:
            return None
        best = self.latest = begun.draft
        self.planned, shares, untried = dict(begun.planned), begun.shares(wanted), set(begun.planned)
        while untried and self._goes_on(best, prices):
            names = self._worst(prices, untried)
            best = self._finer(best, shares, prices, names)
            untried.difference_update(names)
        return best

    def _piece(self, block: AgencyBlock) -> Piece:
        rules = {len(block.rules) + n: str(rule) for n, rule in enumerate(self.structure.capped)}
        return piece(block.name, self.scenarios[block.name], rules, self.structure.funds, self.seats)

    def _chunks(self, names: Sequence[str], size: int = BLOCKS_EACH) -> Iterator[tuple[Piece, ...]]:
        for begin in range(0, len(names), size):
            yield tuple(self.pieces[name] for name in names[begin : begin + size])

    def _done(self, tasks: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        """Yield the tasks with their results.

        Raises SolverError where one failed, NoPlanInTime without time for one, NotApart where a block has no plan.
        """
        for task, made in self.runner.results(tasks, self.limits):
            if isinstance(made, Result):
                if made.failed:
                    raise SolverError(_("The solver stopped unexpectedly: {reason}").format(reason=made.message))
                raise NoPlanInTime(_("No plan was found in the time given. Allow more time with --time-limit."))
            if made is None:
                raise NotApart
            yield task, made

    def _ask(self, names: Sequence[str], prices: Sequence[Prices]) -> Sequence[Sequence[Offer]]:
        tasks = [PriceTask(str(n), chunk, tuple(prices)) for n, chunk in enumerate(self._chunks(names))]
        found = {offers[0].block: offers for _task, made in self._done(tasks) for offers in made}
        self._tell(None)
        return [[found[name][place] for name in names] for place in range(len(prices))]

    def _bound(self, prices: Prices, names: Iterable[str], rounds: int = 0) -> None:
        tasks = [BoundTask(str(n), chunk, prices, rounds) for n, chunk in enumerate(self._chunks(list(names)))]
        for _task, found in self._done(tasks):
            for name, bound in found:
                self.bounds[name] = min(bound, self.bounds.get(name, bound))

    def bound(self, prices: Prices) -> Fraction:
        """Return an exact upper bound for every plan of the whole."""
        return self.centre.bound(prices) + sum(self.bounds.values(), Fraction(0))

    def _planned(self, shares: Allotments, names: Sequence[str], enough: float = 0.0) -> Draft | None:
        """Plan blocks within their allotments, and draft the whole of all blocks planned so far.

        Whole numbers near the relaxation of a block are taken where they lose at most `enough`. Blocks without a plan
        train nobody, including those not planned when time was up or Ctrl-C was pressed.
        """
        limits = replace(self.limits, gap=max(LEAST_GAP, PART_OF_GAP * self.limits.gap))
        tasks = [self._task(name, shares[name], enough) for name in names]
        found = dict(self.planned)
        try:
            for task, made in self._from_disk_or_workers(tasks, limits):
                if isinstance(made, Planned) and made.decisions is not None:
                    found[task.name] = made
                    self._tell(sum((each.value for each in found.values()), Fraction(0)))
                elif isinstance(made, Result) and made.failed:
                    self.failed[task.name] = made.message
        except KeyboardInterrupt:
            self.stopped = True
        except SolverError as lost:  # no worker is left
            if self.kept.folder is None or not found:
                raise
            again = _("The agencies planned so far are kept: run the same command again to continue.")
            raise SolverError(f"{lost} {again}") from None
        found = {
            name: found[name] for name in self.blocks if name in found
        }  # in a fixed order, whichever worker was ready first
        draft = self._draft(found.values())
        if draft is not None:
            self.planned, self.latest = found, draft
        return draft

    def _task(self, name: str, allotment: Mapping[Shared, int], enough: float) -> PlanTask:
        scenario = allotted(self.structure, self.blocks[name], allotment)
        rows = self.pieces[name]
        if self.structure.shares:  # their rows are not part of the priced models
            rows = piece(name, scenario, {}, self.structure.funds, self.seats)
        return PlanTask.of(name, scenario, rows, allotment, enough)

    def _from_disk_or_workers(
        self, tasks: Sequence[PlanTask], limits: SearchLimits
    ) -> Iterator[tuple[PlanTask, Planned | Result]]:
        todo = []
        for task in tasks:
            kept = self.kept.get(task, limits)
            if kept is None:
                todo.append(task)
            else:
                yield task, kept
        for task, made in self.runner.results(todo, limits):
            if isinstance(made, Planned):
                self.kept.put(task, limits, made)
            yield task, made

    def _draft(self, planned: Iterable[Planned]) -> Draft | None:
        together = with_classes(self.centre, planned)
        if together is None:
            return None
        decisions, payments = together
        return drafted(self.scenario, decisions, payments)

    def _open(self, prices: Prices) -> dict[str, Fraction]:
        """Return the gap between bound and plan of each block, at these prices [weighted gaps]."""
        found = {}
        for name, bound in self.bounds.items():
            value = self.planned[name].value if name in self.planned else Fraction(0)
            used = self._used(name).items()
            found[name] = bound - value + sum((prices.get(s, Fraction(0)) * n for s, n in used), Fraction(0))
        return found

    def _worst(self, prices: Prices, among: Container[str]) -> list[str]:
        """Return the blocks with the largest gaps."""
        left = {name: gap for name, gap in self._open(prices).items() if name in among}
        return sorted(left, key=left.__getitem__, reverse=True)[: max(1, round(WORST * len(self.blocks)))]

    def _finer(self, best: Draft, shares: Allotments, prices: Prices, among: Container[str]) -> Draft:
        """Tighten the bounds of the blocks with the largest gaps, then plan these again with what the others leave."""
        names = self._worst(prices, among)
        try:
            self._bound(prices, names, rounds=ROUNDS)
        except KeyboardInterrupt:
            self.stopped = True
        if self.stopped or self._gap(best, prices) <= self.limits.gap:
            return best
        more = {name: dict(shares[name]) for name in names}
        for shared, number in self._unused(self.latest or best).items():
            for name, part in divided({name: float(shares[name].get(shared, 0)) for name in names}, number).items():
                more[name][shared] = self._used(name).get(shared, 0) + part
        return better_of(best, self._planned(more, names)) or best

    def _unused(self, best: Draft) -> dict[Shared, int]:
        """Return what a plan leaves of shared money [rupiah]."""
        spent = money_spent(self.centre, best.payments)
        return {s: max(0, int(n) - spent.get(s, 0)) for s, n in self.centre.amounts.items() if s.kind == "fund"}

    def _used(self, name: str) -> dict[Shared, int]:
        """Return what the plan of a block uses of shared money, and of seats in shared classes."""
        return self.planned[name].used(self._money, self.seats) if name in self.planned else {}

    def _gap(self, best: Draft, prices: Prices) -> float:
        value = best.values[0]
        return float((self.bound(prices) - value) / max(Fraction(1), abs(value)))

    def _checked(self, best: Draft, prices: Prices) -> Answer:
        name, version = solver_version(self.limits.solver)
        seconds = round(time.monotonic() - self.began, 3)
        broke = "\n".join(f"{block}: {why}" for block, why in self.failed.items() if block not in self.planned)
        run = SolverRun(name, version, seconds, PlanStrategy.BLOCKS, "", self.stopped, bool(broke))
        level = levels_of(self.scenario)[0]
        known = {level: Bounds(exact=outward(self.bound(prices), upper=True))}
        return checked(self.scenario, best, known, self.limits.gap, run, broke=broke)

    def _tell(self, value: Fraction | None) -> None:
        best = None if value is None else float(value)
        self.progress(Progress(Stage.GAPS_CLOSED, best, self._most, time.monotonic() - self.began))
