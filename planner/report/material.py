"""The common data of all parts of a report: scenario, plan, measures and formats."""

from __future__ import annotations

import datetime
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from planner.check.actuals import broken_by_facts
from planner.check.rows import StatedCell, StatedDecisions, StatedPayer
from planner.check.verdict import Finding
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.plans.budget_lines import BudgetLine, budget_lines
from planner.plans.certainty import LikelyRange, likely_range
from planner.plans.closed_by_people import ClosedByPeople, closed_by_people
from planner.plans.coverage import Coverage
from planner.plans.fund_left import FundsLeft
from planner.plans.hours_reached import hours_reached
from planner.plans.measures import Measures
from planner.plans.open_gaps import OpenGaps
from planner.plans.overlap import closed_at_least
from planner.plans.plan import Plan
from planner.plans.plan_rows import Seats
from planner.plans.resource_use import ResourceUse
from planner.plans.stored_figures import as_written
from planner.report.wording.formats import NOTHING, Formats, places_needed
from planner.units.said import nearest


@dataclass(frozen=True)
class Material:
    """One plan with its measures, and how its figures are written."""

    scenario: Scenario
    plan: Plan
    formats: Formats
    warnings: tuple[str, ...] = ()
    year_of_rka: str = ""
    """The year of the RKA; the first of the plan that is not over when empty."""
    before: Plan | None = None
    """The first plan, where this one is of what was left of it."""
    approval: str = ""
    """Who has approved the plan, and when, as printed; empty where nobody has."""

    @property
    def year(self) -> str:
        """The year of the RKA."""
        return self.year_of_rka or self.scenario.first_open_year

    @property
    def several_years(self) -> bool:
        return len(self.scenario.years) > 1

    @property
    def hours_per_person(self) -> str:
        """What an average of JP is called: where there are several years it is that of one year."""
        return _("JP per person and year") if self.several_years else _("JP per person")

    @cached_property
    def measures(self) -> Measures:
        return Measures(self.scenario, self.plan)

    @cached_property
    def likely_range(self) -> LikelyRange:
        """How far the gaps closed may be from what is expected, by chance alone."""
        return likely_range(self.measures)

    @cached_property
    def closed_at_least(self) -> Fraction:
        """The gaps closed with the least possible overlap."""
        return closed_at_least(self.measures)

    @cached_property
    def closed_by_people(self) -> ClosedByPeople:
        """The gaps closed by who attends what in the patterns of the plan."""
        return closed_by_people(self.scenario, self.plan)

    @cached_property
    def overlap_matters(self) -> bool:
        """Whether less is closed with the least overlap of gaps; patterns that close less still say more."""
        return self.closed_at_least != self.plan.gaps_closed and self.closed_at_least <= self.closed_by_people.closed

    @cached_property
    def bound(self) -> Fraction:
        """The bound of the plan, exactly as the decimal number that is stored."""
        return Fraction(repr(self.plan.bound))

    @cached_property
    def seconds(self) -> Fraction | None:
        """Solving time, exactly as the decimal number that is stored [seconds]; None where none is."""
        stored = self.plan.solver.seconds
        return None if stored is None else Fraction(repr(stored))

    @cached_property
    def reached_by_group(self) -> dict[str, tuple[int, int]]:
        """People of each group who reach the target of JP, and without basic training; empty with years told apart."""
        if len(self.scenario.one_person.years) > 1:
            return {}
        less = hours_reached(self.scenario, self.plan.attendance, without_basic=True)
        rows = zip(self.plan.hours_target, less, strict=False)
        return {row.group: (row.reached, without.reached) for row, without in rows}

    @cached_property
    def seats_by_group(self) -> dict[str, list[Seats]]:
        """Free seats by group; groups without any are missing."""
        rows: dict[str, list[Seats]] = defaultdict(list)
        for row in self.plan.seats:
            rows[row.group].append(row)
        return dict(rows)

    @cached_property
    def budget_lines(self) -> tuple[BudgetLine, ...]:
        """The budget lines of the whole plan."""
        return budget_lines(self.scenario, self.plan)

    @cached_property
    def open_gaps(self) -> OpenGaps:
        return OpenGaps(self.measures)

    @cached_property
    def funds_left(self) -> FundsLeft:
        return FundsLeft(self.measures, self.open_gaps)

    @cached_property
    def broken_by_facts(self) -> tuple[Finding, ...]:
        """What facts break, as the plan of the rest leaves it: a share of the whole may be kept again."""
        plan, decided = self.plan, self.plan.decisions(self.scenario)
        payers = (
            StatedPayer(row.fund, StatedCell(row.programme, row.group, row.item, row.account, row.period))
            for row in plan.payments
        )
        paid = dict(zip(payers, (row.amount for row in plan.payments), strict=True))
        stated = StatedDecisions(dict(decided.participants), classes=dict(decided.classes), payments=paid)
        return broken_by_facts(self.scenario, stated)

    @cached_property
    def resource_use(self) -> ResourceUse:
        return ResourceUse(self.scenario, self.measures)

    @cached_property
    def counts_hours(self) -> bool:
        """Whether any programme states its JP; otherwise reports do not mention JP."""
        return any(programme.hours for programme in self.scenario.programmes)

    @cached_property
    def participants_in_classes(self) -> int:
        """Participations in programmes with classes."""
        return sum(row.participants for row in self.plan.classes)

    @cached_property
    def gap_places(self) -> int:
        """Number of decimals of gaps: as many as are needed to be exact, at most four.

        Rows then sum to the totals printed, except where a share such as 1/3 has no finite decimal form.
        """
        by_year = [row.closed for year in self.measures.years for row in year.rows]
        return places_needed([*(closing.closed for closing in self.plan.closings), *by_year])

    def gaps(self, value: int | Fraction) -> str:
        """Format a number of gaps."""
        return self.formats.number(value, self.gap_places)

    def gaps_in_words(self, value: int | Fraction) -> str:
        """Format a number of gaps for a sentence or a headline."""
        return self.formats.gaps_in_words(value)

    def gaps_in_brief(self, value: int | Fraction) -> str:
        """Format a number of gaps for a column of a summary: in every row one decimal, or none where none is needed."""
        return self.formats.fixed(value, min(1, self.gap_places))

    def gaps_in_column(self, value: int | Fraction) -> str:
        """Format a number of gaps with the same decimals in every row."""
        return self.formats.fixed(value, self.gap_places)

    def coverage(self, coverage: Coverage) -> str:
        """Format closed / need in percent; a dash where nothing is needed."""
        return self.formats.share(coverage.share) if coverage.need else NOTHING

    def whole_coverage(self, coverage: Coverage) -> tuple[str, str]:
        """Format closed in whole gaps, and the share of what is needed; where whole gaps would be another share, as 20
        of 40 for 20.2 (50.5%), with a decimal. A dash where nothing is needed."""
        closed, share = nearest(coverage.closed), self.coverage(coverage)
        same = not coverage.need or self.formats.share(Fraction(closed, coverage.need)) == share
        return self.formats.count(closed) if same else self.formats.number(coverage.closed, 1), share

    def money(self, amount: int) -> str:
        """Format rupiah for a column headed Rp."""
        return self.formats.count(amount)

    def zero_as_dash(self, text: str, value: int | Fraction) -> str:
        """Return `text`, or a dash where `value` is 0, for wide tables with many zeros."""
        return text if value else NOTHING

    def agency(self, name: str | None) -> str:
        return name if name is not None else _("no agency named")


