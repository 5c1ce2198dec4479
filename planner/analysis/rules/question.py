"""The question `rules`: the price of each rule, and the price of fairness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from planner.analysis.parameters import Parameters, parameter
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.analysis.rules.fairness import Fairness, begin_fairness, fairness
from planner.analysis.rules.fairness import begun_early as fairness_begun_early
from planner.analysis.rules.rule_prices import RulePrices, rule_prices
from planner.analysis.rules.rule_prices import begun_early as prices_begun_early
from planner.batch.begun import Early
from planner.batch.inquiry import Inquiry
from planner.locale import N_
from planner.planning import SearchLimits


class PriceOfRules(Parameters):
    by: Literal["agency", "location", "group", "competency"] = parameter(
        "agency", N_("To whom a coverage is guaranteed: every agency, location, group or competency.")
    )
    points: int = parameter(
        8,
        N_("Number of guarantees from none to the largest; 0: no price of fairness."),
        metavar=N_("N"),
        ge=0,
        le=50,
    )


def prepare(source: Source, parameters: PriceOfRules) -> Ask:
    def ask(inquiry: Inquiry) -> Sequence[object]:
        if parameters.points:
            begin_fairness(inquiry, parameters.by)
        prices = rule_prices(inquiry)
        paths = [("rules", each.number) for each in prices.rules]
        answers: list[object] = [replace(prices, places={path: source.place(path) for path in paths})]
        if parameters.points:
            answers.append(fairness(inquiry, parameters.by, parameters.points))
        return answers

    return ask


def early(source: Source, parameters: PriceOfRules, limits: SearchLimits) -> Sequence[Early]:
    """Return the plans that can be begun before the plan in question is known, the longest first."""
    fair = fairness_begun_early(source.scenario, parameters.by, limits) if parameters.points else []
    return [*fair, *prices_begun_early(source.scenario, limits)]


DEFINITION = Definition(
    help=N_(
        "The price of each rule: the gaps and the money gained by planning without it, and how far the plan is"
        " from its bound; for goals also the cost of meeting them. And the price of fairness: gaps closed for"
        " each coverage guaranteed to all agencies, from none to the largest possible."
    ),
    examples=(
        ("planner rules scenarios/jambi-2027.yaml", N_("Which rule costs most?")),
        (
            "planner rules scenarios/jambi-2027.yaml --by location --points 5",
            N_("What does it cost to leave no location behind?"),
        ),
        ("planner rules scenarios/jambi-2027.yaml --points 0", N_("The rules alone:")),
    ),
    parameters=PriceOfRules,
    prepare=prepare,
    early=early,
    sections=(
        AnswerSection(RulePrices, "rules", N_("The price of each rule"), "rule_prices"),
        AnswerSection(Fairness, "fairness", N_("The price of fairness"), "fairness"),
    ),
)
