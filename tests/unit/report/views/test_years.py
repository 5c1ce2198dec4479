"""Gaps year by year: the section of the report, the tables, the sheet of the workbook, and plans of one year."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl
import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.plans.plan import Plan
from planner.plans.tables import table_rows
from planner.report.material import Material
from planner.report.results_workbook import workbook_bytes
from planner.report.views.document import report
from planner.report.wording.formats import Formats
from tests.scenarios.builders import plan_from
from tests.scenarios.hand import scenario


def two_years(**changes: Any) -> tuple[Scenario, Plan]:
    """10 gaps in 2027 and 5 more in 2028; 8 people take part in 2027 and 6 in 2028; half of them succeed."""
    plain = scenario(
        periods=["A", {"id": "B", "year": 2028}],
        groups=[
            {"id": "a", "agency": "BPKAD", "headcount": 20, "gaps": {"keu": 10}, "new_gaps": {"2028": {"keu": 5}}},
            {"id": "b", "agency": "Dinkes", "headcount": 3, "gaps": {"keu": 2}},
        ],
        programmes={"closes": {"keu": "50%"}},
        **changes,
    )
    read = Scenario.model_validate(plain)
    return read, plan_from(read, Decisions({("a", "bimtek", "A"): 8, ("a", "bimtek", "B"): 6}))


def test_the_section_says_what_exists_what_is_new_and_what_is_closed() -> None:
    read, plan = two_years()
    with speaking("en"):
        found = report(Material(read, plan, Formats("en")), datetime.date(2026, 1, 1))
        alone = Scenario.model_validate(scenario())
        one = report(Material(alone, plan_from(alone, Decisions()), Formats("en")), datetime.date(2026, 1, 1))
    assert found.years is not None
    assert [row.cells for row in found.years.overview.rows] == [
        ("2027", "12", "0", "4", "8", "33.3%"),
        ("2028", "17", "5", "7", "10", "41.2%"),
    ]
    sentence = found.years.years[1].sentence
    assert sentence.startswith("By the end of 2028 there are 17 gaps, 5 of them new; an expected 7 are closed")
    agencies = found.years.years[1].by_agency
    assert agencies is not None
    assert [row.cells for row in agencies.rows] == [
        ("BPKAD", "15", "5", "7", "8", "46.7%"),
        ("Dinkes", "2", "0", "0", "2", "0%"),
    ]
    assert [heading.number for heading in found.contents] == list(range(1, len(found.contents) + 1))
    assert one.years is None
    assert len(found.contents) == len(one.contents) + 1


def test_tables_and_plan_have_years_only_where_there_are_several() -> None:
    read, plan = two_years()
    rows = table_rows(read, plan)["years"]
    assert [(row["year"], row["group"], row["need"], row["new"], row["closed"], row["left"]) for row in rows] == [
        ("2027", "a", 10, 0, 4.0, 6.0),
        ("2027", "b", 2, 0, 0.0, 2.0),
        ("2028", "a", 15, 5, 7.0, 8.0),
        ("2028", "b", 2, 0, 0.0, 2.0),
    ]
    assert plan.to_plain()["years"] == [
        {"year": "2027", "need": 12, "closed": 4.0},
        {"year": "2028", "need": 17, "closed": 7.0},
    ]
    alone = Scenario.model_validate(scenario())
    one = plan_from(alone, Decisions())
    assert "years" not in one.to_plain()
    assert "years" not in table_rows(alone, one)


def test_the_workbook_has_a_sheet_with_a_total_for_each_year() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(*two_years(), "en")), data_only=True)
    rows = [row for row in book["By year"].iter_rows(values_only=True) if row[0] in ("2027", "2028")]
    assert [row[:8] for row in rows] == [
        ("2027", "a", "BPKAD", "keu", 10, 0, 4, 6),
        ("2027", "b", "Dinkes", "keu", 2, 0, 0, 2),
        ("2027", "Total", None, None, 12, 0, 4, 8),
        ("2028", "a", "BPKAD", "keu", 15, 5, 7, 8),
        ("2028", "b", "Dinkes", "keu", 2, 0, 0, 2),
        ("2028", "Total", None, None, 17, 5, 7, 10),
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_stored_plan_comes_back_with_its_years(language: str) -> None:
    _read, plan = two_years(scenario={"id": "uji", "fiscal_year": 2027, "language": language})
    assert Plan.from_plain(plan.to_plain()).years == plan.years
