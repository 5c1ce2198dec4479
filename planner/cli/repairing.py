"""Repairs of a scenario without a plan, as commands search for them and say them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from planner.cli import failures
from planner.locale import _, language_in_force

if TYPE_CHECKING:
    from planner.analysis.repairs.smallest import Repair, Repairs, RepairSearch
    from planner.errors import InfeasibleError
    from planner.planning import SearchLimits
    from planner.scenario_io import LoadedScenario

SUGGEST_SECONDS: Final = 60.0
"""Most time that `planner plan` spends on repairs [seconds]."""

MOST_SUGGESTED: Final = 3
"""Repairs that `planner plan` prints; `planner repair` has all of them."""


def begin(loaded: LoadedScenario, error: InfeasibleError, limits: SearchLimits, seconds: float | None) -> RepairSearch:
    """The search for what would repair a scenario that `error` says has no plan."""
    from planner.analysis.repairs.smallest import RepairSearch

    return RepairSearch(loaded.scenario, error.limits, limits, seconds)


def found(search: RepairSearch, loaded: LoadedScenario) -> Repairs:
    """What the search has found so far, with the places in the files."""
    return placed(search.found(), loaded)


def placed(repairs: Repairs, loaded: LoadedScenario) -> Repairs:
    """The repairs with the places in the files of what is to be changed."""
    paths = [clash.path for clash in repairs.clashes]
    paths += [path for repair in repairs.repairs for change in repair.changes for path, _text in change.writes]
    return replace(repairs, places={path: place(loaded, path) for path in paths})


def place(loaded: LoadedScenario, path: tuple[str | int, ...]) -> str:
    """File and line of what stands at `path`, or the setting that it came from."""
    return str(loaded.place(path)._replace(column=None))


def suggest(path: str, loaded: LoadedScenario, error: InfeasibleError, limits: SearchLimits) -> int:
    """Say on standard error the first repairs that can be found soon; return the exit code.

    The exit code stays that of the error, unless the user stops the search: what was found until then is said.
    """
    from planner.batch.crew import Crew, processors
    from planner.cli import progress

    if not error.limits:
        return error.exit_code
    search = begin(loaded, error, limits, min(SUGGEST_SECONDS, limits.time_limit or SUGGEST_SECONDS))
    code = error.exit_code
    try:
        label = _("repairs of {scenario}").format(scenario=loaded.scenario.id)
        with progress.of_batches(label) as news, Crew(processors(), news) as crew:
            search.run(crew)
    except KeyboardInterrupt:
        code = failures.INTERRUPTED
    repairs = found(search, loaded)
    for line in lines(loaded, repairs, MOST_SUGGESTED):
        failures.say(line)
    if len(repairs.repairs) > MOST_SUGGESTED or not repairs.finished:
        failures.say(_("More of them, with a page: planner repair {path}").format(path=path))
    return code


def say_all(loaded: LoadedScenario, repairs: Repairs) -> None:
    """Print what clashes, and all repairs."""
    from planner.scenario_io.problems import located

    click.echo(_("No plan can keep all of these together:"))
    for clash in repairs.clashes:
        click.echo(failures.without_control(str(located(loaded.place(clash.path), str(clash), path=clash.path))))
    for line in lines(loaded, repairs):
        click.echo(failures.without_control(line))


def lines(loaded: LoadedScenario, repairs: Repairs, most: int | None = None) -> Iterator[str]:
    """The first `most` repairs, each with what is to be written where and how to try it."""
    if repairs.repairs:
        yield _("Repairs, cheapest first; each was checked by a plan:")
    elif repairs.finished:
        yield _("No repair was found, not even when several limits were set aside together.")
    for number, repair in enumerate(repairs.repairs[:most], start=1):
        yield from _of_repair(loaded, repairs, number, repair)
    if not repairs.finished:
        yield _("The search was not finished; there may be further or cheaper repairs.")


def _of_repair(loaded: LoadedScenario, repairs: Repairs, number: int, repair: Repair) -> Iterator[str]:
    from planner.report.formats import Formats
    from planner.report.views.answers import repair_words as words

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
        yield "     " + _("The best plan then closes {closed} gaps for {cost}.").format(closed=closed, cost=cost)


def nothing_to_repair(path: str) -> None:
    """Say that there are plans."""
    text = _("This scenario has plans; there is nothing to repair. To find the best: planner plan {path}")
    click.echo(text.format(path=path))
