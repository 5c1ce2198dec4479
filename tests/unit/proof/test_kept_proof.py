"""Cuts that are not made again, since their rows speak of no changed fund, are those that would be made again."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from planner.domain.scenario import Scenario
from planner.proof.formulation import formulate
from planner.proof.kept_proof import kept_proof
from tests.oracle.generate import tiny_scenarios
from tests.sampled import some
from tests.scenarios.changes import with_other_amount


def test_cuts_of_no_changed_fund_are_those_that_are_made_again() -> None:
    spared = changed = 0
    for seed in some(range(400), 20):
        known, dice = Scenario.model_validate(tiny_scenarios(seed)), random.Random(seed)
        if formulate(known).model.contradictory:
            continue
        kept = kept_proof(known, Fraction(0), Fraction(1, 1000))
        for scenario in (with_other_amount(known, dice), with_other_amount(known, dice)):
            formulation = kept.formulated(scenario)
            cuts = kept.cuts_for(formulation)
            if not kept.only_amounts_differ(formulation) or not cuts.recipes:
                continue
            model = formulation.model
            spared += len(cuts.known)
            changed += len(cuts.recipes) - len(cuts.known)
            found, anew = (
                each.again(model, list(model.lower), list(model.upper)) for each in (cuts, replace(cuts, known={}))
            )
            assert found == anew, seed
    assert spared
    assert changed
