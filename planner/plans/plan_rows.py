"""The rows of a plan: allocations, classes, seats, closings, and the results of years, funds, rules and levels."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.domain.objectives import Bucket, Goal
from planner.plans.claim import Claim


@dataclass(frozen=True, slots=True)
class Allocation:
    """People of a group in a programme in a period."""

    group: str
    programme: str
    period: str
    participants: int
    actual: bool = False
    """Whether it has happened already."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes (angkatan) of a programme held in a period, and who sits in them."""

    programme: str
    period: str
    classes: int
    participants: int
    actual: bool = False
    """Whether it has happened already."""


@dataclass(frozen=True, slots=True)
class Seats:
    """Free seats that a fund gives, among the participants of a group."""

    fund: str
    programme: str
    group: str
    period: str
    seats: int
    actual: bool = False
    """Whether it has happened already."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Gaps of a group in a competency: needed [people] and closed [expected people, exact]."""

    group: str
    competency: str
    need: int
    closed: Fraction


@dataclass(frozen=True, slots=True)
class YearResult:
    """Gaps by the end of a year: those that exist by then [people], and closed of them [expected people, exact].

    Closed by the courses that have ended by then: it is what the same plan would close if it ended with the year.
    """

    year: str
    need: int
    closed: Fraction


@dataclass(frozen=True, slots=True)
class HoursTarget:
    """How many people of a group reach the target of JP in a year, of all its people [people]."""

    year: str
    group: str
    people: int
    reached: int


@dataclass(frozen=True, slots=True)
class FundUse:
    """What a fund has and spends [rupiah]."""

    fund: str
    amount: int
    spent: int


@dataclass(frozen=True, slots=True)
class RuleResult:
    """A rule: its measure, its bounds in the unit of the measure (shares as numbers), and whether it holds.

    `of` is the programme, group, agency or location of the bounds of a rule with `per`; plan.json has it only there.
    """

    rule: str
    measure: Fraction
    at_least: Fraction | None
    at_most: Fraction | None
    held: bool
    of: str | None = None

    @property
    def slack(self) -> Fraction:
        """Distance of the measure to the nearest bound, in its unit; negative if the rule is missed."""
        below = [] if self.at_least is None else [self.measure - self.at_least]
        above = [] if self.at_most is None else [self.at_most - self.measure]
        return min([*below, *above], default=Fraction(0))


@dataclass(frozen=True, slots=True)
class LevelResult:
    """The value of a level of the objective, the bound stated (None: no bound), the claim that it justifies, and the
    exact bound."""

    goal: Goal
    by: Bucket | None
    value: Fraction
    bound: float | None
    claim: Claim = Claim.CLAIMED
    exact_bound: float | None = None
