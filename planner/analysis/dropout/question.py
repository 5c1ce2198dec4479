"""The question `dropout`: the expected result if partners withdraw, and the plan that loses least."""

from __future__ import annotations

from collections.abc import Sequence

from planner.analysis.dropout.expected import DropOut, drop_out
from planner.analysis.parameters import Ids, parameter
from planner.analysis.partners.asked import AboutPartners, asking, beginning
from planner.analysis.partners.partner_roles import refuse_unknown
from planner.analysis.partners.subsets import PartnerSubsets
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.analysis.scenarios.asked_year import ensure_open_year
from planner.batch.begun import Early
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import N_, _
from planner.planning import SearchLimits


class WhoMayStayAway(AboutPartners):
    partners: Ids = parameter(
        (),
        N_(
            "Only these partners may withdraw, at most eight; the others are certain.  [default: all that are not"
            " certain; of more than eight, those that contribute most]"
        ),
        metavar=N_("ID,..."),
    )
    year: str = parameter(
        "",
        N_("Partners withhold their amount of this year only.  [default: they give nothing at all]"),
        metavar=N_("YEAR"),
    )


def prepare(source: Source, parameters: WhoMayStayAway) -> Ask:
    """Return the function that answers. Raise InputError for names that are not partners of the scenario."""
    if not parameters.year:
        return asking(drop_out)(source, parameters)
    refuse_unknown(source.scenario, parameters.partners)
    partners = _giving(source.scenario, parameters.year, parameters.partners)
    return lambda inquiry: [drop_out(inquiry, partners, PartnerSubsets(inquiry, parameters.year))]


def early(source: Source, parameters: WhoMayStayAway, limits: SearchLimits) -> Sequence[Early]:
    """Return the plans that can be begun early; none of one year, of which some may be spared."""
    return () if parameters.year else beginning(uncertain=True)(source, parameters, limits)


def _giving(scenario: Scenario, year: str, asked: Sequence[str]) -> list[str]:
    """Return the partners with an amount of the year. Raise InputError where there is none, or the year is not left."""
    ensure_open_year(scenario, year)
    giving = [f.id for f in scenario.funds if not f.own and f.amounts.get(year) and (not asked or f.id in asked)]
    if not giving:
        message = _("--year: no partner asked about has an amount for {year}.").format(year=year)
        raise InputError([Problem(message, _("Ask without --year, or give the partner amounts."))])
    return giving


DEFINITION = Definition(
    help=N_(
        "What remains if partners withdraw: every combination of partners, weighted by their chances. Shows the"
        " expected, a bad and the worst result; the classes that would be cancelled; and the classes to commit"
        " now so that least is lost."
    ),
    examples=(
        ("planner dropout scenarios/jambi-2027.yaml", N_("How much may be lost if partners withdraw?")),
        (
            "planner dropout scenarios/jambi-2027.yaml --set funds.tjsl.chance=0.3",
            N_("With a smaller chance for one of them:"),
        ),
    ),
    parameters=WhoMayStayAway,
    prepare=prepare,
    early=early,
    sections=(AnswerSection(DropOut, "dropout", N_("If partners do not come"), "dropout"),),
)
