"""`planner compare`: plans side by side, printed and as a page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planner.analysis.registry import BY_NAME
from planner.cli import apart, failures, settings, translated
from planner.cli.files import refuse_to_overwrite, write_file
from planner.cli.repeated_ids import repeated_ids
from planner.errors import InputError, NoPlanInTime, PlannerError, Problem, SolverError
from planner.locale import N_, _, ngettext
from planner.report.answer_page import unfinished_words
from planner.units.said import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.analysis.comparison.causes import Causes
    from planner.batch.runner import BatchRunner
    from planner.domain.scenario import Scenario
    from planner.drafting.drafts import Answer
    from planner.planning import SearchLimits
    from planner.plans.comparison import Difference
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario

RESULTS: Final = "reports"
"""Folder of the plans that are kept where a comparison is stopped or fails."""
DEFAULT_PAGE: Final = f"{RESULTS}/comparison/comparison.html"


_DEFINITION = BY_NAME["compare"].definition()


@translated.command("compare", help=_DEFINITION.help, examples=_DEFINITION.examples, exit_codes=(0, 2, 3, 4, 5, 6, 130))
@translated.argument(
    "scenarios",
    nargs=-1,
    required=True,
    metavar=N_("SCENARIO|FOLDER..."),
    help=N_("Two or more scenario files, folders of results or plan.json files; the first is the base."),
)
@settings.limits_of_question
@translated.option(
    "--causes/--no-causes",
    "with_causes",
    default=None,
    help=_DEFINITION.parameters.model_fields["causes"].description,
)
@settings.jobs
@translated.option("--out", default=DEFAULT_PAGE, show_default=True, metavar=N_("FILE"), help=N_("Page to write."))
@translated.option("--force", is_flag=True, help=N_("Overwrite a file that planner has not written."))
def command(
    scenarios: tuple[str, ...],
    gap: float,
    time_limit: float | None,
    solver: str,
    strategy: str,
    with_causes: bool | None,
    jobs: int | None,
    out: str,
    force: bool,
) -> int:
    """Plan or read each input, then compare all; a single failure stops the comparison."""
    from planner.batch.runner import BatchRunner, processors
    from planner.cli import interrupted_plan, progress, terminal, what_if
    from planner.plans.comparison import compare
    from planner.report import comparison_table, render_comparison

    if len(scenarios) < 2:
        raise click.UsageError(_("A comparison needs at least two plans."))
    page = Path(out)
    refuse_to_overwrite(page, ours=is_comparison(page), force=force)
    inputs, most = read_all(scenarios), min(float(settings.DEFAULT_SECONDS), time_limit or math.inf)
    limits = settings.chosen_limits(gap, most, solver, strategy)
    made: list[tuple[LoadedScenario, Answer]] = []
    causes: list[Causes] = []
    try:
        with (
            progress.of_batches(inputs[0].scenario.id) as report,
            BatchRunner(processors() if jobs is None else jobs, report, seconds=time_limit) as workers,
        ):
            say_beforehand(sum(each.loaded is not None for each in inputs), most)
            answers = planned(inputs, limits, made, workers)
            if len(inputs) == 2 if with_causes is None else with_causes:
                causes = find_causes(inputs, answers, limits, workers)
        failed = what_if.report_failures(workers.failures)
        comparison = compare(answers)
        write_file(page, render_comparison(comparison, causes))
    except (KeyboardInterrupt, PlannerError):
        for loaded, answer in made:
            interrupted_plan.keep(loaded, answer, Path(RESULTS) / loaded.scenario.id)
        raise
    if workers.unfinished:
        failures.say(unfinished_words(workers.unfinished, workers.wanted))  # first: causes depend on it
    terminal.show(comparison_table(comparison), head=True)
    click.echo("")
    what_if.show(*answers[0], causes)
    click.echo(_("Page: {path}").format(path=page))
    return failed


@dataclass(frozen=True)
class ComparedInput:
    """An input: a stored plan with its scenario, or a scenario without a plan."""

    path: str
    scenario: Scenario
    stored: Plan | None = None
    loaded: LoadedScenario | None = None


def read_one(path: str) -> ComparedInput:
    """Return a stored plan, checked again, or a scenario. Raise InputError or CheckFailed."""
    from planner.scenario_io import read_located
    from planner.store.stored_plan import is_stored, read_stored

    if is_stored(path):
        stored = read_stored(path)
        return ComparedInput(path, stored.scenario, stored=stored.plan())
    loaded = read_located(path)
    return ComparedInput(path, loaded.scenario, loaded=loaded)


def read_all(paths: tuple[str, ...]) -> list[ComparedInput]:
    """Return all inputs. Raise InputError with the problems of all of them, including a repeated id."""
    inputs: list[ComparedInput] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found = read_one(path)
        except InputError as error:
            problems += error.problems
            continue
        inputs.append(found)
    remedy = _("Give each compared scenario an id of its own.")
    problems += repeated_ids(((each.path, each.scenario.id) for each in inputs), remedy)
    if problems:
        raise InputError(problems)
    return inputs


def planned(
    inputs: list[ComparedInput], limits: SearchLimits, made: list[tuple[LoadedScenario, Answer]], workers: BatchRunner
) -> list[tuple[Scenario, Plan]]:
    """Return all inputs with their plans; scenarios are planned now, and each is added to `made` with its answer.

    Raises the errors of planning, with the scenario's file, and KeyboardInterrupt if the user stopped a search: an
    unfinished plan is no basis for a comparison. NoPlanInTime where the time of `workers` is over before a search.
    """
    from planner.cli import progress

    answers = []
    for found in inputs:
        plan = found.stored
        if found.loaded is not None:
            left = workers.within(limits)
            if left is None:
                message = _("The time limit of the command was over before this plan was begun.")
                raise NoPlanInTime(f"{found.path}: {message}")
            with (
                failures.naming(found.path, found.loaded),
                progress.of_search(found.scenario) as report,
            ):
                answer = apart.planned(found.scenario, left, report)
            made.append((found.loaded, answer))
            plan = answer.plan
            if plan.solver.interrupted:
                raise KeyboardInterrupt
            if answer.broke:
                raise SolverError(f"{found.path}: {answer.broke}")
        assert plan is not None
        answers.append((found.scenario, plan))
    return answers


def find_causes(
    inputs: list[ComparedInput], answers: list[tuple[Scenario, Plan]], limits: SearchLimits, workers: BatchRunner
) -> list[Causes]:
    """Return the causes of each plan's difference from the base, if inputs differ.

    Changes are taken in the order of the scenario's files, if these are known.
    """
    from planner.analysis.comparison.causes import causes
    from planner.batch.inquiry import Inquiry
    from planner.plans.comparison import differences

    base, plan = answers[0]
    inquiry = Inquiry(base, plan, workers, limits)
    return [
        causes(inquiry, scenario, made, file_order(given))
        for given, (scenario, made) in zip(inputs[1:], answers[1:], strict=True)
        if differences(base, scenario)
    ]


def say_beforehand(number: int, most: float) -> None:
    """Say how long the plans of scenarios that have none may take."""
    if number:
        words = ngettext(
            "{count} plan to make first, in at most {seconds} s",
            "{count} plans to make first, in at most {seconds} s each",
            number,
        )
        failures.say(words.format(count=number, seconds=nearest(most)))


def file_order(given: ComparedInput) -> Callable[[Difference], tuple[int, ...]] | None:
    """Return the sort key of a difference by its place in the scenario's files; None for a stored plan."""
    from planner.scenario_io.written_order import written_order

    if given.loaded is None:
        return None
    place = written_order(given.path)
    return lambda difference: place(difference.steps)


def is_comparison(page: Path) -> bool:
    """Return whether the file is a page written by this program, which may be replaced."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        return b'name="generator" content="planner ' in file.read(8192)
