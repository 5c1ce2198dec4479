"""A planned scenario whose model and relaxation are kept: bounds for similar scenarios, and plans near its own plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.highs.configured import EngineRefused
from planner.model.build import Model, build
from planner.model.objective import Goal
from planner.model.refit import refit, refit_costs
from planner.solve.engine import RunOptions
from planner.solve.guided.kept_matrix import KeptMatrix
from planner.solve.guided.matrix import Basis, Matrix, NotInMatrix, Relaxed
from planner.solve.guided.near import near
from planner.solve.guided.search import reseated
from planner.solve.job import Learn
from planner.solve.model_size import is_large
from planner.solve.outcome import Progress, SearchLimits
from planner.solve.search_run import SearchRun

ROUNDED: Final = 0.25
"""Extra share of the gap that is aimed for, since whole people close less than fractions [0-1]."""


@dataclass(frozen=True)
class Promise:
    """The best point in fractions for weighted gaps closed: an upper estimate from the relaxation."""

    value: float
    """Weighted gaps closed, less penalties."""
    weighted: float
    """Weighted gaps closed."""
    closed: float
    """Gaps closed [people]."""


MOST_LESSONS: Final = 6
"""Most times that people are seated anew because nobody could attend the decisions."""


class WarmModel:
    """The built model of a scenario, the basis of its relaxation, and the decisions of its plan.

    Limits learnt from its own plans are kept: plans of similar scenarios mostly ask too much of the same people.
    """

    def __init__(self, scenario: Scenario, start: Decisions, limits: SearchLimits, learn: Learn) -> None:
        self._model, self._start, self._learn = build(scenario), start, learn
        self._latest: tuple[Scenario, Model] | None = None
        self._kept: KeptMatrix | None = None
        """The matrix of the model, once one was refit from it."""
        self._root: Basis | None = None
        """Basis of the relaxation of all plans."""
        self._near: Basis | None = None
        """Basis of the relaxation of plans with the design of the known plan."""
        self._found: tuple[SearchRun, tuple[Goal, ...], float] | None = None
        """The search whose decisions were found last, its levels, and the value of the first."""
        self._keep_lessons(scenario, limits)

    def _keep_lessons(self, scenario: Scenario, limits: SearchLimits) -> None:
        """Keep the model of `scenario` with the limits learnt from its own plans."""
        decisions = self._seated(scenario, limits, 0.0)
        for _lesson in range(MOST_LESSONS):
            known = self._model.parts.learnt
            more = None if decisions is None else self._learn(scenario, decisions, known)
            if more is None or more.spared:
                break
            self._model, self._latest, self._near = build(scenario, learnt=more), None, None
            decisions = self._seated(scenario, limits, 0.0)

    def promise(self, scenario: Scenario) -> Promise | None:
        """Return the best point of the relaxation of `scenario`; None where there is none."""
        model = self._of(scenario)
        goal = next(goal for goal in model.goals if goal.level.goal == "gaps_closed")
        try:
            matrix = Matrix(model, self._root, self._kept_for(model))
            matrix.aim(goal.terms, goal.sense)
        except (EngineRefused, NotInMatrix):
            return None
        found = matrix.relaxed(matrix.lower, matrix.upper, RunOptions(gap=0.0), bounding=False)
        if not isinstance(found, Relaxed):
            return None
        self._root = self._root or matrix.basis
        point = dict(zip(matrix.places.tolist(), found.point.tolist(), strict=True))
        closed = {variable.id: point.get(variable.id, 0.0) for variable in model.variables.closed.values()}
        weighted = sum(factor * closed.get(variable.id, 0.0) for variable, factor in goal.terms)
        return Promise(found.value * goal.scale, weighted * goal.scale, sum(closed.values()))

    def near(
        self,
        scenario: Scenario,
        limits: SearchLimits,
        at_least: float,
        heard: Callable[[Progress], None] = lambda _: None,
        *,
        looser: float = 0.0,
        beside: bool = False,
    ) -> Decisions | None:
        """Return decisions for `scenario` that close `at_least` so many [weighted gaps]; None where there are none.

        Where nothing better is found, they may close up to `looser` fewer. Their classes and yes-or-no decisions are
        those of the plan, or others that single steps reach from there, or, with `beside`, others that a search finds
        near those. They are for the first level alone: `finished` improves the others. Where nobody could attend them,
        people are seated anew within the limits learnt from that. They carry no claim: a proof says whether they are
        good enough. What `heard` raises ends the search.
        """
        found = self._seated(scenario, limits, at_least, heard, looser=looser, beside=beside)
        for _lesson in range(MOST_LESSONS):
            known = self._of(scenario).parts.learnt
            more = None if found is None else self._learn(scenario, found, known)
            if more is None or more.spared:
                break
            self._latest = scenario, build(scenario, learnt=more)
            found = self._seated(scenario, limits, at_least, heard, looser=looser, beside=beside)
        return found

    def _seated(
        self,
        scenario: Scenario,
        limits: SearchLimits,
        at_least: float,
        heard: Callable[[Progress], None] = lambda _: None,
        *,
        looser: float = 0.0,
        beside: bool = False,
    ) -> Decisions | None:
        """Return decisions as `near` does, without checking whether people can attend them."""
        self._found = None
        model = self._of(scenario)
        run = SearchRun.of(model, limits, lambda progress, decisions: heard(progress), hint=self._start)
        first, *below = (goal for goal in model.goals if goal.terms or goal is model.goals[0])
        if not first.terms:
            return None
        run.stood, run.kept = self._root if beside else self._near, self._kept_for(model)
        target = at_least / first.scale
        hopeless = target - looser / first.scale
        found = near(run, first, target, target * (1 + ROUNDED * limits.gap), hopeless=hopeless, beside=beside)
        if not beside and found is not None:
            self._near = self._near or run.matrix().basis
        if found is not None and found.value is not None:
            self._found = run, (first, *below), found.value
        return None if run.point is None else run.reader.decisions(run.point)

    @property
    def large(self) -> bool:
        """Whether the model is so large that the levels below the first are never searched whole."""
        return is_large(self._model)

    def finished(self) -> Decisions | None:
        """Seat the people of the last decisions found anew for the levels below; None where that changes nothing."""
        if self._found is None:
            return None
        (run, goals, value), self._found = self._found, None
        self._latest = None  # from here on the levels held are rows of the model
        before = run.point
        for number, goal in enumerate(goals[1:]):
            run.hold(goals[number], value, f"held__{number}")
            found = reseated(run, goal, bounded=False)
            if found is None or found.value is None:
                break
            value = found.value
        return None if run.point is None or run.point is before else run.reader.decisions(run.point)

    def _kept_for(self, model: Model) -> KeptMatrix | None:
        """Return the matrix of the model that `model` was refit from; None where it was built."""
        if model.template is None:
            return None
        if self._kept is None or self._kept.model is not model.template:
            self._kept = KeptMatrix(model.template)
        return self._kept

    def _of(self, scenario: Scenario) -> Model:
        """Return the model of `scenario`, changed from the kept one where they differ in amounts, limits and costs
        only."""
        if self._latest is None or self._latest[0].sha256 != scenario.sha256:
            known = refit(self._model, scenario) or refit_costs(self._model, scenario)
            self._latest = scenario, known or build(scenario, learnt=self._model.parts.learnt)
        return self._latest[1]
