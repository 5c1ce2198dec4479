"""Warnings: what a scenario may say but probably does not mean. They give counts, and never stop planning."""

from __future__ import annotations

from planner.domain.checks.class_dates import doubtful_dates
from planner.domain.checks.problem import Doubt
from planner.domain.checks.selections import eligible
from planner.domain.checks.uses import idle_resources
from planner.domain.checks.warnings_accounts import unlikely_accounts
from planner.domain.checks.warnings_chains import counted_without_a_gap, impossible_chains, programmes_closed_by_hours
from planner.domain.checks.warnings_facts import doubtful_facts
from planner.domain.checks.warnings_figures import (
    amounts_in_millions,
    horizon,
    missing_days,
    missing_hours,
    outlying_prices,
    outlying_weights,
)
from planner.domain.checks.warnings_kinds import (
    classes_counted_twice,
    people_counted_twice,
    prices_in_thousands,
    prices_of_several,
    prices_taxed_twice,
    unlikely_floor,
    unlikely_hours,
    unlikely_prices,
    unlikely_shares,
    unlikely_taxes,
)
from planner.domain.checks.warnings_nation import agencies_joined
from planner.domain.checks.warnings_paid_amounts import unlikely_payments
from planner.domain.checks.warnings_payments import doubtful_payments
from planner.domain.checks.warnings_people import people_not_counted
from planner.domain.checks.warnings_uses import (
    funds_of_no_agency,
    gaps_nobody_closes,
    idle_funds,
    idle_mentors,
    programmes_for_nobody,
    programmes_without_cost,
    unaffordable_seats,
    unpayable_programmes,
)
from planner.domain.checks.warnings_words import (
    attributes_alike,
    idle_prices,
    idle_rules,
    idle_seats_cover,
    idle_selector_values,
    scattered_buckets,
    units_apart,
)
from planner.domain.scenario import Scenario


def dubious(scenario: Scenario) -> list[Doubt]:
    """Return all warnings about a scenario without problems, both about the plan as first stated and about its
    facts."""
    facts = [*doubtful_facts(scenario), *doubtful_payments(scenario)]
    facts += unlikely_payments(scenario, {doubt.path for doubt in facts})
    if scenario.actuals is not None:
        scenario = scenario.changed(actuals=None)  # a programme whose periods are over is no mistake
    takers, funding = eligible(scenario), scenario.funding
    outlying = list(outlying_prices(scenario))
    return [
        *facts,
        *people_not_counted(scenario),
        *funds_of_no_agency(scenario),
        *idle_funds(funding, takers),
        *gaps_nobody_closes(scenario, takers),
        *programmes_for_nobody(scenario, takers),
        *programmes_closed_by_hours(scenario, takers),
        *impossible_chains(scenario, takers),
        *counted_without_a_gap(scenario, takers),
        *programmes_without_cost(scenario),
        *unpayable_programmes(funding, takers),
        *unaffordable_seats(funding, takers),
        *outlying,
        *unlikely_prices(scenario, {doubt.path for doubt in outlying}),
        *prices_in_thousands(scenario),
        *prices_of_several(scenario),
        *people_counted_twice(scenario),
        *classes_counted_twice(scenario),
        *prices_taxed_twice(scenario),
        *unlikely_taxes(scenario),
        *unlikely_shares(scenario),
        *unlikely_hours(scenario),
        *unlikely_floor(scenario),
        *unlikely_accounts(scenario),
        *outlying_weights(scenario),
        *amounts_in_millions(scenario),
        *idle_selector_values(scenario),
        *idle_seats_cover(scenario),
        *idle_prices(scenario),
        *units_apart(scenario),
        *attributes_alike(scenario),
        *missing_hours(scenario),
        *missing_days(scenario),
        *doubtful_dates(scenario),
        *idle_rules(scenario),
        *scattered_buckets(scenario),
        *idle_resources(scenario),
        *idle_mentors(scenario, takers),
        *agencies_joined(scenario, takers),
        *horizon(scenario),
    ]
