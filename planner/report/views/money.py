"""The section on costs: by programme and fund, by account and item, by group and by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.domain.one_off import AGREEMENT, SOCIALIZATION
from planner.locale import _
from planner.plans.measures import summed
from planner.report.charts.stacked import Part, Stack, letter_of, stacked
from planner.report.material import Material
from planner.report.views.annexed import annex_as_place
from planner.report.views.heading import Heading
from planner.report.views.payers import payers
from planner.report.views.table import Column, Figure, Table, table
from planner.report.wording.formats import NOTHING

MOST_BARS: Final = 40
"""Maximum number of programmes in a chart, by cost; the table shows all."""


@dataclass(frozen=True)
class Money:
    """The section on costs."""

    heading: Heading
    intro: str
    by_programme: Figure | None
    by_account: Table | None
    by_group: Table | None


def money(material: Material, heading: Heading) -> Money:
    spends = material.plan.total_cost > 0
    return Money(
        heading=heading,
        intro=_("All amounts are whole rupiah; the rows of each table sum to its total.")
        if spends
        else _("The plan spends nothing."),
        by_programme=_by_programme(material) if spends else None,
        by_account=_by_account(material) if spends else None,
        by_group=_by_group(material) if spends else None,
    )


def _rows_by_cost(material: Material) -> list[tuple[str, str | None, int]]:
    """Return (name, programme, cost), the most expensive first; costs of no programme come last."""
    costs = [(p, cost) for p, cost in material.measures.cost_by_programme.items() if cost]
    costs.sort(key=lambda entry: -entry[1])
    rows: list[tuple[str, str | None, int]] = [
        (material.scenario.programme[programme].label, programme, cost) for programme, cost in costs
    ]
    if other := material.plan.total_cost - sum(cost for _programme, cost in costs):
        rows.append((_("Socialization and agreements"), None, other))
    return rows


def _by_programme(material: Material) -> Figure:
    formats, of_fund = material.formats, material.measures.cost_by_fund
    columns = payers(material, of_fund)
    paid: dict[str | None, dict[str, int]] = {}
    for (programme, fund), cost in material.measures.cost_by_programme_and_fund.items():
        paid.setdefault(programme, {})[fund] = cost
    rows = _rows_by_cost(material)
    shown = rows[:MOST_BARS]
    stacks = [
        Stack(
            name,
            tuple(
                Part(number, amount, f"{name}, {payer.label}: {formats.rupiah(amount)}")
                for number, payer in enumerate(columns)
                if (amount := payer.of(paid.get(programme, {})))
            ),
            formats.rupiah_in_words(cost),
        )
        for name, programme, cost in shown
    ]
    title = _("Cost by programme, and who pays it")
    note = ""
    if len(rows) > len(shown):
        note = _("The chart shows the {shown} most expensive of {all} programmes; the table shows all.").format(
            shown=len(shown), all=len(rows)
        )
    drawings = stacked(
        "chart-costs",
        title,
        _("One bar per programme, made of what each fund pays; letters name the funds as in the legend."),
        stacks,
        [payer.label for payer in columns],
    )

    def cell(value: int) -> str:
        return material.zero_as_dash(material.money(value), value)

    made = table(
        "table-costs",
        _("{title} (Rp)").format(title=title),
        [
            Column(_("Programme"), "name"),
            *(Column(f"{letter_of(number)}: {payer.label}", "number") for number, payer in enumerate(columns)),
            Column(_("Total (Rp)"), "number"),
        ],
        [
            (name, *(cell(payer.of(paid.get(programme, {}))) for payer in columns), material.money(cost))
            for name, programme, cost in rows
        ],
        total=(
            _("Total"),
            *(material.money(payer.of(of_fund)) for payer in columns),
            material.money(material.plan.total_cost),
        ),
    )
    return Figure(tuple(drawings), (made,), note)


def item_label(material: Material, item: str) -> str:
    """Return the name of a cost item as printed; socialization and agreements have fixed names."""
    if item == SOCIALIZATION:
        return _("Socialization")
    if item.startswith(AGREEMENT):
        fund = material.scenario.fund.get(item.removeprefix(AGREEMENT))
        return _("Agreement with {fund}").format(fund=fund.label if fund else item.removeprefix(AGREEMENT))
    return item


def _by_account(material: Material) -> Table:
    """Return items by account; the total of an account is beside its first item."""
    rows = []
    costs = material.measures.cost_by_account
    sums = summed(costs.items(), lambda entry: entry[0][0], lambda entry: entry[1])
    before: tuple[str | None] | None = None
    for (account, item), cost in costs.items():
        of_account = "" if before == (account,) else material.money(sums[account])
        rows.append((account or _("no account code"), item_label(material, item), material.money(cost), of_account))
        before = (account,)
    total = material.money(material.plan.total_cost)
    return table(
        "table-accounts",
        _("Cost by account code and item (Rp)"),
        [
            Column(_("Account code"), "name"),
            Column(_("Item")),
            Column(_("Amount (Rp)"), "number"),
            Column(_("Sum of the account (Rp)"), "number"),
        ],
        rows,
        total=(_("Total"), "", total, total),
        printed_in=_("the budget lines (RKA)"),
    )


def _by_group(material: Material) -> Table:
    measures, plan = material.measures, material.plan
    rows = []
    for agency, groups in measures.agencies.items():
        for group in groups:
            cost = measures.cost_by_group[group.id]
            rows.append(
                (
                    group.label,
                    material.agency(agency) if agency else NOTHING,
                    material.formats.count(measures.participants_by_group[group.id]),
                    material.money(cost.direct),
                    material.money(cost.shared),
                    material.money(cost.total),
                )
            )
    if measures.agreement_cost:
        agreements = material.money(measures.agreement_cost)
        rows.append((_("Agreements with partners"), NOTHING, NOTHING, NOTHING, agreements, agreements))
    direct = sum(cost.direct for cost in measures.cost_by_group.values())
    return table(
        "table-group-costs",
        _("Cost by group (Rp)"),
        [
            Column(_("Group"), "name"),
            Column(_("Agency")),
            Column(_("Participants"), "number"),
            Column(_("Own items"), "number"),
            Column(_("Part of classes and programmes"), "number"),
            Column(_("Total (Rp)"), "number"),
        ],
        rows,
        total=(
            _("Total"),
            "",
            material.formats.count(measures.participants),
            material.money(direct),
            material.money(plan.total_cost - direct),
            material.money(plan.total_cost),
        ),
        note=_(
            "Own items are those paid per participant, and socialization. Costs of classes and programmes are divided "
            "among their participants, in whole rupiah."
        ),
        printed_in=annex_as_place(material),
    )
