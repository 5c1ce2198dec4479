"""The scenario: everything a plan is made from, resolved, frozen and hashable."""

from collections.abc import Collection
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planner.domain.activities import Activity
from planner.domain.actuals import Actuals
from planner.domain.base import OutermostRecord, Quantity, Share, as_tuple
from planner.domain.choices import Choices
from planner.domain.competencies import Competency
from planner.domain.facts import Facts
from planner.domain.floor import Floor
from planner.domain.funds import Fund
from planner.domain.groups import Group, MentorPool
from planner.domain.identity import Identity
from planner.domain.objectives import DEFAULT_LEVELS, Level
from planner.domain.one_person import OnePerson
from planner.domain.people import PeopleTable
from planner.domain.periods import PeriodEntry, days_in, period_id, period_year
from planner.domain.picks import Picks
from planner.domain.prices import PriceYear
from planner.domain.programmes import Mentoring, Programme
from planner.domain.resources import Resource
from planner.domain.rules import Rule
from planner.domain.selectors import CompetencySelector, FundSelector, GroupSelector, ProgrammeSelector
from planner.domain.willingness import Willingness
from planner.domain.words import Narrative

if TYPE_CHECKING:
    from planner.domain.cells import Funding


def _version(value: Any) -> Any:
    """Return the format version, which is the number 1; true and 1.0 equal it but are refused."""
    if type(value) is not int:
        raise PydanticCustomError("literal_error", "Input should be 1", {"expected": "1"})
    return value


