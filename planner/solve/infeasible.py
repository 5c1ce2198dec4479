"""Confirms that a scenario has no plan, and explains it by the rules and limits that cannot hold together.

The clash is found by halving (QuickXplain, Junker 2004): first among families of rules and limits, then among their
members. Each one that remains is needed for the clash: without it there would be a plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import NoPlanInTime
from planner.locale import _
from planner.model.build import build
from planner.model.reading import NotWhole, Reader
from planner.proof.possible import possible
from planner.solve.answers import Explanation
from planner.solve.engine import EngineName, RunOptions
from planner.solve.engines import ENGINES
from planner.solve.levels import solve_levels
from planner.solve.limits_set_aside import Clash, ClashKind, RemovableLimit, families, together, without
from planner.solve.outcome import Ending, SearchLimits, believed

LOOK_SECONDS: Final = 20.0
"""Time limit of each engine of the second look, until one of them confirms that there is no plan [s]."""

BRIEF_SECONDS: Final = 4.0
"""Time limit of each further engine, and of each question "is there a plan without this?" [s]; a question left open
counts as yes."""

EXPLAIN_SECONDS: Final = 20.0
"""Time after which no more questions are asked [s]: families still open are then named as a whole."""

MOST_NAMED: Final = 6
"""Most members of a family that are named one by one; more are named in one sentence."""


@dataclass(frozen=True)
class Clashing:
    """Rules and limits that cannot hold together, in the order of the families."""

    members: tuple[RemovableLimit, ...]
    certain: bool
    """Whether each is known to be needed; where time was too short, some may not be."""


def summarised(members: Sequence[RemovableLimit]) -> tuple[Clash, ...]:
    """Summarise limits for a message: many of a kind become one sentence."""
    kinds: dict[ClashKind, list[RemovableLimit]] = {}
    for limit in members:
        kinds.setdefault(limit.clash.family, []).append(limit)
    clashes: list[Clash] = []
    for family in kinds.values():
        clashes += [together(family)] if len(family) > MOST_NAMED else [limit.clash for limit in family]
    return tuple(clashes)


def explain(scenario: Scenario, limits: SearchLimits | None = None, *, proven: bool = False) -> Explanation:
    """Explain which rules and limits clash; unless it is `proven` that there is no plan, look for one first.

    Raises NoPlanInTime where no engine finds a plan and no other engine confirms that there is none.
    """
    found = None if proven else _second_look(scenario, limits or SearchLimits())
    if found is not None:
        return Explanation(found=found)
    clashing = clashing_limits(scenario, sure=True)
    places = tuple(limit.clash.path for limit in clashing.members)
    return Explanation(summarised(clashing.members), places, clashing.certain)


def _second_look(scenario: Scenario, limits: SearchLimits) -> Decisions | None:
    """Return the best plan that another engine finds; None if it is confirmed that there is none.

    An engine does not confirm itself: the one that called the scenario impossible is asked again, and may find a plan.
    """
    if possible(scenario, LOOK_SECONDS) is False:
        return None
    model = build(scenario)
    reader = Reader(model)
    model.problem.setObjective(0)
    confirmed = False
    for engine in ENGINES.values():
        options = RunOptions(gap=1.0, seconds=BRIEF_SECONDS if confirmed else LOOK_SECONDS)
        outcome = believed(engine().run(model, options), len(model.problem.variables()), "max")
        confirmed = confirmed or (outcome.ending is Ending.INFEASIBLE and engine.name is not limits.solver)
        if outcome.point is not None:
            try:
                found = reader.decisions(outcome.point)
            except NotWhole:
                continue
            return _better(scenario, limits) or found
    if not confirmed:
        raise NoPlanInTime(
            _("One search found that there is no plan; the others neither found a plan nor confirmed this.")
        )
    return None


def _better(scenario: Scenario, limits: SearchLimits) -> Decisions | None:
    """Search for a plan by the substitute of the engine asked for, which overlooked every plan."""
    seconds = EXPLAIN_SECONDS if limits.time_limit is None else min(EXPLAIN_SECONDS, limits.time_limit)
    again = replace(limits, solver=ENGINES[limits.solver].substitute, time_limit=seconds)
    return solve_levels(scenario, again).decisions


def clashing_limits(scenario: Scenario, *, sure: bool = False) -> Clashing:
    """Find the rules and limits that cannot hold together; the planner's own rules come first.

    Empty where there is a plan or time leaves that open, unless it is `sure` that there is none.
    """
    known = families(scenario)
    questions = _Questions(scenario, [limit for family in known for limit in family])

    def clash_with(fixed: Sequence[Sequence[RemovableLimit]], kept: Sequence[Sequence[RemovableLimit]]) -> bool:
        if questions.late:
            raise TimeoutError
        return questions.clash([*fixed, *kept])

    if not sure and not questions.clash(known):
        return Clashing((), not questions.left_open)
    needed: list[list[RemovableLimit]] = smallest(known, questions.clash)
    certain = True
    for place, family in enumerate(needed):
        others = [*needed[:place], *needed[place + 1 :]]
        try:
            found = smallest([[limit] for limit in family], partial(clash_with, others))
        except TimeoutError:
            certain = False
        else:
            needed[place] = [limit for member in found for limit in member]
    members = tuple(limit for family in needed for limit in family)
    return Clashing(members, certain and not questions.left_open)


class _Questions:
    """Answers whether a plan exists when only some limits are kept.

    A question is skipped where its answer follows from an earlier one: limits that clash also clash with more limits,
    and limits that do not clash do not clash with fewer.
    """

    def __init__(self, scenario: Scenario, everything: Sequence[RemovableLimit]) -> None:
        self.scenario, self.everything = scenario, everything
        self.clashing: list[frozenset[int]] = []
        self.possible: list[frozenset[int]] = []
        self.left_open = False
        self._until = time.monotonic() + EXPLAIN_SECONDS

    @property
    def late(self) -> bool:
        """Whether the time limit for questions has passed."""
        return time.monotonic() > self._until

    def clash(self, kept: Sequence[Sequence[RemovableLimit]]) -> bool:
        """Return whether no plan exists when only these families are kept; a question left open counts as no."""
        held = frozenset(id(limit) for family in kept for limit in family)
        if any(known <= held for known in self.clashing):
            return True
        if any(held <= known for known in self.possible):
            return False
        trial = without(self.scenario, [limit for limit in self.everything if id(limit) not in held])
        ending = Ending.STOPPED if self.late else _any_plan(trial)
        clashes = ending == Ending.INFEASIBLE
        self.left_open = self.left_open or ending == Ending.STOPPED
        (self.clashing if clashes else self.possible).append(held)
        return clashes


def smallest[T](candidates: list[T], clash: Callable[[Sequence[T]], bool]) -> list[T]:
    """Find a minimal part of `candidates` that clashes, in their order; the first ones are preferred.

    `clash` says whether a part clashes; more candidates never clash less. All together are assumed to clash.
    """
    if clash([]):
        return []

    def search(held: list[T], added: bool, rest: list[T]) -> list[T]:
        """Find the part of `rest` that is needed besides `held`."""
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


def _any_plan(scenario: Scenario) -> Ending:
    """Answer PROVEN where some plan exists, INFEASIBLE where none does, STOPPED where time leaves it open.

    The answer is exact where the model is small enough, so that a single rupiah counts; otherwise an engine's.
    """
    exact = possible(scenario, BRIEF_SECONDS)
    if exact is not None:
        return Ending.PROVEN if exact else Ending.INFEASIBLE
    model = build(scenario)
    model.problem.setObjective(0)
    outcome = ENGINES[EngineName.HIGHS]().run(model, RunOptions(gap=1.0, seconds=BRIEF_SECONDS))
    if outcome.ending == Ending.INFEASIBLE:
        return Ending.INFEASIBLE
    return Ending.PROVEN if outcome.point is not None else Ending.STOPPED
