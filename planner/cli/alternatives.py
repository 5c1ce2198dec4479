"""`planner alternatives`: other plans that are nearly as good, or the one nearest to an earlier plan."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import click

from planner.cli import asking, settings, spoken
from planner.cli.asking import Asking
from planner.cli.earlier import read_earlier
from planner.locale import N_

if TYPE_CHECKING:
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario

MOST: Final = 5
"""Alternatives unless told otherwise."""


@spoken.command(
    "alternatives",
    help=N_(
        "Plans that close nearly as many gaps as the best one and differ most from it and from each other: with their"
        " gaps and cost, and which programmes and groups gain or lose. With --near the one plan that changes least of"
        " an earlier plan instead."
    ),
    examples=(
        ("planner alternatives scenarios/jambi-2027.yaml", N_("What else could be done at nearly the same gain?")),
        (
            "planner alternatives scenarios/jambi-2027.yaml --within 3% --most 3",
            N_("Three of them, which may lose up to 3%:"),
        ),
        (
            "planner alternatives scenarios/jambi-2027-pemotongan-15.yaml --near reports/jambi-2027",
            N_("After a cut: change as little as possible of the plan that was announced:"),
        ),
    ),
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option(
    "--within",
    type=settings.Share(),
    default="0.01",
    show_default=True,
    metavar=N_("SHARE"),
    help=N_("Share of the gaps closed that a plan may lose against the best one: 0.01 is 1%."),
)
@spoken.option(
    "--most",
    type=click.IntRange(1, 10),
    default=MOST,
    show_default=True,
    metavar=N_("N"),
    help=N_("Look for so many alternatives at most."),
)
@spoken.option(
    "--near",
    metavar=N_("FOLDER|plan.json"),
    help=N_("Look for the plan nearest to this earlier one instead: a folder of results or a plan.json."),
)
def command(asked: Asking, within: float, most: int, near: str | None) -> int:
    """Answer on the page alternatives.html, or near.html."""
    before = None if near is None else read_earlier(near)
    share = Fraction(repr(within))

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.alternatives.different import alternatives
        from planner.analysis.alternatives.nearest_plan import near

        return [alternatives(inquiry, share, most) if before is None else near(inquiry, before, share)]

    return asking.answer(asked, "alternatives" if before is None else "near", question)
