"""Figures of compared plans in blocks of rows: values of the base, and of the others with their differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from planner.locale import _
from planner.plans.comparison import Across, Comparison, Item
from planner.plans.coverage import Coverage
from planner.report.material import Material
from planner.report.views.answers.intervals import may_be_same, within_tolerance
from planner.report.views.inputs import input_value
from planner.report.views.quality import confirmed, gaps_counted, has_penalties, quality_in_short, weighted
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING, Formats, places_needed
from planner.report.wording.gaps_sought import counted_alike, named
from planner.report.wording.scenario_words import input_name


@dataclass(frozen=True)
class FigureBlock:
    """Some figures of all plans: a title, and rows of a name and one text per plan."""

    title: str
    rows: tuple[tuple[str, ...], ...]


def blocks(comparison: Comparison, formats: Formats) -> list[FigureBlock]:
    """Return the comparison in blocks of rows: inputs, key figures, money, coverage, programmes."""
    compared = ComparedPlans(comparison, formats)
    made = [
        inputs_that_differ(compared),
        key_figures(compared),
        cost_by_fund(compared),
        coverage_by_competency(compared),
        coverage_by_group(compared),
        changed_programmes(compared),
    ]
    return [block for block in made if block.rows]


class ComparedPlans:
    """A comparison of plans, and how its figures are written."""

    def __init__(self, comparison: Comparison, formats: Formats) -> None:
        self.comparison = comparison
        self.formats = formats
        self.materials = [Material(item.scenario, item.plan, formats) for item in comparison.items]
        self.places = min(2, places_needed([c.closed for item in comparison.items for c in item.plan.closings]))

    def gaps(self, value: int | Fraction) -> str:
        return self.formats.number(value, self.places)

    @cached_property
    def alike(self) -> list[bool]:
        """Whether each plan's figure that is sought the most of is counted as that of the base is."""
        base = self.comparison.base.scenario
        return [counted_alike(base, item.scenario) for item in self.comparison.items]

    def row_sought(self, name: str, values: Sequence[Fraction]) -> tuple[str, ...]:
        """Return the row of weighted gaps, or of those less penalties: with differences where they are counted
        alike, in the digits of a report."""
        texts = self.row(name, values, self.formats.number)[1:]
        alone = map(self.formats.number, values)
        return (name, *(text if same else own for text, own, same in zip(texts, alone, self.alike, strict=True)))

    def row(self, name: str, values: Sequence[Any], shown: Callable[[Any], str]) -> tuple[str, ...]:
        """Return a name, the value of the base, and the values of the others with their differences."""
        texts = [NOTHING if value is None else shown(value) for value in values]
        base = values[0]
        for place, value in enumerate(values[1:], start=1):
            if base is not None and value is not None and value != base:
                sign = "+" if value > base else "\u2212"
                texts[place] = f"{texts[place]} ({sign}{shown(abs(value - base))})"
        return (name, *texts)

    def coverage_row(self, across: Across[Coverage]) -> tuple[str, ...]:
        """Return "closed of need (share)" in each plan."""
        return (
            across.label,
            *(
                NOTHING
                if coverage is None or not coverage.need
                else _("{closed} of {need} ({share})").format(
                    closed=self.gaps(coverage.closed),
                    need=self.formats.count(coverage.need),
                    share=self.formats.share(coverage.share),
                )
                for coverage in across.values
            ),
        )

    def columns(self, first: str) -> list[Column]:
        return [Column(first, "name"), *(Column(item.label, "number", mixed=True) for item in self.comparison.items)]

    def table(self, id: str, block: FigureBlock) -> Table:
        return table(id, block.title, self.columns(_("Figure")), block.rows)

    def sentence(self, item: Item) -> str:
        """Return one sentence on what a plan does better or worse than the base."""
        base = self.comparison.base.plan
        gaps, cost = item.plan.gaps_closed - base.gaps_closed, item.plan.total_cost - base.total_cost
        more_gaps = (
            _("an expected {number} more gaps").format(number=self.gaps(gaps))
            if gaps > 0
            else _("an expected {number} fewer gaps").format(number=self.gaps(-gaps))
            if gaps < 0
            else _("as many gaps")
        )
        more_cost = (
            _("costs {amount} more").format(amount=self.formats.rupiah(cost))
            if cost > 0
            else _("costs {amount} less").format(amount=self.formats.rupiah(-cost))
            if cost < 0
            else _("costs the same")
        )
        words = _("{scenario} closes {gaps} ({closed} of {need}) and {cost} ({total}).").format(
            scenario=item.label,
            gaps=more_gaps,
            closed=self.gaps(item.plan.gaps_closed),
            need=self.formats.count(item.plan.total_need),
            cost=more_cost,
            total=self.formats.rupiah(item.plan.total_cost),
        )
        if not self.alike[self.comparison.items.index(item)]:
            return words
        ranges = [(p.gaps_level.value, p.gaps_ceiling) for p in (base, item.plan)]
        if may_be_same(*ranges[0], *ranges[1]):
            return f"{words} {within_tolerance(self.formats.number, *ranges[0], *ranges[1])}"
        return f"{words} {turned}" if (turned := self._turned(item, gaps)) else words

    def _turned(self, item: Item, gaps: Fraction) -> str:
        """Say what plans seek the most of, where that falls although more gaps are closed, or rises although fewer."""
        by = item.plan.gaps_level.value - self.comparison.base.plan.gaps_level.value
        if gaps * by >= 0:
            return ""
        words = _("What plans seek the most of ('{counted}') is {number} lower.")
        if by > 0:
            words = _("What plans seek the most of ('{counted}') is {number} higher.")
        material = self.materials[self.comparison.items.index(item)]
        return words.format(counted=gaps_counted(material), number=self.formats.number(abs(by)))


