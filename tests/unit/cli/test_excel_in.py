"""`planner template` and `planner import`: a scenario goes to Excel and comes back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from planner import scenario_io
from planner.cli.group import cli
from planner.scenario_io import read_scenario, schema_text

Run = Callable[..., Result]
Write = Callable[..., Path]


def changed(path: str, sheet: str, cell: str, value: Any, *others: tuple[str, str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    for name, at, put in ((sheet, cell, value), *others):
        book[name][at] = put
    book.save(path)


def typed(*arguments: str | Path) -> None:
    """A command that must succeed."""
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="planner")
    assert done.exit_code == 0, done.stderr


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template as the command writes it, made once."""
    made = tmp_path_factory.mktemp("template") / "contoh.xlsx"
    typed("template", made)
    return made


@pytest.fixture(scope="module")
def own_template(template: Path) -> Path:
    """A workbook with the scenario of the example under ids of its own, as a planner makes it of the template."""
    folder = template.parent
    typed("import", template, "--example", "--out", folder)
    text = (folder / "contoh.yaml").read_text(encoding="utf-8").replace("contoh", "milik")
    (folder / "milik.yaml").write_text(text, encoding="utf-8")
    typed("template", folder / "milik.xlsx", folder / "milik.yaml")
    return folder / "milik.xlsx"


@pytest.fixture
def book(template: Path) -> None:
    """The template, as buku.xlsx in the test's folder."""
    Path("buku.xlsx").write_bytes(template.read_bytes())


@pytest.fixture
def own_book(own_template: Path) -> None:
    """The workbook with ids of its own, as buku.xlsx in the test's folder."""
    Path("buku.xlsx").write_bytes(own_template.read_bytes())


