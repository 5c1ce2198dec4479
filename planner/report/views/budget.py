"""Budget lines (RKA): costs by programme, account and funding source, as coefficient x price = amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from planner.locale import _
from planner.plans.budget_lines import BudgetLine, account_totals
from planner.plans.measures import summed
from planner.report.material import Material
from planner.report.views import rka_form
from planner.report.views.activity_forms import FormOfActivity, activity_forms
from planner.report.views.heading import Heading
from planner.report.views.payers import payers
from planner.report.views.plan_part import PlanPart
from planner.report.views.table import Column, Table, TableRow, table
from planner.report.wording.budget_lines import calculation, item_text, unit_text
from planner.report.wording.formats import BLANK

MANY: Final = 8
"""Number of programmes above which their lines are folded on screen."""

MOST_PROGRAMMES: Final = 200
"""Maximum number of programmes whose lines are shown."""


@dataclass(frozen=True)
class Budget:
    """The section of budget lines."""

    heading: Heading
    intro: str
    form: Table | None
    """The label block of an RKA form, as far as the plan can fill it in."""
    performance: Table | None
    accounts: Table | None
    programmes: tuple[Table, ...]
    forms: tuple[FormOfActivity, ...]
    """The RKA form of each activity of the budget."""


def budget(material: Material, heading: Heading) -> Budget:
    whole = PlanPart(material)
    lines = whole.lines
    by_programme = [(programme, tuple(of)) for programme, of in groupby(lines, lambda line: line.programme)]
    shown = _shown(by_programme)
    return Budget(
        heading=heading,
        intro=_year_first(material)
        + _own_and_partners(whole)
        + _(
            "The amount of each line is coefficient times price, to the rupiah. Where a fund pays less than "
            "whole units, the remainder has a line of its own. Account codes are those of the scenario."
        )
        + _left_out(material, len(shown), len(by_programme))
        if lines
        else _("The plan spends nothing.")
        if not material.budget_lines
        else _("The plan spends nothing in {year}.").format(year=material.year),
        form=_form(whole) if lines else None,
        performance=_performance(whole) if lines else None,
        accounts=_accounts(material, lines) if lines else None,
        programmes=tuple(
            _programme(material, number, programme, of, len(by_programme) > MANY)
            for number, (programme, of) in enumerate(by_programme, start=1)
            if programme in shown
        ),
        forms=activity_forms(material),
    )


def _shown(by_programme: Sequence[tuple[str | None, tuple[BudgetLine, ...]]]) -> frozenset[str | None]:
    """Return the programmes whose budget lines are shown: all, or of very many the most expensive ones."""
    dearest = sorted(by_programme, key=lambda each: -_sum(each[1]))[:MOST_PROGRAMMES]
    return frozenset(programme for programme, _of in dearest)


def _left_out(material: Material, shown: int, every: int) -> str:
    """Say which programmes have no lines here, where there are very many."""
    if shown == every:
        return ""
    words = _("Lines are shown of the {shown} most expensive of {all} programmes; the table rka beside has all.")
    return " " + words.format(shown=material.formats.count(shown), all=material.formats.count(every))


def _year_first(material: Material) -> str:
    """Say of which year the budget lines are, where there are several, and how to get those of another."""
    if not material.several_years:
        return ""
    words = _("These are the budget lines of {year}, at the prices of that year; --year gives those of another year.")
    return words.format(year=material.year) + " "


def _own_and_partners(whole: PlanPart) -> str:
    """Say what belongs in the RKA and what does not, where partners pay too."""
    if not whole.partner_cost:
        return ""
    rupiah = whole.material.formats.rupiah
    words = _("Own funds pay {own}, which belongs in the RKA; partners pay {partners}, outside it.")
    return words.format(own=rupiah(whole.own_cost), partners=rupiah(whole.partner_cost)) + " "


def code(account: str | None) -> str:
    return account or _("no account code")


def _form(whole: PlanPart) -> Table:
    """Return the labels of an RKA form with their values; dots where the planner fills in."""
    return table(
        "table-rka-form",
        _("The head of the RKA form; dotted lines are for you to fill in"),
        [Column(_("Label of the form"), "name"), Column(_("From this plan"))],
        [(entry.label, entry.value or BLANK) for entry in rka_form.entries(whole)],
        folded=False,
    )


def _performance(whole: PlanPart) -> Table:
    """Return the performance table of an RKA form."""
    material = whole.material
    title = _("Performance table of the RKA form")
    if material.several_years:
        title = _("Performance table of the RKA form, {year}: who begins in that year, and what is paid in it").format(
            year=material.year
        )
    return table(
        "table-rka-performance",
        title,
        [Column(_("Indicator"), "name"), Column(_("Performance measure")), Column(_("Performance target"))],
        [(each.indicator, each.measure or BLANK, each.target or BLANK) for each in rka_form.form_indicators(whole)],
        folded=False,
    )


def _accounts(material: Material, lines: tuple[BudgetLine, ...]) -> Table:
    """Return the totals by account, as an RKA form asks for them, and who pays them."""
    of_fund = summed(lines, lambda line: line.fund, lambda line: line.amount)
    columns = payers(material, of_fund)
    paid: dict[str | None, dict[str, int]] = {}
    by_both = summed(lines, lambda line: (line.account, line.fund), lambda line: line.amount)
    for (account, fund), amount in by_both.items():
        paid.setdefault(account, {})[fund] = amount
    title = _("Sum of each account over the plan, by funding source (Rp)")
    if material.several_years:
        title = _("Sum of each account in {year}, by funding source (Rp)").format(year=material.year)

    def cell(amount: int) -> str:
        return material.zero_as_dash(material.money(amount), amount)

    return table(
        "table-rka-accounts",
        title,
        [
            Column(_("Account code"), "name"),
            *(Column(payer.label, "number") for payer in columns),
            Column(_("Total (Rp)"), "number"),
        ],
        [
            (code(account), *(cell(payer.of(paid.get(account, {}))) for payer in columns), material.money(total))
            for account, total in account_totals(lines).items()
        ],
        total=(
            _("Total"),
            *(material.money(payer.of(of_fund)) for payer in columns),
            material.money(_sum(lines)),
        ),
        folded=False,
    )


def _programme(
    material: Material, number: int, programme: str | None, lines: tuple[BudgetLine, ...], folded: bool
) -> Table:
    """Return the lines of one programme, or of costs of no programme."""
    name = material.scenario.programme[programme].label if programme else _("Socialization and agreements")
    title = _("{programme}: budget lines").format(programme=name)
    if material.several_years:
        title = _("{programme}: budget lines of {year}").format(programme=name, year=material.year)
    return table(
        f"rka-{number}",
        title,
        line_columns(),
        [
            row
            for account, of in groupby(lines, lambda line: line.account)
            for row in _of_account(material, account, of)
        ],
        total=TableRow(("", _("Total"), "", "", "", material.money(_sum(lines))), "sum"),
        folded=folded,
    )


def _of_account(material: Material, account: str | None, lines: Iterable[BudgetLine]) -> list[TableRow]:
    """Return the account with its total; below it each fund with its total, and the lines that it pays."""
    of_account = tuple(lines)
    rows = [TableRow((code(account), _("Sum of the account"), "", "", "", material.money(_sum(of_account))), "account")]
    for fund, lines_of_fund in groupby(of_account, lambda line: line.fund):
        of_fund = tuple(lines_of_fund)
        source = _("[ # ] Funding source: {fund}").format(fund=material.scenario.fund[fund].label)
        rows.append(TableRow(("", source, "", "", "", material.money(_sum(of_fund))), "fund"))
        rows += [_line(material, line) for line in of_fund]
    return rows


def _line(material: Material, line: BudgetLine) -> TableRow:
    how = calculation(material.scenario, line, material.formats)
    name = item_text(material.scenario, line)
    return TableRow(
        (
            "",
            f"{name} ({how})" if how else name,
            material.formats.number(line.coefficient, 6),
            unit_text(line),
            material.money(line.price),
            material.money(line.amount),
        ),
        "item",
    )


def _sum(lines: Iterable[BudgetLine]) -> int:
    return sum(line.amount for line in lines)


def line_columns() -> list[Column]:
    """Return the columns of budget lines: coefficient x price = amount."""
    return [
        Column(_("Account code")),
        Column(_("Description"), "name"),
        Column(_("Coefficient"), "number"),
        Column(_("Unit")),
        Column(_("Price (Rp)"), "number"),
        Column(_("Amount (Rp)"), "number"),
    ]
