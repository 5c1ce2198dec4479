"""The question `curve`: the budget curve."""

from __future__ import annotations

from typing import Final, Self

from pydantic import model_validator

from planner.analysis.budget_curve.curve import Curve, curve
from planner.analysis.parameters import Parameters, Rupiah, parameter, require
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.analysis.scenarios.asked_year import ensure_open_year
from planner.errors import InputError, Problem
from planner.locale import N_, _

MOST_POINTS: Final = 400


class BudgetCurve(Parameters):
    points: int = parameter(21, N_("Number of budgets, including today's."), metavar=N_("N"), ge=2, le=MOST_POINTS)
    first: Rupiah | None = parameter(
        None, N_("Smallest total of own funds.  [default: 0]"), metavar=N_("RUPIAH"), alias="from"
    )
    last: Rupiah | None = parameter(
        None,
        N_("Largest total of own funds.  [default: what closes everything that can be closed]"),
        metavar=N_("RUPIAH"),
        alias="to",
    )
    step: Rupiah = parameter(
        "100 juta",
        N_("Further amount of own funds whose effect is computed."),
        metavar=N_("RUPIAH"),
    )

    year: str = parameter(
        "",
        N_("Year whose amounts of own funds are varied; the other years stay.  [default: all years in proportion]"),
        metavar=N_("YEAR"),
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require(self.last is None or (self.first or 0) < self.last, _("--from must be less than --to."))
        require(self.step > 0, _("--step must be more than Rp0."))
        return self


def prepare(source: Source, parameters: BudgetCurve) -> Ask:
    """Return the function that answers. Raise InputError if the scenario has no own funds to vary."""
    if not any(fund.own for fund in source.scenario.funds):
        file, line, column = source.loaded.where(("funds",))
        message = _("this scenario has no own funds, so there is no budget curve.")
        remedy = _("Ask about its partners instead: planner whatif {path} --vary partners=0%,50%,100%")
        raise InputError([Problem(message, remedy.format(path=source.file), "funds", file, line, column)])
    if parameters.year:
        _ensure_varied(source, parameters.year)
    return lambda inquiry: [
        curve(inquiry, parameters.points, parameters.first, parameters.last, parameters.step, parameters.year)
    ]


def _ensure_varied(source: Source, year: str) -> None:
    """Raise InputError where no own fund has amounts per year, or the plan has no such year that is not over."""
    scenario = source.scenario
    ensure_open_year(scenario, year)
    if not any(fund.own and fund.amounts for fund in scenario.funds):
        message = _("--year: no own fund of '{id}' has amounts per year.").format(id=scenario.id)
        raise InputError([Problem(message, _("Ask without --year, or give the fund amounts."))])


DEFINITION = Definition(
    help=N_(
        "The budget curve: gaps closed for each total of own funds, from 0 to what closes everything that can be"
        " closed; the effect of a further amount; the own funds needed to close 80, 90 and 100%; and the bend of"
        " the curve. Partners are unchanged. Every point is a plan of its own, checked like any other."
    ),
    examples=(
        ("planner curve scenarios/jambi-2027.yaml", N_("The whole curve in 21 points:")),
        (
            "planner curve scenarios/jambi-2027.yaml --from '12 miliar' --to '18 miliar' --points 13",
            N_("A part of it, more closely:"),
        ),
        ("planner curve scenarios/jambi-2027.yaml --step '500 juta'", N_("The effect of Rp500 juta more:")),
    ),
    parameters=BudgetCurve,
    prepare=prepare,
    plans=lambda parameters: int(parameters.points),
    sections=(AnswerSection(Curve, "curve", N_("Budget curve"), "curve"),),
)
