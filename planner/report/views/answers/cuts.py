"""Cuts of own funds: what each cut removes from the plan, and what every cut leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from planner.analysis.cuts.cut_proof import CutBudget, Cuts, ListItem
from planner.locale import _, ngettext
from planner.report.material import Material, listed
from planner.report.views.answers.plan_figures import PlanFigures
from planner.report.views.heading import Heading
from planner.report.views.quality import counts_otherwise, unit, with_unit
from planner.report.views.section import Block, Section
from planner.report.views.summary import Tile
from planner.report.views.table import Column, Table, TableRow, table
from planner.report.wording.formats import NOTHING


def view(material: Material, answer: Cuts, heading: Heading) -> Section:
    names = tuple(_budget_name(material, budget.cut) for budget in answer.budgets)
    figures = PlanFigures(material, names, tuple(budget.nested for budget in answer.budgets))
    return Section(
        heading,
        _("If own funds are cut, what goes first and what survives, without making the plan anew?"),
        tiles=tuple(_tiles(figures, answer)),
        sentences=tuple(_sentences(figures, answer)),
        blocks=tuple(_blocks(figures, answer)),
    )


def _budget_name(material: Material, cut: Fraction) -> str:
    if not cut:
        return _("Full budget")
    return _("Cut of {share}").format(share=material.formats.given_share(cut))


def _tiles(figures: PlanFigures, answer: Cuts) -> Iterator[Tile]:
    formats = figures.material.formats
    for name, budget in zip(figures.names, answer.budgets, strict=True):
        note = _("gaps closed with {amount} of own funds").format(amount=formats.rupiah_in_words(budget.amount))
        yield Tile(name, NOTHING if budget.nested is None else figures.gaps(budget.nested.gaps_closed), note)


def _sentences(figures: PlanFigures, answer: Cuts) -> Iterator[str]:
    scenario, formats = figures.material.scenario, figures.material.formats
    own = [fund for fund in scenario.funds if fund.own]
    if not any(fund.amount for fund in own):
        yield _("There are no own funds to cut; the list has one budget in effect.")
    else:
        yield ngettext(
            "The fund that is cut: {funds}. Partners are not cut.",
            "The funds that are cut, all by the same share: {funds}. Partners are not cut.",
            len(own),
        ).format(funds=listed([f"{fund.label} ({formats.rupiah(fund.amount)})" for fund in own]))
    full = answer.budgets[0].nested
    for name, budget in zip(figures.names[1:], answer.budgets[1:], strict=True):
        if budget.nested is None:
            yield _without_plan(name, budget)
        elif full is not None:
            fewer = full.gaps_closed - budget.nested.gaps_closed
            words = _("{cut}: an expected {left} gaps are closed, {number} fewer than with the full budget.")
            if fewer < 0:
                words = _("{cut}: an expected {left} gaps are closed, {number} more than with the full budget.")
            yield words.format(cut=name, left=figures.gaps(budget.nested.gaps_closed), number=figures.gaps(abs(fewer)))
    yield _cost_of_nesting(figures, answer)


def _without_plan(name: str, budget: CutBudget) -> str:
    if budget.free is not None:
        return _("{cut}: no plan fits into the list, though there is one for this budget alone.").format(cut=name)
    return _("{cut}: there is no plan. {reason}").format(cut=name, reason=" ".join(budget.message.split()))


def _cost_of_nesting(figures: PlanFigures, answer: Cuts) -> str:
    material = figures.material
    otherwise = counts_otherwise(material)
    if not answer.lost and otherwise:
        words = _(
            "The list costs nothing: at each budget it reaches as much as a plan made for that budget alone, counted in"
            " {unit}."
        )
        return words.format(unit=unit(material))
    if not answer.lost:
        return _("The list costs nothing: at each budget it closes as much as a plan made for that budget alone.")
    words = _(
        "Compared with plans made for each budget alone, the list gives up an expected {number} gaps in all; the table"
        " states how many at which budget."
    )
    if otherwise:
        words = _(
            "Compared with plans made for each budget alone, the list gives up {number} in all (expected), counted in"
            " {unit}; the table states how much at which budget."
        )
    return words.format(number=material.formats.number(answer.lost), unit=unit(material))


def _blocks(figures: PlanFigures, answer: Cuts) -> Iterator[Block]:
    chart = figures.gaps_chart("chart-cuts", _("Gaps closed at each budget"), _budgets(figures, answer))
    yield Block(_("The budgets"), figure=chart)
    if answer.items:
        yield Block(_("The list, in the order of cutting"), tables=(_list(figures, answer),))
    rows = figures.programme_rows(all_of_them=True)
    if rows:
        made = figures.table(
            "table-cuts-programmes",
            _("Classes and participants at each budget"),
            _("Programme"),
            rows,
            figures.programme_note(),
        )
        yield Block(_("By programme"), tables=(made, _money_of_programmes(figures)), notes=(_method(answer),))
    yield Block(_("By fund"), tables=(_money_of_funds(figures),))


def _money_of_programmes(figures: PlanFigures) -> Table:
    paid = {
        p.label: [None if m is None else m.cost_by_programme[p.id] for m in figures.measures]
        for p in figures.material.scenario.programmes
    }
    rows = [_money_row(figures, name, amounts) for name, amounts in paid.items() if any(amounts)]
    return figures.table("table-cuts-programme-money", _("Cost of each programme at each budget"), _("Programme"), rows)


def _money_of_funds(figures: PlanFigures) -> Table:
    rows = [
        _money_row(figures, fund.label, [None if m is None else m.cost_by_fund[fund.id] for m in figures.measures])
        for fund in figures.material.scenario.funds
    ]
    return figures.table("table-cuts-funds", _("What each fund pays at each budget"), _("Fund"), rows)


def _money_row(figures: PlanFigures, name: str, amounts: Sequence[int | None]) -> tuple[str, ...]:
    return (name, *(NOTHING if amount is None else figures.money(amount) for amount in amounts))


def _budgets(figures: PlanFigures, answer: Cuts) -> Table:
    formats = figures.material.formats
    rows = []
    for name, budget in zip(figures.names, answer.budgets, strict=True):
        free, nested, lost = budget.free, budget.nested, budget.lost
        rows.append(
            (
                name,
                formats.rupiah(budget.amount),
                NOTHING if nested is None else figures.gaps(nested.gaps_closed),
                NOTHING if free is None else figures.gaps(free.gaps_closed),
                NOTHING if lost is None else formats.number(lost),
                NOTHING if nested is None else formats.rupiah(nested.total_cost),
                NOTHING if nested is None else formats.rupiah(nested.own_cost),
            )
        )
    return table(
        "table-cuts-budgets",
        _("The list at each budget, and the best plan for that budget alone"),
        [
            Column(_("Budget"), "name"),
            Column(_("Own funds there are"), "number"),
            Column(_("Gaps closed (expected) by the list"), "number"),
            Column(_("Gaps closed (expected) by the best plan"), "number"),
            Column(with_unit(figures.material, _("Given up for the list")), "number"),
            Column(_("Total cost"), "number"),
            Column(_("Paid by own funds"), "number"),
        ],
        rows,
    )


def _list(figures: PlanFigures, answer: Cuts) -> Table:
    """Return a row for each programme and the first cut that reduces it."""
    scenario = figures.material.scenario
    merged: dict[tuple[Fraction | None, str], list[ListItem]] = {}
    for item in answer.items:
        merged.setdefault((item.lost_at, item.programme), []).append(item)
    rows = []
    for (cut, programme), items in merged.items():
        goes = _("survives all: core") if cut is None else _("goes at {share}").format(share=_share(figures, cut))
        rows.append(TableRow((scenario.programme[programme].label, goes, _what(figures, items), _when(figures, items))))
    columns = [
        Column(_("Programme"), "name"),
        Column(_("What becomes of it")),
        Column(_("What"), "text"),
        Column(_("Periods")),
    ]
    return table("table-cuts-list", _("Cut-proof list"), columns, rows, folded=False)


def _share(figures: PlanFigures, cut: Fraction) -> str:
    return figures.material.formats.given_share(cut)


def _what(figures: PlanFigures, items: Sequence[ListItem]) -> str:
    number = sum(item.number for item in items)
    words = (
        ngettext("{number} participant", "{number} participants", number)
        if items[0].people
        else ngettext("{number} class", "{number} classes", number)
    )
    return words.format(number=figures.material.formats.count(number))


def _when(figures: PlanFigures, items: Sequence[ListItem]) -> str:
    count = figures.material.formats.count
    return listed([f"{item.period}: {count(item.number)}" for item in items])


def _method(answer: Cuts) -> str:
    down = _(
        "The list was made downwards: the full budget has its best plan, and each smaller budget keeps of the classes "
        "and participants of the next larger what is best."
    )
    up = _(
        "The list was made upwards: the deepest cut has its best plan, and each larger budget keeps all classes and "
        "participants of the next smaller and adds what is best."
    )
    rule = _(
        "Both ways were tried, and the one that gives up less is shown. It is not proven that no other list "
        "gives up less. No smaller budget has more participants of any group in any programme and period, more "
        "classes, or more money of any fund or for any programme than the next larger one. Every plan has passed "
        "the independent check."
    )
    return f"{down if answer.direction == 'down' else up} {rule}"
