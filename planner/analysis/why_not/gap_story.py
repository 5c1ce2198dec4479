"""The gap of one group in one competency: how much of it the plan closes, by what, and what else could."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.analysis.plans.moves import people_of
from planner.analysis.why_not.exclusions import Excluder
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan


@dataclass(frozen=True, slots=True)
class Closer:
    """A programme that closes the competency, as seen by one group."""

    programme: str
    effect: Fraction
    """Share of participants whose gap is closed [0-1]."""
    people: int
    """Participants of the group in the plan [people]."""
    excluded: bool
    """Whether the group can have no seat in it."""

    @property
    def closes(self) -> Fraction:
        """effect x people: what they would close if the gap were large enough [expected people]."""
        return self.effect * self.people


@dataclass(frozen=True)
class GapStory:
    """A gap in the plan in question."""

    group: str
    competency: str
    need: int
    closed: Fraction
    willing: Fraction
    """gap x share willing as the plan has it: no more than this can be closed [expected people]."""
    closers: tuple[Closer, ...]
    """All programmes that close the competency, in the order of the file."""

    @property
    def left(self) -> Fraction:
        return self.need - self.closed


def gap_story(scenario: Scenario, plan: Plan, excluder: Excluder, group_id: str, competency: str) -> GapStory:
    """How the plan treats the gap of a group in a competency."""
    group = scenario.group[group_id]
    need = group.gaps.get(competency, 0)
    closed = next((c.closed for c in plan.closings if (c.group, c.competency) == (group_id, competency)), Fraction(0))
    people = people_of(plan)
    closers = tuple(
        Closer(
            programme.id,
            programme.closes[competency],
            people.get((group_id, programme.id), 0),
            bool(excluder.exclusions(group, programme)),
        )
        for programme in scenario.programmes
        if competency in programme.closes
    )
    willing = need * group.willing(group_id in plan.socialized)
    return GapStory(group_id, competency, need, closed, willing, closers)
