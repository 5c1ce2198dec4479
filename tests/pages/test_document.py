"""The report as a document: what a plan must state, budget lines that sum to the cost, and a block to sign."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.report import render_report
from tests.pages.markup import Element, number, read
from tests.pages.named_figures import agency_parts
from tests.scenarios.builders import large, plan, scenario

SECTIONS = [
    "summary", "competencies", "targets", "offers", "schedule", "conformity", "money", "budget", "funds", "left-open",
    "duties", "basis", "proof", "signatures", "agencies",
]  # fmt: skip

Case = tuple[Scenario, Plan, Element]


@pytest.fixture(scope="module", params=["small", "large"])
def case(request: pytest.FixtureRequest) -> Case:
    made = (scenario(), plan()) if request.param == "small" else large(30, 12, 20)
    return (*made, read(render_report(*made)))


def tables(page: Element, prefix: str) -> list[Element]:
    return [table for table in page.all("table") if table.attributes["id"].startswith(prefix)]


def test_the_sections_are_those_that_a_plan_must_have(case: Case) -> None:
    assert [heading.attributes["id"] for heading in case[2].all("h2")] == ["front", *SECTIONS]


def test_the_cover_names_agency_year_scenario_date_and_check() -> None:
    text = read(render_report(scenario(), plan())).one("header", class_="cover").text
    for part in (
        "BPSDM Provinsi Jambi",
        "Tahun Anggaran 2027",
        "Dibuat pada",
        "Pemeriksaan independen ✓ Memenuhi semua aturan, sampai ke rupiah",
    ):
        assert part in text


def test_the_block_to_sign_has_two_columns_with_a_number_each() -> None:
    block = read(render_report(scenario(), plan())).one("div", class_="signatures")
    texts = [column.text for column in block.all("div", class_="signature")]
    assert len(texts) == 2
    assert "Mengetahui/Menyetujui, Kepala Perangkat Daerah" in texts[0]
    assert all("NIP …" in text for text in texts)


def test_budget_lines_multiply_to_their_amounts_and_sum_to_the_cost(case: Case) -> None:
    _built, answer, page = case
    whole = 0
    for table in tables(page, "rka-"):
        lines, account, fund = 0, 0, 0
        of_account: list[float] = []
        of_fund: list[float] = []
        for row in table.one("tbody").all("tr"):
            cells = [cell.text for cell in row.cells()]
            amount = int(number(cells[-1]))
            kind = row.attributes.get("class", "")
            if kind == "account":
                assert account == 0
                of_account.append(amount)
                account = amount
            elif kind == "fund":
                assert fund == 0
                of_fund.append(amount)
                fund, account = amount, account - amount
            else:
                assert number(cells[1]) * number(cells[3]) == amount
                lines += amount
                fund -= amount
        total = int(number(table.one("tfoot").all("td")[-1].text))
        assert sum(of_account) == sum(of_fund) == lines == total
        whole += total
    assert whole == answer.total_cost


def test_accounts_sum_over_the_plan_by_fund(case: Case) -> None:
    built, answer, page = case
    (table,) = tables(page, "table-rka-accounts")
    sums: dict[str, int] = defaultdict(int)
    for payment in answer.payments:
        sums[payment.account or "tanpa kode rekening"] += payment.amount
    rows = table.rows()
    assert {row[0]: number(row[-1]) for row in rows[1:-1]} == sums
    for place, fund in enumerate(rows[0][1:-1], start=1):
        (id,) = [f.id for f in built.funds if f.label == fund]
        paid = sum(p.amount for p in answer.payments if p.fund == id)
        assert sum(number(row[place]) for row in rows[1:-1]) == number(rows[-1][place]) == paid


def test_both_halves_of_the_flow_sum_to_the_cost(case: Case) -> None:
    built, answer, page = case
    funds, agencies = tables(page, "table-flow-")
    for table in (funds, agencies):
        rows = table.rows()
        assert number(rows[-1][-1]) == answer.total_cost
        for row in rows[1:]:
            assert sum(number(cell) for cell in row[1:-1]) == number(row[-1])
        for column in range(1, len(rows[0])):
            assert sum(number(row[column]) for row in rows[1:-1]) == number(rows[-1][column])
    paid = {row[0]: number(row[-1]) for row in funds.rows()[1:-1]}
    assert paid == {f.label: s for f in built.funds if (s := sum(p.amount for p in answer.payments if p.fund == f.id))}
    forms = dict(zip(funds.rows()[0][1:-1], funds.rows()[-1][1:-1], strict=True))
    assert forms == dict(zip(agencies.rows()[0][1:-1], agencies.rows()[-1][1:-1], strict=True))


def figures_of_agency(part: Element) -> dict[str, str]:
    """The figures of an agency in the annex."""
    line = next(e.text for e in part.all("p") if " \u00b7 " in e.text)
    return dict(figure.split(": ", 1) for figure in line.split(" \u00b7 "))


def test_what_an_agency_costs_is_the_same_in_the_flow_and_in_the_annex(case: Case) -> None:
    built, _answer, page = case
    flow = {row[0]: number(row[-1]) for row in tables(page, "table-flow-agencies")[0].rows()[1:-1]}
    for part in agency_parts(page):
        name = part.all("h3")[0].text
        if name in {group.agency for group in built.groups}:
            figures = figures_of_agency(part)
            assert number(figures["Biaya"]) == flow.get(name, 0)


def test_the_annex_gives_each_agency_its_seats_by_period(case: Case) -> None:
    built, answer, page = case
    agency = {group.id: group.agency for group in built.groups}
    for part in agency_parts(page):
        name = part.all("h3")[0].text
        given = [a for a in answer.allocations if agency[a.group] == name]
        seats = {t: sum(a.participants for a in given if a.period == t) for t in built.horizon}
        figures = figures_of_agency(part)
        taken = ", ".join(f"{period} {people}" for period, people in seats.items() if people)
        assert figures["Peserta"].replace(".", "") == f"{sum(seats.values())} ({taken})"


def test_each_competency_with_open_gaps_has_one_line_and_its_reasons_add_up(case: Case) -> None:
    built, answer, page = case
    stored = json.loads(answer.to_json())["closings"]
    (table,) = tables(page, "table-left-open")
    shown = {row[0]: number(row[1]) for row in table.rows()[1:-1]}
    for id, competency in built.competency.items():
        left = sum(c["need"] - c["closed"] for c in stored if c["competency"] == id)
        assert shown.get(competency.label, 0) == pytest.approx(left, abs=0.0051)


def test_targets_are_all_groups_with_their_people(case: Case) -> None:
    built, answer, page = case
    rows = page.one("table", id="table-targets").rows()
    people = {row[0]: (number(row[3]), number(row[4])) for row in rows[1:-1]}
    assert people == {
        g.label: (g.headcount, sum(a.participants for a in answer.allocations if a.group == g.id)) for g in built.groups
    }


def test_conformity_states_what_the_scenario_states() -> None:
    page = read(render_report(scenario(), plan()))
    assert page.one("table", id="table-conformity").rows()[1:] == [
        ["Bimtek pengelolaan keuangan daerah", "Pengelolaan keuangan daerah", "teknis", "110", "85%"],
        ["Pelatihan komunikasi efektif", "Komunikasi", "manajerial", "37", "60%"],
    ]


def test_the_route_of_a_form_that_no_list_names_is_left_open() -> None:
    rows = read(render_report(scenario(), plan())).one("table", id="table-programmes").rows()
    assert [row[1:4] for row in rows[1:]] == [
        ["bimbingan teknis", "klasikal", "BPSDM Provinsi Jambi"],
        ["e-learning", "nonklasikal", "\u2013"],
    ]
