"""Word documents by the command line: made from plans that hold, on the agency's template, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from tests.unit.cli.engine import Engine
from tests.unit.report.word.word_files import faults, png, template, text

Run = Callable[..., Result]


def test_documents_are_made_from_a_stored_plan_on_the_agencys_template(run: Run, stored: Path, tmp_path: Path) -> None:
    (tmp_path / "kop.docx").write_bytes(template("KOP INSTANSI", "{{ isi }}"))
    result = run("export", stored, "--docx", "--template", tmp_path / "kop.docx")

    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    for name in ("kak.docx", "surat-pengantar.docx"):
        assert f"Word: {stored / 'word' / name}" in result.stdout
        content = (stored / "word" / name).read_bytes()
        assert text(content).startswith("KOP INSTANSI")
        assert faults(content) == []


def test_planning_with_documents_writes_the_same_files(run: Run, stored: Path, scenario: Path) -> None:
    assert run("export", stored, "--docx").exit_code == 0
    exported = {path.name: path.read_bytes() for path in (stored / "word").iterdir()}
    plan = (stored / "plan.json").read_bytes()
    result = run("plan", scenario, "--docx")
    assert result.exit_code == 0, result.stderr
    assert f"Word: {Path('reports') / 'kecil' / 'word'}" in result.stdout
    if (stored / "plan.json").read_bytes() == plan:
        assert {path.name: path.read_bytes() for path in (stored / "word").iterdir()} == exported
    assert run("plan", scenario).exit_code == 0
    assert not (stored / "word").exists()


def test_a_template_that_cannot_be_used_stops_before_anything_is_made(
    run: Run, stored: Path, scenario: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "kop.docx"
    bad.write_bytes(template("{{ salah }}"))
    for command in (("export", stored), ("plan", scenario, "--force")):
        result = run(*command, "--docx", "--template", bad)
        assert result.exit_code == 2
        assert "kop.docx: 'salah' bukan variabel templat" in result.stderr
        assert not (stored / "word").exists()
    missing = run("export", stored, "--docx", "--template", tmp_path / "tidak-ada.docx")
    assert missing.exit_code == 2
    assert "tidak-ada.docx" in missing.stderr


def test_a_plan_that_does_not_hold_or_is_out_of_date_gives_no_documents(run: Run, stored: Path) -> None:
    file = stored / "scenario.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("headcount: ", "headcount: 1"), encoding="utf-8")
    assert run("export", stored, "--docx").exit_code == 5
    assert not (stored / "word").exists()


def test_a_file_where_the_folder_belongs_is_left_alone(run: Run, stored: Path) -> None:
    (stored / "word").write_text("milik sendiri", encoding="utf-8")
    assert run("export", stored, "--docx").exit_code == 2
    assert (stored / "word").read_text(encoding="utf-8") == "milik sendiri"


def test_words_change_without_planning_again(run: Run, stored: Path, scenario: Path) -> None:
    own = scenario.read_text(encoding="utf-8") + "narrative: {background: Kalimat baru kami.}\n"
    scenario.write_text(own, encoding="utf-8")
    before = json.loads((stored / "plan.json").read_text(encoding="utf-8"))
    result = run("export", stored, "--docx", "--words", scenario)
    assert result.exit_code == 0, result.stderr
    assert "Kalimat baru kami." in text((stored / "word" / "kak.docx").read_bytes())
    assert json.loads((stored / "plan.json").read_text(encoding="utf-8")) == before


def test_a_logo_that_word_cannot_show_is_told(run: Run, engine: Engine, write: Callable[..., Path]) -> None:
    path = write("svg.yaml", ("id: kecil", "id: kecil, logo: logo.svg"))
    path.with_name("logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    result = run("plan", path, "--docx")
    assert result.exit_code == 0, result.stderr
    assert "SVG" in result.stderr
    path.with_name("logo.png").write_bytes(png())
    assert run("plan", path, "--docx", "--set", "scenario.logo=logo.png").stderr.count("SVG") == 0


def test_the_shipped_template_is_written_and_can_be_used(run: Run, stored: Path, tmp_path: Path) -> None:
    for options in ((), ("--sections",)):
        result = run("template", "--docx", "kop.docx", "--force", *options)
        assert result.exit_code == 0, result.stderr
        assert run("export", stored, "--docx", "--template", "kop.docx").exit_code == 0
    assert run("template", "kop.docx").exit_code == 2
    assert run("template", "--docx", "kop.doc").exit_code == 2
    assert run("template", "--docx", "kop.docx", "skenario.yaml").exit_code == 2


def test_templates_go_with_documents(run: Run, stored: Path) -> None:
    assert run("export", stored, "--xlsx", "--template", "kop.docx").exit_code == 2


def test_a_workbook_says_what_it_does_not_hold(run: Run, scenario: Path) -> None:
    own = scenario.read_text(encoding="utf-8") + "narrative: {background: Kalimat.}\n"
    scenario.write_text(own, encoding="utf-8")
    result = run("template", "isi.xlsx", scenario)
    assert result.exit_code == 0, result.stderr
    assert "Tidak termuat di buku kerja: narrative" in result.stdout
