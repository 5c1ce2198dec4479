"""What a proof needs before a plan is known: the exact model, and the relaxation of its first level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from planner.domain.attendance import Learnt
from planner.domain.scenario import Scenario
from planner.proof.exact_model import Term
from planner.proof.formulation import Formulation, formulate
from planner.proof.relaxation import Relaxation, SimplexBasis
from planner.proof.steps import step_of


@dataclass(frozen=True)
class Prepared:
    """An exact model, the step of its first level, and where the relaxation of that level stood when it was solved."""

    formulation: Formulation
    step: Fraction
    stood: SimplexBasis | None


def prepare(scenario: Scenario, learnt: Learnt, stop: Callable[[], bool]) -> Prepared | None:
    """Prepare the proof of `scenario`, within what is `learnt` of attendance; None where `stop` has become true."""
    formulation = formulate(scenario, learnt)
    step = step_of(formulation, 0)
    if stop():
        return None
    relaxation = Relaxation(formulation.model, maximised(formulation, 0))
    relaxation.solve(stop=stop)
    return None if stop() else Prepared(formulation, step, relaxation.basis(range(formulation.model.size[0])))


def maximised(formulation: Formulation, number: int) -> list[Term]:
    """Return a level as terms of which more is better."""
    sign = 1 if formulation.maximises(number) else -1
    return [(column, sign * factor) for column, factor in formulation.goals[number]]
