"""`planner check`: errors and warnings of scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.cli import failures, settings, translated
from planner.errors import PlannerError
from planner.locale import N_, _, ngettext

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario


@translated.command(
    "check",
    help=N_(
        "Checks scenarios without planning them. Reports every mistake with line, column and remedy, and warns of"
        " what is allowed but dubious: a fund that nobody can use, a gap that no programme closes, a programme"
        " that nobody can take, a price far from comparable ones."
    ),
    examples=(
        ("planner check scenarios/jambi-2027.yaml", N_("Check one scenario:")),
        ("planner check scenarios/*.yaml", N_("Check all scenarios of a folder:")),
    ),
    exit_codes=(0, 2),
)
@translated.argument(
    "scenarios",
    nargs=-1,
    required=True,
    metavar=N_("SCENARIO..."),
    help=N_("Scenario files to check: YAML, or workbooks of `planner template`."),
)
@settings.changes
@settings.lenient
def command(scenarios: tuple[str, ...], changes: tuple[str, ...], lenient: bool) -> int:
    """Check each file; warnings leave the exit code at 0."""
    changes = settings.with_leniency(changes, lenient)
    return failures.worst([check(path, changes) for path in scenarios])


def check(path: str, changes: tuple[str, ...]) -> int:
    """Check one file and print what is found; return the exit code."""
    from planner.domain.checks.unsourced import unsourced
    from planner.scenario_io import read_located

    try:
        loaded = read_located(path, changes)
    except PlannerError as error:
        return failures.show(error)
    for warning in loaded.warnings:
        failures.warn(warning)
    click.echo(_("{path}: in order. {contents}").format(path=path, contents=contents(loaded.scenario)))
    if missing := "; ".join(unsourced(loaded.scenario)):
        click.echo(_("{path}: no source is named for {missing}.").format(path=path, missing=missing))
    count = len(loaded.warnings)
    if count:
        click.echo(ngettext("{count} warning.", "{count} warnings.", count).format(count=count))
    return 0


def contents(scenario: Scenario) -> str:
    """Return the numbers of groups, competencies, programmes, funds, rules, goals and periods as a sentence; goals
    are the soft rules, and are named only where there are any."""
    groups, competencies, programmes = len(scenario.groups), len(scenario.competencies), len(scenario.programmes)
    funds, periods = len(scenario.funds), len(scenario.horizon)
    rules = sum(rule.hard for rule in scenario.rules)
    goals = len(scenario.rules) - rules
    counts = (
        ngettext("{count} group", "{count} groups", groups).format(count=groups),
        ngettext("{count} competency", "{count} competencies", competencies).format(count=competencies),
        ngettext("{count} programme", "{count} programmes", programmes).format(count=programmes),
        ngettext("{count} fund", "{count} funds", funds).format(count=funds),
        ngettext("{count} rule", "{count} rules", rules).format(count=rules),
        *([ngettext("{count} goal", "{count} goals", goals).format(count=goals)] if goals else []),
        ngettext("{count} period", "{count} periods", periods).format(count=periods),
    )
    return ", ".join(counts) + "."
