"""Asks a question as a what-if command does, in a process that a test may stop:

    main() with the arguments: slow SCENARIO [--quick N] [--bad N] [--slow N]

and the options of all commands. The batch is made of `quick` points about the scenario, of `bad` ones that fail, and
then of `slow` ones, of minutes each. Prints how it is going: a line `done kept total` for each piece of news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from planner.cli import group, progress, what_if
from planner.domain.scenario import Scenario
from tests.oracle.generate import random_scenarios

if TYPE_CHECKING:
    from planner.batch.batch_progress import BatchProgress
    from planner.batch.inquiry import Inquiry

HARD = random_scenarios(13, (30, 20, 4, 5))
"""Too hard to be proven within the tests, and soon planned somehow."""

NO_AIM: Any = "not an aim"
"""A point with this aim fails."""


@contextmanager
def in_numbers(label: str) -> Iterator[Callable[[BatchProgress], None]]:
    """Stands in for the progress bar."""
    yield lambda news: click.echo(f"{news.done} {news.cached} {news.total}")


@click.command()
@click.option("--quick", default=3)
@click.option("--bad", default=0)
@click.option("--slow", default=3)
@what_if.with_options
def command(options: what_if.QuestionOptions, quick: int, bad: int, slow: int) -> int:
    loaded = what_if.read(options)

    def question(inquiry: Inquiry) -> Sequence[object]:
        from planner.analysis.scenarios.variants import with_amounts

        fund = loaded.scenario.funds[0]
        hard = Scenario.model_validate(HARD)
        points = [
            inquiry.point(f"cepat-{n}", with_amounts(loaded.scenario, {fund.id: fund.amount // (n + 2)}))
            for n in range(quick)
        ]
        points += [inquiry.point(f"gagal-{n}", loaded.scenario, NO_AIM) for n in range(bad)]
        inquiry.solve([*points, *(inquiry.point(f"lambat-{n}", hard) for n in range(slow))])
        return ()

    return what_if.answer(options, loaded, "lambat", question)


class _Alone(group.CommandGroup):
    """The command line with this command alone."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return command if cmd_name == "slow" else None


def main() -> None:
    """Run the command; its process has been set up as that of the real command line."""
    progress.of_batches = in_numbers
    _Alone("planner").main()