def material_of(
    scenario: Scenario,
    plan: Plan,
    warnings: Sequence[str] = (),
    *,
    before: Plan | None = None,
    language: str | None = None,
    year: str = "",
) -> Material:
    """Return the material of all documents of a plan, in the language of the scenario unless `language` is given.

    Documents made from the same material work out its figures once.
    """
    formats = Formats(language or scenario.scenario.language)
    return Material(scenario, as_written(plan), formats, tuple(warnings), year, before)


def today() -> datetime.date:
    """Return the date of a report: that of SOURCE_DATE_EPOCH where it is set, for reproducible reports, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date()
    return datetime.date.today()


def listed(parts: Sequence[str]) -> str:
    """Join texts as "a; b; c"."""
    return "; ".join(parts)


MOST_NAMED: Final = 8
"""Maximum number of records that one sentence names."""


def named(parts: Sequence[str], most: int = MOST_NAMED) -> str:
    """Join texts as `listed`, but of many only the first, and how many more there are."""
    more = len(parts) - most
    if more <= 0:
        return listed(parts)
    return listed([*parts[:most], _("and {number} more").format(number=more)])


LONGEST_NAME: Final = 60
"""Maximum length of a name in a sentence that names many [characters]; tables have it in full."""


def brief(name: str) -> str:
    """Return a name, of a very long one its beginning."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
