"""The comparison of plans: inputs that differ, and their effect on gaps, money and programmes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from planner.analysis.comparison.causes import Causes
from planner.locale import _
from planner.plans.comparison import Across, Comparison
from planner.plans.coverage import Coverage
from planner.report.charts.bars import Bar, bars
from planner.report.charts.heat import Heat, heat_map
from planner.report.charts.palette import step_of
from planner.report.charts.stacked import Part, Stack, stacked
from planner.report.views.answers.causes import view as causes_view
from planner.report.views.compared import (
    ComparedPlans,
    FigureBlock,
    changed_programmes,
    cost_by_fund,
    coverage_by_competency,
    coverage_by_group,
    key_figures,
)
from planner.report.views.cover import Fact
from planner.report.views.coverage_map import step_words
from planner.report.views.heading import Heading
from planner.report.views.inputs import inputs_table
from planner.report.views.section import Section
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING, Formats

MOST_GROUPS: Final = 80
"""Maximum number of groups in the chart of coverage; with more only the table shows them."""


@dataclass(frozen=True)
class SideBySidePage:
    """The comparison as a document."""

    title: str
    facts: tuple[Fact, ...]
    contents: tuple[Heading, ...]
    summary_heading: Heading
    sentences: tuple[str, ...]
    key_figures: Table
    inputs_heading: Heading
    inputs: tuple[Table, ...]
    same_inputs: tuple[str, ...]
    causes: tuple[Section, ...]
    """The effect of each changed input, for each plan for which it was asked."""
    gaps_heading: Heading
    gaps: Figure
    by_competency: Figure
    by_group: Figure
    money_heading: Heading
    money: Figure
    programmes_heading: Heading
    programmes: Table | None
    same_programmes: str


def side_by_side(
    comparison: Comparison, formats: Formats, made_on: datetime.date, causes: Sequence[Causes] = ()
) -> SideBySidePage:
    compared = ComparedPlans(comparison, formats)
    anchors = [f"causes-{number}" for number in range(1, len(causes) + 1)]
    headings = {
        "summary": _("Summary"),
        "inputs": _("What differs in the inputs"),
        **{
            anchor: _("Causes: {scenario}").format(scenario=each.other.scenario.label)
            for anchor, each in zip(anchors, causes, strict=True)
        },
        "gaps": _("Gaps closed (expected)"),
        "money": _("Cost by fund"),
        "programmes": _("Programmes that gain or lose classes"),
    }
    contents = {
        anchor: Heading(anchor, number, text) for number, (anchor, text) in enumerate(headings.items(), start=1)
    }
    others = comparison.items[1:]
    changed = comparison.changed_programmes
    return SideBySidePage(
        title=_("Comparison of {number} plans").format(number=len(comparison.items)),
        facts=(
            Fact(_("Base"), comparison.base.label),
            Fact(_("Compared with it"), "; ".join(item.label for item in others) or NOTHING),
            Fact(_("Made on"), formats.date(made_on)),
            Fact(_("Independent check"), _("✓ All plans keep all rules, to the rupiah")),
        ),
        contents=tuple(contents.values()),
        summary_heading=contents["summary"],
        sentences=tuple(compared.sentence(item) for item in others),
        key_figures=compared.table("table-figures", key_figures(compared)),
        inputs_heading=contents["inputs"],
        inputs=tuple(
            inputs_table(compared.formats, number, item, compared.comparison.base.scenario)
            for number, item in enumerate(others, start=1)
            if item.differences
        ),
        same_inputs=tuple(
            _("{scenario} has the same inputs as the base.").format(scenario=item.label)
            for item in others
            if not item.differences
        ),
        causes=tuple(
            causes_view(compared.materials[0], each, contents[anchor])
            for anchor, each in zip(anchors, causes, strict=True)
        ),
        gaps_heading=contents["gaps"],
        gaps=_gaps(compared),
        by_competency=_coverage(
            compared, "competencies", coverage_by_competency(compared), comparison.coverage_by_competency, drawn=True
        ),
        by_group=_coverage(
            compared,
            "groups",
            coverage_by_group(compared),
            comparison.coverage_by_group,
            drawn=len(comparison.coverage_by_group) <= MOST_GROUPS,
        ),
        money_heading=contents["money"],
        money=_money(compared),
        programmes_heading=contents["programmes"],
        programmes=compared.table("table-programmes", changed_programmes(compared)) if changed else None,
        same_programmes="" if changed else _("All plans hold the same classes with as many participants."),
    )


def _gaps(compared: ComparedPlans) -> Figure:
    rows = [
        Bar(
            item.label,
            float(item.plan.gaps_closed),
            item.plan.total_need,
            _("{closed} of {need} · {share}").format(
                closed=compared.gaps(item.plan.gaps_closed),
                need=compared.formats.count(item.plan.total_need),
                share=compared.formats.share(item.measures.coverage.share),
            ),
            item.label,
        )
        for item in compared.comparison.items
    ]
    title = _("Gaps needed and closed by plan")
    description = _("One bar per plan: its length is the number of gaps, the filled part those that are closed.")
    drawings = bars("chart-gaps", title, description, rows, _("closed (expected)"), _("left open (expected)"))
    made = table(
        "table-gaps",
        _("In figures: {title}").format(title=title),
        [
            Column(_("Plan"), "name"),
            Column(_("Needed"), "number"),
            Column(_("Closed (expected)"), "number"),
            Column(_("Left open (expected)"), "number"),
            Column(_("Coverage"), "number"),
        ],
        [
            (
                item.label,
                compared.formats.count(item.plan.total_need),
                compared.gaps(item.plan.gaps_closed),
                compared.gaps(item.measures.coverage.left),
                compared.formats.share(item.measures.coverage.share) if item.plan.total_need else NOTHING,
            )
            for item in compared.comparison.items
        ],
    )
    return Figure(tuple(drawings), (made,))


def _coverage(
    compared: ComparedPlans, kind: str, block: FigureBlock, rows: Sequence[Across[Coverage]], *, drawn: bool
) -> Figure:
    """Return the coverage of each row in each plan, as a heat map and a table."""
    shown = [a for a in rows if any(coverage is not None and coverage.need for coverage in a.values)]
    cells = {}
    for r, across in enumerate(shown):
        for c, coverage in enumerate(across.values):
            if coverage is not None and coverage.need:
                percent = compared.formats.share(coverage.share, 0).removesuffix("%")
                hint = _("{row}, {column}: {closed} of {need} closed").format(
                    row=across.label,
                    column=compared.comparison.items[c].label,
                    closed=compared.gaps(coverage.closed),
                    need=compared.formats.count(coverage.need),
                )
                cells[r, c] = Heat(step_of(coverage.share), percent, hint)
    drawings = heat_map(
        f"chart-{kind}",
        block.title,
        _("Each column is a plan; each cell gives the percentage of gaps closed. A dot means that there is no gap."),
        [across.label for across in shown],
        [item.label for item in compared.comparison.items],
        cells,
        step_words(),
    )
    numbers = compared.table(f"table-{kind}", replace(block, title=_("In figures: {title}").format(title=block.title)))
    return Figure(tuple(drawings) if drawn else (), (numbers,))


def _money(compared: ComparedPlans) -> Figure:
    comparison, formats = compared.comparison, compared.formats
    payers = [a for a in comparison.cost_by_fund if any(a.values)]
    stacks = [
        Stack(
            item.label,
            tuple(
                Part(number, paid, f"{item.label}, {across.label}: {formats.rupiah(paid)}")
                for number, across in enumerate(payers)
                if (paid := across.values[place])
            ),
            formats.rupiah_in_words(item.plan.total_cost),
        )
        for place, item in enumerate(comparison.items)
    ]
    title = _("Cost by plan, and who pays it")
    description = _("One bar per plan, made of what each fund pays; letters name the funds as in the legend.")
    drawings = stacked("chart-money", title, description, stacks, [across.label for across in payers])
    return Figure(tuple(drawings) if payers else (), (compared.table("table-money", cost_by_fund(compared)),))
