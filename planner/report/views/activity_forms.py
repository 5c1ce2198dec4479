"""RKA forms by activity (sub kegiatan) in the report: head, performance, and the main table of what own funds pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.locale import _
from planner.plans.budget_lines import BudgetLine
from planner.plans.rka_rows import RkaRow, rka_rows
from planner.report.material import Material
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart
from planner.report.views.signatures import Signature, signatories
from planner.report.views.table import Column, Table, TableRow, table
from planner.report.wording.account_names import account_name
from planner.report.wording.formats import BLANK
from planner.report.wording.sipd_line import sipd_line


@dataclass(frozen=True)
class FormOfActivity:
    """One form; `partners` is what partners pay, outside it."""

    head: Table
    performance: Table
    lines: Table
    signatures: tuple[Signature, ...]
    """Who signs the form."""
    partners: Table | None


def activity_forms(material: Material) -> tuple[FormOfActivity, ...]:
    """Return the forms of the year, in the order of the activities."""
    return tuple(_form(material, number, form) for number, form in enumerate(rka_form.forms(material), start=1))


def _form(material: Material, number: int, form: PlanPart) -> FormOfActivity:
    partners = form.paid_by("partner")

    def titled(words: str) -> str:
        return f"{form.label}: {words}"

    return FormOfActivity(
        table(
            f"activity-{number}-form",
            titled(_("head of the RKA form")),
            [Column(_("Label of the form"), "name"), Column(_("From this plan"))],
            [(entry.label, entry.value or BLANK) for entry in rka_form.entries(form)],
            folded=False,
        ),
        table(
            f"activity-{number}-performance",
            titled(_("performance")),
            [Column(_("Indicator"), "name"), Column(_("Performance measure")), Column(_("Performance target"))],
            [(each.indicator, each.measure or BLANK, each.target or BLANK) for each in rka_form.form_indicators(form)],
            folded=False,
        ),
        _lines(material, f"activity-{number}-lines", titled(_("budget lines of own funds")), form.paid_by("own")),
        signatories(material),
        _lines(material, f"activity-{number}-partners", titled(_("paid by partners, outside the form")), partners)
        if partners
        else None,
    )


def _lines(material: Material, id: str, title: str, lines: Sequence[BudgetLine]) -> Table:
    """Return the main table of some lines."""
    return table(
        id,
        title,
        [
            Column(_("Account code")),
            Column(_("Description"), "name"),
            Column(_("Coefficient")),
            Column(_("Price (Rp)"), "number"),
            Column(_("VAT"), "number"),
            Column(_("Amount (Rp)"), "number"),
        ],
        [_row(material, row) for row in rka_rows(lines, [*material.scenario.fund])],
        total=TableRow(("", _("Total"), "", "", "", material.money(sum(line.amount for line in lines))), "sum"),
        folded=False,
    )


def _row(material: Material, row: RkaRow) -> TableRow:
    scenario, amount = material.scenario, material.money(row.amount)
    if row.line is not None:
        made = sipd_line(scenario, row.line)
        tax = material.formats.given_share(made.tax) if made.tax else ""
        return TableRow(("", made.description, made.coefficient, material.money(made.price), tax, amount), "item")
    if row.kind == "level":
        words = account_name(row.key or "")
        return TableRow((row.key or _("no account code"), words, "", "", "", amount), "account")
    if row.kind == "fund":
        words = _("[ # ] Funding source: {fund}").format(fund=scenario.fund[row.key or ""].label)
        return TableRow(("", words, "", "", "", amount), "fund")
    name = scenario.programme[row.key].label if row.key else _("Socialization and agreements")
    return TableRow(("", _("[ - ] {item}").format(item=name), "", "", "", amount), "item")
