"""What all what-if commands share: the plan that is asked about, who makes further plans, and the page written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli import failures, settings, spoken
from planner.cli.files import write_file
from planner.errors import CheckFailed, PlannerError, SolverError
from planner.locale import N_, _, ngettext

if TYPE_CHECKING:
    from planner.batch.crew import Crew
    from planner.batch.inquiry import Inquiry
    from planner.batch.points import Result
    from planner.domain.scenario import Scenario
    from planner.planning import SearchLimits
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario

EXIT_CODES: Final = (0, 1, 2, 3, 4, 5, 6, 130)
"""Exit codes of every what-if command."""

MOST_FAILURES: Final = 3
"""Plans that could not be made of which the reason is said."""

LONGEST_TABLE: Final = 40
"""Rows of a table printed in the terminal; the page has all of them."""


@dataclass(frozen=True)
class Asking:
    """What a what-if command was told besides its question."""

    scenario: str
    changes: tuple[str, ...]
    gap: float
    time_limit: float
    solver: str
    jobs: int | None
    cluster: str | None
    out: str
    force: bool

    @property
    def limits(self) -> SearchLimits:
        return settings.chosen_limits(self.gap, self.time_limit, self.solver)


def options[F: Callable[..., Any]](function: F) -> F:
    """The argument SCENARIO and the options of every what-if command; they arrive as one `asking`."""

    def command(*, scenario: str, changes: tuple[str, ...], gap: float, time_limit: float, solver: str,
                jobs: int | None, cluster: str | None, out: str, force: bool, **own: Any) -> Any:  # fmt: skip
        asking = Asking(scenario, changes, gap, time_limit, solver, jobs, cluster, out, force)
        return function(asking, **own)

    command.__name__, command.__doc__ = function.__name__, function.__doc__
    command.__click_params__ = list(getattr(function, "__click_params__", ()))  # type: ignore[attr-defined]
    made: Any = command
    for add in (
        spoken.option(
            "--force",
            is_flag=True,
            help=N_(
                "Overwrite files and folders that planner has not written; and make all plans of the answer anew, also"
                " those kept from an earlier run."
            ),
        ),
        spoken.option(
            "--out",
            default="reports",
            show_default=True,
            metavar=N_("FOLDER"),
            help=N_("Folder of the results; the answer goes to <id>/what-if/ in it."),
        ),
        spoken.option(
            "--cluster",
            metavar=N_("ADDRESS"),
            help=N_("Make the plans on a Dask cluster, such as tcp://10.0.0.5:8786, rather than on this machine."),
        ),
        spoken.option(
            "--jobs",
            type=click.IntRange(min=0),
            metavar=N_("N"),
            help=N_(
                "Make so many plans at a time, each in a process of its own; with 0 one by one without further"
                " processes, quickest for small scenarios.  [default: the number of processors]"
            ),
        ),
        settings.limits,
        settings.changes,
        spoken.argument("scenario", metavar=N_("SCENARIO"), help=N_("Scenario file.")),
    ):
        made = add(made)
    return made  # type: ignore[no-any-return]


def answer(
    asking: Asking,
    page: str,
    question: Callable[[Inquiry, LoadedScenario], Sequence[object]],
) -> int:
    """Answer `question` about the scenario's plan, print the answer and write it as a page; return the exit code.

    The plan that is asked about is the stored one where it belongs to this very scenario, else it is made first and
    stored as `planner plan` stores it.
    """
    from planner.report import render_answers
    from planner.scenario_io import read_located
    from planner.store.results import ANSWERS

    loaded = read_located(asking.scenario, asking.changes)
    folder = Path(asking.out) / loaded.scenario.id
    safe = 0
    try:
        with crew(asking, folder) as workers:  # a cluster that does not answer is found out before the search
            plan = base_plan(asking, loaded, folder)
            try:
                with failures.naming(asking.scenario, loaded):
                    answers = question(_inquiry(loaded, plan, workers, asking.limits), loaded)
            finally:
                safe = workers.safe
    except KeyboardInterrupt:
        return _interrupted(safe)
    path = folder / ANSWERS / f"{page}.html"
    write_file(path, render_answers(loaded.scenario, plan, answers))
    show(loaded.scenario, plan, answers)
    click.echo(_("Page: {path}").format(path=path))
    return say_what_failed(workers.failures)


def base_plan(asking: Asking, loaded: LoadedScenario, folder: Path) -> Plan:
    """The stored plan of this very scenario, checked again; else a new one, which is stored."""
    from planner import planning
    from planner.cli import progress
    from planner.report.documents import write_documents
    from planner.store.results import ensure_writable, write_results

    scenario = loaded.scenario
    stored = _stored(asking, loaded, folder)
    if stored is not None:
        return stored
    ensure_writable(folder, force=asking.force)
    with failures.naming(asking.scenario, loaded), progress.shown(scenario.id, progress.counted(scenario)) as report:
        answer = planning.plan(scenario, asking.limits, progress=report, validated=True)
    plan = answer.plan
    warnings = [str(warning) for warning in loaded.warnings]
    documents = partial(write_documents, scenario, plan, warnings=warnings)
    report_path = write_results(scenario, plan, folder, documents, force=asking.force, verdict=answer.verdict)
    if plan.solver.interrupted:
        failures.say(_("The best plan found so far is kept, checked: {path}").format(path=report_path))
        raise KeyboardInterrupt
    return plan


def _stored(asking: Asking, loaded: LoadedScenario, folder: Path) -> Plan | None:
    """The plan in the folder, if it is of this scenario, proven or searched for as far as asked, and stands the
    check."""
    from planner.planning import adopt
    from planner.plans.plan import Plan, Status
    from planner.store.stored_plan import PLAN_FILE, read_plan_data

    scenario = loaded.scenario
    if not (folder / PLAN_FILE).is_file():
        return None
    try:
        data = read_plan_data(folder / PLAN_FILE)
        plan = Plan.from_plain(data)
        searched_enough = plan.status == Status.OPTIMAL or plan.solver.seconds >= asking.time_limit
        if plan.scenario_sha256 != scenario.sha256 or plan.tolerance > asking.gap or not searched_enough:
            return None
        decisions = plan.decisions(scenario)
        return adopt(scenario, decisions, bounds=plan.bounds, tolerance=plan.tolerance, solver=plan.solver)
    except (PlannerError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _inquiry(loaded: LoadedScenario, plan: Plan, workers: Crew, limits: SearchLimits) -> Inquiry:
    from planner.batch.inquiry import Inquiry

    return Inquiry(loaded.scenario, plan, workers, limits)


@contextmanager
def crew(asking: Asking, folder: Path) -> Iterator[Crew]:
    """Who makes further plans, with a progress bar; plans are kept in `folder` and taken from there."""
    from planner.batch.crew import Crew, processors
    from planner.batch.plan_cache import Kept
    from planner.cli import progress
    from planner.store.results import ANSWERS, POINTS

    kept = Kept(folder / ANSWERS / POINTS, trusted=not asking.force)
    kept.tidy()
    jobs = processors() if asking.jobs is None and asking.cluster is None else asking.jobs or 0
    with progress.of_batches(folder.name) as news, Crew(jobs, news, cluster=asking.cluster, kept=kept) as workers:
        yield workers


def say_what_failed(results: Sequence[Result]) -> int:
    """Name the plans of which nothing is known because something failed; return the exit code of the worst."""
    from planner.plans.plan import Status

    codes = {Status.SOLVER_FAILED: SolverError.exit_code, Status.CHECK_FAILED: CheckFailed.exit_code}
    for result in results[:MOST_FAILURES]:
        failures.say(_("One plan could not be made: {reason}").format(reason=result.message))
    more = len(results) - MOST_FAILURES
    if more > 0:
        text = ngettext("{count} more plan could not be made.", "{count} more plans could not be made.", more)
        failures.say(text.format(count=more))
    return failures.worst(failures.DEFECT if result.status is None else codes[result.status] for result in results)


def _interrupted(safe: int) -> int:
    """Say what is left of a question that was stopped, and how to go on; return the exit code."""
    if safe:
        text = ngettext(
            "Interrupted. {count} finished plan is kept; the same command goes on from there.",
            "Interrupted. {count} finished plans are kept; the same command goes on from there.",
            safe,
        )
        failures.say(text.format(count=safe))
    else:
        failures.say(_("Interrupted before a further plan was finished. The same command begins again."))
    return failures.INTERRUPTED


def show(scenario: Scenario, plan: Plan, answers: Sequence[object]) -> None:
    """Print sentences and tables."""
    from planner.cli import terminal
    from planner.report import answer_texts

    for title, sentences, tables in answer_texts(scenario, plan, answers):
        click.echo(failures.without_control(title))
        for sentence in sentences:
            click.echo(failures.without_control(f"  - {sentence}"))
        for caption, rows in tables:
            click.echo("")
            terminal.show(rows[: LONGEST_TABLE + 1], head=True, title=caption)
        click.echo("")
