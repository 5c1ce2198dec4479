"""What can leave a group without a seat in a programme."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from planner.domain.checks.problem import Path

ExclusionKind = Literal[
    "for", "no_gap", "later", "unwilling", "release", "hours_each", "days_each", "no_classes", "mentors", "unpayable",
    "unaffordable", "smallest", "class_size", "classes_min", "resources", "periods", "over", "requires",
    "requires_late", "requires_any",
]  # fmt: skip
"""What excludes a group, see `Exclusion`."""


@dataclass(frozen=True)
class FundExclusion:
    """A fund that may not pay a cost item: the selector of `pays` that excludes it, and its path."""

    fund: str
    by: str
    path: Path


@dataclass(frozen=True)
class Exclusion:
    """A condition that leaves no seat for a group in a programme.

    for            the programme's `for` asks for `names` of the attribute `detail`, and the group has `others`
    no_gap         the group has no gap in the competencies `names` that the programme closes
    later          it starts only in the periods `names`, and enough people for one are in need only from `others` on
    unwilling      `numbers` = (need, share willing) is less than one person
    release        `numbers` = (share released, person-days of the best start, days of one participant): too few
    hours_each     `numbers` = (JP per person, JP of the programme): more than one person may take; where some are taken
                   already, followed by (JP per person before that, JP taken)
    days_each      `numbers` = (most days of the programme in a period, working days of that period), at any start
    no_classes     the limit `detail` of classes is 0
    mentors        the pool `detail` has less than `numbers` = (mentors, share of a mentor that one participant takes)
    unpayable      no fund may pay the item `detail`, due per `names`; `fund_exclusions` has the reasons
    unaffordable   `numbers` = (least cost of a run with the group, money of the funds that may pay for it) [rupiah]
    smallest       `numbers` = (people of the group who could start it in one period, fewest that it takes of a group)
    class_size     `numbers` = (people who could attend, smallest class)
    classes_min    `numbers` = (classes that these people fill, fewest classes)
    resources      in each period in which it may be held, the smallest run needs more of `names` than there is
    periods        it may start in no period in which it ends within the horizon; `numbers` = (periods it lasts)
    over           the periods in which it may start are over
    requires       the prerequisite `detail` is impossible for the group, `because` of these
    requires_late  the prerequisite `detail` starts in `names` only, the programme in `others`
    requires_any   one of `names` is enough, and none of them is possible, `because` of these (one for each name)
    """

    kind: ExclusionKind
    path: Path
    detail: str = ""
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    numbers: tuple[Fraction, ...] = ()
    fund_exclusions: tuple[FundExclusion, ...] = ()
    because: tuple[Exclusion, ...] = ()
