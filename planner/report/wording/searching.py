"""The state of a running search in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from planner.domain.scenario import Scenario
from planner.locale import N_, _, speaking
from planner.plans.plan import Plan
from planner.report.material import Material
from planner.report.wording.formats import Formats
from planner.report.wording.gaps_sought import GAPS_CLOSED
from planner.solve.outcome import Progress, Stage
from planner.units.said import nearest

_STAGES: Final = {
    "smallest_coverage": N_("smallest coverage"),
    "own_cost": N_("own funds"),
    "total_cost": N_("total cost"),
    "ties": N_("choosing among equals"),
    "proof": N_("exact proof of the plan found"),
    "second_search": N_("second search, to confirm the first"),
}


def sentence(progress: Progress, language: str, gaps: str = GAPS_CLOSED, *, clock: bool = True) -> str:
    """Return the state of the search in words: "gaps closed (expected): best 1.234,5 · bound 1.240 · gap 0,45% · 12 s".

    `gaps` is the name of the gaps that are sought. Without `clock` the seconds are left out, for a line that has a
    running clock of its own.
    """
    formats = Formats(language)
    with speaking(language):  # the search may report from a thread of its own, which has no language yet
        parts = []
        told = progress.stage is not Stage.TIES  # their figures are of one rule after another, and mean nothing outside
        if told and progress.best is not None:
            parts.append(_("best {value}").format(value=_quantity(progress.stage, progress.best, formats)))
        if told and progress.bound is not None:
            parts.append(_("bound {value}").format(value=_quantity(progress.stage, progress.bound, formats)))
        if told and progress.gap is not None:
            parts.append(_("gap {value}").format(value=formats.float_share(progress.gap)))
        if clock:
            parts.append(_("{count} s").format(count=nearest(progress.seconds)))
        stage = _(_STAGES.get(progress.stage, gaps))
        stage = stage[:1].lower() + stage[1:]
    return ": ".join(part for part in (stage, " · ".join(parts)) if part)


def early_sentence(scenario: Scenario, plan: Plan, language: str) -> str:
    """Return what a checked plan does that the search may still better, in words."""
    formats = Formats(language)
    with speaking(language):
        material = Material(scenario, plan, formats)
        return _("a plan so far, checked: gaps closed (expected) {closed} of {need} ({share}), own funds {own}").format(
            closed=material.gaps(plan.gaps_closed),
            need=formats.count(plan.total_need),
            share=material.coverage(material.measures.coverage),
            own=formats.rupiah(plan.own_cost),
        )


def _quantity(stage: Stage, value: float, formats: Formats) -> str:
    """Return a value of an objective level, in its unit."""
    match stage:
        case Stage.SMALLEST_COVERAGE:
            return formats.share(Fraction(str(value)))
        case Stage.GAPS_CLOSED:
            return formats.number(Fraction(str(value)))
        case Stage.OWN_COST | Stage.TOTAL_COST:
            return formats.rupiah(
                10 * nearest(value / 10)
            )  # a solver's value may be a rupiah off, which the plan is not
        case _:
            return formats.number(Fraction(str(value)), 0)
