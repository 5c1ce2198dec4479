"""New gaps of a year in every form: YAML, `--set`, `extends`, tables and the Excel workbook say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.scenario import Scenario
from planner.scenario_io import read_scenario
from planner.scenario_io.scenario_workbook.importing import imported
from planner.scenario_io.scenario_workbook.writing import workbook_bytes
from tests.scenarios.hand import scenario
from tests.unit.scenario_io.minimal import changed, problems, write

TEXT = changed(
    "gaps: {keu: 60}",
    "gaps: {keu: 60}\n    new_gaps: {2028: {keu: 5}}",
    changed("fiscal_year: 2027}", "fiscal_year: 2027}\nperiods: [S1, {id: S2, year: 2028}]"),
)


def new_gaps(read: Scenario) -> object:
    return read.groups[0].new_gaps


def test_a_year_is_a_key_with_or_without_quotes(tmp_path: Path) -> None:
    read = read_scenario(write(tmp_path, TEXT))
    assert new_gaps(read) == {"2028": {"keu": 5}}
    assert read_scenario(write(tmp_path, TEXT.replace("2028: {", "'2028': {"))).sha256 == read.sha256


def test_a_setting_and_an_overlay_change_one_number(tmp_path: Path) -> None:
    base = write(tmp_path, TEXT)
    read = read_scenario(base, ["groups.analis.new_gaps.2028.keu=7"])
    assert new_gaps(read) == {"2028": {"keu": 7}}
    overlay = tmp_path / "atas.yaml"
    overlay.write_text(
        f"extends: {base.name}\ngroups:\n  - {{id: analis, new_gaps: {{2028: {{keu: 7}}}}}}\n", encoding="utf-8"
    )
    assert read_scenario(overlay).sha256 == read.sha256


def test_a_table_has_a_column_for_each_year_and_competency(tmp_path: Path) -> None:
    text = TEXT[: TEXT.index("groups:")] + "groups: {table: kelompok.csv}\n" + TEXT[TEXT.index("programmes:") :]
    (tmp_path / "kelompok.csv").write_text("id,headcount,gap:keu,new_gap:2028:keu\nanalis,100,60,5\n", encoding="utf-8")
    assert new_gaps(read_scenario(write(tmp_path, text))) == {"2028": {"keu": 5}}
    (tmp_path / "kelompok.csv").write_text("id,headcount,gap:keu,new_gap:2029:keu\nanalis,100,60,5\n", encoding="utf-8")
    assert "2029" in problems(write(tmp_path, text))[0].message


def test_a_workbook_is_read_as_it_was_written() -> None:
    plain = scenario(
        periods=["A", {"id": "B", "year": 2028}], groups={"headcount": 15, "new_gaps": {"2028": {"keu": 5}}}
    )
    read = Scenario.model_validate(plain)
    assert imported(workbook_bytes(read), "buku.xlsx").scenario.sha256 == read.sha256


@pytest.mark.parametrize("column", ["new_gap:2028", "new_gap:", "new_gap:2028:"])
def test_a_column_without_a_competency_is_unknown(tmp_path: Path, column: str) -> None:
    text = TEXT[: TEXT.index("groups:")] + "groups: {table: kelompok.csv}\n" + TEXT[TEXT.index("programmes:") :]
    (tmp_path / "kelompok.csv").write_text(f"id,headcount,gap:keu,{column}\nanalis,100,60,5\n", encoding="utf-8")
    assert "unknown column" in problems(write(tmp_path, text))[0].message
