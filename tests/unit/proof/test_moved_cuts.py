"""Cuts of one exact model, made again in another with other rows and columns, bound every plan there."""

from __future__ import annotations

import random
from fractions import Fraction

from planner.domain.scenario import Scenario
from planner.proof.formulation import formulate
from planner.proof.kept_proof import kept_proof
from planner.proof.moved_cuts import moved
from planner.proof.preparation import maximised
from planner.proof.search import Search
from tests.oracle.generate import random_scenarios, tiny_scenarios
from tests.oracle.known import known
from tests.sampled import few, some
from tests.scenarios.changes import of_other_shape


def test_a_bound_by_moved_cuts_holds_for_the_best_plan() -> None:
    other_rows = 0
    for seed in some(range(240), 8):
        scenario, best = Scenario.model_validate(tiny_scenarios(seed)), known(seed)
        if best is None or not best.values or scenario.objective[0].goal != "gaps_closed":
            continue
        like = kept_proof(of_other_shape(scenario, random.Random(f"moved {seed}")), best.values[0], Fraction(0))
        formulation = formulate(scenario)
        cuts = like.cuts_for(formulation)
        other_rows += cuts is not like.cuts
        assert cuts.fits(formulation.model), seed
        search = Search(formulation.model.copy(), maximised(formulation, 0), lambda _: None)
        search.root(again=cuts)
        assert search.bound is not None, seed
        assert search.bound >= best.values[0], seed
    assert other_rows >= few(60, 8)


def test_cuts_moved_to_a_model_with_some_rows_more_bound_it_as_closely_as_its_own() -> None:
    """The rows and columns that mean the same are found wherever they stand."""
    made, plain = 0, 0
    for seed in some(range(60), 6):
        scenario = Scenario.model_validate(random_scenarios(seed, (5, 5, 3, 3)))
        other = scenario.changed(groups=(scenario.groups[-1], *scenario.groups[:-1]))
        like = kept_proof(scenario, Fraction(0), Fraction(0))
        formulation = formulate(other)
        cuts = moved(like.cuts, like.formulation.columns, formulation.columns)
        if scenario.objective[0].goal != "gaps_closed" or not like.cuts.recipes or cuts is like.cuts:
            continue
        bounds = []
        for each, model in ((like.cuts, like.formulation), (cuts, formulation), (None, formulation)):
            search = Search(model.model.copy(), maximised(model, 0), lambda _: None)
            search.root(again=each)
            assert search.bound is not None
            bounds.append(float(search.bound))
        assert bounds[1] <= bounds[2] + 1e-9, seed
        made += abs(bounds[1] - bounds[0]) <= 1e-3 * max(1.0, abs(bounds[0]))
        plain += 1
    assert made >= 0.8 * plain >= few(20, 6)
