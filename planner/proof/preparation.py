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
    """An exact model, the step of its first level, and the basis of the solved relaxation of that level."""

    formulation: Formulation
    step: Fraction
    stood: SimplexBasis | None


def prepare(scenario: Scenario, learnt: Learnt, stop: Callable[[], bool]) -> Prepared | None:
    """Prepare the proof of `scenario`, with the limits `learnt` about attendance; None once `stop` is true."""
    formulation = formulate(scenario, learnt)
    step = step_of(formulation, 0)
    if stop():
        return None
    relaxation = Relaxation(formulation.model, maximised(formulation, 0))
    relaxation.solve(stop=stop)
    return None if stop() else Prepared(formulation, step, relaxation.basis(range(formulation.model.size[0])))


def maximised(formulation: Formulation, number: int) -> list[Term]:
    """Return a level as terms to be maximised."""
    sign = 1 if formulation.maximises(number) else -1
    return [(column, sign * factor) for column, factor in formulation.goals[number]]
