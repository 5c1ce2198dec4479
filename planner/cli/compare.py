"""`planner compare`: plans side by side, in the terminal and as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planner.cli import failures, settings, spoken
from planner.cli.files import refuse_to_overwrite, write_whole
from planner.cli.settings import INTERRUPTED_SEARCH
from planner.errors import InputError, Problem
from planner.locale import N_, _

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.plan.plan import Plan
    from planner.planning import Limits

DEFAULT_PAGE: Final = "reports/comparison/comparison.html"


@spoken.command(
    "compare",
    help=N_(
        "Holds plans side by side, the first being the base: what differs in the inputs, then gaps closed, cost by"
        " fund, coverage, and which programmes gain or lose classes. Takes scenarios, which it plans, and folders of"
        " results, which it reads and checks again."
    ),
    examples=(
        (
            "planner compare scenarios/jambi-2027.yaml scenarios/jambi-2027-tanpa-mitra.yaml",
            N_("What do the partners bring?"),
        ),
        ("planner compare reports/jambi-2027 reports/jambi-2027-pemotongan-15", N_("Plans that are already made:")),
    ),
    exit_codes=(0, 2, 3, 4, 5, 130),
)
@spoken.argument(
    "scenarios",
    nargs=-1,
    required=True,
    metavar=N_("SCENARIO|FOLDER..."),
    help=N_("Two or more scenario files, folders of results or plan.json files; the first is the base."),
)
@settings.limits
@spoken.option("--out", default=DEFAULT_PAGE, show_default=True, metavar=N_("FILE"), help=N_("Page to write."))
@spoken.option("--force", is_flag=True, help=N_("Overwrite a file that planner has not written."))
def command(
    scenarios: tuple[str, ...], gap: float, time_limit: float | None, solver: str, out: str, force: bool
) -> int:
    """Plan or read each, then compare; nothing is compared when one of them fails."""
    from planner.cli import terminal
    from planner.plan.comparison import compare
    from planner.report import comparison_table, render_comparison

    if len(scenarios) < 2:
        raise click.UsageError(_("A comparison needs at least two plans."))
    page = Path(out)
    refuse_to_overwrite(page, ours=is_comparison(page), force=force)
    answers = planned(read_all(scenarios), settings.chosen_limits(gap, time_limit, solver))
    comparison = compare(answers)
    write_whole(page, render_comparison(comparison))
    terminal.show(comparison_table(comparison), head=True)
    click.echo(_("Page: {path}").format(path=page))
    return 0


def read_all(paths: tuple[str, ...]) -> list[tuple[str, Scenario, Plan | None]]:
    """Every input with its scenario, and its plan where it is stored; all problems of all inputs at once."""
    from planner.cli.stored import is_stored, read_stored
    from planner.scenario_io import read_scenario

    inputs: list[tuple[str, Scenario, Plan | None]] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in paths:
        try:
            if is_stored(path):
                stored = read_stored(path)
                inputs.append((path, stored.scenario, stored.plan()))
            else:
                inputs.append((path, read_scenario(path), None))
        except InputError as error:
            problems += error.problems
            continue
        id = inputs[-1][1].id
        first = seen.setdefault(id, path)
        if first is not path:
            message = _("'{id}' is also the id of {other}.").format(id=id, other=first)
            problems.append(
                Problem(message, _("Give each compared scenario an id of its own."), path="scenario.id", file=path)
            )
    if problems:
        raise InputError(problems)
    return inputs


def planned(inputs: list[tuple[str, Scenario, Plan | None]], limits: Limits) -> list[tuple[Scenario, Plan]]:
    """Every input with a plan; those that have none are planned now.

    Raises the error of planning, with the scenario's file named, and KeyboardInterrupt when the user stopped
    a search: half a search is no basis for a comparison.
    """
    from planner import planning
    from planner.cli import progress

    answers = []
    for path, scenario, plan in inputs:
        if plan is None:
            with failures.naming(path), progress.shown(scenario.id) as report:
                plan = planning.plan(scenario, limits, progress=report).plan
            if plan.solver.strategy == INTERRUPTED_SEARCH:
                raise KeyboardInterrupt
        answers.append((scenario, plan))
    return answers


def is_comparison(page: Path) -> bool:
    """Whether the file is a page written by us, which may be replaced."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        return b'name="generator" content="planner ' in file.read(8192)
