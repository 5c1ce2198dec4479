"""No plan: made sure of, and explained by the rules and limits that cannot hold together.

Which rules and limits clash is found by halving (QuickXplain, Junker 2004): first which families of
them, then which members. What remains is a smallest set in the sense that every one of them is needed
for the clash: without any one of them there would be a plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import SolverError
from planner.locale import _
from planner.model.build import build
from planner.model.reading import NotWhole, Reader
from planner.solve import cbc, highs
from planner.solve.aside import Aside, Clash, families, together, without
from planner.solve.levels import solve_levels
from planner.solve.outcome import Ending, Limits, Outcome, believed

TRY_SECONDS = 20.0
"""Time for one question "is there a plan without this?"; a question left open counts as yes."""

EXPLAIN_SECONDS = 30.0
"""Time after which families of limits are named whole, and no longer member by member."""

MOST_NAMED = 6
"""Members of a family that are named one by one; more are named in one sentence."""


@dataclass(frozen=True)
class Explanation:
    """Why there is no plan, or the plan that a second look found after all."""

    clashes: tuple[Clash, ...] = ()
    found: Decisions | None = None


def explain(scenario: Scenario, limits: Limits | None = None, *, whole_rupiah: bool = False) -> Explanation:
    """Ask again with other tolerances and another engine, and only then name what clashes.

    Raises SolverError where nobody finds a plan and nobody else proves that there is none.
    """
    found = _second_look(scenario, limits or Limits(), whole_rupiah)
    if found is not None:
        return Explanation(found=found)
    return Explanation(clashes=tuple(_clashes(scenario, whole_rupiah)))


def _second_look(scenario: Scenario, limits: Limits, whole_rupiah: bool) -> Decisions | None:
    """The best plan that another engine finds; None if it is confirmed that there is none."""
    model = build(scenario, whole_rupiah=whole_rupiah)
    reader = Reader(model)
    model.problem.setObjective(0)
    confirmed = False
    engines: tuple[Callable[..., Outcome], ...] = (
        partial(highs.run, tight=False),
        partial(highs.run, tight=True),
        cbc.run,
    )
    for run in engines:
        outcome = believed(run(model, gap=1.0, seconds=TRY_SECONDS), len(model.problem.variables()), "max")
        confirmed = confirmed or outcome.ending == Ending.INFEASIBLE
        if outcome.point is not None:
            try:
                found = reader.decisions(outcome.point)
            except NotWhole:
                continue
            return _better(scenario, limits, whole_rupiah) or found
    if not confirmed:
        raise SolverError(_("One search says that there is no plan; others neither found one nor could confirm it."))
    return None


def _better(scenario: Scenario, limits: Limits, whole_rupiah: bool) -> Decisions | None:
    """What the other engine makes of a scenario in which the one asked for overlooked all plans."""
    other = "highs" if limits.solver == "cbc" else "cbc"
    seconds = EXPLAIN_SECONDS if limits.time_limit is None else min(EXPLAIN_SECONDS, limits.time_limit)
    again = replace(limits, solver=other, time_limit=seconds)
    return solve_levels(scenario, again, whole_rupiah=whole_rupiah).decisions


def _clashes(scenario: Scenario, whole_rupiah: bool) -> Iterator[Clash]:
    """The rules and limits that cannot hold together, the planner's own first."""
    began = time.monotonic()
    known = families(scenario)
    everything = [limit for family in known for limit in family]
    asked: dict[frozenset[int], bool] = {}

    def clash(kept: Sequence[Sequence[Aside]]) -> bool:
        """Whether there is no plan when only these families are kept."""
        held = frozenset(id(limit) for family in kept for limit in family)
        if held not in asked:
            trial = without(scenario, [limit for limit in everything if id(limit) not in held])
            asked[held] = not _has_plan(trial, whole_rupiah)
        return asked[held]

    def clash_with(fixed: Sequence[Sequence[Aside]], kept: Sequence[Sequence[Aside]]) -> bool:
        if time.monotonic() - began > EXPLAIN_SECONDS:
            raise TimeoutError
        return clash([*fixed, *kept])

    needed: list[list[Aside]] = smallest(known, clash)
    for place, family in enumerate(needed):
        others = [*needed[:place], *needed[place + 1 :]]
        try:
            members = smallest([[limit] for limit in family], partial(clash_with, others))
        except TimeoutError:
            yield together(family)
            continue
        needed[place] = [limit for member in members for limit in member]
        if len(needed[place]) > MOST_NAMED:
            yield together(needed[place])
        else:
            yield from (limit.clash for limit in needed[place])


def smallest[T](candidates: list[T], clash: Callable[[Sequence[T]], bool]) -> list[T]:
    """A smallest part of `candidates` that clashes, in their order; those that come first are kept where possible.

    `clash` says whether a part clashes; more candidates never clash less. All together are taken to clash.
    """
    if clash([]):
        return []

    def search(held: list[T], added: bool, rest: list[T]) -> list[T]:
        """The part of `rest` needed besides `held`."""
        if added and clash(held):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        from_second = search([*held, *first], True, second)
        from_first = search([*held, *from_second], bool(from_second), first)
        return [*from_first, *from_second]

    return search([], False, candidates) if candidates else []


def _has_plan(scenario: Scenario, whole_rupiah: bool) -> bool:
    """Whether some plan exists; a question that time leaves open counts as yes."""
    model = build(scenario, whole_rupiah=whole_rupiah)
    model.problem.setObjective(0)
    return highs.run(model, gap=1.0, seconds=TRY_SECONDS).ending != Ending.INFEASIBLE
