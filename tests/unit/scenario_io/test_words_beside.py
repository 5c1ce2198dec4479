"""Sentences and logos beside a scenario: put in, kept in the resolved one, or refused at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.logo import data_uri
from planner.errors import InputError
from planner.locale import speaking
from planner.scenario_io import read_scenario, read_text, scenario_text, write_scenario
from planner.scenario_io.words_of import with_words_of
from tests.unit.report.word.word_files import png
from tests.unit.scenario_io.minimal import MINIMAL, write

NARRATIVE = """# Narasi usulan

## A. Dasar hukum
1. Pergub **12** & <b>

## LATAR BELAKANG:
Umum.
## x.xx.01.1.05.0009 Pendidikan dan Pelatihan
### Latar belakang
Khusus.
## Surat pengantar
Kepada Yth.
"""


def with_words(folder: Path, narrative: str = NARRATIVE, more: str = "") -> Path:
    write(folder, narrative, "narasi.md")
    text = MINIMAL.replace("{keu: 0.8}", "{keu: 0.8}\n    activity: X.XX.01.1.05.0009")
    return write(folder, f"{text}narrative: {{file: narasi.md{more}}}\n")


def said(path: Path) -> str:
    with speaking("id"), pytest.raises(InputError) as error:
        read_scenario(path)
    return str(error.value)


def test_headings_of_a_markdown_file_are_sections(tmp_path: Path) -> None:
    found = read_scenario(with_words(tmp_path, more=", replaces: [closing], closing: Akhir")).narrative

    assert found.legal_basis == "1. Pergub **12** & <b>"
    assert found.background == "Umum."
    assert found.activities["X.XX.01.1.05.0009"].background == "Khusus."
    assert found.letter == "Kepada Yth."
    assert (found.replaces, found.closing) == (("closing",), "Akhir")
    assert found.words("background", "X.XX.01.1.05.0009") == "Khusus."
    assert found.words("legal_basis", "X.XX.01.1.05.0009") == found.legal_basis
    assert found.words("background", None) == "Umum."


def test_the_resolved_scenario_holds_words_and_logo(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    path = with_words(tmp_path)
    write(tmp_path, path.read_text().replace("fiscal_year", "logo: logo.png, fiscal_year"))
    scenario = read_scenario(path)
    elsewhere = tmp_path / "hasil"
    elsewhere.mkdir()
    write_scenario(scenario, elsewhere / "scenario.yaml")

    assert scenario.scenario.logo == data_uri(png())
    assert read_scenario(elsewhere / "scenario.yaml", resolved=True) == scenario
    assert "base64" in scenario_text(scenario)


def test_a_setting_may_name_a_logo(tmp_path: Path) -> None:
    (tmp_path / "lain.png").write_bytes(png(9, 9))
    path = write(tmp_path, MINIMAL)
    assert read_scenario(path, ["scenario.logo=lain.png"]).scenario.logo == data_uri(png(9, 9))


def test_what_extends_another_keeps_its_words_and_changes_some(tmp_path: Path) -> None:
    with_words(tmp_path)
    over = write(tmp_path, "extends: s.yaml\nscenario: {id: b}\nnarrative: {background: Lain.}\n", "b.yaml")
    found = read_scenario(over).narrative
    assert (found.background, found.letter) == ("Lain.", "Kepada Yth.")


@pytest.mark.parametrize(
    ("narrative", "place", "words"),
    [
        ("tanpa judul\n", "narasi.md:1:1", "tidak berada di bawah bagian mana pun"),
        ("## Latar belakng\nA\n", "narasi.md:1:1", "Maksud Anda 'latar belakang'?"),
        ("# Biaya\nA\n# Biaya\nB\n", "narasi.md:3:1", "dua kali; yang lain di baris 1"),
        ("# Judul\nteks\n# Biaya\nB\n", "narasi.md:1:1", "tidak berada di bawah bagian mana pun"),
        ("# 5.04.02.1.02.0001\n## Biaya\nB\n", "narasi.md:2:1", "sub kegiatan yang tidak dikenal"),
        ("# Biaya\n\x07", "narasi.md", "U+0007"),
    ],
)
def test_a_fault_of_a_markdown_file_is_told_at_its_line(tmp_path: Path, narrative: str, place: str, words: str) -> None:
    told = said(with_words(tmp_path, narrative))
    assert place in told
    assert words in told


@pytest.mark.parametrize(
    "change",
    [
        "logo: tidak-ada.png",
        "logo: ../logo.png",
        "logo: /etc/passwd",
        "logo: s.yaml",
        "logo: rusak.png",
        "logo: [a, b]",
    ],
)
def test_a_logo_that_cannot_be_had_is_refused(tmp_path: Path, change: str) -> None:
    (tmp_path / "rusak.png").write_bytes(png()[:50])
    assert "scenario.logo" in said(write(tmp_path, MINIMAL.replace("fiscal_year", f"{change}, fiscal_year")))


def test_a_text_without_a_folder_names_no_files(tmp_path: Path) -> None:
    with speaking("id"), pytest.raises(InputError, match="tanpa folder"):
        read_text(MINIMAL + "narrative: {file: narasi.md}\n")


def test_words_are_taken_over_where_nothing_else_differs(tmp_path: Path) -> None:
    first = read_scenario(with_words(tmp_path))
    changed = with_words(tmp_path, NARRATIVE.replace("Umum.", "Baru."))
    assert with_words_of(first, changed).narrative.background == "Baru."

    text = "periods: [{id: TW1, from: 2027-01-04, to: 2027-12-17}]\n" + changed.read_text()
    undated = read_scenario(write(tmp_path, text, "u.yaml"))
    later = write(tmp_path, text.replace("    closes:", "    dates: 1 Maret 2027\n    closes:"), "d.yaml")
    assert len(with_words_of(undated, later).programmes[0].dates) == 1, "days of classes are words too"

    other = write(tmp_path, changed.read_text().replace("10_000_000", "9_000_000"), "s.yaml")
    with speaking("id"), pytest.raises(InputError, match="kata-katanya"):
        with_words_of(first, other)
