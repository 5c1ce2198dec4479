"""The part of a plan that one document or form is about: the programmes of one sub-activity, in one year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from planner.domain.activities import Activity
from planner.domain.funds import FundKind
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import hours_by_year, run_of
from planner.domain.scenario import Scenario
from planner.locale import _
from planner.plans.budget_lines import BudgetLine
from planner.plans.courses import HeldClass, courses
from planner.plans.coverage import Coverage
from planner.plans.measures import summed
from planner.plans.plan_rows import Allocation
from planner.report.material import Material
from planner.report.wording.formats import BLANK


@dataclass(frozen=True)
class PlanPart:
    """The programmes of one sub-activity in the year of the documents; the parts of a plan sum to its year."""

    material: Material
    code: str | None = None
    """Code of the sub-activity; None where the scenario names none for these programmes."""
    name: str = ""
    whole: bool = True
    """Whether it is all of the plan."""

    @property
    def scenario(self) -> Scenario:
        return self.material.scenario

    @property
    def year(self) -> str:
        return self.material.year

    @property
    def title(self) -> str:
        """The name of the sub-activity, or its code; where there is none the name of the plan."""
        return self.name or self.code or self.scenario.scenario.label

    @property
    def label(self) -> str:
        """Code and name of the sub-activity; empty where there is none."""
        return f"{self.code} {self.name}".strip() if self.code else ""

    @property
    def activity(self) -> Activity | None:
        """The sub-activity as the scenario lists it."""
        return next((each for each in self.scenario.activities if each.code == self.code), None)

    def has(self, programme: str | None) -> bool:
        """Return whether a programme belongs to it; what belongs to no programme is with the programmes of no
        sub-activity."""
        return self.whole or (activity_of(self.scenario, programme) == self.code)

    @cached_property
    def allocations(self) -> tuple[Allocation, ...]:
        """Who starts in the year."""
        year_of = self.scenario.year_of
        rows = self.material.plan.allocations
        return tuple(row for row in rows if year_of[row.period] == self.year and self.has(row.programme))

    @property
    def socialized(self) -> list[str]:
        """The names of the groups for whose socialization it pays in the year."""
        paid = {line.group for line in self.lines if line.programme is None}
        return [group.label for group in self.scenario.groups if group.id in paid]

    @property
    def prepares(self) -> bool:
        """Whether it holds nothing and pays for what belongs to no programme alone: socialization and agreements."""
        return not self.allocations and bool(self.lines) and all(line.programme is None for line in self.lines)

    @cached_property
    def lines(self) -> tuple[BudgetLine, ...]:
        """What is paid in the year."""
        every = self.material.budget_lines
        return tuple(line for line in every if line.year == self.year and self.has(line.programme))

    def paid_by(self, kind: FundKind) -> tuple[BudgetLine, ...]:
        """Return its budget lines that own funds or partners pay; only those of own funds belong in an RKA."""
        return tuple(line for line in self.lines if self.scenario.fund[line.fund].kind == kind)

    @cached_property
    def own_cost(self) -> int:
        """What own funds pay [rupiah]."""
        return sum(line.amount for line in self.paid_by("own"))

    @property
    def partner_cost(self) -> int:
        """What partners pay, outside the RKA [rupiah]."""
        return self.cost - self.own_cost

    def period(self, period: str) -> str:
        """Return the name of a period; a dotted line where a scenario names neither periods nor a year."""
        return BLANK if self.scenario.periods is None and self.scenario.scenario.fiscal_year is None else period

    @cached_property
    def cost(self) -> int:
        """The sum of its budget lines [rupiah]."""
        return sum(line.amount for line in self.lines)

    @cached_property
    def cost_by_fund(self) -> dict[str, int]:
        """What each fund pays [rupiah], in file order; funds that pay nothing are missing."""
        paid = summed(self.lines, lambda line: line.fund, lambda line: line.amount)
        return {fund: paid[fund] for fund in self.scenario.fund if paid.get(fund)}

    @property
    def participants(self) -> int:
        """Participations: a person in two programmes counts twice."""
        return sum(row.participants for row in self.allocations)

    @cached_property
    def participants_by_group(self) -> dict[str, int]:
        people = summed(self.allocations, lambda row: row.group, lambda row: row.participants)
        return {group: people[group] for group in self.scenario.group if people.get(group)}

    @cached_property
    def participants_by_programme(self) -> dict[str, int]:
        people = summed(self.allocations, lambda row: row.programme, lambda row: row.participants)
        return {programme: people[programme] for programme in self.scenario.programme if people.get(programme)}

    @cached_property
    def participants_by_session(self) -> dict[tuple[str, str], int]:
        """Participants by programme and period of the start, in the order of the scenario."""
        people = summed(self.allocations, lambda row: (row.programme, row.period), lambda row: row.participants)
        order = ((p, t) for p in self.scenario.programme for t in self.scenario.horizon)
        return {session: people[session] for session in order if people.get(session)}

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The periods of the year in which what begins in it runs; where nothing does, those of its payments."""
        year_of, scenario = self.scenario.year_of, self.scenario
        runs = {t for p, start in self.participants_by_session for t in run_of(scenario, scenario.programme[p], start)}
        runs = runs or {row.period for row in self.material.plan.payments if self.has(row.programme)}
        return tuple(t for t in scenario.horizon if t in runs and year_of[t] == self.year)

    def run(self, programme: str, start: str) -> str:
        """Return the name of the period in which a course runs, or of its first and last."""
        run = run_of(self.scenario, self.scenario.programme[programme], start)
        return "\u2013".join(map(self.period, dict.fromkeys((run[0], run[-1]))))

    @cached_property
    def courses_by_session(self) -> dict[tuple[str, str], tuple[HeldClass, ...]]:
        """The classes one by one, by programme and period of the start."""
        found: dict[tuple[str, str], tuple[HeldClass, ...]] = {}
        for course in courses(self.scenario, self.material.plan):
            session = (course.programme, course.period)
            found[session] = (*found.get(session, ()), course)
        return found

    @cached_property
    def classes_by_session(self) -> dict[tuple[str, str], int]:
        """Classes by programme and period of the start."""
        held = self.material.measures.classes_by_programme_and_period
        year_of = self.scenario.year_of
        return {(p, t): n for (p, t), n in held.items() if n and year_of[t] == self.year and self.has(p)}

    @property
    def classes(self) -> int:
        return sum(self.classes_by_session.values())

    @cached_property
    def hours(self) -> Fraction:
        """Lesson hours of its participants that fall into the year [JP]."""
        total = Fraction(0)
        for row in self.material.plan.allocations:
            if self.has(row.programme):
                programme = self.scenario.programme[row.programme]
                total += hours_by_year(self.scenario, programme, row.period).get(self.year, 0) * row.participants
        return total

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """The programmes that begin in the year, in file order."""
        return tuple(self.scenario.programme[p] for p in self.participants_by_programme)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups that take part."""
        return tuple(self.scenario.group[g] for g in self.participants_by_group)

    @cached_property
    def coverage(self) -> dict[str, Coverage]:
        """Gaps needed and closed by the whole plan, in the competencies that its programmes teach."""
        taught = {competency for programme in self.programmes for competency in programme.closes}
        of_all = self.material.measures.coverage_by_competency
        return {c: of_all[c] for c in self.scenario.competency if c in taught and of_all[c].need}

    @property
    def taught_elsewhere(self) -> bool:
        """Whether programmes outside it teach any of these competencies, to anybody."""
        outside = {row.programme for row in self.material.plan.allocations if not self.has(row.programme)}
        return any(self.coverage.keys() & self.scenario.programme[id].closes.keys() for id in outside)


def parts_of(material: Material) -> Iterator[PlanPart]:
    """Yield one part for each sub-activity that has anything in the year, in the order of the scenario, and one for the
    rest.

    Without sub-activities there is one part, of all programmes.
    """
    names = activities(material.scenario)
    if not names:
        yield PlanPart(material)
        return
    for code, name in names.items():
        part = PlanPart(material, code, name, whole=False)
        if part.lines or part.allocations:
            yield part
    rest = PlanPart(material, None, _("Programmes of no sub-activity"), whole=False)
    if rest.prepares:
        rest = PlanPart(material, None, _("Socialization and agreements"), whole=False)
    if rest.lines or rest.allocations:
        yield rest


def activities(scenario: Scenario) -> dict[str, str]:
    """Return the names of the sub-activities by code, in the order of the scenario; empty for those without a name."""
    named = {activity.code: activity.name for activity in scenario.activities}
    for programme in scenario.programmes:
        if (code := activity_of(scenario, programme.id)) is not None:
            named.setdefault(code, "")
    return named


def activity_of(scenario: Scenario, programme: str | None) -> str | None:
    """Return the code of the sub-activity of a programme; None for one without, and for what belongs to no
    programme."""
    return None if programme is None else scenario.programme[programme].activity
