"""`planner rules`: what each rule costs, and what it costs to be fair."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

import click

from planner.cli import asking, repairing, spoken
from planner.cli.asking import Asking
from planner.locale import N_

if TYPE_CHECKING:
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario


@spoken.command(
    "rules",
    help=N_(
        "What each rule of the scenario costs: the gaps and the money that planning without it would gain, and how much"
        " room the plan has left under it; for goals also what meeting them would cost. And the price of fairness: gaps"
        " closed against the coverage that every agency is guaranteed, from none to the most that is possible."
    ),
    examples=(
        ("planner rules scenarios/jambi-2027.yaml", N_("Which rule costs most?")),
        (
            "planner rules scenarios/jambi-2027.yaml --by location --points 5",
            N_("What does it cost to leave no location behind?"),
        ),
        ("planner rules scenarios/jambi-2027.yaml --points 0", N_("The rules alone:")),
    ),
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option(
    "--by",
    type=click.Choice(["agency", "location", "group", "competency"]),
    default="agency",
    show_default=True,
    help=N_("To whom a coverage is guaranteed: every agency, location, group or competency."),
)
@spoken.option(
    "--points",
    type=click.IntRange(0, 50),
    default=8,
    show_default=True,
    metavar=N_("N"),
    help=N_("Guarantees to try between none and the most; with 0 there is no price of fairness."),
)
def command(asked: Asking, by: str, points: int) -> int:
    """Answer on the page rules.html."""

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        return priced(inquiry, loaded, by, points)

    return asking.answer(asked, "rules", question)


def priced(inquiry: Inquiry, loaded: LoadedScenario, by: str = "agency", points: int = 8) -> list[object]:
    """The price of each rule, and that of fairness unless no `points` of it are asked for."""
    from planner.analysis.fairness import fairness
    from planner.analysis.rule_prices import rule_prices

    prices = rule_prices(inquiry)
    paths = [("rules", each.number) for each in prices.rules]
    answers: list[object] = [replace(prices, places={path: repairing.place(loaded, path) for path in paths})]
    if points:
        bucket = cast(Literal["agency", "location", "group", "competency"], by)
        answers.append(fairness(inquiry, bucket, points))
    return answers
