"""A double quote that somebody forgot: rows that it swallows are told, cells with line breaks are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_located
from planner.spreadsheets.quoted_cells import cell_after, swallowed

PEOPLE = """\
format: 1
scenario: {id: uji, fiscal_year: 2027}
competencies: [{id: keu, kind: technical}]
people: {table: p.csv, nip: false}
programmes: [{id: bimtek, hours: 12, closes: {keu: 1}}]
funds: [{id: apbd, kind: own, amount: 1}]
"""
LISTED = PEOPLE.replace("people: {table: p.csv, nip: false}", "groups: [{id: g, headcount: 1, gaps: {keu: 1}}]") + (
    "price_lists: {ssh: {table: p.csv}}\n"
)


def read(folder: Path, text: str, rows: str) -> Scenario:
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    (folder / "p.csv").write_bytes(rows.encode())
    return read_located(folder / "s.yaml").scenario


def refused(folder: Path, text: str, rows: str) -> str:
    with speaking("en"), pytest.raises(InputError) as caught:
        read(folder, text, rows)
    return "\n".join(map(str, caught.value.problems))


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        ('a;"b;c', None, 1), ('a;"b;c"', None, None), ('a;b "x;c', None, None), ('a;"b ""x";c', None, None),
        ('d";e', 1, None), ("d;e", 1, 1), ('d";"e', 1, 2), ('""', 1, 1),
    ],
)  # fmt: skip
def test_a_quote_opens_a_cell_only_where_the_cell_begins(line: str, before: int | None, after: int | None) -> None:
    assert cell_after(line, ";", before)[0] == after


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["a;b;c", '1;"x;2', '3;y";4'], [(2, 3)]),
        (["a;b;c", '1;"x;2', "3;y;4", '5;z";6', '7;"v;8', '9;w";10'], [(2, 4), (5, 6)]),
        (["a;b;c", '1;"x', 'y";2', '3;"x;y', 'z";4'], []),
        (["a;b;c", '1;"x;y";2', '3;"z"";";4'], []),
        (["a;b;c", '"1;x;2', '3";y;4'], [(2, 3)]),
    ],
)
def test_rows_in_a_cell_are_found_by_their_separators(lines: list[str], found: list[tuple[int, int]]) -> None:
    assert list(map(tuple, swallowed([f"{line}\n" for line in lines], ";", 3))) == found


def test_people_in_one_cell_are_not_lost_in_silence(tmp_path: Path) -> None:
    rows = 'id;name;gap:keu\n1;"Ani;1\n2;Budi;1\n3;Citra";1\n4;Dwi;1\n'
    told = refused(tmp_path, PEOPLE, rows)
    assert "p.csv:2: " in told
    assert "a double quote opens a cell in this row that ends in line 4" in told
    assert sum(g.headcount for g in read(tmp_path, PEOPLE, rows.replace('"', "")).groups) == 4
    broken = 'id;name;gap:keu\n1;"Ani\nBelle";1\n2;Budi;1\n'
    assert sum(g.headcount for g in read(tmp_path, PEOPLE, broken).groups) == 2


@pytest.mark.parametrize(
    "rows", ['1;Ani "Ade;1\n2;Budi;qq\n3;C;1\n', '1;Ani;1\n2;"Budi ""B""";qq\n', '1;Ani;1\n2;B "b" b;qq\n3;"C\nd";1\n']
)
def test_a_quote_within_a_cell_shifts_no_line(tmp_path: Path, rows: str) -> None:
    line = rows[: rows.index(";qq")].count("\n") + 2
    assert f"p.csv:{line}: 'gap:keu' cannot be read" in refused(tmp_path, PEOPLE, f"id;name;gap:keu\n{rows}")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_prices_in_one_cell_are_not_taken_for_those_of_another_code(tmp_path: Path, end: str) -> None:
    rows = 'Kode;Uraian;Spek;Satuan;Harga\n1.1;Kertas;"A4;Rim;50000\n1.2;Pensil;2B";Lusin;20000\n'
    rows = rows.replace("\n", end)
    told = refused(tmp_path, LISTED, rows)
    assert "p.csv:2:3: " in told
    assert "ends in line 3" in told
    assert read(tmp_path, LISTED, rows.replace('"A4;Rim', '"A4\n80 gram; putih";Rim').replace('2B"', "2B"))
