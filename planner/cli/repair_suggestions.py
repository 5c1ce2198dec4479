"""Search and output of repairs for a scenario without a plan, for the commands `plan` and `repair`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from planner.analysis.question import Source
from planner.cli import failures
from planner.locale import _, language_in_force
from planner.units.said import nearest

if TYPE_CHECKING:
    from planner.analysis.repairs.smallest import Repair, Repairs, RepairSearch
    from planner.errors import InfeasibleError
    from planner.planning import SearchLimits
    from planner.scenario_io import LoadedScenario

SUGGEST_SECONDS: Final = 60.0
"""Time limit of the search for repairs by `planner plan` [s]."""

MOST_SUGGESTED: Final = 3
"""Most repairs printed by `planner plan`; `planner repair` prints all."""


def start_search(
    loaded: LoadedScenario, error: InfeasibleError, limits: SearchLimits, seconds: float | None
) -> RepairSearch:
    """Return the search for repairs of a scenario for which planning raised `error`."""
    from planner.analysis.repairs.smallest import RepairSearch

    return RepairSearch(loaded.scenario, error.limits, limits, seconds)


def located_repairs(search: RepairSearch, source: Source) -> Repairs:
    """Return the repairs found so far, with their places in the files."""
    from planner.analysis.repairs.question import with_places

    return with_places(search.found(), source)


def print_suggestions(path: str, loaded: LoadedScenario, error: InfeasibleError, limits: SearchLimits) -> int:
    """Search for repairs briefly and print the first ones to standard error; return the exit code.

    This is the exit code of the error, unless the user interrupts the search; repairs found by then are printed.
    """
    from planner.batch.runner import BatchRunner, processors
    from planner.cli import progress

    if not error.limits:
        return error.exit_code
    seconds = min(SUGGEST_SECONDS, limits.time_limit or SUGGEST_SECONDS)
    failures.say(_("repairs are searched for in at most about {seconds} s").format(seconds=nearest(seconds)))
    search = start_search(loaded, error, limits, seconds)
    code = error.exit_code
    try:
        label = _("repairs of {scenario}").format(scenario=loaded.scenario.id)
        with progress.of_batches(label) as report, BatchRunner(processors(), report) as runner:
            search.run(runner)
    except KeyboardInterrupt:
        code = failures.INTERRUPTED
    repairs = located_repairs(search, Source(loaded, path))
    for line in repair_lines(loaded, repairs, MOST_SUGGESTED):
        failures.say(line)
    if len(repairs.repairs) > MOST_SUGGESTED or not repairs.finished:
        failures.say(_("All repairs, with a page: planner repair {path}").format(path=path))
    return code


def print_all(loaded: LoadedScenario, repairs: Repairs) -> None:
    """Print the clash and all repairs."""
    from planner.scenario_io.problems import located

    click.echo(_("No plan can keep all of these together:"))
    for clash in repairs.clashes:
        click.echo(failures.without_control(str(located(loaded.place(clash.path), str(clash), path=clash.path))))
    for line in repair_lines(loaded, repairs):
        click.echo(failures.without_control(line))


def repair_lines(loaded: LoadedScenario, repairs: Repairs, most: int | None = None) -> Iterator[str]:
    """Yield the lines of the first `most` repairs: changes, edits, and the options to try them."""
    if repairs.repairs:
        yield _("Repairs, cheapest first; each was checked by a plan:")
    elif repairs.finished:
        yield _("No repair was found, not even by changing several limits together.")
    for number, repair in enumerate(repairs.repairs[:most], start=1):
        yield from _repair_lines(loaded, repairs, number, repair)
    if not repairs.finished:
        yield _("The search was not finished; there may be further or cheaper repairs.")


def _repair_lines(loaded: LoadedScenario, repairs: Repairs, number: int, repair: Repair) -> Iterator[str]:
    from planner.report.views.answers import repair_words as words
    from planner.report.wording.formats import Formats

    scenario, formats = loaded.scenario, Formats(language_in_force())
    for place, change in enumerate(repair.changes):
        lead = f"{number}." if not place else "+"
        yield f"  {lead:<3}{words.change_sentence(scenario, formats, change)} ({words.least(repair)})"
        for where, key, old, new in words.edits(change, repairs.places):
            yield f"     {where}: {key}: {old} -> {new}" if old else f"     {where}: {key} -> {new}"
    options = " ".join(words.setting(scenario, change) for change in repair.changes)
    yield f"     {options}"
    if repair.best is not None:
        closed, cost = formats.number(repair.best.gaps_closed), formats.rupiah(repair.best.total_cost)
        yield "     " + _("The best plan then closes an expected {closed} gaps for {cost}.").format(
            closed=closed, cost=cost
        )


def print_nothing_to_repair(path: str) -> None:
    """Print that the scenario has plans."""
    text = _("This scenario has plans; there is nothing to repair. To find the best: planner plan {path}")
    click.echo(text.format(path=path))
