"""The periods that a rule measures and those that its shares refer to; for gaps closed, the years."""

from __future__ import annotations

from planner.domain.periods import period_year
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario

Periods = frozenset[str] | None
"""Ids of periods; None for all of the horizon."""


def years_of(scenario: Scenario) -> dict[str, str]:
    """Return the year of each period; where none is named the fiscal year, or "1" without one."""
    years = [period_year(entry, scenario.scenario.fiscal_year) for entry in scenario.periods or scenario.horizon]
    return {t: "1" if year is None else str(year) for t, year in zip(scenario.horizon, years, strict=True)}


def periods_measured(scenario: Scenario, rule: Rule) -> Periods:
    """Return the periods that `where` selects: those it names, in the years it names."""
    named, years = rule.where.periods, _of_years(scenario, rule)
    if named is None or years is None:
        return years if named is None else frozenset(named)
    return years & frozenset(named)


def periods_of_base(scenario: Scenario, rule: Rule) -> Periods:
    """Return the periods that a share of the rule refers to: all, or with `of_years: same` those of its years."""
    return _of_years(scenario, rule) if rule.of_years == "same" else None


def ends_counted(scenario: Scenario, rule: Rule) -> list[tuple[str | None, int]]:
    """Return the years whose gaps closed by their end a rule adds (1) or subtracts (-1); None is the end of the plan.

    What consecutive years close is what is closed by the end of the last, less what is closed by the end of the year
    before the first.
    """
    years, named = scenario.years, rule.where.years
    if named is None:
        return [(None, 1)]
    counted = [year in named for year in years]
    after = [*counted[1:], False]
    return [
        (None if year == years[-1] else year, 1 if now else -1)
        for year, now, then in zip(years, counted, after, strict=True)
        if now != then
    ]


def year_of_need(rule: Rule) -> str | None:
    """Return the year by whose end the need counts that a share of gaps closed refers to: the last year named with
    `of_years: same`, otherwise None, for the end of the plan."""
    return max(rule.where.years) if rule.of_years == "same" and rule.where.years else None


def _of_years(scenario: Scenario, rule: Rule) -> Periods:
    years = rule.where.years
    return None if years is None else frozenset(t for t, year in years_of(scenario).items() if year in years)
