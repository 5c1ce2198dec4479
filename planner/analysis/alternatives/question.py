"""The question `alternatives`: other plans that are nearly best, or the one nearest to an earlier plan."""

from __future__ import annotations

from planner.analysis.alternatives.different import Alternatives, alternatives
from planner.analysis.alternatives.nearest_plan import NearestPlan, nearest_plan
from planner.analysis.parameters import EarlierPlanFile, Parameters, Share, parameter
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.locale import N_


class OtherPlans(Parameters):
    within: Share = parameter(
        "0.01",
        N_("Share of the gaps closed that a plan may lose against the best one: 0.01 is 1%."),
        metavar=N_("SHARE"),
    )
    most: int = parameter(5, N_("Largest number of alternatives."), metavar=N_("N"), ge=1, le=10)
    near: EarlierPlanFile | None = parameter(
        None,
        N_("Search for the plan nearest to this earlier one instead: a folder of results or a plan.json."),
        metavar=N_("FOLDER|plan.json"),
    )


def prepare(source: Source, parameters: OtherPlans) -> Ask:
    earlier = parameters.near
    if earlier is not None:
        return lambda inquiry: [nearest_plan(inquiry, earlier, parameters.within)]
    return lambda inquiry: [alternatives(inquiry, parameters.within, parameters.most)]


def page(parameters: OtherPlans) -> str:
    return "alternatives" if parameters.near is None else "near"


DEFINITION = Definition(
    help=N_(
        "Plans that close nearly as many gaps as the best one and differ most from it and from each other, with"
        " gaps, cost, and the programmes and groups that gain or lose. With --near: the plan with the fewest"
        " changes from an earlier plan."
    ),
    examples=(
        ("planner alternatives scenarios/jambi-2027.yaml", N_("Other plans with nearly the same result:")),
        (
            "planner alternatives scenarios/jambi-2027.yaml --within 3% --most 3",
            N_("Three of them, which may lose up to 3%:"),
        ),
        (
            "planner alternatives scenarios/jambi-2027-pemotongan-15.yaml --near reports/jambi-2027",
            N_("After a cut: change as little as possible of the plan that was announced:"),
        ),
    ),
    parameters=OtherPlans,
    prepare=prepare,
    plans=lambda parameters: 1 if parameters.near is not None else int(parameters.most),
    sections=(
        AnswerSection(Alternatives, "alternatives", N_("Alternatives nearly as good"), "alternatives"),
        AnswerSection(NearestPlan, "near", N_("Nearest to an earlier plan"), "near"),
    ),
    page=page,
)
