"""Progress on standard error: of a search (best plan, bound, gap, seconds) and of a batch (plans made, time left).

On a terminal one line is updated; elsewhere, as in a log file, a plain line is printed every few seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

import click

from planner.cli import interrupts
from planner.cli.failures import without_control
from planner.locale import language_in_force
from planner.report.wording.batches import beforehand, count_sentence

if TYPE_CHECKING:
    from planner.batch.batch_progress import BatchProgress
    from planner.planning import Progress

EVERY: Final = 5.0
"""Time between two plain lines [seconds]."""

Reporter = Callable[["Progress"], None]


@contextmanager
def of_search(label: str, gaps: str) -> Iterator[Reporter]:
    """Show the progress of a search within a `with` block; `label` names the scenario, `gaps` its gaps closed.

    Interrupts that a library swallowed are raised at the next report.
    """
    interrupts.heed()
    with (
        _search_on_terminal(label, gaps)
        if sys.stderr.isatty()
        else nullcontext(_search_in_lines(label, gaps)) as report
    ):

        def update(progress: Progress) -> None:
            interrupts.heed()
            report(progress)

        yield update


@contextmanager
def _search_on_terminal(label: str, gaps: str) -> Iterator[Reporter]:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    from planner.report.wording.searching import sentence

    language, name = language_in_force(), without_control(label)
    state = TextColumn("{task.description}", markup=False, table_column=Column(overflow="fold"))
    columns = (SpinnerColumn("line"), TimeElapsedColumn(), state)
    with Bar(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(name, total=None)
        yield lambda progress: bar.update(
            task, description=f"{name}: {sentence(progress, language, gaps, clock=False)}"
        )


def _search_in_lines(label: str, gaps: str) -> Reporter:
    from planner.report.wording.searching import sentence

    language = language_in_force()
    last = time.monotonic()

    def report(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            click.echo(f"{without_control(label)}: {sentence(progress, language, gaps)}", err=True)

    return report


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