class Scenario(OutermostRecord):
    """One resolved scenario. Lists keep the order of the file: it decides ties."""

    format: Annotated[Literal[1], BeforeValidator(_version)]
    """Version of the format: 1."""
    scenario: Identity
    """Title, agency, year and sources."""
    periods: Annotated[tuple[PeriodEntry, ...], BeforeValidator(as_tuple), Field(min_length=1)] | None = None
    """Periods of the horizon in order, names or records; one period, the fiscal year, when absent."""
    hours_per_day: Quantity = Field(default=Fraction(8), gt=0)
    """JP in one training day, from which the days of a programme follow [JP, > 0]."""
    price_growth: Share = Fraction(0)
    """By how much every price that names no year grows from one year to the next [0-1]."""
    competencies: Annotated[tuple[Competency, ...], Field(min_length=1)]
    """Competencies of the job standard."""
    people: PeopleTable | None = None
    """List of people that groups are made of."""
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    """ASN groups."""
    mentor_pools: tuple[MentorPool, ...] = ()
    """Seniors who may mentor."""
    resources: tuple[Resource, ...] = ()
    """Places, trainers and rooms that programmes use."""
    activities: tuple[Activity, ...] = ()
    """Activities of the budget (sub kegiatan) that programmes belong to."""
    programmes: Annotated[tuple[Programme, ...], Field(min_length=1)]
    """Training programmes."""
    choices: Choices = Choices.model_construct()
    """Relations between programmes: together, only_if, at_most_one_of."""
    funds: Annotated[tuple[Fund, ...], Field(min_length=1)]
    """Own budget and partners."""
    rules: tuple[Rule, ...] = ()
    """The planner's own rules."""
    objective: Annotated[tuple[Level, ...], Field(min_length=1)] = DEFAULT_LEVELS
    """Levels of the objective."""
    actuals: Actuals | None = None
    """What has happened already; only the rest is planned."""
    narrative: Narrative = Narrative.model_construct()
    """The agency's own sentences for its documents; `file` names a Markdown file beside the scenario instead."""

    @property
    def id(self) -> str:
        return self.scenario.id

    @cached_property
    def horizon(self) -> tuple[str, ...]:
        """The periods in order; one named after the fiscal year when the scenario names none."""
        if self.periods is None:
            return (str(self.scenario.fiscal_year or "1"),)
        return tuple(map(period_id, self.periods))

    @cached_property
    def place_of_period(self) -> dict[str, int]:
        """The place of each period in the horizon, from 0."""
        return {period: place for place, period in enumerate(self.horizon)}

    @cached_property
    def year_of(self) -> dict[str, str]:
        """The year of each period; of one that names none the fiscal year, or "1" where there is none either."""
        years = [period_year(entry, self.scenario.fiscal_year) for entry in self.periods or self.horizon]
        return {t: "1" if year is None else str(year) for t, year in zip(self.horizon, years, strict=True)}

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years of the horizon in order."""
        return tuple(dict.fromkeys(self.year_of.values()))

    @property
    def first_open_year(self) -> str:
        """The first year with a period that is not over; the last year where all are over."""
        return self.year_of[(self.facts.rest or self.horizon[-1:])[0]]

    @cached_property
    def floors(self) -> dict[str, Floor]:
        """The legal floor of each year that has one, in order; a single one is that of the first year."""
        stated = self.scenario.floor
        if isinstance(stated, Floor):
            return {self.years[0]: stated}
        return {year: stated[year] for year in self.years if stated and year in stated}

    @cached_property
    def places_of_year(self) -> dict[str, tuple[int, int]]:
        """The places in the horizon of the first and the last period of each year, from 0."""
        years = list(self.year_of.values())
        return {year: (years.index(year), len(years) - 1 - years[::-1].index(year)) for year in self.years}

    @cached_property
    def price_year(self) -> dict[str, PriceYear]:
        """The year of the prices of each period, with what prices have grown by until then."""
        first = int(self.years[0])
        of_year = {y: PriceYear(y, (1 + self.price_growth) ** max(0, int(y) - first)) for y in self.years}
        return {period: of_year[year] for period, year in self.year_of.items()}

    def price_years_of(self, programme: Programme) -> tuple[PriceYear, ...]:
        """Return the years in which `programme` may start, with the growth of prices; the first year where it never
        may."""
        years = tuple(dict.fromkeys(self.price_year[period] for period in self.periods_of(programme)))
        return years or (self.price_year[self.horizon[0]],)

    def released(self, fund: Fund) -> dict[str, Fraction]:
        """Return the cumulative share of its amount, or of the year's, that `fund` may spend by the end of each period
        [0-1].

        A period that `releases` does not name keeps the last share named before it, with amounts per year in the same
        year; before the first named one it is 0%. A fund without releases has 100% from the first period on.
        """
        shares: dict[str, Fraction] = {}
        share, of_year = Fraction(0 if fund.releases else 1), ""
        for period, year in self.year_of.items():
            if fund.amounts and fund.releases and year != of_year:
                share, of_year = Fraction(0), year
            share = shares[period] = fund.releases.get(period, share)
        return shares

    @cached_property
    def working_days(self) -> dict[str, Fraction]:
        """Working days of one person in each period [days]."""
        entries = self.periods or self.horizon
        years = [period_year(entry, self.scenario.fiscal_year) for entry in entries]
        return {period_id(entry): days_in(entry, years.count(year)) for entry, year in zip(entries, years, strict=True)}

    @cached_property
    def one_person(self) -> OnePerson:
        """The hours and days that one person can take."""
        return OnePerson(self)

    @cached_property
    def group(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def programme(self) -> dict[str, Programme]:
        return {programme.id: programme for programme in self.programmes}

    @cached_property
    def competency(self) -> dict[str, Competency]:
        return {competency.id: competency for competency in self.competencies}

    @cached_property
    def fund(self) -> dict[str, Fund]:
        return {fund.id: fund for fund in self.funds}

    @cached_property
    def mentor_pool(self) -> dict[str, MentorPool]:
        return {pool.id: pool for pool in self.mentor_pools}

    @cached_property
    def resource(self) -> dict[str, Resource]:
        return {resource.id: resource for resource in self.resources}

    @cached_property
    def facts(self) -> Facts:
        """What has happened already, as the planner counts it; empty without actuals."""
        return Facts(self)

    def changed(self, **parts: Any) -> "Scenario":
        """Return this scenario with some parts replaced, as records; derived values are dropped, field names are
        checked."""
        self._ensure_fields(parts)
        return Scenario.model_construct(**{name: getattr(self, name) for name in Scenario.model_fields} | parts)

    def periods_of(self, programme: Programme) -> tuple[str, ...]:
        """Return the periods in which `programme` may still start, in the order of the horizon.

        It must end within the horizon; periods that are over are left out.
        """
        over = len(self.facts.over)
        return tuple(t for t in self.offered(programme) if self.place_of_period[t] >= over)

    def offered(self, programme: Programme) -> tuple[str, ...]:
        """Return the periods in which `programme` may start and end within the horizon, including periods that are
        over."""
        starts = self.horizon[: max(0, len(self.horizon) - programme.lasts + 1)]
        allowed = starts if programme.periods is None else set(programme.periods)
        return tuple(period for period in starts if period in allowed)

    def starts_of(self, programme: Programme) -> tuple[str, ...]:
        """Return the periods in which `programme` has started or may still start, in the order of the horizon."""
        open_periods = self.periods_of(programme)
        facts = self.facts
        started = {t for _g, p, t in facts.participants if p == programme.id} if facts else set()
        started |= {t for p, t in facts.classes if p == programme.id}
        return (*(t for t in facts.over if t in started), *open_periods) if started else open_periods

    @cached_property
    def picks(self) -> Picks:
        """What selectors select, remembered."""
        return Picks(self.groups, self.programmes, self.competencies)

    def programme_attributes(self, programme: Programme) -> dict[str, tuple[str, ...]]:
        """Return what selectors see of a programme."""
        return self.picks.of_programme(programme)

    def groups_in(self, selector: GroupSelector) -> tuple[Group, ...]:
        return self.picks.groups(selector)

    def programmes_in(self, selector: ProgrammeSelector) -> tuple[Programme, ...]:
        return self.picks.programmes(selector)

    def competencies_in(self, selector: CompetencySelector) -> tuple[Competency, ...]:
        return self.picks.competencies(selector)

    def funds_in(self, selector: FundSelector) -> tuple[Fund, ...]:
        return selector.pick(self.funds, Fund.attributes)

    @cached_property
    def funding(self) -> "Funding":
        """Which funds may pay what."""
        from planner.domain.cells import Funding  # here, since it imports this module

        return Funding(self)

    @cached_property
    def listed_groups(self) -> frozenset[str]:
        """Ids of the groups that were made of the list of people, which come behind the written ones."""
        read = self.people.read if self.people is not None else None
        made = self.groups[len(self.groups) - read.groups :] if read is not None else ()
        # where groups were added or removed afterwards nothing tells them apart, and all count as made of the list
        whole = read is None or sum(group.headcount for group in made) == read.people
        return frozenset(group.id for group in (made if whole else self.groups))

    @cached_property
    def willingness(self) -> Willingness:
        """The circles of groups whose willingness to take part is counted together."""
        return Willingness(self)

    def mentors_in(self, pool: MentorPool) -> Fraction:
        """Return share x headcount selected, not rounded [mentors], of a pool of this scenario.

        So many are there in a period in which nobody of these groups attends a mentoring programme.
        """
        return self._mentors[pool.id]

    @cached_property
    def _mentors(self) -> dict[str, Fraction]:
        """The mentors of each pool, worked out once: they are needed for each group, programme and period."""
        return {
            pool.id: pool.share * sum(group.headcount for group in self.groups_in(pool.from_))
            for pool in self.mentor_pools
        }

    @cached_property
    def mentors_from(self) -> dict[str, frozenset[str]]:
        """Ids of the groups that the mentors of each pool come from, by pool."""
        return {pool.id: frozenset(group.id for group in self.groups_in(pool.from_)) for pool in self.mentor_pools}

    def most_mentored(self, mentoring: Mentoring, group: Group) -> int:
        """Return the most people of one group whom a pool can mentor at once, if nobody else is mentored [people].

        Each mentee takes 1 / mentees_each of a mentor, and `share` of one more where the mentors come from the group.
        """
        pool = self.mentor_pool[mentoring.pool]
        each = Fraction(1, mentoring.mentees_each)
        if group.id in self.mentors_from[pool.id]:
            each += pool.share
        return int(self.mentors_in(pool) / each)

    def need(self, group: Group, programme: Programme, year: str | None = None) -> int:
        """Return need[g,p]: the largest gap of the group among the competencies the programme closes [people].

        By the end of a year, or of the plan.
        """
        gaps = group.needs_by(year)
        return max([gaps.get(c, 0) for c in programme.closes], default=0)

    def may_skip(self, group: Group, programme: Programme, enough: Collection[str], period: str) -> int:
        """Return how many people of a group may attend `programme` in a period without any of `enough` [people].

        They lack nothing that it teaches: the largest of max(0, need[g,p] - need[g,q]) in the years so far.
        """
        last = self.years.index(self.year_of[period]) + 1
        years = self.years[:last] if group.new_gaps else (None,)
        return max(
            max(0, self.need(group, programme, year) - self.need(group, self.programme[name], year))
            for name in enough
            for year in years
        )

    @cached_property
    def total_need(self) -> int:
        """Sum of all gaps that exist by the end of the plan [person-gaps]."""
        return sum(sum(group.needs.values()) for group in self.groups)

    def to_plain(self) -> dict[str, Any]:
        """Return the scenario as plain data in the words of the file format, without defaults; numbers are int or
        Decimal."""
        from planner.domain.as_written import plain_of  # here, since reading and checking a scenario do without

        return plain_of(self)

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the meaning: equal exactly when the resolved scenarios are equal."""
        from planner.domain.as_written import fingerprint_of

        return fingerprint_of(self.texts)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The canonical text of each part that does not hold its default."""
        from planner.domain.as_written import texts_of

        return texts_of(self)
