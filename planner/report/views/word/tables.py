"""The tables of terms of reference, from the part of the plan that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Final

from planner.domain.programmes import Programme
from planner.locale import _
from planner.plans.budget_lines import BudgetLine, account_totals
from planner.plans.measures import summed
from planner.report.views import rka_form
from planner.report.views.budget import code, line_columns
from planner.report.views.plan_part import PlanPart
from planner.report.views.table import HEAD, Column, Table, TableRow, table
from planner.report.wording import labels
from planner.report.wording.budget_lines import calculation, item_text, unit_text
from planner.report.wording.formats import BLANK, NOTHING
from planner.units.said import nearest

MOST_GROUPS: Final = 60
"""Number of groups above which the beneficiaries are told by agency."""
MOST_PAYERS: Final = 3
"""Number of funds above which the table of accounts has own funds and partners, rather than each fund."""


def performance(part: PlanPart) -> Table:
    """Return the indicators of the RKA form, with partner money apart and the outcome by competency."""
    made = [*rka_form.indicators(part, partners=True)]
    if len(part.coverage) > 1 or part.whole:
        made += [
            rka_form.Indicator(
                _("Outcome"), part.scenario.competency[id].label, rka_form.closed_of_need(part.material, coverage)
            )
            for id, coverage in part.coverage.items()
        ]
    return table(
        "kak-performance",
        _("Performance indicators"),
        [Column(_("Indicator"), "name"), Column(_("Performance measure")), Column(_("Performance target"))],
        [(each.indicator, each.measure or BLANK, each.target or BLANK) for each in made],
        note=_(
            "Outcomes are expected numbers of closed competency gaps until the end of the plan, by all its programmes,"
            " rounded to whole gaps, or to one decimal where whole ones would be another percentage."
        )
        if part.coverage
        else "",
    )


def needs(part: PlanPart) -> Table | None:
    """Return the gaps in the competencies that the programmes teach; None where they teach none that is needed."""
    if not part.coverage:
        return None
    formats = part.material.formats
    return table(
        "kak-needs",
        _("Competency gaps, and what the plan closes of them"),
        [
            Column(_("Competency"), "name"),
            Column(_("Gaps"), "number"),
            Column(_("Closed (expected)"), "number"),
            Column(_("Left open"), "number"),
        ],
        [
            (
                part.scenario.competency[id].label,
                formats.count(coverage.need),
                formats.count(closed := nearest(coverage.closed)),
                formats.count(coverage.need - closed),
            )
            for id, coverage in part.coverage.items()
        ],
        note=_("Expected numbers, rounded to whole gaps."),
    )


def beneficiaries(part: PlanPart) -> Table:
    """Return who is trained: groups with agency, level, people and participants; of very many the agencies."""
    formats = part.material.formats
    people = part.participants_by_group
    headcount = sum(group.headcount for group in part.groups)
    numbers = [Column(_("People"), "number"), Column(_("Participants"), "number")]
    total = (formats.count(headcount), formats.count(part.participants))
    note = _("A person in two programmes counts as two participants.")
    if len(part.groups) <= MOST_GROUPS:
        return table(
            "kak-beneficiaries",
            _("Groups that take part"),
            [Column(_("Agency")), Column(_("Group"), "name"), Column(_("Level")), *numbers],
            [
                (
                    part.material.agency(group.agency),
                    group.label,
                    group.level or NOTHING,
                    formats.count(group.headcount),
                    formats.count(people[group.id]),
                )
                for group in sorted(part.groups, key=lambda group: (group.agency is None, group.agency or ""))
            ],
            total=(_("Total"), "", "", *total),
            note=note,
        )
    rows = []
    agencies = sorted({group.agency for group in part.groups}, key=lambda name: (name is None, name or ""))
    for agency in agencies:
        groups = [group for group in part.groups if group.agency == agency]
        levels = dict.fromkeys(group.level for group in groups if group.level)
        rows.append(
            (
                part.material.agency(agency),
                formats.count(len(groups)),
                ", ".join(levels) or NOTHING,
                formats.count(sum(group.headcount for group in groups)),
                formats.count(sum(people[group.id] for group in groups)),
            )
        )
    return table(
        "kak-beneficiaries",
        _("Agencies that take part"),
        [Column(_("Agency"), "name"), Column(_("Groups"), "number"), Column(_("Levels")), *numbers],
        rows,
        total=(_("Total"), formats.count(len(part.groups)), "", *total),
        note=note,
    )


def methods(part: PlanPart) -> Table:
    """Return the programmes: form, route, provider, hours, classes and participants."""
    formats = part.material.formats
    people = part.participants_by_programme
    classes = summed(part.classes_by_session.items(), lambda each: each[0][0], lambda each: each[1])

    def row(programme: Programme) -> tuple[str, ...]:
        held = classes.get(programme.id, 0)
        each = formats.number(Fraction(people[programme.id], held), 1) if held else NOTHING
        route = labels.route(programme.form)
        form = labels.form(programme.form)
        return (
            programme.label,
            f"{form} ({route})" if route else form,
            programme.provider or NOTHING,
            formats.number(programme.hours) if programme.hours else NOTHING,
            formats.count(held) if held else NOTHING,
            each,
            formats.count(people[programme.id]),
        )

    return table(
        "kak-methods",
        _("The programmes held"),
        [
            Column(_("Programme"), "name"),
            Column(_("Form")),
            Column(_("Provider")),
            Column(_("JP"), "number"),
            Column(_("Classes"), "number"),
            Column(_("Average per class"), "number"),
            Column(_("Participants"), "number"),
        ],
        [row(programme) for programme in part.programmes],
        total=(_("Total"), "", "", "", formats.count(part.classes) if part.classes else NOTHING, "", _people(part)),
    )


def sessions(part: PlanPart) -> Table:
    """Return when each programme begins, with how many classes and participants, and the days that are fixed."""
    formats, scenario = part.material.formats, part.scenario
    dated = any_dates(part)
    return table(
        "kak-sessions",
        _("Classes and participants by programme and period"),
        [
            Column(_("Programme"), "name"),
            Column(_("Period")),
            *([Column(_("Days of the classes"))] if dated else []),
            Column(_("Classes"), "number"),
            Column(_("Participants"), "number"),
        ],
        [
            (
                scenario.programme[programme].label,
                part.run(programme, period),
                *([_dates(part, (programme, period))] if dated else []),
                formats.count(held) if (held := part.classes_by_session.get((programme, period), 0)) else NOTHING,
                formats.count(people),
            )
            for (programme, period), people in part.participants_by_session.items()
        ],
        total=(
            _("Total"),
            "",
            *([""] if dated else []),
            formats.count(part.classes) if part.classes else NOTHING,
            _people(part),
        ),
    )


def any_dates(part: PlanPart) -> bool:
    """Return whether the days of any class are fixed."""
    return any(course.dated for session in part.participants_by_session for course in part.courses_by_session[session])


def all_dates(part: PlanPart) -> bool:
    """Return whether the days of every class are fixed."""
    return all(course.dated for session in part.participants_by_session for course in part.courses_by_session[session])


def _dates(part: PlanPart, session: tuple[str, str]) -> str:
    """Return the days of the classes that start in a period, as far as they are fixed."""
    fixed = [course for course in part.courses_by_session[session] if course.dated]
    shown = [part.material.formats.days(c.begins, c.ends) for c in fixed if c.begins is not None and c.ends is not None]
    return "; ".join(shown) or NOTHING


def _people(part: PlanPart) -> str:
    return part.material.formats.count(part.participants)


def funds(part: PlanPart) -> Table:
    """Return what each fund pays; own funds and partners with a sum each, where both pay."""
    material, fund = part.material, part.scenario.fund
    rows: list[TableRow] = []
    for kind, label, amount in (
        ("own", _("Own funds, in the RKA"), part.own_cost),
        ("partner", _("Partner money, outside the RKA"), part.partner_cost),
    ):
        paid = {id: amount for id, amount in part.cost_by_fund.items() if fund[id].kind == kind}
        rows += [
            TableRow((fund[id].label, labels.fund_kind(fund[id].kind), material.money(paid[id])), "item") for id in paid
        ]
        if part.partner_cost:
            rows.append(TableRow((label, "", material.money(amount)), "sum"))
    return table(
        "kak-funds",
        _("Funding sources (Rp)"),
        [Column(_("Fund"), "name"), Column(_("Kind")), Column(_("Amount (Rp)"), "number")],
        rows,
        total=(_("Total"), "", material.money(part.cost)),
    )


def accounts(part: PlanPart) -> Table:
    """Return the sum of each account, by fund where there are few; of many what own funds and partners pay."""
    material, fund = part.material, part.scenario.fund
    few = len(part.cost_by_fund) <= MOST_PAYERS
    kinds = {"own": _("Own funds, in the RKA"), "partner": _("Partner money, outside the RKA")}
    names = {id: fund[id].label for id in part.cost_by_fund} if few else kinds
    by_fund = part.cost_by_fund if few else {"own": part.own_cost, "partner": part.partner_cost}
    payers = [id for id in names if by_fund[id] not in (0, part.cost)]

    def payer(line: BudgetLine) -> str:
        return line.fund if few else fund[line.fund].kind

    paid = summed(part.lines, lambda line: (line.account, payer(line)), lambda line: line.amount)

    def cell(amount: int) -> str:
        return material.zero_as_dash(material.money(amount), amount)

    return table(
        "kak-accounts",
        _("Sum of each account (Rp)"),
        [
            Column(_("Account code"), "name"),
            *(Column(names[id], "number") for id in payers),
            Column(_("Total (Rp)"), "number"),
        ],
        [
            (code(account), *(cell(paid.get((account, id), 0)) for id in payers), material.money(total))
            for account, total in account_totals(part.lines).items()
        ],
        total=(_("Total"), *(material.money(by_fund[id]) for id in payers), material.money(part.cost)),
    )


def lines(part: PlanPart) -> Table:
    """Return the budget lines by programme, account and fund: coefficient x price = amount."""
    return table(
        "kak-lines",
        _("Budget lines"),
        line_columns(),
        list(_line_rows(part)),
        total=(_("Total"), "", "", "", "", part.material.money(part.cost)),
    )


def _line_rows(part: PlanPart) -> Iterator[TableRow]:
    def amount(lines: tuple[BudgetLine, ...]) -> str:
        return part.material.money(sum(line.amount for line in lines))

    for programme, of_programme in groupby(part.lines, lambda line: line.programme):
        name = part.scenario.programme[programme].label if programme else _("Socialization and agreements")
        listed = tuple(of_programme)
        yield TableRow(("", name, "", "", "", amount(listed)), HEAD)
        for account, of_account in groupby(listed, lambda line: line.account):
            in_account = tuple(of_account)
            yield TableRow((code(account), _("Sum of the account"), "", "", "", amount(in_account)), "account")
            for fund, of_fund in groupby(in_account, lambda line: line.fund):
                paid = tuple(of_fund)
                source = _("[ # ] Funding source: {fund}").format(fund=part.scenario.fund[fund].label)
                yield TableRow(("", source, "", "", "", amount(paid)), "fund")
                yield from (_line(part, line) for line in paid)


def _line(part: PlanPart, line: BudgetLine) -> TableRow:
    formats = part.material.formats
    how = calculation(part.scenario, line, formats)
    name = item_text(part.scenario, line)
    return TableRow(
        (
            "",
            f"{name} ({how})" if how else name,
            formats.number(line.coefficient, 6),
            unit_text(line),
            part.material.money(line.price),
            part.material.money(line.amount),
        ),
        "item",
    )
