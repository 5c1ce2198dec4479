"""Every figure on the page is the plan's: read again from the page and compared with the stored plan."""

from __future__ import annotations

import json
import re

import pytest

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.report import render_report
from tests.pages.markup import Element, number, read
from tests.pages.samples import GALLERY, SAMPLES, kept
from tests.scenarios.builders import large, plan, scenario

Case = tuple[Scenario, Plan, Element]


@pytest.fixture(scope="module", params=["small", "large", *SAMPLES])
def case(request: pytest.FixtureRequest) -> Case:
    """A plan and its page: built here and rendered, or a sample of the gallery as it is stored."""
    if request.param in SAMPLES:
        page = (GALLERY / request.param / "report.html").read_text(encoding="utf-8")
        return (*kept(request.param), read(page))
    made = (scenario(), plan()) if request.param == "small" else large(30, 12, 20)
    return (*made, read(render_report(*made)))


def body(page: Element, id: str) -> list[list[str]]:
    """The rows of a table without head and foot."""
    return [
        [cell.text for cell in row if cell.tag in ("th", "td")]
        for row in page.one("table", id=id).one("tbody").all("tr")
    ]


def foot(page: Element, id: str) -> list[str]:
    return [cell.text for cell in page.one("table", id=id).one("tfoot").all("tr")[0] if cell.tag in ("th", "td")]


def test_funds_are_those_of_the_stored_plan(case: Case) -> None:
    built, answer, page = case
    stored = json.loads(answer.to_json())
    shown = [(row[0], number(row[2]), number(row[3]), number(row[4])) for row in body(page, "table-funds")]
    assert shown == [
        (built.fund[f["fund"]].label, f["amount"], f["spent"], f["amount"] - f["spent"]) for f in stored["funds"]
    ]


def test_costs_by_programme_and_fund_are_the_payments(case: Case) -> None:
    built, answer, page = case
    paying = [fund for fund in built.funds if any(p.fund == fund.id for p in answer.payments)]
    for row in body(page, "table-costs"):
        programme = next((p.id for p in built.programmes if p.label == row[0]), None)
        for fund, cell in zip(paying, row[1:-1], strict=True):
            paid = sum(p.amount for p in answer.payments if p.programme == programme and p.fund == fund.id)
            assert number(cell) == paid
    assert number(foot(page, "table-costs")[-1]) == answer.total_cost


@pytest.mark.parametrize(
    ("id", "columns"),
    [
        ("table-costs", [-1]),
        ("table-accounts", [2, 3]),
        ("table-group-costs", [-3, -2, -1]),
        ("table-funds", [2, 3, 4]),
        ("table-competencies", [-4, -3, -2]),
        ("table-agencies", [1, 2, 3]),
        ("table-groups", [-4, -3, -2]),
        ("causes", [1]),
    ],
)
def test_the_printed_rows_sum_to_the_printed_total(case: Case, id: str, columns: list[int]) -> None:
    built, answer, page = case
    if not page.all("table", id=id):
        assert (id == "table-agencies" and len({g.agency for g in built.groups}) == 1) or (
            id == "causes" and answer.gaps_closed == answer.total_need
        )
        return
    rows, total = body(page, id), foot(page, id)
    for column in columns:
        figures = [number(row[column]) if row[column] else 0 for row in rows]
        assert round(sum(figures), 6) == number(total[column])


def test_coverage_is_that_of_the_stored_plan(case: Case) -> None:
    built, answer, page = case
    stored = json.loads(answer.to_json())["closings"]
    for table, field, records in (
        ("table-competencies", "competency", built.competency),
        ("table-groups", "group", built.group),
    ):
        shown = {row[0]: (number(row[-4]), number(row[-3])) for row in body(page, table)}
        for id, record in records.items():
            need = sum(c["need"] for c in stored if c[field] == id)
            closed = sum(c["closed"] for c in stored if c[field] == id)
            assert shown[record.label][0] == need
            assert shown[record.label][1] == pytest.approx(closed, abs=0.005)


