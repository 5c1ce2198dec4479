"""What a page offers of a plan that is not proven best: that its search goes on from it, nearer and longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from planner.domain.scenario import Scenario
from planner.errors import InputError, PlannerError, Problem
from planner.locale import _, language_in_force
from planner.plans.plan import Plan
from planner.report.material import Material
from planner.report.views.quality import quality_in_short
from planner.report.wording.formats import Formats
from planner.solve.outcome import SearchLimits
from planner.web.bench import Bench
from planner.web.cards import Card
from planner.web.passed import CheckedPlan

GAPS: Final = ("0.001", "0.0001", "0.00001")
"""Gaps that may be asked for, as forms send them [0-1]."""
MINUTES: Final = ("1", "5", "15", "30", "60", "120")
"""How long a search may go on, as forms send it [min]."""
USUAL_MINUTES: Final = "15"


@dataclass(frozen=True)
class Choice:
    """One of several values of a field."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class FurtherSearch:
    """What may be asked."""

    now: str
    """How far the plan is proven as it is."""
    gaps: tuple[Choice, ...]
    minutes: tuple[Choice, ...]


def offer(card: Card) -> FurtherSearch | None:
    """Return what may be asked of the plan of a scenario as it stands; None where nothing is left to be found."""
    if card.kept is None or card.state != "planned":
        return None
    plan, formats = card.kept.plan, Formats(language_in_force())
    gaps = [gap for gap in GAPS if _is_open(plan, float(gap))]
    if not gaps:
        return None
    now = quality_in_short(Material(card.kept.stored.scenario, card.kept.as_written, formats))
    said = [Choice(gap, formats.float_share(float(gap)), gap == gaps[0]) for gap in gaps]
    times = [Choice(each, _("{count} min").format(count=each), each == USUAL_MINUTES) for each in MINUTES]
    return FurtherSearch(now, tuple(said), tuple(times))


def _is_open(plan: Plan, gap: float) -> bool:
    """Return whether exact arithmetic leaves more than `gap` open in a level of the objective."""
    return any(
        level.exact_bound is None
        or abs(level.exact_bound - float(level.value)) > gap * max(1.0, abs(float(level.value)))
        for level in plan.objective
    )


def limits_asked(given: Mapping[str, str], usual: SearchLimits) -> SearchLimits:
    """Return the limits that a form asks for. Raises InputError where it asks for others than are offered."""
    gap, minutes = given.get("gap", ""), given.get("minutes", "")
    if gap not in GAPS or minutes not in MINUTES:
        raise InputError([Problem(_("Choose how near and how long, as the page offers."))])
    return limits_of(float(gap), 60.0 * int(minutes), usual)


def limits_of(gap: float, seconds: float, usual: SearchLimits) -> SearchLimits:
    """Return the limits of a search that goes on to within a gap [0-1], for so long [s]."""
    return replace(usual, gap=gap, time_limit=seconds)


def plan_of(bench: Bench, scenario: Scenario) -> CheckedPlan | None:
    """Return the stored plan of a scenario as it stands, from which its search goes on; None where there is none."""
    try:
        kept = bench.workspace.kept(scenario.id)
    except PlannerError:
        return None
    return kept if kept is not None and kept.stored.scenario.sha256 == scenario.sha256 else None
