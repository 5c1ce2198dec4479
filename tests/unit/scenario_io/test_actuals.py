"""What has happened, in a workbook or in CSV files: read the same, and every fault named by its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.errors import InputError
from planner.scenario_io import read_located, read_scenario
from planner.scenario_io.replanning import read_with_actuals
from planner.scenario_io.scenario_workbook import workbook_bytes
from planner.scenario_io.scenario_workbook.actuals_sheets import ACTUALS
from planner.scenario_io.scenario_workbook.importing import imported

SCENARIO = """\
format: 1
scenario: {id: uji, fiscal_year: 2027}
periods: [TW1, TW2, TW3]
competencies: [{id: keu, kind: technical}, {id: arsip, kind: technical}]
groups: [{id: a, headcount: 10, gaps: {keu: 10}}]
programmes:
  - {id: bimtek, closes: {keu: 1}, class_size: {max: 10},
     costs: [{item: Butir, account: "5.1.02.01.01.0001", per: class, price: 5}]}
  - {id: daring, closes: {keu: 0.5}, periods: [TW1]}
funds: [{id: apbd, kind: own, amount: 100, seats: {bimtek: 3}}]
"""
TABLES = {
    "attended": "programme,period,group,participants,closed:keu\nbimtek,TW1,a,4,2\ndaring,TW1,a,1,\n",
    "held": "programme,period,classes\nbimtek,TW1,1\n",
    "paid": "fund,programme,group,item,account,period,amount\napbd,bimtek,,Butir,5.1.02.01.01.0001,TW1,5\n",
    "committed": "programme,period,classes\nbimtek,TW3,1\n",
    "seats": "fund,programme,group,period,seats\napbd,bimtek,a,TW1,2\n",
}
INLINE = """\
actuals:
  through: TW2
  attended:
    - {programme: bimtek, period: TW1, group: a, participants: 4, closed: {keu: 2}}
    - {programme: daring, period: TW1, group: a, participants: 1}
  held: [{programme: bimtek, period: TW1, classes: 1}]
  paid: [{fund: apbd, programme: bimtek, item: Butir, account: "5.1.02.01.01.0001", period: TW1, amount: 5}]
  committed: [{programme: bimtek, period: TW3, classes: 1}]
  seats: [{fund: apbd, programme: bimtek, group: a, period: TW1, seats: 2}]
