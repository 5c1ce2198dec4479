"""The RKA form of each activity in the report: own money, levels of accounts, sums that agree."""

from __future__ import annotations

from planner.plans.budget_lines import budget_lines
from planner.report import render_report
from tests.pages.markup import Element, number, read
from tests.scenarios.builders import SMALL, plan, scenario

CODE = "5.04.02.1.02.0007"


def page() -> Element:
    programmes = [dict(programme, activity=CODE) for programme in SMALL["programmes"]]
    built = scenario(programmes=programmes, activities=[{"code": CODE, "name": "Kepemimpinan <b>"}])
    return read(render_report(built, plan(built)))


def body(made: Element, id: str) -> list[list[str]]:
    (table,) = [table for table in made.all("table") if table.attributes["id"] == id]
    return table.rows()


def test_each_activity_has_a_form_that_sums_to_what_own_funds_pay() -> None:
    made, built = page(), scenario()
    lines = [line for line in budget_lines(built, plan(built)) if line.programme is not None]
    for id, own in (("activity-1-lines", True), ("activity-1-partners", False)):
        amount = sum(line.amount for line in lines if built.fund[line.fund].own == own)
        rows = body(made, id)
        assert number(rows[-1][-1]) == amount
        assert number(next(row[-1] for row in rows if row[0] == "5.1.02")) == amount
        found = [row for row in rows[1:-1] if len(row) == 5 and row[1]]
        assert sum(number(row[-1]) for row in found) == amount
    texts = [row[1] for row in body(made, "activity-1-lines")]
    assert "110 Orang x 3 Hari" in texts
    head = dict(row[:2] for row in body(made, "activity-1-form"))
    assert head["Sub Kegiatan"] == f"{CODE} Kepemimpinan <b>"
    signed = made.all("div", class_="signatures")
    assert len(signed) == 2
    assert signed[0].text == signed[1].text
    assert "Kepala Perangkat Daerah" in signed[0].text
    assert "Kepala BPSDM" not in signed[0].text
