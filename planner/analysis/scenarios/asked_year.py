"""The year that a question is about."""

from __future__ import annotations

from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _


def ensure_open_year(scenario: Scenario, year: str) -> None:
    """Raise InputError where the plan has no such year, or it is over: what was paid in it stands."""
    if year not in scenario.years:
        message = _("--year: the plan of '{id}' has no year {year}.").format(id=scenario.id, year=year)
        raise InputError([Problem(message, _("Name one of: {years}.").format(years=", ".join(scenario.years)))])
    left = dict.fromkeys(scenario.year_of[t] for t in scenario.facts.rest)
    if year not in left:
        message = _("--year: {year} is over, and what was paid in it stands.").format(year=year)
        raise InputError([Problem(message, _("Name one of: {years}.").format(years=", ".join(left) or "-"))])
