"""Progress on standard error: of a search (best plan, bound, gap, seconds) and of a batch (plans made, time left).

On a terminal one line is updated; elsewhere, as in a log file, a plain line is printed every few seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from planner.cli import interrupts
from planner.cli.failures import without_control
from planner.locale import language_in_force
from planner.report.wording.batches import beforehand, count_sentence

if TYPE_CHECKING:
    from planner.batch.batch_progress import BatchProgress
    from planner.domain.scenario import Scenario
    from planner.planning import Progress
    from planner.plans.plan import Plan

EVERY: Final = 5.0
"""Time between two plain lines [seconds]."""


class SearchReport(NamedTuple):
    """What shows how far a search is."""

    progress: Callable[[Progress], None]
    early: Callable[[Plan], None]
    """Takes a checked plan while the search goes on; any thread may call it."""


@contextmanager
def of_search(scenario: Scenario) -> Iterator[SearchReport]:
    """Show the progress of the search of a scenario within a `with` block, and the figures of the best checked plan so
    far: on a terminal the latest beside the progress, elsewhere only the first, at once.

    Interrupts that a library swallowed are raised at the next report.
    """
    from planner.report.wording.gaps_sought import gaps_sought
    from planner.report.wording.searching import early_sentence, sentence

    language, name, gaps = language_in_force(), without_control(scenario.id), gaps_sought(scenario)
    terminal, found = sys.stderr.isatty(), ""

    def early(plan: Plan) -> None:
        nonlocal found
        first, found = not found, f"{name}: {early_sentence(scenario, plan, language)}"
        if first and not terminal:
            click.echo(found, err=True)

    interrupts.heed()
    with _on_terminal() if terminal else nullcontext(_in_lines()) as show:

        def update(progress: Progress) -> None:
            interrupts.heed()
            state = partial(sentence, progress, language, gaps)
            beside = f"{found}\n" if terminal and found else ""
            show(lambda clock: f"{beside}{name}: {state(clock=clock)}")

        yield SearchReport(update, early)


Show = Callable[[Callable[[bool], str]], None]
"""Shows a text, which is made when it is shown, with the seconds or without."""


@contextmanager
def _on_terminal() -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    state = TextColumn("{task.description}", markup=False, table_column=Column(overflow="fold"))
    columns = (SpinnerColumn("line"), TimeElapsedColumn(), state)
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=None)
        yield lambda text: bar.update(task, description=text(False))


def _in_lines() -> Show:
    last = time.monotonic()

    def show(text: Callable[[bool], str]) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            click.echo(text(True), err=True)

    return show


@contextmanager
def of_batches(label: str) -> Iterator[Callable[[BatchProgress], None]]:
    """Show the progress of one batch after another within a `with` block, and before each how long it may take."""
    interrupts.heed()
    begun: set[int] = set()
    with _batches_on_terminal(label) if sys.stderr.isatty() else nullcontext(_batches_in_lines(label)) as report:

        def update(progress: BatchProgress) -> None:
            interrupts.heed()
            if progress.batch not in begun:
                begun.add(progress.batch)
                if words := beforehand(progress):
                    click.echo(f"{without_control(label)}: {words}", err=True)
            report(progress)

        yield update


@contextmanager
def _batches_on_terminal(label: str) -> Iterator[Callable[[BatchProgress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    state = TextColumn("{task.description}", markup=False)
    columns = (SpinnerColumn("line"), TimeElapsedColumn(), BarColumn(bar_width=20), state)
    bar = Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    tasks: dict[int, TaskID] = {}

    def report(progress: BatchProgress) -> None:
        if progress.batch not in tasks:
            bar.start()  # not before: the search for the base plan shows a line of its own
            for task in tasks.values():
                bar.update(task, visible=False)
            tasks[progress.batch] = bar.add_task("", total=progress.total)
        description = f"{without_control(label)}: {count_sentence(progress)}"
        bar.update(tasks[progress.batch], completed=progress.done, description=description)

    try:
        yield report
    finally:
        bar.stop()


def _batches_in_lines(label: str) -> Callable[[BatchProgress], None]:
    last = time.monotonic()

    def report(progress: BatchProgress) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            click.echo(f"{without_control(label)}: {count_sentence(progress)}", err=True)

    return report
