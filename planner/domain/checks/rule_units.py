"""Rules per agency or location whose groups have none, and rules about years that are not in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.problem import DomainProblem, listed
from planner.domain.rule_years import periods_measured, years_of
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext


def groups_of_no_unit(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield rules `per: agency` or `per: location` that select groups without one, which would escape the rule."""
    for number, rule in enumerate(scenario.rules):
        if rule.per not in ("agency", "location"):
            continue
        chosen = scenario.groups if rule.where.groups is None else scenario.groups_in(rule.where.groups)
        without = [group.id for group in chosen if getattr(group, rule.per) is None]
        if without:
            yield DomainProblem(
                ("rules", number, "per"),
                ngettext(
                    "the rule '{name}' holds for each {per}, and {count} group that it selects has none: {groups}.",
                    "the rule '{name}' holds for each {per}, and {count} groups that it selects have none: {groups}.",
                    len(without),
                ).format(name=rule.name, per=rule.per, count=len(without), groups=listed(without)),
                ngettext(
                    "Write the {per} of that group, or select other groups with where.groups.",
                    "Write the {per} of these groups, or select other groups with where.groups.",
                    len(without),
                ).format(per=rule.per),
            )


def unknown_years(scenario: Scenario) -> Iterator[DomainProblem]:
    """Yield rules that name a year which no period has, or years and periods that have none in common."""
    years = list(dict.fromkeys(years_of(scenario).values()))
    for number, rule in enumerate(scenario.rules):
        missing = [year for year in rule.where.years or () if year not in years]
        if missing:
            yield DomainProblem(
                ("rules", number, "where", "years"),
                _("the rule '{name}' names a year that no period has: {years}.").format(
                    name=rule.name, years=listed(missing)
                ),
                _("The plan has {years}.").format(years=listed(years)),
            )
        elif rule.where.years is not None and not periods_measured(scenario, rule):
            yield DomainProblem(
                ("rules", number, "where"),
                _("the rule '{name}' measures no period.").format(name=rule.name),
                _("Name periods that lie in those years."),
            )
