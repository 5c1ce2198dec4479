"""`planner repair`: why a scenario has no plan, and the smallest changes that make one possible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.analysis.question import Source
from planner.analysis.registry import BY_NAME
from planner.cli import failures, repair_suggestions, translated, what_if
from planner.cli.files import write_file
from planner.cli.settings import DEFAULT_SECONDS
from planner.cli.what_if import QuestionOptions
from planner.errors import InfeasibleError
from planner.locale import _
from planner.units.said import nearest

if TYPE_CHECKING:
    from planner.analysis.repairs.smallest import Repairs
    from planner.scenario_io import LoadedScenario

BEST_PLANS = 5
"""Number of repairs for which the best plan is made."""


_DEFINITION = BY_NAME["repair"].definition()


@translated.command("repair", help=_DEFINITION.help, examples=_DEFINITION.examples, exit_codes=what_if.EXIT_CODES)
@what_if.with_options
def command(options: QuestionOptions) -> int:
    """Search for repairs, print them and write repair.html; return 0 if one is found or none is needed."""
    from planner.store.results import ensure_writable

    loaded = what_if.read(options)
    folder = Path(options.out) / loaded.scenario.id
    ensure_writable(folder, force=options.force)
    search, stopped = None, False
    try:
        with what_if.runner(options, folder) as workers:  # the time of the command begins with it
            error = _without_a_plan(options, loaded)
            if error is not None:
                most = float(DEFAULT_SECONDS) if options.time_limit is None else options.time_limit
                _say_beforehand(most, whole=options.time_limit is not None)
                search = repair_suggestions.start_search(loaded, error, options.limits, most)
                search.run(workers)
                search.add_best_plans(workers, options.limits, BEST_PLANS)
    except KeyboardInterrupt:
        if search is None:
            raise
        stopped = True
    if search is None or error is None:
        repair_suggestions.print_nothing_to_repair(options.scenario)
        return 0
    repairs = repair_suggestions.located_repairs(search, Source(loaded, options.scenario, options.changes))
    _write(loaded, repairs, folder)
    if stopped:
        failures.say(_("Interrupted: these are the repairs found by then."))
        return failures.INTERRUPTED
    failed = what_if.report_failures(workers.failures)
    return failures.worst([failed, 0 if repairs.repairs else error.exit_code])


def _say_beforehand(seconds: float, *, whole: bool) -> None:
    """Say how long the search may take, before it begins: with --time-limit the whole command, else the search."""
    words = _("repairs are searched for, and the command ends after at most about {seconds} s, by --time-limit")
    if not whole:
        words = _(
            "repairs are searched for in at most about {seconds} s; then the best plans of the first {count} are made"
        )
    failures.say(words.format(seconds=nearest(seconds), count=BEST_PLANS))


def _without_a_plan(options: QuestionOptions, loaded: LoadedScenario) -> InfeasibleError | None:
    """Return the error with the limits that clash; None if a plan exists."""
    from planner.analysis.repairs.impossible import without_a_plan
    from planner.cli import progress

    with progress.of_search(loaded.scenario) as report:
        return without_a_plan(loaded.scenario, options.limits, report.progress)


def _write(loaded: LoadedScenario, repairs: Repairs, folder: Path) -> None:
    from planner.report import render_answers
    from planner.store.results import ANSWERS

    page = folder / ANSWERS / "repair.html"
    write_file(page, render_answers(loaded.scenario, None, [repairs]))
    repair_suggestions.print_all(loaded, repairs)
    click.echo(_("Page: {path}").format(path=page))
