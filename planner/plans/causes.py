"""What keeps a gap open, and how many gaps each cause keeps open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Cause(StrEnum):
    """A cause that keeps a gap open."""

    NO_PROGRAMME = "no_programme"
    """No programme on offer closes it for this group."""
    LATER = "later"
    """The gap arises only in a later year than those in which the programmes can be held."""
    UNWILLING = "unwilling"
    """People are not willing to take part: 1 - r[g] of the gap."""
    SUCCESS = "success"
    """All who are willing take part, or some would not reach the standard even if all took the best programme."""
    HOURS = "hours"
    """The JP per person are used up, or the programme has more than one person may take."""
    DAYS = "days"
    """The working days of each person are used up."""
    RELEASE = "release"
    """No more working days can be released in any period."""
    MENTORS = "mentors"
    """All mentors are taken in every period."""
    RESOURCES = "resources"
    """Places, trainers or rooms are used up in every period."""
    SMALLEST = "smallest"
    """Fewer people are left than the programme takes of a group in a period, or than a further class takes."""
    CLASSES = "classes"
    """All seats are taken and no further class is allowed."""
    RULES = "rules"
    """In every period one more participant would break a limit of the planner's own rules."""
    CHOICES = "choices"
    """The programme may not run beside what runs, or without what does not run."""
    MONEY = "money"
    """The money left is less than one more participant costs, and nothing that money cannot change is in the way."""
    SEVERAL = "several"
    """Each programme is ruled out, by different ones of these causes."""
    PRIORITY = "priority"
    """No single certain cause: the plan uses the means elsewhere."""


Reasons = tuple[Cause, ...]
"""Causes that together rule out every programme, each of them some, in the order of `Cause`."""


@dataclass(frozen=True, slots=True)
class OpenGap:
    """Gaps of a group in a competency that stay open, by cause."""

    group: str
    competency: str
    left: Fraction
    """need - closed."""
    unwilling: Fraction
    """Of these, the part of people not willing: gap x (1 - r[g]); nothing where no programme is on offer."""
    not_reached: Fraction
    """Of these, the part of willing people who would not reach the standard even if all of them took the best programme
    on offer: nothing else could close it, so it counts as SUCCESS."""
    cause: Cause
    """Cause of the remaining part, or of all where nothing remains."""
    causes: tuple[Cause, ...]
    """The causes that `several` stands for."""
    resources: tuple[str, ...] = ()
    """Ids of what is used up, where that is a cause."""
    rules: tuple[str, ...] = ()
    """Names of the rules that one more participant would break, where that is a cause."""

    @property
    def reasons(self) -> Reasons:
        """The cause of the remaining part, or those of its programmes where they are several."""
        return self.causes or (self.cause,)

    @property
    def rest(self) -> Fraction:
        """The part that the reasons keep open."""
        return self.left - self.unwilling - self.not_reached

    @property
    def parts(self) -> dict[Reasons, Fraction]:
        """Open gaps by their reasons, without parts of none; they add up to all that is left."""
        sums = {self.reasons: self.rest}
        for cause, part in ((Cause.UNWILLING, self.unwilling), (Cause.SUCCESS, self.not_reached)):
            sums[(cause,)] = sums.get((cause,), Fraction(0)) + part
        return {reasons: gaps for reasons, gaps in sums.items() if gaps}


def gaps_by_reasons(rows: Iterable[OpenGap]) -> dict[Reasons, Fraction]:
    """Open gaps by their reasons, single causes first; the parts of people who are not willing, and of those who would
    not reach the standard in any programme, count as such."""
    sums: dict[Reasons, Fraction] = {(cause,): Fraction(0) for cause in Cause}
    for row in rows:
        for reasons, gaps in row.parts.items():
            sums[reasons] = sums.get(reasons, Fraction(0)) + gaps
    return {reasons: gaps for reasons, gaps in sums.items() if gaps}


@dataclass(frozen=True, slots=True)
class LeadingCause:
    """Open gaps whose leading cause is the same."""

    cause: Cause
    gaps: Fraction
    """All of them."""
    alone: Fraction
    """Of these, the gaps of which it is the only cause; in the others it rules out some programmes."""


def leading_causes(gaps: Mapping[Reasons, Fraction]) -> list[LeadingCause]:
    """Return open gaps by leading cause, the largest first and those without a certain cause last; each gap once.

    Of several causes, the one leads that is among the causes of most gaps. SUCCESS (all who are willing take part
    already) leads only where nothing else rules out a programme, since nobody can change it.
    """
    of_cause: dict[Cause, Fraction] = defaultdict(Fraction)
    for reasons, number in gaps.items():
        for cause in _leaders(reasons):
            of_cause[cause] += number
    order = list(Cause)
    led: dict[Cause, LeadingCause] = {}
    for reasons, number in gaps.items():
        cause = max(_leaders(reasons), key=lambda each: (of_cause[each], -order.index(each)))
        before = led.get(cause, LeadingCause(cause, Fraction(0), Fraction(0)))
        alone = number if len(reasons) == 1 else Fraction(0)
        led[cause] = LeadingCause(cause, before.gaps + number, before.alone + alone)
    named = sorted(led.values(), key=lambda each: (-each.gaps, order.index(each.cause)))
    return sorted(named, key=lambda each: each.cause is Cause.PRIORITY)


def _leaders(reasons: Reasons) -> Reasons:
    """Return the causes that may lead: all but SUCCESS, unless it is the only one."""
    return tuple(cause for cause in reasons if cause is not Cause.SUCCESS) or reasons
