"""Summaries for the terminal: rows of text, formatted in the current language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.domain.scenario import Scenario
from planner.locale import _, language_in_force
from planner.plans.comparison import Comparison
from planner.plans.mixed_groups import closed_in_mixed, counted_in_mixed, mixed_groups
from planner.plans.plan import Plan
from planner.report.material import Material
from planner.report.views.answers.listing import sections
from planner.report.views.compared import blocks
from planner.report.views.duties import duties_met
from planner.report.views.likely import likely_in_short
from planner.report.views.quality import confirmed, gaps_counted, quality_in_short, weighted
from planner.report.wording.broken_by_facts import check_said
from planner.report.wording.formats import Formats


def summary_rows(scenario: Scenario, plan: Plan) -> list[tuple[str, str]]:
    """Return the key figures of a plan as (label, value)."""
    material = Material(scenario, plan, Formats(language_in_force()))
    formats, measures = material.formats, material.measures
    rows = [
        (_("Quality of the plan"), quality_in_short(material)),
        (
            _("Gaps closed (expected)"),
            _("{closed} of {need} ({share})").format(
                closed=material.gaps(plan.gaps_closed),
                need=formats.count(plan.total_need),
                share=material.coverage(measures.coverage),
            ),
        ),
    ]
    if plan.gaps_closed:
        rows.append((_("Gaps closed, likely range"), likely_in_short(material)))
        if material.overlap_matters:
            least = formats.number(material.closed_at_least)
            rows.append((_("Gaps closed, least overlap"), _("at least {number}").format(number=least)))
    if mixed_groups(scenario):
        figures = (counted_in_mixed(scenario, plan), *closed_in_mixed(scenario, plan))
        counted, least, most = map(formats.number, figures)
        said = _("{counted} counted; by the people named {least} to {most}")
        rows.append((_("In mixed groups"), said.format(counted=counted, least=least, most=most)))
    if weighted(material):
        rows.append((_("Weighted gaps closed (expected)"), formats.number(plan.weighted_gaps_closed)))
    if plan.gaps_level.value != plan.weighted_gaps_closed:
        rows.append((gaps_counted(material), formats.number(plan.gaps_level.value)))
    rows += [
        (_("Total cost"), formats.rupiah(plan.total_cost)),
        (_("Own funds"), formats.rupiah(plan.own_cost)),
        (_("Partners"), formats.rupiah(plan.partner_cost)),
        (_("Participants"), formats.count(measures.participants)),
        (_("Classes"), formats.count(measures.classes)),
        (
            _("Programmes held"),
            _("{number} of {all}").format(
                number=formats.count(len(measures.running)), all=formats.count(len(scenario.programmes))
            ),
        ),
    ]
    if material.counts_hours:
        label = _("JP per civil servant and year") if len(scenario.years) > 1 else _("JP per civil servant")
        rows.append((label, formats.number(measures.hours_per_person, 1)))
    rows += _rules_kept(material)
    rows += duties_met(material)
    rows.append((_("In exact arithmetic"), confirmed(material)))
    rows.append((_("Independent check"), check_said(material)))
    return rows


def _rules_kept(material: Material) -> Iterator[tuple[str, str]]:
    """Yield how many rules hold, and apart from them how many goals (soft rules) are met; none where there are none."""
    held = {rule.rule: True for rule in material.plan.rules}
    held |= {rule.rule: False for rule in material.plan.rules if not rule.held}
    for label, hard in ((_("Rules that hold"), True), (_("Goals that are met"), False)):
        kept = [held[rule.name] for rule in material.scenario.rules if rule.hard == hard and rule.name in held]
        if kept:
            count = material.formats.count
            yield label, _("{number} of {all}").format(number=count(sum(kept)), all=count(len(kept)))


def comparison_rows(comparison: Comparison) -> list[list[str]]:
    """Return a header, then for each block a row with its title and the rows of its figures."""
    head = ["", *(item.label for item in comparison.items)]
    rows = [head]
    for block in blocks(comparison, Formats(language_in_force())):
        rows.append([block.title, *("" for _item in comparison.items)])
        rows += [list(row) for row in block.rows]
    return rows


def answer_texts(
    scenario: Scenario, plan: Plan, answers: Sequence[object]
) -> list[tuple[str, tuple[str, ...], list[tuple[str, list[list[str]]]]]]:
    """Return for each answer its title, its sentences, and its tables as (caption, rows), the first row being the
    header."""
    material = Material(scenario, plan, Formats(language_in_force()))
    texts = []
    for section in sections(material, answers, 1):
        words = [*section.sentences]
        tables = []
        for block in section.blocks:
            words += [": ".join(part for part in (block.title, text) if part) for text in block.sentences]
            for table in (*(block.figure.tables if block.figure else ()), *block.tables):
                rows = [[column.label for column in table.columns], *(list(row.cells) for row in table.rows)]
                tables.append((table.caption, rows + ([list(table.total.cells)] if table.total else [])))
        texts.append((section.heading.text, tuple(words), tables))
    return texts
