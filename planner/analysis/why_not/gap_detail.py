"""The gap of a group in a competency: how much of it the plan closes, and the programmes that close it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.analysis.plans.moves import people_of
from planner.analysis.why_not.exclusions import ExclusionFinder
from planner.domain.chances import chances
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


@dataclass(frozen=True, slots=True)
class ClosingProgramme:
    """A programme that closes the competency, for one group."""

    programme: str
    effect: Fraction
    """Share of participants whose gap is closed [0-1]."""
    people: int
    """Participants of the group in the plan [people]."""
    excluded: bool
    """Whether the group cannot have a seat in it."""

    @property
    def closes(self) -> Fraction:
        """effect x people, not limited by the gap [expected people]."""
        return self.effect * self.people


@dataclass(frozen=True)
class GapDetail:
    """The gap of a group in a competency, in the plan in question."""

    group: str
    competency: str
    need: int
    closed: Fraction
    willing: Fraction
    """gap x share willing in the plan: upper limit of what can be closed [expected people]."""
    chances: Fraction
    """Participants whose gap had its one chance in some programme [people]."""
    programmes: tuple[ClosingProgramme, ...]
    """All programmes that close the competency, in file order."""

    @property
    def left(self) -> Fraction:
        return self.need - self.closed


def gap_detail(scenario: Scenario, plan: Plan, finder: ExclusionFinder, group_id: str, competency: str) -> GapDetail:
    """Return the gap of a group in a competency and how the plan closes it."""
    group = scenario.group[group_id]
    need = group.needs.get(competency, 0)
    closed = next((c.closed for c in plan.closings if (c.group, c.competency) == (group_id, competency)), Fraction(0))
    people = people_of(plan)
    programmes = tuple(
        ClosingProgramme(
            programme.id,
            programme.closes[competency],
            people.get((group_id, programme.id), 0),
            bool(finder.exclusions(group, programme)),
        )
        for programme in scenario.programmes
        if competency in programme.closes
    )
    willing = need * group.willing(group_id in plan.socialized)
    participants = {(row.group, row.programme, row.period): row.participants for row in plan.allocations}
    taken = chances(scenario, participants, plan.socialized)
    tried = sum((n for (g, _, c), n in taken.items() if (g, c) == (group_id, competency)), Fraction(0))
    return GapDetail(group_id, competency, need, closed, willing, tried, programmes)
