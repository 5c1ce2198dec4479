"""`planner compare`: plans side by side, in the terminal and as a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planner.cli import failures, settings, spoken
from planner.cli.files import refuse_to_overwrite, write_file
from planner.errors import InputError, Problem
from planner.locale import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.analysis.causes import Causes
    from planner.domain.scenario import Scenario
    from planner.planning import SearchLimits
    from planner.plans.comparison import Difference
    from planner.plans.plan import Plan
    from planner.scenario_io import LoadedScenario

DEFAULT_PAGE: Final = "reports/comparison/comparison.html"


@spoken.command(
    "compare",
    help=N_(
        "Holds plans side by side, the first being the base: what differs in the inputs, then gaps closed, cost by"
        " fund, coverage, and which programmes gain or lose classes. Takes scenarios, which it plans, and folders of"
        " results, which it reads and checks again. Says also what each changed input brings, one after the other in"
        " the order of the file, adding exactly to the difference: for that a plan is made after each change but the"
        " last."
    ),
    examples=(
        (
            "planner compare scenarios/jambi-2027.yaml scenarios/jambi-2027-tanpa-mitra.yaml",
            N_("What do the partners bring?"),
        ),
        ("planner compare reports/jambi-2027 reports/jambi-2027-pemotongan-15", N_("Plans that are already made:")),
        (
            "planner compare scenarios/jambi-2027.yaml scenarios/jambi-2027-mitra-penuh.yaml --no-causes",
            N_("Only side by side, without further plans:"),
        ),
    ),
    exit_codes=(0, 2, 3, 4, 5, 6, 130),
)
@spoken.argument(
    "scenarios",
    nargs=-1,
    required=True,
    metavar=N_("SCENARIO|FOLDER..."),
    help=N_("Two or more scenario files, folders of results or plan.json files; the first is the base."),
)
@settings.limits
@spoken.option(
    "--causes/--no-causes",
    "explained",
    default=None,
    help=N_("Say what each changed input brings, or leave it out.  [default: said of two plans, left out for more]"),
)
@spoken.option(
    "--jobs",
    type=click.IntRange(min=0),
    metavar=N_("N"),
    help=N_(
        "Make so many plans at a time, each in a process of its own; with 0 one by one without further"
        " processes, quickest for small scenarios.  [default: the number of processors]"
    ),
)
@spoken.option("--out", default=DEFAULT_PAGE, show_default=True, metavar=N_("FILE"), help=N_("Page to write."))
@spoken.option("--force", is_flag=True, help=N_("Overwrite a file that planner has not written."))
def command(
    scenarios: tuple[str, ...],
    gap: float,
    time_limit: float,
    solver: str,
    explained: bool | None,
    jobs: int | None,
    out: str,
    force: bool,
) -> int:
    """Plan or read each, then compare; nothing is compared when one of them fails."""
    from planner.cli import asking, terminal
    from planner.plans.comparison import compare
    from planner.report import comparison_table, render_comparison

    if len(scenarios) < 2:
        raise click.UsageError(_("A comparison needs at least two plans."))
    page = Path(out)
    refuse_to_overwrite(page, ours=is_comparison(page), force=force)
    inputs, limits = read_all(scenarios), settings.chosen_limits(gap, time_limit, solver)
    answers = planned(inputs, limits)
    explained = len(inputs) == 2 if explained is None else explained
    causes, failed = explain(inputs, answers, limits, jobs) if explained else ([], 0)
    comparison = compare(answers)
    write_file(page, render_comparison(comparison, causes))
    terminal.show(comparison_table(comparison), head=True)
    click.echo("")
    asking.show(*answers[0], causes)
    click.echo(_("Page: {path}").format(path=page))
    return failed


@dataclass(frozen=True)
class Compared:
    """One of the inputs: a stored plan with its scenario, or a scenario that is still to be planned."""

    path: str
    scenario: Scenario
    stored: Plan | None = None
    loaded: LoadedScenario | None = None


def read_one(path: str) -> Compared:
    """A stored plan, checked again, or a scenario; raises InputError or CheckFailed."""
    from planner.scenario_io import read_located
    from planner.store.stored_plan import is_stored, read_stored

    if is_stored(path):
        stored = read_stored(path)
        return Compared(path, stored.scenario, stored=stored.plan())
    loaded = read_located(path)
    return Compared(path, loaded.scenario, loaded=loaded)


def read_all(paths: tuple[str, ...]) -> list[Compared]:
    """Every input; InputError with all problems of all of them, two of one id among them."""
    inputs: list[Compared] = []
    problems: list[Problem] = []
    by_id: dict[str, str] = {}
    for path in paths:
        try:
            found = read_one(path)
        except InputError as error:
            problems += error.problems
            continue
        inputs.append(found)
        first = by_id.setdefault(found.scenario.id, path)
        if first is not path:
            message = _("'{id}' is also the id of {other}.").format(id=found.scenario.id, other=first)
            remedy = _("Give each compared scenario an id of its own.")
            problems.append(Problem(message, remedy, path="scenario.id", file=path))
    if problems:
        raise InputError(problems)
    return inputs


def planned(inputs: list[Compared], limits: SearchLimits) -> list[tuple[Scenario, Plan]]:
    """Every input with a plan; those that have none are planned now.

    Raises the error of planning, with the scenario's file named, and KeyboardInterrupt when the user stopped
    a search: half a search is no basis for a comparison.
    """
    from planner import planning
    from planner.cli import progress

    answers = []
    for found in inputs:
        plan = found.stored
        if found.loaded is not None:
            counted = progress.counted(found.scenario)
            with failures.naming(found.path, found.loaded), progress.shown(found.scenario.id, counted) as report:
                plan = planning.plan(found.scenario, limits, progress=report, validated=True).plan
            if plan.solver.interrupted:
                raise KeyboardInterrupt
        assert plan is not None
        answers.append((found.scenario, plan))
    return answers


def explain(
    inputs: list[Compared], answers: list[tuple[Scenario, Plan]], limits: SearchLimits, jobs: int | None
) -> tuple[list[Causes], int]:
    """What each changed input brings, for every plan whose inputs differ from the base's; the order is that in which
    the scenario's files write the changes, where they are at hand. And the exit code of what failed."""
    from planner.analysis.causes import causes
    from planner.batch.crew import Crew, processors
    from planner.batch.inquiry import Inquiry
    from planner.cli import asking, progress
    from planner.plans.comparison import differences

    base, plan = answers[0]
    found = []
    with progress.of_batches(base.id) as news, Crew(processors() if jobs is None else jobs, news) as workers:
        inquiry = Inquiry(base, plan, workers, limits)
        for given, (scenario, made) in zip(inputs[1:], answers[1:], strict=True):
            if differences(base, scenario):
                found.append(causes(inquiry, scenario, made, order_of(given)))
    return found, asking.say_what_failed(workers.failures)


def order_of(given: Compared) -> Callable[[Difference], tuple[int, ...]] | None:
    """Where the scenario's files write a difference; None for a stored plan, of which the files are not known."""
    from planner.scenario_io.written_order import written_order

    if given.loaded is None:
        return None
    place = written_order(given.path)
    return lambda difference: place(difference.steps)


def is_comparison(page: Path) -> bool:
    """Whether the file is a page written by us, which may be replaced."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        return b'name="generator" content="planner ' in file.read(8192)
