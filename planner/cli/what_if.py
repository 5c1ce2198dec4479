"""Common parts of all what-if commands: options, the plan in question, the workers for further plans, the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.analysis.registry import IN_REPORT
from planner.cli import apart, failures, settings, translated
from planner.cli.files import shell_quoted
from planner.errors import CheckFailed, PlannerError, SolverError
from planner.locale import N_, _, ngettext
from planner.report.answer_page import keep_page, unfinished_words

if TYPE_CHECKING:
    from planner.analysis.question import Ask
    from planner.batch.begun import Early
    from planner.batch.inquiry import Inquiry
    from planner.batch.points import Result
    from planner.batch.runner import BatchRunner
    from planner.domain.scenario import Scenario
    from planner.planning import SearchLimits
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario

EXIT_CODES: Final = (0, 1, 2, 3, 4, 5, 6, 130)
"""Exit codes of every what-if command."""

MOST_FAILURES: Final = 3
"""Most failed plans whose reason is printed."""

LONGEST_TABLE: Final = 40
"""Most rows of a table in the terminal; the page has all rows."""


@dataclass(frozen=True)
class QuestionOptions:
    """The common options of a what-if command."""

    scenario: str
    changes: tuple[str, ...]
    gap: float
    time_limit: float | None
    """Time for the whole command [s]; None for no limit."""
    solver: str
    strategy: str
    jobs: int | None
    cluster: str | None
    out: str
    force: bool

    @property
    def limits(self) -> SearchLimits:
        """The limits of each search."""
        most = float(settings.DEFAULT_SECONDS)
        seconds = most if self.time_limit is None else min(most, self.time_limit)
        return settings.chosen_limits(self.gap, seconds, self.solver, self.strategy)


def with_options[F: Callable[..., Any]](function: F) -> F:
    """Add the argument SCENARIO and the common options to a command, which gets them as one QuestionOptions."""

    def command(*, scenario: str, changes: tuple[str, ...], gap: float, time_limit: float | None, solver: str,
                strategy: str, jobs: int | None, cluster: str | None, out: str, force: bool,
                **own: Any) -> Any:  # fmt: skip
        options = QuestionOptions(scenario, changes, gap, time_limit, solver, strategy, jobs, cluster, out, force)
        return function(options, **own)

    command.__name__, command.__doc__ = function.__name__, function.__doc__
    made: Any = command
    made.__click_params__ = list(getattr(function, "__click_params__", ()))
    for add in (
        translated.option(
            "--force",
            is_flag=True,
            help=N_(
                "Overwrite files and folders that planner has not written, and make all plans of the answer"
                " again, including stored ones."
            ),
        ),
        translated.option(
            "--out",
            default="reports",
            show_default=True,
            metavar=N_("FOLDER"),
            help=N_("Folder of the results; the answer goes to <id>/what-if/ in it."),
        ),
        translated.option(
            "--cluster",
            metavar=N_("ADDRESS"),
            help=N_("Make the plans on this Dask cluster instead of this machine, such as tcp://10.0.0.5:8786."),
        ),
        settings.jobs,
        settings.limits_of_question,
        settings.changes,
        translated.argument("scenario", metavar=N_("SCENARIO"), help=N_("Scenario file.")),
    ):
        made = add(made)
    return made  # type: ignore[no-any-return]  # the decorators of click give back what they are given


def read(options: QuestionOptions) -> LoadedScenario:
    """Return the scenario in question. Raise InputError with all problems in it."""
    from planner.scenario_io import read_located

    return read_located(options.scenario, options.changes)


def answer(
    options: QuestionOptions, loaded: LoadedScenario, page: str, question: Ask, early: Sequence[Early] = ()
) -> int:
    """Answer `question` about the scenario's plan, print the answer and write its page; return the exit code.

    The plans named in `early` are begun at once.
    The stored plan is used if it belongs to exactly this scenario; else a plan is made and stored as by `planner plan`.
    """
    from planner.report.kept_answers import outdated_pages

    folder = Path(options.out) / loaded.scenario.id
    cached = 0
    failed: list[Result] = []
    try:
        with runner(options, folder) as workers:  # fails before the search if the cluster does not answer
            workers.begin(early)
            plan = base_plan(options, loaded, folder)
            try:
                with failures.naming(options.scenario, loaded):
                    answers = question(_inquiry(loaded, plan, workers, options.limits))
            finally:
                cached, failed = workers.cached, workers.failures
    except KeyboardInterrupt:
        report_failures(failed)  # they are not among the plans that are kept
        return _report_interruption(cached)
    lacking, wanted, levels = workers.unfinished, workers.wanted, workers.levels
    path = keep_page(loaded.scenario, plan, folder, page, answers, levels=levels, unfinished=lacking, wanted=wanted)
    if lacking:
        failures.say(unfinished_words(lacking, wanted))  # first: what is read below depends on it
    show(loaded.scenario, plan, answers)
    click.echo(_("Page: {path}").format(path=path))
    if page in IN_REPORT and not lacking:
        renewal = f"planner export {shell_quoted(str(folder))} --html"
        click.echo(_("To have it in the report: {command}").format(command=renewal))
    if outdated := outdated_pages(folder):
        words = _("Better plans were found than some kept answers show; ask these again: {questions}.")
        click.echo(words.format(questions=", ".join(outdated)))
    return report_failures(workers.failures)


def base_plan(options: QuestionOptions, loaded: LoadedScenario, folder: Path) -> Plan:
    """Return the stored plan of exactly this scenario, checked again; else a new one, which is stored."""
    from planner.cli import interrupted_plan, progress
    from planner.store.results import ensure_writable

    scenario = loaded.scenario
    stored = _stored_plan(options, loaded, folder)
    if stored is not None:
        return stored
    ensure_writable(folder, force=options.force)
    with (
        failures.naming(options.scenario, loaded),
        progress.of_search(scenario) as report,
    ):
        answer = apart.planned(scenario, options.limits, report, folder=folder)
    if answer.plan.solver.interrupted:
        interrupted_plan.keep(loaded, answer, folder, force=options.force)
        raise KeyboardInterrupt
    if answer.broke:
        interrupted_plan.keep(loaded, answer, folder, force=options.force)
        raise SolverError(f"{options.scenario}: {answer.broke}")
    try:
        if interrupted_plan.better_before(scenario, answer.plan, folder) is not None:  # a longer search has found it
            return _adopted(loaded, folder, lambda plan: True) or answer.plan
        interrupted_plan.store(loaded, answer, folder, force=options.force)
    except KeyboardInterrupt:  # the plan is worth the few seconds, whatever it took to find it
        interrupted_plan.keep(loaded, answer, folder, force=options.force)
        raise
    return answer.plan


def _stored_plan(options: QuestionOptions, loaded: LoadedScenario, folder: Path) -> Plan | None:
    """Return the plan in the folder if it belongs to this scenario, meets gap and time limit, and passes the check."""
    from planner.plans.plan import Status

    def is_enough(plan: Plan) -> bool:
        searched = (plan.solver.seconds or 0.0) >= (options.limits.time_limit or 0.0)
        return plan.tolerance <= options.gap and (plan.status == Status.OPTIMAL or searched)

    return _adopted(loaded, folder, is_enough)


def _adopted(loaded: LoadedScenario, folder: Path, is_enough: Callable[[Plan], bool]) -> Plan | None:
    """Return the plan in the folder if it belongs to this scenario, is enough, and passes the check."""
    from planner.planning import adopt
    from planner.plans.plan import Plan
    from planner.store.stored_plan import PLAN_FILE, read_plan_data

    scenario = loaded.scenario
    if not (folder / PLAN_FILE).is_file():
        return None
    try:
        plan = Plan.from_plain(read_plan_data(folder / PLAN_FILE))
        if plan.scenario_sha256 != scenario.sha256 or not is_enough(plan):
            return None
        decisions = plan.decisions(scenario)
        return adopt(scenario, decisions, bounds=plan.bounds, tolerance=plan.tolerance, solver=plan.solver)
    except PlannerError:
        return None


def _inquiry(loaded: LoadedScenario, plan: Plan, workers: BatchRunner, limits: SearchLimits) -> Inquiry:
    from planner.batch.inquiry import Inquiry

    return Inquiry(loaded.scenario, plan, workers, limits)


@contextmanager
def runner(options: QuestionOptions, folder: Path) -> Iterator[BatchRunner]:
    """Provide the runner that makes further plans, with a progress bar and a cache of plans in `folder`."""
    from planner.batch.cluster import silence_dask
    from planner.batch.plan_cache import PlanCache
    from planner.batch.runner import BatchRunner, processors
    from planner.cli import progress
    from planner.store.results import ANSWERS, POINTS

    cache = PlanCache(folder / ANSWERS / POINTS, trusted=not options.force)
    cache.evict()
    if options.cluster is not None:
        silence_dask()
    jobs = processors() if options.jobs is None and options.cluster is None else options.jobs or 0
    with (
        progress.of_batches(folder.name) as report,
        BatchRunner(jobs, report, cluster=options.cluster, cache=cache, seconds=options.time_limit) as workers,
    ):
        yield workers


def report_failures(results: Sequence[Result]) -> int:
    """Print the reasons of failed plans; return the exit code of the worst failure."""
    from planner.plans.plan import Status

    for result in results[:MOST_FAILURES]:
        failures.say(_("One plan could not be made: {reason}").format(reason=result.message))
    more = len(results) - MOST_FAILURES
    if more > 0:
        text = ngettext("{count} more plan could not be made.", "{count} more plans could not be made.", more)
        failures.say(text.format(count=more))
    codes = {None: failures.DEFECT, Status.CHECK_FAILED: CheckFailed.exit_code}
    return failures.worst(codes.get(result.status, SolverError.exit_code) for result in results)


def _report_interruption(cached: int) -> int:
    """Print how many plans an interrupted question keeps and how to continue; return the exit code."""
    if cached:
        text = ngettext(
            "Interrupted. {count} finished plan is kept; the same command goes on from there.",
            "Interrupted. {count} finished plans are kept; the same command goes on from there.",
            cached,
        )
        failures.say(text.format(count=cached))
    else:
        failures.say(_("Interrupted before a further plan was finished. The same command starts again."))
    return failures.INTERRUPTED


def show(scenario: Scenario, plan: Plan, answers: Sequence[object]) -> None:
    """Print the answers as sentences and tables."""
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
