"""Every engine can do what it states, and no more is stated than an engine needs for how it is used."""

from __future__ import annotations

import sys
from subprocess import run

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.domain.scenario import Scenario
from planner.model.build import Model, build
from planner.solve.engine import Engine, EngineName, Feature, RunOptions
from planner.solve.engines import ENGINES, solver_version
from planner.solve.outcome import Ending
from tests.scenarios.hand import costing, scenario

OPTIMUM = 5.0
"""The most people that can be trained."""

EVERY = pytest.mark.parametrize("engine", [made() for made in ENGINES.values()], ids=[*ENGINES])


def supporting(feature: Feature) -> pytest.MarkDecorator:
    engines = {name: made() for name, made in ENGINES.items() if feature in made.features}
    assert engines
    return pytest.mark.parametrize("engine", engines.values(), ids=[*engines])


def model() -> Model:
    return build(Scenario.model_validate(scenario(programmes=costing("participant", 3), funds={"amount": 17})))


def point_of(engine: Engine) -> NDArray[np.float64]:
    found = engine.run(model(), RunOptions(gap=0.0)).point
    assert found is not None
    return found


def test_every_name_has_its_engine() -> None:
    assert set(ENGINES) == set(EngineName)
    for name, made in ENGINES.items():
        assert made.name is name
        assert made.second is not name
        assert made.substitute is not name
        title, version = solver_version(name)
        assert title
        assert version != "-", "the package that it names is the one installed"


@EVERY
def test_every_engine_keeps_whole_numbers_whole(engine: Engine) -> None:
    assert Feature.WHOLE_NUMBERS in engine.features
    outcome = engine.run(model(), RunOptions(gap=0.0))
    assert outcome.ending is Ending.PROVEN
    assert outcome.value == pytest.approx(OPTIMUM), "Rp17 would buy 5.67 people at Rp3"


@EVERY
def test_what_an_engine_cannot_use_it_ignores(engine: Engine) -> None:
    asked = RunOptions(gap=0.0, seconds=60.0, report=lambda *_: False, most_nodes=1000, heuristics=False)
    assert engine.run(model(), asked).value == pytest.approx(OPTIMUM)


@supporting(Feature.START)
def test_a_start_is_kept_where_no_search_follows(engine: Engine) -> None:
    start = point_of(engine)
    outcome = engine.run(model(), RunOptions(gap=0.0, start=start, most_nodes=0))
    assert outcome.value == pytest.approx(OPTIMUM)


@supporting(Feature.PARTIAL_START)
def test_a_start_may_have_unknown_values(engine: Engine) -> None:
    start = point_of(engine)
    start[1:] = np.nan
    assert engine.run(model(), RunOptions(gap=0.0, start=start)).value == pytest.approx(OPTIMUM)


@supporting(Feature.PROGRESS)
def test_progress_is_reported_with_points(engine: Engine) -> None:
    points: list[object] = []
    engine.run(model(), RunOptions(gap=0.0, report=lambda best, bound, point: bool(points.append(point))))  # type: ignore[func-returns-value]
    assert any(point is not None for point in points)


@supporting(Feature.KNOWN_BOUND)
def test_a_known_bound_is_proof(engine: Engine) -> None:
    outcome = engine.run(model(), RunOptions(gap=0.0, known_bound=OPTIMUM))
    assert outcome.ending is Ending.PROVEN
    assert outcome.bound == pytest.approx(OPTIMUM)


def test_naming_engines_loads_none() -> None:
    code = "import sys, planner.solve.engines; print(sorted({'pulp', 'highspy'} & set(sys.modules)))"
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
