"""Alternatives: plans nearly as good as the best that differ from it, and from each other, as much as can be.

The method is that of modelling to generate alternatives (hop, skip, jump; Brill, Chang and Hopkins 1982): each
further plan avoids what the plans known so far use,

    minimise  sum over (g,p) of  (plans known in which group g takes programme p)  x  participants[g,p]

among all plans that lose at most a small share of what the best one reaches. Where that leads back to a plan that is
known, the ends of what is possible are tried, the most and the fewest participants of each (group, programme), or of
each of the largest programmes where there are many; of these the one that differs most from all known is taken.

Plans found so differ much from each other; that no other set of plans would differ more is not proven. That there is
no other plan at all is certain where the ends of every (group, programme) were tried.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from planner.analysis.plans.moves import Moves, moves, people_of
from planner.analysis.plans.nearly_best import NearlyBest, nearly_best, of_scenario
from planner.batch.inquiry import Inquiry
from planner.model.sets import make_sets
from planner.planning import Aim
from planner.plans.measures import Measures
from planner.plans.plan import Plan

ROUGH: Final = 0.05
"""Relative gap of the search for a plan that differs: how much it does need not be proven."""

LONGEST: Final = 60.0
"""Most time for one of these searches; what it has found by then is taken [seconds]."""

FEW: Final = 12
"""Up to so many (group, programme) each is tried by itself, and beyond the FEWER largest programmes."""

FEWER: Final = 6

Ending = Literal["enough", "same", "none"]


@dataclass(frozen=True)
class Alternative:
    """A checked plan nearly as good as the best."""

    plan: Plan
    moves: Moves
    """What changes against the best plan."""
    nearest: int
    """People placed differently against the most similar of the plans known before it."""


@dataclass(frozen=True)
class Alternatives:
    """The plan and its alternatives, in the order in which they were found."""

    plan: Plan
    within: Fraction
    """Share of gaps closed (and of levels above it) that an alternative may lose."""
    most: int
    found: tuple[Alternative, ...]
    ending: Ending
    """enough: as many as asked for; same: nothing further was found that differs; none: the search found no plan."""
    message: str = ""

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The best plan and all alternatives."""
        return self.plan, *(each.plan for each in self.found)


def alternatives(inquiry: Inquiry, within: Fraction = Fraction(1, 100), most: int = 5) -> Alternatives:
    """Up to `most` plans that lose at most `within` and differ from the plan of `inquiry` and from each other."""
    limit = nearly_best(inquiry, within)
    limits = inquiry.limits
    brief = replace(limits, time_limit=min(LONGEST, limits.time_limit or LONGEST))
    rough = replace(inquiry, limits=replace(brief, gap=max(ROUGH, limits.gap)))
    found: list[Alternative] = []
    ends: list[Plan] | None = None
    while len(found) < most:
        known = [inquiry.plan, *(each.plan for each in found)]
        plan, message = _next(rough, limit, known, len(known)) if ends is None else (None, "")
        if plan is None and ends is None:
            return Alternatives(inquiry.plan, within, most, tuple(found), "none", message)
        if plan is None or not _nearest(plan, known):
            ends = _ends(replace(inquiry, limits=brief), limit) if ends is None else ends
            plan = _furthest(ends, known)
        nearest = _nearest(plan, known)
        if not nearest:
            return Alternatives(inquiry.plan, within, most, tuple(found), "same")
        found.append(Alternative(plan, moves(inquiry.plan, plan), nearest))
    return Alternatives(inquiry.plan, within, most, tuple(found), "enough")


def _nearest(plan: Plan, known: list[Plan]) -> int:
    """People placed differently against the most similar of the known plans."""
    return min(moves(other, plan).people_moved for other in known)


def _furthest(plans: list[Plan], known: list[Plan]) -> Plan:
    """The plan that differs most from all known plans; one of these where there is none."""
    return max(plans, key=lambda plan: _nearest(plan, known), default=known[0])


def _ends(inquiry: Inquiry, limit: NearlyBest) -> list[Plan]:
    """The plans with the fewest and the most participants of each (group, programme), or of large programmes."""
    offered = list(make_sets(inquiry.scenario).need)
    parts = [[pair] for pair in offered]
    if len(parts) > FEW:
        people = Measures(inquiry.scenario, inquiry.plan).participants_by_programme
        largest = sorted(people, key=lambda programme: -people[programme])[:FEWER]
        parts = [[pair for pair in offered if pair[1] == programme] for programme in largest]
    points = [
        inquiry.point(f"{end} {number}", limit.scenario, Aim(at_least=limit.asked, avoided=dict.fromkeys(part, weight)))
        for number, part in enumerate(parts)
        for end, weight in (("fewest", 1.0), ("most", -1.0))
    ]
    results = inquiry.solve(points) if points else {}
    made = [of_scenario(inquiry, result)[0] for result in results.values()]
    return [plan for plan in made if plan is not None and limit.holds(plan)]


def _next(inquiry: Inquiry, limit: NearlyBest, known: list[Plan], number: int) -> tuple[Plan | None, str]:
    """The plan that avoids most of what the known plans use; None with a reason."""
    used = Counter(pair for plan in known for pair in people_of(plan))
    aim = Aim(at_least=limit.asked, avoided={pair: float(times) for pair, times in used.items()})
    point = inquiry.point(f"alternative {number}", limit.scenario, aim)
    result = inquiry.solve([point])[point.name]
    plan, message = of_scenario(inquiry, result)
    return (plan, message) if plan is None or limit.holds(plan) else (None, "")
