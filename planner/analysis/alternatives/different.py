"""Alternatives: nearly best plans that differ as much as possible from the best plan and from each other.

Method: modelling to generate alternatives (hop, skip, jump; Brill, Chang and Hopkins 1982). Each further plan avoids
what the known plans use,

    minimise  sum over (g,p) of  (known plans in which group g takes programme p)  x  participants[g,p]

among all plans that lose at most a small share of the best plan's gaps closed. Where that returns a known plan, extreme
plans are made: the most and the fewest participants of each (group, programme), or, where these are many, of each of
the largest programmes. The extreme plan that differs most from all known plans is taken.

It is not proven that no other set of plans differs more. That no other plan exists is certain only where the extreme
plans of every (group, programme) were made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from planner.analysis.plans.moves import Moves, moves, people_of
from planner.analysis.plans.nearly_best import NearlyBest, nearly_best, plan_of_result
from planner.batch.inquiry import Inquiry
from planner.model.sets import make_sets
from planner.planning import Aim
from planner.plans.measures import Measures
from planner.plans.plan import Plan

SEARCH_GAP: Final = 0.05
"""Relative gap of the search for an alternative; its distance need not be proven largest."""

SEARCH_SECONDS: Final = 60.0
"""Time limit of one search; the plan found by then is taken [s]."""

MOST_PAIRS: Final = 12
"""Up to this many (group, programme) pairs, an extreme plan is made per pair; beyond it, per large programme."""

LARGEST_PROGRAMMES: Final = 6
"""Number of large programmes for which extreme plans are made."""

Ending = Literal["enough", "same", "none"]


@dataclass(frozen=True)
class Alternative:
    """A checked, nearly best plan."""

    plan: Plan
    moves: Moves
    """Changes from the best plan."""
    distance: int
    """Distance to the most similar plan known before it [people placed differently]."""


@dataclass(frozen=True)
class Alternatives:
    """The plan and its alternatives, in the order of finding."""

    plan: Plan
    within: Fraction
    """Share of the gaps closed (and of each level above) that an alternative may lose [0-1]."""
    most: int
    found: tuple[Alternative, ...]
    ending: Ending
    """enough: as many as asked for; same: no further plan that differs was found; none: the search found no plan."""
    message: str = ""

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Best plan and all alternatives."""
        return self.plan, *(each.plan for each in self.found)


def alternatives(inquiry: Inquiry, within: Fraction = Fraction(1, 100), most: int = 5) -> Alternatives:
    """Return up to `most` plans that lose at most `within` and differ from the inquiry's plan and from each other."""
    limit = nearly_best(inquiry, within)
    limits = inquiry.limits
    brief = replace(limits, time_limit=min(SEARCH_SECONDS, limits.time_limit or SEARCH_SECONDS))
    rough = replace(inquiry, limits=replace(brief, gap=max(SEARCH_GAP, limits.gap)))
    found: list[Alternative] = []
    ends: list[Plan] | None = None
    while len(found) < most:
        known = [inquiry.plan, *(each.plan for each in found)]
        plan, message = _next_alternative(rough, limit, known, len(known)) if ends is None else (None, "")
        if plan is None and ends is None:
            return Alternatives(inquiry.plan, within, most, tuple(found), "none", message)
        if plan is None or not _smallest_distance(plan, known):
            ends = _extreme_plans(replace(inquiry, limits=brief), limit) if ends is None else ends
            plan = _furthest(ends, known)
        distance = _smallest_distance(plan, known)
        if not distance:
            return Alternatives(inquiry.plan, within, most, tuple(found), "same")
        found.append(Alternative(plan, moves(inquiry.plan, plan), distance))
    return Alternatives(inquiry.plan, within, most, tuple(found), "enough")


def _smallest_distance(plan: Plan, known: list[Plan]) -> int:
    """Return the distance to the most similar known plan [people placed differently]."""
    return min(moves(other, plan).people_moved for other in known)


def _furthest(plans: list[Plan], known: list[Plan]) -> Plan:
    """Return the plan that differs most from all known plans; a known plan if `plans` is empty."""
    return max(plans, key=lambda plan: _smallest_distance(plan, known), default=known[0])


def _extreme_plans(inquiry: Inquiry, limit: NearlyBest) -> list[Plan]:
    """Return the plans with the fewest and the most participants of each (group, programme), or large programme."""
    offered = list(make_sets(inquiry.scenario).need)
    parts = [[pair] for pair in offered]
    if len(parts) > MOST_PAIRS:
        people = Measures(inquiry.scenario, inquiry.plan).participants_by_programme
        largest = sorted(people, key=lambda programme: -people[programme])[:LARGEST_PROGRAMMES]
        parts = [[pair for pair in offered if pair[1] == programme] for programme in largest]
    points = [
        inquiry.point(f"{end} {number}", limit.scenario, Aim(at_least=limit.asked, avoided=dict.fromkeys(part, weight)))
        for number, part in enumerate(parts)
        for end, weight in (("fewest", 1.0), ("most", -1.0))
    ]
    results = inquiry.solve(points) if points else {}
    made = [plan_of_result(inquiry, result)[0] for result in results.values()]
    return [plan for plan in made if plan is not None and limit.holds(plan)]


def _next_alternative(inquiry: Inquiry, limit: NearlyBest, known: list[Plan], number: int) -> tuple[Plan | None, str]:
    """Return the plan that avoids what the known plans use, or None with the reason."""
    used = Counter(pair for plan in known for pair in people_of(plan))
    aim = Aim(at_least=limit.asked, avoided={pair: float(times) for pair, times in used.items()})
    point = inquiry.point(f"alternative {number}", limit.scenario, aim)
    result = inquiry.solve([point])[point.name]
    plan, message = plan_of_result(inquiry, result)
    return (plan, message) if plan is None or limit.holds(plan) else (None, "")