def test_classes_and_participants_are_those_of_the_stored_plan(case: Case) -> None:
    built, answer, page = case
    by_label = {p.label: p for p in built.programmes}
    for row in body(page, "table-calendar"):
        programme = by_label[row[0]]
        for period, cell in zip(built.horizon, row[1:-1], strict=True):
            people = sum(
                a.participants for a in answer.allocations if (a.programme, a.period) == (programme.id, period)
            )
            classes = sum(c.classes for c in answer.classes if (c.programme, c.period) == (programme.id, period))
            shown = [number(part) for part in cell.split(" / ")]
            assert shown == ([classes, people] if people else [0])


def test_each_group_is_given_what_is_allocated_and_told_its_gaps(case: Case) -> None:
    built, answer, page = case
    agencies: dict[str | None, list[str]] = {}
    for group in built.groups:
        agencies.setdefault(group.agency, []).append(group.id)
    for n, of_agency in enumerate(agencies.values(), start=1):
        rows = iter(page.one("table", id=f"gaps-{n}").one("tbody").all("tr"))
        for id in of_agency:
            (head,) = next(rows).cells()
            given: dict[str, list[tuple[str, int]]] = {}
            for a in answer.allocations:
                if a.group == id:
                    given.setdefault(a.programme, []).append((a.period, a.participants))
            for programme, seats in given.items():
                taken = ", ".join(f"{period} {people:,} peserta".replace(",", ".") for period, people in seats)
                assert re.search(rf"{re.escape(built.programme[programme].label)}( \([^)]*\))?: {taken}", head.text)
            assert head.text.count("\u2022") == max(1, len(given))
            for closing in (c for c in answer.closings if c.group == id and c.need):
                competency, done, left = (cell.text for cell in next(rows).cells())
                assert competency == built.competency[closing.competency].label
                closed, need = done.split(" dari ")
                assert number(need) == closing.need
                assert number(closed) == pytest.approx(float(closing.closed), abs=0.005)
                assert number(left.split(":")[0]) == pytest.approx(float(closing.need - closing.closed), abs=0.0051)
        assert next(rows, None) is None


def test_the_headline_gives_the_totals_of_the_plan(case: Case) -> None:
    _built, answer, page = case
    tiles = {tile.all("p")[0].text: tile.all("p")[1:] for tile in page.all("div", class_="tile")}
    closes = "Kesenjangan tertutup" if "Kesenjangan tertutup" in tiles else "Kesenjangan tertutup (perkiraan)"
    closed, need = (number(part) for part in tiles[closes][1].text.split(" dari "))
    assert need == answer.total_need
    assert closed == round(closed, 1), "a headline has at most one decimal"
    assert abs(closed - float(answer.gaps_closed)) <= 0.05
    assert number(tiles["Jumlah biaya"][1].text) == answer.total_cost
    assert number(tiles["Peserta"][0].text) == sum(a.participants for a in answer.allocations)


def test_the_fingerprint_of_the_scenario_is_printed(case: Case) -> None:
    built, _answer, page = case
    assert built.sha256 in page.visible_text()


OF_MANY_KINDS = {"table-rules", "table-levels", "table-resources", "table-in-effect"}
"""Tables of which each row counts something else."""


def test_the_figures_of_a_column_have_the_same_number_of_decimals(case: Case) -> None:
    plain = re.compile(r"[-\u2212+]?[\d.]+(?:,(\d+))?")
    for found in case[2].all("table"):
        columns: dict[int, set[int]] = {}
        for row in found.all("tr"):
            at = 0
            for cell in row.cells():
                if cell.tag == "td" and (figure := plain.fullmatch(cell.text)):
                    columns.setdefault(at, set()).add(len(figure[1] or ""))
                at += int(cell.attributes.get("colspan", "1"))
        mixed = {at: places for at, places in columns.items() if len(places) > 1}
        assert not mixed or found.attributes["id"] in OF_MANY_KINDS, (found.attributes["id"], mixed)
