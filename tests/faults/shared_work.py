"""What many plans of one scenario share, so that each of them costs little: built models, exact models, honest runs.

with shared():          models and exact models are made once for each scenario, and handed out as copies
honest(model, options)  an engine's own answer, kept for the matrix that it was asked about
"""

from __future__ import annotations

import copy
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from planner.domain.attendance import NOTHING_LEARNT, Learnt
from planner.domain.scenario import Scenario
from planner.model.build import Model, build, set_objective
from planner.model.objective import goals
from planner.model.refit import rebound
from planner.proof.formulation import Formulation, formulate
from planner.proof.possible import possible
from planner.solve.engine import Engine, RunOptions
from planner.solve.engines import ENGINES
from planner.solve.highs import Highs
from planner.solve.outcome import Outcome

BUILDERS = ("solve.levels", "solve.aimed", "solve.infeasible", "solve.warm", "model.refit")
FORMULATORS = ("proof.proving", "proof.preparation", "proof.possible")
"""Modules that make models, and exact models."""

_models: dict[str, Model] = {}
_formulations: dict[str, Formulation] = {}
_answers: dict[Hashable, Outcome] = {}


@contextmanager
def shared() -> Iterator[None]:
    """Plan as ever, but make what depends on the scenario alone only once."""
    with pytest.MonkeyPatch.context() as patch:
        for module in BUILDERS:
            patch.setattr(f"planner.{module}.build", _built)
        for module in FORMULATORS:
            patch.setattr(f"planner.{module}.formulate", _formulated)
        patch.setattr("planner.solve.infeasible.possible", cache(possible))
        for name, engine in list(ENGINES.items()):
            patch.setitem(ENGINES, name, _remembering(engine))
        try:
            yield
        finally:
            for kept in (_models, _formulations, _answers):
                kept.clear()


def honest(model: Model, options: RunOptions, engine: type[Engine] = Highs) -> Outcome:
    """What an engine answers; twice about the same matrix the same, whatever time and start it is given."""
    key = engine.name, _matrix(model)
    if key not in _answers:
        _answers[key] = engine().run(model, options)
    found = _answers[key]
    return found if found.point is None else replace(found, point=found.point.copy())


def _remembering(engine: type[Engine]) -> type[Engine]:
    class Remembering(engine):  # type: ignore[valid-type, misc]
        def run(self, model: Model, options: RunOptions) -> Outcome:
            return honest(model, options, engine)

    return Remembering


def _matrix(model: Model) -> Hashable:
    """Everything that a solver is given of a model, but for the rows of which its scenario is made."""
    core = model.problem.toRustModel()
    goal = core.get_objective()
    terms = () if goal is None else tuple((variable.id(), factor) for variable, factor in goal.items())
    bounds = tuple((variable.lowBound, variable.upBound) for variable in model.problem.variables())
    held = [row for row in core.list_constraints() if row.name not in model.rows]
    rows = tuple((row.rhs, str(row.sense), tuple((one.id(), factor) for one, factor in row.items())) for row in held)
    return model.scenario.sha256, str(core.get_sense()), terms, bounds, rows


def _built(scenario: Scenario, *, learnt: Learnt = NOTHING_LEARNT, **named: Any) -> Model:
    """A model of a scenario as it is built, with a problem of its own."""
    if learnt.any or named:
        return build(scenario, learnt=learnt, **named)
    kept = _models.get(scenario.sha256)
    if kept is None:
        kept = _models[scenario.sha256] = build(scenario)
    problem = kept.problem.copy()
    variables = rebound(kept.variables, problem)
    variables.facts = dict(kept.variables.facts)
    parts = replace(kept.parts, variables=variables)
    made = Model(parts, problem, goals(parts), kept.rows)
    set_objective(made, made.goals[0])
    return made


def _formulated(scenario: Scenario, learnt: Learnt = NOTHING_LEARNT) -> Formulation:
    """An exact model of a scenario, to which rows may be added."""
    if learnt.any:
        return formulate(scenario, learnt)
    key = scenario.sha256
    if key not in _formulations:
        _formulations[key] = formulate(scenario)
    kept = _formulations[key]
    columns = _loose(kept.columns)
    columns.model = _loose(columns.model)
    return replace(kept, columns=columns)


def _loose[T](record: T) -> T:
    """A copy with lists and dictionaries of its own."""
    made = copy.copy(record)
    for name, value in vars(record).items():
        if isinstance(value, dict | list | set):
            setattr(made, name, value.copy())
    return made