def key_figures(compared: ComparedPlans) -> FigureBlock:
    items, formats = compared.comparison.items, compared.formats
    rows: list[tuple[str, ...]] = [
        (_("Quality of the plan"), *(quality_in_short(material) for material in compared.materials)),
        (_("In exact arithmetic"), *(confirmed(material) for material in compared.materials)),
        compared.row(_("Gaps needed"), [i.plan.total_need for i in items], formats.count),
        compared.row(_("Gaps closed (expected)"), [i.plan.gaps_closed for i in items], compared.gaps),
        (_("Coverage"), *(formats.share(i.measures.coverage.share) if i.plan.total_need else NOTHING for i in items)),
    ]
    weights, penalties = any(map(weighted, compared.materials)), any(map(has_penalties, compared.materials))
    if weights:
        name = _("Weighted gaps closed (expected)")
        rows.append(compared.row_sought(name, [i.plan.weighted_gaps_closed for i in items]))
    if penalties:
        name = _(named(weights=weights, penalties=True))
        rows.append(compared.row_sought(name, [i.plan.gaps_level.value for i in items]))
    rows += [
        compared.row(_("Total cost"), [i.plan.total_cost for i in items], formats.rupiah),
        compared.row(_("Own funds"), [i.plan.own_cost for i in items], formats.rupiah),
        compared.row(_("Partners"), [i.plan.partner_cost for i in items], formats.rupiah),
        compared.row(_("Participants"), [i.measures.participants for i in items], formats.count),
        compared.row(_("Classes"), [i.measures.classes for i in items], formats.count),
        compared.row(_("Programmes held"), [len(i.measures.running) for i in items], formats.count),
    ]
    if any(material.counts_hours for material in compared.materials):
        hours = (formats.number(item.measures.hours_per_person, 1) for item in items)
        several = any(material.several_years for material in compared.materials)
        rows.append((_("JP per civil servant and year") if several else _("JP per civil servant"), *hours))
    return FigureBlock(_("Key figures"), tuple(rows))


def cost_by_fund(compared: ComparedPlans) -> FigureBlock:
    rows = [compared.row(a.label, a.values, compared.formats.rupiah) for a in compared.comparison.cost_by_fund]
    return FigureBlock(_("Cost by fund"), tuple(rows))


def coverage_by_competency(compared: ComparedPlans) -> FigureBlock:
    rows = tuple(compared.coverage_row(a) for a in compared.comparison.coverage_by_competency)
    return FigureBlock(_("Gaps closed (expected) by competency"), rows)


def coverage_by_group(compared: ComparedPlans) -> FigureBlock:
    return FigureBlock(
        _("Gaps closed (expected) by group"),
        tuple(compared.coverage_row(a) for a in compared.comparison.coverage_by_group),
    )


def changed_programmes(compared: ComparedPlans) -> FigureBlock:
    """Return classes and participants of the programmes that differ."""
    rows = []
    for classes, people in compared.comparison.changed_programmes:
        if any(classes.values):
            rows.append(
                compared.row(
                    _("{programme}: classes").format(programme=classes.label), classes.values, compared.formats.count
                )
            )
        name = _("{programme}: participants").format(programme=people.label)
        rows.append(compared.row(name, people.values, compared.formats.count))
    return FigureBlock(_("Programmes that gain or lose classes or participants"), tuple(rows))


def inputs_that_differ(compared: ComparedPlans) -> FigureBlock:
    """Return every input that differs, with its value in each scenario."""
    items = compared.comparison.items
    paths = list(dict.fromkeys(d.path for item in items for d in item.differences))
    found = [{d.path: d for d in item.differences} for item in items]
    rows = []
    for path in paths:
        known = next(differences[path] for differences in found if path in differences)
        base = input_value(compared.formats, path, known.old)
        values = [
            input_value(compared.formats, path, differences[path].new) if path in differences else base
            for differences in found
        ]
        rows.append((input_name([item.scenario for item in items], known.steps), *values))
    return FigureBlock(_("Inputs that differ"), tuple(rows))