"""


def written(folder: Path, tables: dict[str, str], named: str = "realisasi") -> Path:
    """The scenario with its tables as CSV files in a folder."""
    path = folder / "skenario.yaml"
    path.write_text(SCENARIO + f"actuals: {{through: TW2, table: {named}}}\n", encoding="utf-8")
    (folder / "realisasi").mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / "realisasi" / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_scenario(path)
    return str(caught.value)


def test_inline_csv_and_workbook_are_the_same(tmp_path: Path) -> None:
    inline = tmp_path / "langsung.yaml"
    inline.write_text(SCENARIO + INLINE, encoding="utf-8")
    wanted = read_scenario(inline)
    assert read_scenario(written(tmp_path, TABLES)) == wanted
    book = openpyxl.Workbook()
    for name, text in TABLES.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "realisasi.xlsx")
    assert read_scenario(written(tmp_path, {}, "realisasi.xlsx")) == wanted
    for sheet in book.worksheets:
        sheet.title = ACTUALS[sheet.title].names[0].upper()
    book.save(tmp_path / "realisasi.xlsx")
    assert read_scenario(written(tmp_path, {}, "realisasi.xlsx")) == wanted, "sheets are known by their names in words"


def test_facts_whose_figures_add_up_are_no_sums(tmp_path: Path) -> None:
    costs = "".join(f", {{item: {item}, per: class, price: 5}}" for item in ("Cetak", "Sewa"))
    paid = TABLES["paid"].replace("TW1,5", "TW1,500")
    paid += "apbd,bimtek,,Cetak,,TW1,350\napbd,bimtek,,Sewa,,TW1,150\n"
    path = written(tmp_path, {**TABLES, "paid": paid})
    path.write_text(path.read_text().replace("price: 5}]", "price: 5}" + costs + "]"), encoding="utf-8")
    loaded = read_located(path)
    assert loaded.scenario.actuals is not None
    assert len(loaded.scenario.actuals.paid) == 3
    assert "add up" not in str(loaded.noticed)


def test_csv_files_may_be_called_as_the_sheets_are(tmp_path: Path) -> None:
    wanted = read_scenario(written(tmp_path, TABLES))
    (tmp_path / "lain").mkdir()
    called = {ACTUALS[name].names[0].replace(" ", "-"): text for name, text in TABLES.items()}
    assert read_scenario(written(tmp_path / "lain", called)) == wanted
    told = faults(written(tmp_path / "lain", {"held": TABLES["held"]}))
    assert "'held.csv' and 'Realisasi-angkatan.csv' are the same table of actuals. Put all rows" in told


def test_columns_may_have_the_names_of_offices(tmp_path: Path) -> None:
    renamed = {
        "attended": TABLES["attended"].replace(
            "programme,period,group,participants", "Program,Periode,Kelompok,Peserta"
        ),
        "held": TABLES["held"].replace("programme,period,classes", "Program,Triwulan,Jumlah Angkatan"),
        "paid": TABLES["paid"].replace(
            "fund,programme,group,item,account,period,amount",
            "Sumber Dana,Program,Kelompok,Uraian,Kode Rekening,Periode,Jumlah (Rp)",
        ),
        "committed": TABLES["committed"].replace("programme,period,classes", "Program,Periode,Angkatan"),
        "seats": TABLES["seats"].replace("fund,programme,group,period,seats", "Dana,Program,Kelompok,Periode,Kursi"),
    }
    found = read_scenario(written(tmp_path, renamed))
    assert found.sha256 == read_scenario(written(tmp_path, TABLES)).sha256


def test_two_sheets_of_one_table_are_told_as_such(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Realisasi peserta"
    for sheet in (book.worksheets[0], book.create_sheet("attended")):
        for line in TABLES["attended"].splitlines():
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.save(tmp_path / "realisasi.xlsx")
    told = faults(written(tmp_path, {}, "realisasi.xlsx"))
    assert "'attended' and 'Realisasi peserta' are the same table of actuals." in told
    assert told.count("realisasi.xlsx") == 1


def test_a_folder_without_a_table_is_told_by_its_files(tmp_path: Path) -> None:
    assert "'salah.csv' has none of the tables" in faults(written(tmp_path, {"salah": "a,b\n1,2\n"}))


def test_another_workbook_is_told_in_one_sentence_and_a_sheet_beside_the_tables_by_its_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("Kompetensi", "Dana", "Tujuan"):
        book.create_sheet(name).append(["a", "b"])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "realisasi.xlsx")
    told = faults(written(tmp_path, {}, "realisasi.xlsx"))
    assert told.count("realisasi.xlsx") == 1
    assert "'realisasi.xlsx' has none of the tables of actuals." in told
    for line in TABLES["held"].splitlines():
        book["Dana"].append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    book["Dana"].delete_rows(1)
    book["Dana"].title = "held"
    book.save(tmp_path / "realisasi.xlsx")
    told = faults(written(tmp_path, {}, "realisasi.xlsx"))
    assert "'Tujuan' is no table of actuals. Rename or remove it; there are: attended (" in told


def test_the_workbook_of_a_scenario_keeps_them(tmp_path: Path) -> None:
    wanted = read_scenario(written(tmp_path, TABLES))
    assert imported(workbook_bytes(wanted), "").scenario == wanted


@pytest.mark.parametrize(
    ("name", "text", "place", "words"),
    [
        ("attended", "programme,period,group,participants\nbimtex,TW1,a,4\n", "attended.csv:2:1", "'bimtek'"),
        ("attended", "programme,period,group,participants\nbimtek,TW3,a,4\n", "attended.csv:2:2", "TW3"),
        ("attended", "programme,period,group,participants\nbimtek,TW1,a,4.5\n", "attended.csv:2:4", "4.5"),
        ("attended", "programme,period,group,participants,closed:keu\nbimtek,TW1,a,4,5\n", "attended.csv:2:5", "5"),
        (
            "attended",
            "programme,period,group,participants,closed:keu\nbimtek,TW1,a,4,2.5\n",
            "attended.csv:2:5",
            "2.5 is not a whole number",
        ),
        (
            "attended",
            "programme,period,group,participants,closed:arsip\nbimtek,TW1,a,4,1\n",
            "attended.csv:2:5",
            "arsip",
        ),
        ("attended", "programme,period,group\nbimtek,TW1,a\n", "attended.csv:2", "participants"),
        ("attended", "programme,period,group,hadir\nbimtek,TW1,a,4\n", "attended.csv:1:4", "participants"),
        ("held", "programme,period,classes\ndaring,TW1,1\n", "held.csv:2:3", "class_size"),
        ("held", "programme,period,classes\nbimtek,TW1,1\nbimtek,TW1,2\n", "held.csv:3", "bimtek"),
        ("paid", "fund,item,period,amount\napbd,agreement:unja,TW1,5\n", "paid.csv:2:2", "unja"),
        ("paid", "fund,programme,item,period,amount\napbd,bimtek,Butir,TW1,-5\n", "paid.csv:2:5", "-5"),
        ("committed", "programme,period,classes\nbimtek,TW2,1\n", "committed.csv:2:2", "held"),
        ("committed", "programme,period,classes\ndaring,TW3,1\n", "committed.csv:2", "daring"),
        ("seats", "fund,programme,group,period,seats\nunja,bimtek,a,TW1,1\n", "seats.csv:2:1", "apbd"),
        ("atended", "programme,period,group,participants\nbimtek,TW1,a,4\n", "atended.csv", "attended"),
    ],
)
def test_every_fault_is_named_by_its_place(tmp_path: Path, name: str, text: str, place: str, words: str) -> None:
    found = faults(written(tmp_path, {name: text}))
    assert place in found
    assert words in found


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "attended" in faults(written(tmp_path, {}))
    path = written(tmp_path, TABLES)
    path.write_text(path.read_text(encoding="utf-8").replace("through: TW2", "through: TW9"), encoding="utf-8")
    assert "TW9" in faults(path)


NAMED = SCENARIO.replace("{id: keu, kind: technical}", "{id: keu, kind: technical, name: Keuangan Daerah}")


@pytest.mark.parametrize("head", ["closed:Keuangan Daerah", "closed: keuangan  daerah", "closed.Keuangan Daerah"])
def test_closings_may_be_given_by_the_name_of_a_competency(tmp_path: Path, head: str) -> None:
    path = written(tmp_path, TABLES | {"attended": TABLES["attended"].replace("closed:keu", head)})
    path.write_text(path.read_text("utf-8").replace(SCENARIO, NAMED), encoding="utf-8")
    read = read_located(path)
    assert read.scenario.actuals is not None
    assert dict(read.scenario.actuals.attended[0].measured) == {"keu": 2}
    assert any("'keu'" in notice.message for notice in read.noticed)
    (tmp_path / "dasar.yaml").write_text(NAMED, encoding="utf-8")
    rest = read_with_actuals(tmp_path / "dasar.yaml", tmp_path / "realisasi", "TW2", ("TW1", "TW2", "TW3"))
    assert rest.scenario.actuals is not None
    assert dict(rest.scenario.actuals.attended[0].measured) == {"keu": 2}


def test_closings_by_name_and_by_id_are_the_same_attribute(tmp_path: Path) -> None:
    twice = TABLES["attended"].replace("closed:keu", "closed:keu,closed:Keuangan Daerah").replace(",2\n", ",2,3\n")
    path = written(tmp_path, TABLES | {"attended": twice})
    path.write_text(path.read_text("utf-8").replace(SCENARIO, NAMED), encoding="utf-8")
    assert "'closed:Keuangan Daerah'" in faults(path)