@pytest.fixture(autouse=True)
def _schema_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema beside each scenario that is imported takes longer than the rest; other tests are about it."""
    monkeypatch.setattr(scenario_io, "schema_text", once)


once = cache(schema_text)


def test_the_template_becomes_a_scenario_that_is_in_order(run: Run) -> None:
    made = run("template", "buku baru.xlsx")
    assert made.exit_code == 0, made.stderr
    assert "isi, lalu planner check 'buku baru.xlsx'" in made.stdout
    result = run("import", "buku baru.xlsx", "--example", "--out", "anggaran")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert "planner plan anggaran/contoh.yaml" in result.stdout
    assert sorted(path.name for path in Path("anggaran").iterdir()) == ["contoh.yaml", "skema.json"]
    assert run("check", "anggaran/contoh.yaml").exit_code == 0


def test_a_scenario_exported_and_imported_has_the_same_hash(run: Run, scenario: Path) -> None:
    assert run("template", "buku.xlsx", scenario).exit_code == 0
    assert run("import", "buku.xlsx", "--out", "lagi").exit_code == 0
    (again,) = Path("lagi").glob("*.yaml")
    assert read_scenario(again).sha256 == read_scenario(scenario).sha256


def test_mistakes_are_named_by_sheet_and_cell_and_nothing_is_written(run: Run, book: None) -> None:
    changed("buku.xlsx", "Kelompok", "H3", "banyak", ("Biaya", "A3", "bimtek"))
    result = run("import", "buku.xlsx", "--example", "--out", "keluar")
    assert result.exit_code == 2
    places = [line.split(": ")[0] for line in result.stderr.splitlines()]
    assert places[:2] == ["buku.xlsx:Kelompok!H3", "buku.xlsx:Biaya!A3"]
    assert not Path("keluar").exists()


def test_what_is_dubious_is_warned_of_at_its_cell(run: Run, book: None) -> None:
    changed("buku.xlsx", "Dana", "D4", 600)
    result = run("import", "buku.xlsx", "--example")
    assert result.exit_code == 0
    assert "buku.xlsx:Dana!D4: peringatan: " in result.stderr


def test_a_workbook_is_planned_and_checked_as_it_is(run: Run, own_book: None) -> None:
    planned = run("plan", "buku.xlsx", "--out", "hasil", "--set", "funds.milik-apbd.amount=50 juta")
    assert planned.exit_code == 0, planned.stderr
    assert read_scenario("hasil/milik/scenario.yaml", resolved=True).funds[0].amount == 50_000_000
    changed("buku.xlsx", "Kelompok", "H3", "banyak", ("Biaya", "A3", "bimtek"))
    refused = run("plan", "buku.xlsx", "--out", "lain")
    assert refused.exit_code == 2
    assert [line.split(": ")[0] for line in refused.stderr.splitlines()] == [
        "buku.xlsx:Kelompok!H3",
        "buku.xlsx:Biaya!A3",
    ]
    assert not Path("lain").exists()


def test_what_if_answers_name_the_cells_of_the_workbook(run: Run, own_book: None) -> None:
    changed("buku.xlsx", "Aturan", "D3", 2_000, ("Aturan", "F3", None))
    answered = run("repair", "buku.xlsx", "--jobs", "0")
    assert answered.exit_code == 0, answered.stderr
    assert "buku.xlsx:Aturan!D3: kolom 'at_least': " in answered.stdout
    assert "buku.xlsx:Aturan!D3: at_least: 2000 -> " in answered.stdout


def test_nothing_is_overwritten_without_force(run: Run, book: None, scenario: Path) -> None:
    before = Path("buku.xlsx").read_bytes()
    assert run("template", "buku.xlsx", scenario).exit_code == 2
    assert Path("buku.xlsx").read_bytes() == before
    assert run("template", "buku.xlsx", scenario, "--force").exit_code == 0
    assert Path("buku.xlsx").read_bytes() != before
    assert run("template", "buku.xlsx", "--force").exit_code == 0
    assert run("import", "buku.xlsx", "--example").exit_code == 0
    Path("contoh.yaml").write_text("punya saya\n", encoding="utf-8")
    refused = run("import", "buku.xlsx", "--example")
    assert refused.exit_code == 2
    assert "contoh.yaml" in refused.stderr
    assert Path("contoh.yaml").read_text(encoding="utf-8") == "punya saya\n"
    assert run("import", "buku.xlsx", "--example", "--force").exit_code == 0
    assert read_scenario("contoh.yaml").id == "contoh"


@pytest.mark.parametrize("name", ["buku.xls", "buku.xlsm", "buku", "buku.csv"])
def test_a_workbook_of_another_ending_is_not_written(run: Run, name: str) -> None:
    result = run("template", name)
    assert result.exit_code == 2
    assert ".xlsx" in result.stderr
    assert not Path(name).exists()


def test_a_file_that_is_not_there_or_not_a_workbook_is_refused(run: Run, scenario: Path) -> None:
    assert run("import", "tidak-ada.xlsx").exit_code == 2
    result = run("import", scenario)
    assert result.exit_code == 2
    assert "XLSX" in result.stderr
    assert run("template", "buku.xlsx", "tidak-ada.yaml").exit_code == 2
    assert not Path("buku.xlsx").exists()


def test_without_xlsxwriter_the_remedy_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    result = run("template", "buku.xlsx")
    assert result.exit_code == 2
    assert "planner[xlsx]" in result.stderr


def test_english_workbooks_have_english_sheets_and_are_read_by_indonesians(run: Run) -> None:
    assert run("template", "book.xlsx", "--lang", "en").exit_code == 0
    assert "Groups" in openpyxl.load_workbook("book.xlsx").sheetnames
    assert run("import", "book.xlsx", "--example", "--lang", "id").exit_code == 0


def test_a_schema_that_is_there_already_is_left_alone(run: Run, book: None) -> None:
    Path("skema.json").write_text("{}", encoding="utf-8")
    assert run("import", "buku.xlsx", "--example").exit_code == 0
    assert Path("skema.json").read_text(encoding="utf-8") == "{}"


def test_a_scenario_too_large_for_a_file_is_refused_before_anything_is_written(
    run: Run, book: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.scenario_io import documents

    monkeypatch.setattr(documents, "WRITTEN", documents.FileLimits(100, 100))
    result = run("import", "buku.xlsx", "--example", "--out", "keluar")
    assert result.exit_code == 2
    assert "buku.xlsx: " in result.stderr
    assert not Path("keluar").exists()


def test_the_example_of_the_template_is_no_scenario_unless_asked_for(run: Run) -> None:
    assert run("template", "buku.xlsx").exit_code == 0
    refused = run("import", "buku.xlsx", "--out", "keluar")
    assert refused.exit_code == 2
    assert "planner import buku.xlsx --example" in refused.stderr
    assert not Path("keluar").exists()
    assert run("check", "buku.xlsx").exit_code == 2  # a workbook that is read as a scenario, too


def test_the_example_price_list_is_offered_whole(run: Run) -> None:
    example = Path(__file__).parents[3] / "scenarios" / "contoh-harga.csv"
    made = run("template", "buku.xlsx", "--prices", str(example))
    assert (made.exit_code, made.stderr) == (0, "")
    rows = list(openpyxl.load_workbook("buku.xlsx")["Daftar harga"].iter_rows(min_row=3, values_only=True))
    assert len(rows) == len(example.read_text(encoding="utf-8").splitlines()) - 2


def test_a_code_that_is_there_twice_is_told_once(run: Run) -> None:
    Path("ssh.csv").write_text("Kode;Uraian;Satuan;Harga\n1.1;A;OJ;900000\n1.1;A;OJ;800000\n1.2;B;OJ;5000\n", "utf-8")
    made = run("template", "buku.xlsx", "--prices", "ssh.csv")
    assert made.exit_code == 0, made.stderr
    (told,) = made.stderr.splitlines()
    assert "ssh.csv:3:4" in told


def test_a_price_list_is_offered_in_the_template(run: Run) -> None:
    Path("ssh.csv").write_text(
        "Kode;Uraian;Satuan;Harga\n1.1;Narasumber;OJ;900000\n1.2;Kertas;Rim;0\n", encoding="utf-8"
    )
    made = run("template", "buku.xlsx", "--prices", "ssh.csv")
    assert made.exit_code == 0, made.stderr
    assert "ssh.csv:3:4" in made.stderr  # a price of nothing is left out
    rows = list(openpyxl.load_workbook("buku.xlsx")["Daftar harga"].iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == ["1.1"]
    changed("buku.xlsx", "Biaya", "J3", "1.1")
    changed("buku.xlsx", "Biaya", "G3", None)
    assert run("import", "buku.xlsx", "--example").exit_code == 0
    assert read_scenario("contoh.yaml").programmes[0].costs[0].listed[0].code == "1.1"
    assert run("template", "lain.xlsx", "--prices", "tidak-ada.csv").exit_code == 2
    assert run("template", "lain.xlsx", "--prices", "ssh.csv", "--actuals", "x").exit_code == 2
