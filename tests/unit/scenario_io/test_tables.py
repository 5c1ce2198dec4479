"""Lists in tables of their own: the same scenario whichever file they stand in, and faults named by cell."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from planner.domain.programmes import PriceBy
from planner.scenario_io import read_located, read_scenario
from tests.unit.scenario_io.minimal import MINIMAL, changed, only, problems, write

INLINE = """\
  - {id: analis, headcount: 100, gaps: {keu: 60}, tags: [a, b], uptake: 70%, location: "012"}
  - {id: '9007199254740993', headcount: 90071992, max_hours: 1.5}
  - id: guru
    headcount: 7
    gaps: {keu: 7}
    socialization: {cost: 15_000_000, raises_uptake_to: 100%}
"""
HEADERS = [
    "id", "headcount", "gap:keu", "tags", "uptake", "location", "max_hours",
    "socialization.cost", "socialization.raises_uptake_to",
]  # fmt: skip
ROWS: list[list[object]] = [
    ["analis", 100, 60, "a; b", "70%", "012", None, None, None],
    ["9007199254740993", 90071992, None, None, None, None, 1.5, None, None],
    ["guru", 7, 7, None, None, None, None, 15000000, "100%"],
]
WITHOUT_GROUPS = MINIMAL[: MINIMAL.index("groups:")] + MINIMAL[MINIMAL.index("programmes:") :]


def csv_text(separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows([HEADERS, *ROWS])
    return text.getvalue()


def with_table(folder: Path, table: str, key: str = "groups", text: str = WITHOUT_GROUPS) -> Path:
    return write(folder, f"{text}{key}: {{table: {table}}}\n")


def workbook(path: Path, rows: list[list[object]], sheet: str = "Kelompok") -> None:
    book = openpyxl.Workbook()
    worksheet = book.active
    assert worksheet is not None
    worksheet.title = sheet
    for row in rows:
        worksheet.append(row)
    book.save(path)


@pytest.mark.parametrize("listed", ["a\nb", "a;\nb\n"])
def test_new_lines_part_the_values_of_a_cell(tmp_path: Path, listed: str) -> None:
    workbook(tmp_path / "t.xlsx", [[*HEADERS], ["analis", 100, 60, listed, *[None] * 5]])
    assert read_scenario(with_table(tmp_path, "t.xlsx")).groups[0].tags == ("a", "b")


def test_every_kind_of_table_gives_the_same_scenario(tmp_path: Path) -> None:
    inline = read_scenario(write(tmp_path, WITHOUT_GROUPS + "groups:\n" + INLINE, "inline.yaml"))
    write(tmp_path, csv_text(), "comma.csv")
    write(tmp_path, b"\xef\xbb\xbf" + csv_text(";").encode(), "semicolon.csv")
    write(tmp_path, csv_text().replace("\n", "\r\n"), "crlf.csv")
    workbook(tmp_path / "buku.xlsx", [list(HEADERS), *(list(row) for row in ROWS)])
    pq.write_table(
        pa.table({header: [row[at] for row in ROWS] for at, header in enumerate(HEADERS)}), tmp_path / "groups.parquet"
    )

    for table in ("comma.csv", "semicolon.csv", "crlf.csv", "buku.xlsx", "groups.parquet"):
        scenario = read_scenario(with_table(tmp_path, table))
        assert scenario == inline, table
        assert scenario.sha256 == inline.sha256


def test_reading_without_tables_loads_no_table_library(tmp_path: Path) -> None:
    path = write(tmp_path, MINIMAL)
    code = (
        "import sys; from planner.scenario_io import read_located; "
        f"read_located({str(path)!r}).warnings; "
        "print([name for name in ('pandas', 'openpyxl', 'pyarrow', 'numpy', 'xml.etree') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_reading_a_list_of_prices_in_csv_loads_no_library_of_workbooks() -> None:
    path = Path(__file__).parents[3] / "scenarios" / "kabupaten-2027.yaml"
    code = (
        f"import sys; from planner.scenario_io import read_located; read_located({str(path)!r}); "
        "print([name for name in ('pandas', 'openpyxl', 'pyarrow') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_integers_beside_blanks_stay_exact(tmp_path: Path) -> None:
    table = pa.table(
        {"id": ["a", "b"], "kind": ["own", "partner"], "amount": [999_999_999_999_993, 5], "minimum": [None, 5]}
    )
    pq.write_table(table, tmp_path / "funds.parquet")
    text = MINIMAL[: MINIMAL.index("funds:")]
    fund = read_scenario(with_table(tmp_path, "funds.parquet", "funds", text)).fund["a"]

    assert (fund.amount, fund.minimum) == (999_999_999_999_993, 0)


@pytest.mark.parametrize(
    ("key", "header", "row"),
    [
        ("competencies", "id,kind,weight", "keu,technical,2"),
        ("programmes", "id,closes.keu,class_size.max,requires,for.id", "bimtek,80%,30,,analis"),
        ("funds", "id,kind,amount,max_share", "apbd,own,10000000,50%"),
    ],
)
def test_other_lists_may_stand_in_tables(tmp_path: Path, key: str, header: str, row: str) -> None:
    lines = MINIMAL.splitlines(keepends=True)
    start = lines.index(f"{key}:\n")
    end = next((at for at in range(start + 1, len(lines)) if not lines[at].startswith(" ")), len(lines))
    write(tmp_path, f"{header}\n{row}\n", "t.csv")
    scenario = read_scenario(with_table(tmp_path, "t.csv", key, "".join(lines[:start] + lines[end:])))

    assert getattr(scenario, key)[0].id == row.split(",")[0]


COSTS = "programme,item,per,price\nbimtek,Honor,participant,50000\nlain,Modul,participant,7\nbimtek,ATK,programme,9\n"


def test_a_table_of_costs_gives_each_programme_its_lines(tmp_path: Path) -> None:
    write(tmp_path, COSTS, "costs.csv")
    text = changed("costs:\n      - {item: Honor, per: participant, price: 50_000}", "costs: {table: costs.csv}")
    text = changed("funds:", "  - {id: lain, closes: {keu: 1}, costs: {table: costs.csv}}\nfunds:", text)
    scenario = read_scenario(write(tmp_path, text))

    assert [item.item for item in scenario.programme["bimtek"].costs] == ["Honor", "ATK"]
    assert [item.item for item in scenario.programme["lain"].costs] == ["Modul"]


def test_a_cost_line_of_an_unknown_programme_is_refused_and_an_idle_one_noticed(tmp_path: Path) -> None:
    write(tmp_path, COSTS, "costs.csv")
    text = changed("costs:\n      - {item: Honor, per: participant, price: 50_000}", "costs: {table: costs.csv}")
    problem = only(write(tmp_path, text))
    assert (problem.file, problem.line, problem.column) == (str(tmp_path / "costs.csv"), 3, 1)
    assert "unknown programme 'lain'" in problem.message

    text = changed("funds:", "  - {id: lain, closes: {keu: 1}}\nfunds:", text)
    warnings = read_located(write(tmp_path, text)).warnings
    assert [warning.line for warning in warnings if "is not used" in warning.message] == [3]


def test_prices_may_stand_in_a_table(tmp_path: Path) -> None:
    write(tmp_path, "location,price\ndefault,0\nKerinci,850000\nprices,2\nBungo,Rp1.000\n", "prices.csv")
    price = "{by: location, table: prices.csv, Tebo: 5}"
    text = changed("    headcount: 100\n", "    headcount: 100\n    location: Kerinci\n")
    found = (
        read_scenario(write(tmp_path, changed("price: 50_000", f"price: {price}", text))).programmes[0].costs[0].price
    )

    assert not isinstance(found, int)
    assert (found.default, found.prices) == (0, {"Tebo": 5, "Kerinci": 850_000, "prices": 2, "Bungo": 1_000})


CSV_FAULTS = [
    # (old, new, line, column, words)
    ("analis,100", "analis,seratus", 2, 2, ["groups[0].headcount", "column 'headcount'", "'seratus'"]),
    ("guru,7,7", "guru,7,9", 4, 3, ["groups[2].gaps.keu", "9 people with a gap in 'keu' but only 7"]),
    ("guru,7", "guru,07", 4, 2, ["expected a number, not '07'"]),
    ("guru,7,", "guru,,", 4, 1, ["'headcount' is missing"]),
    ("guru,7,7", "guru,7.5,7", 4, 2, ["not a whole number"]),
    ("guru,7,7", "guru,1.200,7", 4, 2, ["two ways", " 1200 "]),
    ("guru,7,7", '"guru,7,7', 4, 1, ["double quote"]),
    ("guru,7,7", "guru,7,7,0", 4, 1, ["this row has 10 cells, but there are 9 columns", "double quotes"]),
    ("id,headcount", "id,hedcount", 1, 2, ["unknown column 'hedcount'", "Did you mean 'headcount'?"]),
    ("uptake,location", "uptake,uptake", 1, 6, ["'uptake' is there twice", "groups.csv:1:5"]),
    ("gap:keu,tags", "gap:keu,gaps.keu", 1, 4, ["same attribute"]),
    ("gap:keu", "gap:kue", 2, 3, ["unknown competency: 'kue'", "Did you mean 'keu'?"]),
    ("guru,7", "analis,7", 4, 1, ["'analis' is defined twice", "groups.csv:2:1"]),
    ("id,headcount", "id,", 2, 2, ["its column has no name"]),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "words"), CSV_FAULTS, ids=[f[1] for f in CSV_FAULTS])
def test_a_fault_in_a_csv_names_line_and_column(
    tmp_path: Path, old: str, new: str, line: int, column: int, words: list[str]
) -> None:
    table = write(tmp_path, changed(old, new, csv_text()), "groups.csv")
    found = problems(with_table(tmp_path, "groups.csv"))
    told = [str(p) for p in found if (p.file, p.line, p.column) == (str(table), line, column)]

    assert told, found
    for word in words:
        assert word in told[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the table is empty"),
        (b"\n\n", "the table is empty"),
        (b"PK\x03\x04junk", "a workbook or a Parquet file under the name of a CSV file"),
        (b"id,headcount\nKaf\xe9,5\n", "0xE9"),
        (b"id,headcount\na\0b,5\n", "NUL"),
        (b'id,headcount\n"a"b,5\n', "double quote"),
        (b"id,headcount\n" + b"x" * 200_000 + b",5\n", "too long"),
    ],
    ids=["empty", "blank", "workbook", "Latin-1", "NUL", "quote", "long cell"],
)
def test_a_csv_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    table = write(tmp_path, data, "groups.csv")
    problem = only(with_table(tmp_path, "groups.csv"))

    assert problem.file == str(table)
    assert words in problem.message


def test_blank_lines_in_a_csv_are_passed_over_and_lines_still_count(tmp_path: Path) -> None:
    write(tmp_path, 'id,headcount,name\n\na,5,"dua\nbaris"\n,,\nb,x,\n', "groups.csv")
    found = problems(with_table(tmp_path, "groups.csv"))

    assert [(problem.line, problem.path) for problem in found] == [(3, "groups[0].name"), (6, "groups[1].headcount")]


def test_a_price_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "lokasi,keterangan\nKerinci,5\n", "prices.csv")
    problem = only(write(tmp_path, changed("price: 50_000", "price: {by: location, table: prices.csv}")))

    assert (problem.file, problem.line) == (str(tmp_path / "prices.csv"), 1)
    assert "'location' and 'price'; this one has: lokasi, keterangan" in problem.message


@pytest.mark.parametrize("head", ["Lokasi,Harga", "KABUPATEN/KOTA,Harga (Rp)", "Tujuan,Tarif", "location,price"])
def test_a_price_table_is_read_under_the_names_of_offices(tmp_path: Path, head: str) -> None:
    write(tmp_path, f"{head}\nKerinci,5000\ndefault,7000\n", "prices.csv")
    read = read_scenario(write(tmp_path, changed("price: 50_000", "price: {by: location, table: prices.csv}")))
    price = read.programmes[0].costs[0].price
    assert isinstance(price, PriceBy)
    assert (price.prices, price.default) == ({"Kerinci": 5_000}, 7_000)


def test_a_price_table_in_thousands_by_its_head_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "Lokasi,Harga (ribu)\nKerinci,850\n", "prices.csv")
    problem = only(write(tmp_path, changed("price: 50_000", "price: {by: location, default: 0, table: prices.csv}")))
    assert "'ribu': by this remark amounts of the column are in thousands" in problem.message


def test_a_price_that_stands_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "location,price\nKerinci,5\nKerinci,6\nby,3\n,4\n", "prices.csv")
    found = problems(write(tmp_path, changed("price: 50_000", "price: {by: location, default: 0, table: prices.csv}")))

    assert [(p.line, p.column) for p in found] == [(3, 1), (4, 1), (5, 1)]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("tidak-ada.csv", "no file 'tidak-ada.csv'"),
        ("../groups.csv", "leaves the folder"),
        ("/etc/passwd", "not relative"),
        ("keluar.csv", "through a link"),
        ("groups.xls", "not a kind of table"),
        ("groups.xlsm", "not a kind of table"),
        ("groups.txt", "not a kind of table"),
        ("[a.csv]", "'table' must be a name"),
        ("null", "'table' must be a name"),
        ("groups.csv, shet: x", "unknown key 'shet' beside 'table'"),
        ("groups.csv, sheet: x", "'sheet' belongs to an XLSX workbook"),
        ("NUL", "Windows"),
    ],
)
def test_a_table_must_be_a_file_in_the_folder(tmp_path: Path, table: str, words: str) -> None:
    outside = write(tmp_path, csv_text(), "groups.csv")
    for name in ("groups.csv", "groups.xls", "groups.xlsm", "groups.txt"):
        write(tmp_path / "kerja", csv_text(), name)
    (tmp_path / "kerja" / "keluar.csv").symlink_to(outside)
    problem = only(with_table(tmp_path / "kerja", table))

    assert problem.file == str(tmp_path / "kerja" / "s.yaml")
    assert problem.line == 12
    assert words in str(problem)


def test_a_table_refused_once_is_told_once_and_its_names_are_not_missed(tmp_path: Path) -> None:
    write(tmp_path, "", "groups.csv")
    text = changed("closes: {keu: 0.8}", "closes: {keu: 0.8}\n    for: {id: analis}", WITHOUT_GROUPS)

    assert len(problems(with_table(tmp_path, "groups.csv", text=text))) == 1


def test_a_base_reads_its_tables_beside_itself_and_an_overlay_merges_its_own(tmp_path: Path) -> None:
    write(tmp_path, csv_text(), "dasar/groups.csv")
    with_table(tmp_path / "dasar", "groups.csv").rename(tmp_path / "dasar" / "base.yaml")
    write(tmp_path, "id,headcount\nguru,70\nbaru,5\n", "groups.csv")
    loaded = read_located(write(tmp_path, "extends: dasar/base.yaml\ngroups: {table: groups.csv}\n"))

    assert [group.id for group in loaded.scenario.groups] == ["analis", "9007199254740993", "guru", "baru"]
    assert loaded.scenario.group["guru"].headcount == 70
    assert [path.name for path in loaded.files] == ["s.yaml", "groups.csv", "base.yaml", "groups.csv"]
    assert loaded.where(("groups", "guru", "headcount")) == (str(tmp_path / "groups.csv"), 2, 2)
    assert loaded.where(("groups", "guru", "gaps")) == (str(tmp_path / "dasar" / "groups.csv"), 4, 3)
