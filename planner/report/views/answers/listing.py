"""The view and the heading of each kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.analysis.alternatives.different import Alternatives
from planner.analysis.alternatives.nearest_plan import Near
from planner.analysis.budget_curve.curve import Curve
from planner.analysis.causes import Causes
from planner.analysis.cuts.cut_proof import Cuts
from planner.analysis.dropout.expected import DropOut
from planner.analysis.fairness import Fairness
from planner.analysis.habits.compared import Habits
from planner.analysis.partners.contributions import Partners
from planner.analysis.repairs.smallest import Repairs
from planner.analysis.rule_prices import RulePrices
from planner.analysis.sweep.grid import Sweep
from planner.analysis.why_not.why import Why
from planner.locale import N_, _
from planner.report.material import Material
from planner.report.views.answers import (
    alternatives,
    causes,
    curve,
    cuts,
    dropout,
    fairness,
    habits,
    near,
    partners,
    repairs,
    rule_prices,
    sweep,
    why,
)
from planner.report.views.heading import Heading
from planner.report.views.section import Section


@dataclass(frozen=True)
class AnswerView:
    """How one kind of answer is shown: the anchor of its section, its title (an English msgid), and its view."""

    anchor: str
    title: str
    view: Callable[[Material, Any, Heading], Section]


VIEWS: Final[dict[type, AnswerView]] = {
    Sweep: AnswerView("whatif", N_("What if: one thing varied, or several"), sweep.view),
    Curve: AnswerView("curve", N_("Budget curve"), curve.view),
    Habits: AnswerView("habits", N_("Against the office habit"), habits.view),
    Alternatives: AnswerView("alternatives", N_("Alternatives nearly as good"), alternatives.view),
    Near: AnswerView("near", N_("Nearest to an earlier plan"), near.view),
    Cuts: AnswerView("cuts", N_("Cut-proof list"), cuts.view),
    Partners: AnswerView("partners", N_("Contribution of each partner"), partners.view),
    DropOut: AnswerView("dropout", N_("If partners do not come"), dropout.view),
    Causes: AnswerView("causes", N_("Causes of the difference"), causes.view),
    Repairs: AnswerView("repairs", N_("How a plan becomes possible"), repairs.view),
    Why: AnswerView("why", N_("Why not?"), why.view),
    RulePrices: AnswerView("rules", N_("The price of each rule"), rule_prices.view),
    Fairness: AnswerView("fairness", N_("The price of fairness"), fairness.view),
}
"""The view of each kind of answer, by class of the answer."""


def sections(material: Material, answers: Sequence[object], first: int) -> tuple[Section, ...]:
    """Return the sections of `answers`, numbered from `first`; several answers of one kind get distinct anchors."""
    made: list[Section] = []
    used: dict[str, int] = {}
    for number, answer in enumerate(answers, start=first):
        shown = VIEWS[type(answer)]
        used[shown.anchor] = used.get(shown.anchor, 0) + 1
        again = used[shown.anchor]
        anchor = shown.anchor if again == 1 else f"{shown.anchor}-{again}"
        made.append(shown.view(material, answer, Heading(anchor, number, _(shown.title))))
    return tuple(made)
