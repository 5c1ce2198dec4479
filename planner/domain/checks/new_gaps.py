"""New gaps: in a year of the plan, and with earlier gaps never of more people than the group has."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.problem import DomainProblem
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.locale import _


def new_gap_problems(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield new gaps in years that are not planned, and more people with a gap than people in the group."""
    for number, group in enumerate(scenario.groups):
        yield from _new_gaps(scenario, group, number)


def place_of_gap(group: Group, competency: str) -> tuple[str, ...]:
    """Return the keys under which a group first names a gap."""
    if competency in group.gaps:
        return "gaps", competency
    return "new_gaps", min(year for year, gaps in group.new_gaps.items() if competency in gaps), competency


def _new_gaps(scenario: Scenario, group: Group, number: int) -> Iterator[DomainProblem]:
    """Yield the same for one group."""
    for year in group.new_gaps:
        if year not in scenario.years:
            yield DomainProblem(
                ("groups", number, "new_gaps", year),
                _("'{id}' has new gaps in {year}, which no period of the plan is in.").format(id=group.id, year=year),
                _("The plan has the years {years}: give a period that year, or remove it here.").format(
                    years=", ".join(scenario.years)
                ),
                of_key=True,
            )
    told: set[str] = set()
    for year in sorted(group.new_gaps):
        for competency, people in group.needs_by(year).items():
            new = competency in group.new_gaps[year] and competency not in told
            if new and people > group.headcount >= group.gaps.get(competency, 0):
                told.add(competency)
                yield DomainProblem(
                    ("groups", number, "new_gaps", year, competency),
                    _(
                        "By the end of {year}, '{id}' has {people} people with a gap in '{competency}' but only"
                        " {headcount} people."
                    ).format(year=year, id=group.id, people=people, competency=competency, headcount=group.headcount),
                    _("Lower the new gaps or raise the headcount."),
                )
