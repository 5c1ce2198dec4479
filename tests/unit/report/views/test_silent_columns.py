"""Columns in which no row says anything are left out; what groups do not name is not counted."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import adopt
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.table import HEAD, Column, TableRow, table
from planner.report.views.targets import targets
from planner.report.wording.formats import NOTHING, Formats
from tests.scenarios.hand import scenario

COLUMNS = (Column("Name", "name"), Column("Agency"), Column("Level"), Column("Seats", "number"))


def test_a_column_of_text_without_a_word_is_left_out() -> None:
    made = table(
        "a", "", COLUMNS, [("x", NOTHING, "IV", NOTHING), ("y", "", NOTHING, NOTHING)], total=("", "", "", "0")
    )
    assert [column.label for column in made.columns] == ["Name", "Level", "Seats"]
    assert [row.cells for row in made.rows] == [("x", "IV", NOTHING), ("y", NOTHING, NOTHING)]
    assert made.total is not None
    assert made.total.cells == ("", "", "0")


def test_figures_the_first_column_and_rows_that_span_stay() -> None:
    silent = [(NOTHING, "BKD", "IV", NOTHING)]
    assert len(table("a", "", COLUMNS, silent).columns) == 4
    spanning = [TableRow(("BKD", "", "", ""), HEAD), TableRow(("x", NOTHING, NOTHING, "1"))]
    assert len(table("a", "", COLUMNS, spanning).columns) == 4
    assert len(table("a", "", COLUMNS, []).columns) == 4


def test_agencies_are_those_that_groups_name() -> None:
    told = []
    for agencies in ((None, None), ("BKD", None), ("BKD", "Dinas")):
        data = scenario()
        first = data["groups"][0]
        data["groups"] = [
            {**first, "id": f"g{n}", "name": f"Kelompok {n}"} | ({"agency": agency} if agency else {})
            for n, agency in enumerate(agencies)
        ]
        read = Scenario.model_validate(data)
        with speaking("en"):
            made = targets(Material(read, adopt(read, Decisions({})), Formats("en")), Heading("a", 1, ""))
        told.append([words in made.intro for words in ("in 1 agency", "in 2 agencies", "1 group names no agency")])
        assert any(column.label == "Agency" for column in made.groups.columns) == any(agencies)
    assert told == [[False, False, False], [True, False, True], [False, True, False]]


def test_figures_of_one_kind_are_written_alike_with_the_total_and_of_many_kinds_each_as_it_is() -> None:
    columns = [Column("Name", "name"), Column("Average", "number"), Column("Measured", "number", mixed=True)]
    rows: list[TableRow | Sequence[str]] = [TableRow(("all", "", ""), HEAD)]
    rows += [("x", "39,3", "0,25"), ("y", "40", "12"), ("z", NOTHING, NOTHING)]
    with speaking("id"):
        made = table("a", "", columns, rows, total=("", "39", "7"))
    assert [row.cells[1] for row in made.rows] == ["", "39,3", "40,0", NOTHING]
    assert [row.cells[2] for row in made.rows] == ["", "0,25", "12", NOTHING]
    assert made.total is not None
    assert made.total.cells == ("", "39,0", "7")
