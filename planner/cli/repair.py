"""`planner repair`: why a scenario has no plan, and the least changes that give it one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.analysis.question import Source
from planner.analysis.registry import BY_NAME
from planner.cli import asking, failures, repairing, spoken
from planner.cli.asking import Asking
from planner.cli.files import write_file
from planner.errors import InfeasibleError
from planner.locale import _

if TYPE_CHECKING:
    from planner.analysis.repairs.smallest import Repairs
    from planner.scenario_io import LoadedScenario

BEST_PLANS = 5
"""Repairs for which the best plan is made as well."""


_DEFINITION = BY_NAME["repair"].definition()


@spoken.command("repair", help=_DEFINITION.help, examples=_DEFINITION.examples, exit_codes=asking.EXIT_CODES)
@asking.options
def command(asked: Asking) -> int:
    """Search, print and write the page repair.html; 0 where a repair is found or none is needed."""
    from planner.store.results import ensure_writable

    loaded = asking.read(asked)
    folder = Path(asked.out) / loaded.scenario.id
    ensure_writable(folder, force=asked.force)
    error = _without_a_plan(asked, loaded)
    if error is None:
        repairing.nothing_to_repair(asked.scenario)
        return 0
    search = repairing.begin(loaded, error, asked.limits, asked.time_limit)
    stopped = False
    try:
        with asking.runner(asked, folder) as workers:
            search.run(workers)
            search.improve(workers, asked.limits, BEST_PLANS)
    except KeyboardInterrupt:
        stopped = True
    repairs = repairing.found(search, Source(loaded, asked.scenario, asked.changes))
    _write(loaded, repairs, folder)
    if stopped:
        failures.say(_("Interrupted: this is what was found until then."))
        return failures.INTERRUPTED
    failed = asking.say_what_failed(workers.failures)
    return failures.worst([failed, 0 if repairs.repairs else error.exit_code])


def _without_a_plan(asked: Asking, loaded: LoadedScenario) -> InfeasibleError | None:
    """The error that says what clashes; None where there is a plan."""
    from planner import planning
    from planner.cli import progress
    from planner.planning import Aim

    with progress.of_search(loaded.scenario.id, progress.counted(loaded.scenario)) as report:
        try:
            planning.plan(loaded.scenario, asked.limits, progress=report, aim=Aim(alone=True), validated=True)
            return None
        except InfeasibleError:
            pass
        try:
            planning.plan(loaded.scenario, asked.limits, progress=report, validated=True)
        except InfeasibleError as error:
            return error
    return None


def _write(loaded: LoadedScenario, repairs: Repairs, folder: Path) -> None:
    from planner.report import render_answers
    from planner.store.results import ANSWERS

    page = folder / ANSWERS / "repair.html"
    write_file(page, render_answers(loaded.scenario, None, [repairs]))
    repairing.say_all(loaded, repairs)
    click.echo(_("Page: {path}").format(path=page))
