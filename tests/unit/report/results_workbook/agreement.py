"""What must agree between a results workbook, read again, and its plan. Each check raises AssertionError."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from math import prod
from typing import Any, Final

import pytest

from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.budget_lines import BudgetLine, account_totals, budget_lines
from planner.report.results_workbook.scenario_sheet import values
from planner.report.wording.budget_lines import item_text, unit_text
from tests.unit.report.results_workbook.cases import Case
from tests.unit.report.results_workbook.evaluator import Spreadsheet


def near(value: Any) -> Any:
    return pytest.approx(float(value), rel=1e-12, abs=1e-9)


def formulas_give_the_stored_values(made: Case) -> None:
    count = 0
    for place in made.book.cells_with_formulas():
        stored, computed = made.book.stored(*place), made.book.computed(*place)
        assert isinstance(computed, Fraction), place
        if isinstance(stored, int):
            assert computed == stored, place
        else:
            assert float(computed) == near(stored), place
        count += 1
    assert count > 20


def lines_of(made: Case) -> list[list[Any]]:
    """The rows of the budget sheet that are lines: those with keys."""
    rows = made.book.shown["Budget lines"].iter_rows(values_only=True)
    return [list(row) for row in rows if all(isinstance(key, int) for key in row[7:10])]


def budget_lines_agree(made: Case) -> None:
    programmes = [*made.scenario.programme, None]
    accounts = account_totals(budget_lines(made.scenario, made.plan))
    with speaking("en"):
        expected = [
            [
                line.account or "no account code",
                item_text(made.scenario, line) + (f" ({line.year})" if len(made.scenario.years) > 1 else ""),
                line.coefficient,
                unit_text(line),
                line.price,
                line.amount,
                programmes.index(line.programme) + 1,
                list(accounts).index(line.account) + 1,
                list(made.scenario.fund).index(line.fund) + 1,
            ]
            for line in budget_lines(made.scenario, made.plan)
        ]
    found = lines_of(made)
    assert [[*row[:2], Fraction(repr(row[2])), *row[3:6], *row[7:10]] for row in found] == expected
    assert sum(row[5] for row in found) == made.plan.total_cost


def totals_of_the_budget_sheet_agree(made: Case) -> None:
    rows = [*made.book.shown["Budget lines"].iter_rows(values_only=True)]
    totals = {row[1]: row[5] for row in rows if str(row[1]).startswith("Total")}
    names = ["Total cost", "Total of the programmes", "Total of the accounts"]
    names += ["Total of the years"] * (len(made.scenario.years) > 1)
    assert totals == dict.fromkeys(names, made.plan.total_cost)
    start = next(n for n, row in enumerate(rows) if row[0] == "Recapitulation by account code") + 1
    accounts = account_totals(budget_lines(made.scenario, made.plan))
    assert [(row[0], row[5]) for row in rows[start : start + len(accounts)]] == [
        (account or "no account code", amount) for account, amount in accounts.items()
    ]


def subtotals_of_the_budget_sheet_agree(made: Case) -> None:
    lines = budget_lines(made.scenario, made.plan)
    expected: list[int] = []
    for programme in dict.fromkeys(line.programme for line in lines):
        mine = [line for line in lines if line.programme == programme]
        expected.append(sum(line.amount for line in mine))
        for account in dict.fromkeys(line.account for line in mine):
            of_account = [line for line in mine if line.account == account]
            expected.append(sum(line.amount for line in of_account))
            for fund in dict.fromkeys(line.fund for line in of_account):
                expected.append(sum(line.amount for line in of_account if line.fund == fund))
    rows = [*made.book.shown["Budget lines"].iter_rows(min_row=5, values_only=True)]
    end = next(n for n, row in enumerate(rows) if row[1] == "Total cost")
    assert [row[5] for row in rows[:end] if row[7] is None and row[5] is not None] == expected


def funds_agree(made: Case) -> None:
    *rows, total = made.rows("Funding", "No.", 9)
    assert [[row[1], *row[3:6]] for row in rows] == [
        [made.scenario.fund[use.fund].label, use.amount, use.spent, use.amount - use.spent] for use in made.plan.funds
    ]
    assert total[4] == made.plan.total_cost
    given = [sum(seat.seats for seat in made.plan.seats if seat.fund == use.fund) for use in made.plan.funds]
    assert [row[8] for row in rows] == given
    assert total[8] == sum(given)


def payers_agree(made: Case, title: str) -> None:
    payers = [f for f in made.scenario.funds if any(p.fund == f.id for p in made.plan.payments)]
    _head, *rows, total = made.rows("Funding", title, len(payers) + 3)
    by_programme = title.startswith("Cost")
    if not by_programme:
        less, rows, total = total, rows[:-1], rows[-1]
        assert less[2:] == [0] * (len(payers) + 1), "as planned, nothing differs from the budget lines"
    labels = {p.label: p.id for p in made.scenario.programmes} | {"Socialization and agreements": None}
    for row in rows:
        for fund, amount in zip(payers, row[2:-1], strict=True):
            assert amount == sum(
                p.amount
                for p in made.plan.payments
                if p.fund == fund.id and (p.programme == labels[str(row[1])] if by_programme else p.period == row[1])
            )
        assert row[-1] == sum(amount for amount in row[2:-1])
    assert sum(row[-1] for row in rows) == total[-1] == made.plan.total_cost


def allocations_agree(made: Case) -> None:
    *rows, total = made.rows("Allocation", "Group", 10)
    group, programme = made.scenario.group, made.scenario.programme
    assert [[row[0], row[3], row[5], row[6]] for row in rows] == [
        [group[a.group].label, programme[a.programme].label, a.period, a.participants] for a in made.plan.allocations
    ]
    assert total[6] == sum(a.participants for a in made.plan.allocations)
    assert total[7] == sum(seat.seats for seat in made.plan.seats)
    hours = [programme[a.programme].hours * a.participants for a in made.plan.allocations]
    assert [row[9] for row in rows] == [near(value) for value in hours]
    assert total[9] == near(sum(hours))


def classes_agree(made: Case) -> None:
    *rows, total = made.rows("Classes", "Programme", 9)
    assert [[row[0], *row[3:6]] for row in rows] == [
        [made.scenario.programme[c.programme].label, c.period, c.classes, c.participants] for c in made.plan.classes
    ]
    assert total[4] == sum(c.classes for c in made.plan.classes)


def gaps_agree(made: Case) -> None:
    *rows, total = made.rows("Gaps", "Competency no.", 11)
    group, competency = made.scenario.group, made.scenario.competency
    assert [[row[1], row[4], row[6]] for row in rows] == [
        [group[c.group].label, competency[c.competency].label, c.need] for c in made.plan.closings
    ]
    assert [row[7] for row in rows] == [near(c.closed) for c in made.plan.closings]
    assert [row[8] for row in rows] == [near(c.need - c.closed) for c in made.plan.closings]
    assert total[6] == made.plan.total_need
    assert total[7] == near(round(made.plan.gaps_closed, 6))
    assert all(bool(row[10]) == (c.need > c.closed) for row, c in zip(rows, made.plan.closings, strict=True))


def rules_agree(made: Case) -> None:
    rows = made.rows("Rules", "Rule", 9) if made.plan.rules else []
    for row, result in zip(rows, made.plan.rules, strict=True):
        assert row[0] == result.rule if result.of is None else str(row[0]).startswith(f"{result.rule}: ")
        bounds = [None if bound is None else near(bound) for bound in (result.at_least, result.at_most)]
        assert [cell or None if isinstance(cell, str) else cell for cell in row[3:5]] == bounds
        assert row[5] == near(result.measure)
        assert (row[6] == 0) == result.held
        assert str(row[8]).startswith("✓") == result.held


def figures_of_the_summary_agree(made: Case) -> None:
    plan = made.plan
    figures = {row[0]: row[3] for row in made.book.shown["Summary"].iter_rows(values_only=True)}
    expected = {
        "Gaps needed": plan.total_need,
        "Gaps closed (expected)": near(plan.gaps_closed),
        "Total cost (Rp)": plan.total_cost,
        "Paid by own funds (Rp)": plan.own_cost,
        "Paid by partners (Rp)": plan.partner_cost,
        "Budget lines less what funds pay (Rp): must be 0": 0,
        "Units x unit prices less budget lines (Rp): must be 0": 0,
        "Participants": sum(a.participants for a in plan.allocations),
        "Classes": sum(c.classes for c in plan.classes),
    }
    assert {label: figures[label] for label in expected} == expected


def gaps_by_competency_agree(made: Case) -> None:
    *rows, total = made.rows("Summary", "No.", 7)
    for row, competency in zip(rows, made.scenario.competencies, strict=True):
        mine = [c for c in made.plan.closings if c.competency == competency.id]
        assert row[1] == competency.label
        assert row[3] == sum(c.need for c in mine)
        assert row[4] == near(sum(c.closed for c in mine))
    assert total[3] == made.plan.total_need


def the_scenario_is_listed_value_by_value(made: Case) -> None:
    rows = made.rows("Scenario", "Part of the scenario", 4)
    expected = [*values(made.scenario.to_plain())]
    assert [row[3] for row in rows] == [".".join(path) for path, _value in expected]
    for (_part, _field, shown, _path), (_, value) in zip(rows, expected, strict=True):
        if isinstance(shown, str) or shown is None:
            assert (shown or "") == str(value)
        else:
            assert Fraction(repr(shown)) == Fraction(value)
    facts = {row[0]: row[1] for row in made.book.shown["Scenario"].iter_rows(max_col=2, values_only=True)}
    assert facts["Fingerprint of the scenario (SHA-256)"] == made.scenario.sha256


def prices(book: Spreadsheet) -> list[list[Any]]:
    rows = [list(row) for row in book.shown["Unit prices"].iter_rows(min_row=5, values_only=True)]
    return [row for row in rows if isinstance(row[0], int)]


def each_price_stands_once_and_the_costs_agree(made: Case) -> None:
    lines, rows = budget_lines(made.scenario, made.plan), prices(made.book)
    assert sum(row[6] for row in rows) == made.plan.total_cost
    assert len({(row[1], row[2], row[3], row[4]) for row in rows}) == len(rows)
    assert all(Fraction(repr(row[5])) * row[4] == row[6] for row in rows)
    paid: dict[tuple[str | None, int], int] = defaultdict(int)
    for line in lines:
        paid[line.account, line.unit_price] += line.amount
    shown: dict[tuple[str | None, int], int] = defaultdict(int)
    for row in rows:
        shown[None if row[1] == "no account code" else row[1], row[4]] += row[6]
    assert shown == paid


def form(book: Spreadsheet) -> list[list[Any]]:
    return [list(row) for row in book.shown["RKA"].iter_rows(max_col=7, values_only=True)]


def lines_of_the_rka_form_agree(made: Case) -> None:
    lines = [line for line in budget_lines(made.scenario, made.plan) if line.year == made.scenario.years[0]]
    start = next(n for n, row in enumerate(form(made.book)) if row[2] == "Coefficient") + 1
    rows = form(made.book)[start:]
    cost = sum(line.amount for line in lines)
    own = sum(line.amount for line in lines if made.scenario.fund[line.fund].own)
    ids = {fund.label: fund.id for fund in made.scenario.funds}
    ends = [n for n, row in enumerate(rows) if str(row[1]).startswith("Total")]
    assert [rows[end][6] for end in ends] == ([own, cost - own, cost] if cost > own else [cost])
    read: list[tuple[Any, ...]] = []
    sums: dict[int, int] = {}
    account = fund = programme = None
    for at, row in enumerate(rows[: ends[-1]]):
        name = str(row[1])
        if at in ends or str(row[0]).startswith(("A. ", "B. ")):
            continue
        if row[0]:
            account, rank = row[0], 0
        elif name.startswith("[ # ]"):
            fund, rank = name.removeprefix("[ # ] Funding source: "), 1
            assert made.scenario.fund[ids[fund]].own == (at < ends[0] or cost == own), "partner money stands below"
        elif name.startswith("[ - ]"):
            programme, rank = name.removeprefix("[ - ] "), 2
        else:
            read.append((account, fund, programme, Fraction(repr(row[2])), row[4], row[6]))
            continue
        sums[rank] = sums.get(rank, 0) + row[6]
    assert sorted(map(str, read)) == sorted(str(_row_of(made.scenario, line)) for line in lines)
    assert all(total == cost for total in sums.values())


def _row_of(built: Scenario, line: BudgetLine) -> tuple[Any, ...]:
    programme = built.programme[line.programme].label if line.programme else "Socialization and agreements"
    account = line.account or "no account code"
    return (account, built.fund[line.fund].label, programme, line.coefficient, line.price, line.amount)


def sipd_lines_agree(made: Case) -> None:
    """Every line as SIPD calculates it, own funds first, then partners, each part with its total."""
    rows: list[list[Any]] = [list(row) for row in made.book.shown["SIPD"].iter_rows(max_col=16, values_only=True)]
    heads = [n for n, row in enumerate(rows) if row[0] == "kode_akun"]
    for start, kind in zip(heads, ("own", "partner"), strict=True):
        lines = [line for line in budget_lines(made.scenario, made.plan) if made.scenario.fund[line.fund].kind == kind]
        lines = [line for line in lines if line.year == made.scenario.years[0]]
        end = next(n for n in range(start, len(rows)) if rows[n][1] == "Total")
        assert rows[end][14] == sum(line.amount for line in lines)
        with speaking("en"):
            expected = [(item_text(made.scenario, line), line.amount) for line in lines]
        assert [(row[1], row[14]) for row in rows[start + 1 : end]] == expected
        for row in rows[start + 1 : end]:
            volume = prod(Fraction(repr(row[column])) for column in (4, 6, 8, 10) if row[column] is not None)
            assert volume * row[12] * (1 + Fraction(repr(row[13]))) == row[14]


CHECKS: Final[dict[str, Callable[[Case], None]]] = {
    "formulas give the stored values": formulas_give_the_stored_values,
    "budget lines agree": budget_lines_agree,
    "totals of the budget sheet agree": totals_of_the_budget_sheet_agree,
    "subtotals of the budget sheet agree": subtotals_of_the_budget_sheet_agree,
    "funds agree": funds_agree,
    "payers by programme": partial(payers_agree, title="Cost by programme, and who pays it"),
    "payers by period": partial(payers_agree, title="Payments by period"),
    "allocations agree": allocations_agree,
    "classes agree": classes_agree,
    "gaps agree": gaps_agree,
    "rules agree": rules_agree,
    "figures of the summary agree": figures_of_the_summary_agree,
    "gaps by competency agree": gaps_by_competency_agree,
    "the scenario is listed value by value": the_scenario_is_listed_value_by_value,
    "each price stands once and the costs agree": each_price_stands_once_and_the_costs_agree,
    "lines of the rka form agree": lines_of_the_rka_form_agree,
    "sipd lines agree": sipd_lines_agree,
}
