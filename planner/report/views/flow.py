"""Who pays for what: from each fund to the forms of training that it pays, and on to the agencies that receive them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from planner.locale import _
from planner.payments.apportionment import apportioned
from planner.plans.measures import summed
from planner.report.charts.flow import FlowNode, flow
from planner.report.charts.stacked import tone_of
from planner.report.material import Material
from planner.report.views.annexed import annex_as_place
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording import labels

MOST_AGENCIES: Final = 14
MOST_FUNDS: Final = 10
"""Maximum number of agencies and of funds that the chart names, those with the most money; the others are shown as one.
"""

Amounts = dict[tuple[str, str], int]
"""Rupiah by (name, name)."""


def who_pays_for_what(material: Material) -> Figure | None:
    """Return the chart and a table for each half of it; None where the plan spends nothing."""
    if not material.plan.total_cost:
        return None
    paid, given = _paid(material), _given(material)
    title = _("Who pays for what: funds, forms of training, agencies")
    note = _(
        "What is paid per participant goes to the agency of the participant. Costs of classes and programmes are "
        "divided among their participants, in whole rupiah; both halves of the chart sum to the cost of the plan."
    )
    drawn_paid = _with_others(paid, MOST_FUNDS, place=0, others=_("Other funds"))
    drawn_given = _with_others(given, MOST_AGENCIES, place=1, others=_("Other agencies"))
    funds, forms = _names(drawn_paid, 0), _names(drawn_paid, 1)
    agencies = _names(drawn_given, 1)
    columns = (
        [_node(material, name, drawn_paid, 0, tone_of(number)) for number, name in enumerate(funds)],
        [_node(material, name, drawn_paid, 1, "track") for name in forms],
        [_node(material, name, drawn_given, 1, "closed") for name in agencies],
    )
    drawing = flow(
        "chart-flow",
        title,
        _("Bands lead from each fund through the form of training to the agency; they are as thick as the money."),
        (_("Funds"), _("Forms of training"), _("Agencies")),
        columns,
        {(funds.index(a), forms.index(b)): amount for (a, b), amount in drawn_paid.items()},
        {(forms.index(a), agencies.index(b)): amount for (a, b), amount in drawn_given.items()},
        (
            {(funds.index(a), forms.index(b)): _hint(material, a, b, v) for (a, b), v in drawn_paid.items()},
            {(forms.index(a), agencies.index(b)): _hint(material, a, b, v) for (a, b), v in drawn_given.items()},
        ),
    )
    return Figure((drawing,), (_table_paid(material, paid), _table_given(material, given)), note)


def _no_form() -> str:
    return _("Socialization and agreements")


def _form(material: Material, programme: str | None) -> str:
    return labels.form(material.scenario.programme[programme].form) if programme else _no_form()


def _paid(material: Material) -> Amounts:
    """Return the payments of each fund for each form [rupiah]."""
    return summed(
        material.plan.payments,
        lambda p: (material.scenario.fund[p.fund].label, _form(material, p.programme)),
        lambda p: p.amount,
    )


def _given(material: Material) -> Amounts:
    """Return the amounts of each form for each agency [rupiah]; agreements count for all agencies."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for form, agency, amount in _parts(material):
        sums[form, agency] += amount
    order = {material.agency(agency): n for n, agency in enumerate(material.measures.agencies)}
    ranked = sorted(sums.items(), key=lambda entry: order.get(entry[0][1], len(order)))
    return {key: amount for key, amount in ranked if amount}


def _parts(material: Material) -> Iterator[tuple[str, str, int]]:
    """Yield (form, agency, rupiah): participant items as paid, shared items divided as in the cost by group."""
    group, people = material.scenario.group, _people(material)
    common: dict[str, int] = defaultdict(int)
    for payment in material.plan.payments:
        if payment.group is not None:
            yield _form(material, payment.programme), material.agency(group[payment.group].agency), payment.amount
        elif payment.programme is None:
            yield _no_form(), _("All agencies (agreements)"), payment.amount
        else:
            common[payment.programme] += payment.amount
    for programme, amount in common.items():
        for id, part in apportioned(amount, people[programme]).items():
            yield _form(material, programme), material.agency(group[id].agency), part


def _people(material: Material) -> dict[str, dict[str, int]]:
    """Return participants by programme and group."""
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in material.plan.allocations:
        people[row.programme][row.group] += row.participants
    return people


def _names(amounts: Amounts, place: int) -> list[str]:
    return list(dict.fromkeys(key[place] for key in amounts))


def _with_others(amounts: Amounts, most: int, *, place: int, others: str) -> Amounts:
    """Return `amounts` with all but the `most` largest names at `place` merged into one."""
    names = _names(amounts, place)
    if len(names) <= most:
        return amounts
    sums = {name: sum(v for key, v in amounts.items() if key[place] == name) for name in names}
    kept = set(sorted(names, key=lambda name: -sums[name])[: most - 1])
    merged: dict[tuple[str, str], int] = defaultdict(int)
    for key, amount in sorted(amounts.items(), key=lambda entry: entry[0][place] not in kept):
        name = key[place] if key[place] in kept else others
        merged[(name, key[1]) if place == 0 else (key[0], name)] += amount
    return dict(merged)


def _node(material: Material, name: str, amounts: Amounts, place: int, tone: str) -> FlowNode:
    total = sum(amount for key, amount in amounts.items() if key[place] == name)
    return FlowNode(name, material.formats.rupiah_in_words(total), tone)


def _hint(material: Material, one: str, other: str, amount: int) -> str:
    return f"{one} \u2192 {other}: {material.formats.rupiah(amount)}"


def _table_paid(material: Material, paid: Amounts) -> Table:
    return _matrix(
        material, "table-flow-funds", _("What each fund pays, by form of training (Rp)"), _("Fund"), paid, across=1
    )


def _table_given(material: Material, given: Amounts) -> Table:
    return _matrix(
        material,
        "table-flow-agencies",
        _("What each agency gets, by form of training (Rp)"),
        _("Agency"),
        given,
        across=0,
        printed_in=annex_as_place(material),
    )


def _matrix(
    material: Material, id: str, caption: str, head: str, amounts: Amounts, *, across: int, printed_in: str = ""
) -> Table:
    """Return a table of amounts with the names at `across` as columns, and totals."""
    down = 1 - across
    rows, columns = _names(amounts, down), _names(amounts, across)

    def cell(row: str, column: str) -> int:
        return amounts.get((row, column) if down == 0 else (column, row), 0)

    def shown(amount: int) -> str:
        return material.zero_as_dash(material.money(amount), amount)

    return table(
        id,
        caption,
        [Column(head, "name"), *(Column(name, "number") for name in columns), Column(_("Total (Rp)"), "number")],
        [
            (row, *(shown(cell(row, column)) for column in columns), material.money(sum(cell(row, c) for c in columns)))
            for row in rows
        ],
        total=(
            _("Total"),
            *(material.money(sum(cell(row, column) for row in rows)) for column in columns),
            material.money(sum(amounts.values())),
        ),
        printed_in=printed_in,
    )
