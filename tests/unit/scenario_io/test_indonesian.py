"""The same problems in the language of our users; nothing of a message stays English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.locale import speaking
from planner.scenario_io import read_located
from planner.scenario_io.words import understood
from tests.unit.scenario_io.minimal import MINIMAL, changed, problems, write


@pytest.fixture(autouse=True)
def indonesian(english: None) -> Iterator[None]:
    with speaking("id"):
        yield


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            changed("headcount: 100", "headcount: 012"),
            "7:16: groups[0].headcount: '012' bermakna ganda: nol di depan dibaca sebagai bilangan oktal oleh sebagian"
            " program. Tulis bilangan tanpa nol di depan, atau beri tanda kutip bila itu kode: '012'.",
        ),
        (
            changed("headcount: 100", "headcont: 100"),
            "7:5: groups[0].headcont: 'analis': kunci 'headcont' tidak dikenal. Maksud Anda 'headcount'?",
        ),
        (
            changed("keu: 60", "keu: 600"),
            "8:17: groups[0].gaps.keu: 'analis' memiliki 600 orang dengan kesenjangan 'keu', padahal jumlah orangnya"
            " hanya 100. Kurangi kesenjangannya atau naikkan 'headcount'.",
        ),
        (
            changed("amount: 10_000_000", "amount: 1.000.000"),
            "15:35: funds[0].amount: 'apbd': '1.000.000' memakai titik ribuan tanpa Rp."
            " Tulis 1000000 atau 'Rp1.000.000'.",
        ),
        (
            changed("per: participant", "per: orang"),
            "13:28: programmes[0].costs[0].per: 'bimtek': 'orang' bukan salah satu dari: 'participant' (peserta),"
            " 'class' (angkatan), 'programme' (program).",
        ),
        (
            changed("fiscal_year: 2027", "fiscal_year: 2027, language: jv"),
            "2:53: scenario.language: 'contoh': 'jv' bukan salah satu dari: 'id', 'en'.",
        ),
        (
            changed("headcount: 100", "headcount: {a: 1}"),
            "7:16: groups[0].headcount: 'analis': seharusnya bilangan, bukan pasangan kunci dan isi.",
        ),
        ("", "1:1: berkas ini kosong. Mulailah dari contoh yang dibuat `planner init`."),
    ],
)
def test_problems_are_told_in_indonesian(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, text)
    (problem,) = problems(path)

    assert str(problem) == f"{path}:{told}"


def test_warnings_are_told_in_indonesian(tmp_path: Path) -> None:
    loaded = read_located(write(tmp_path, MINIMAL + "  - {id: unja, kind: partner, amount: 600}\n"))

    assert [warning.message for warning in loaded.warnings] == [
        "'unja' hanya memiliki Rp600; bila yang dimaksud juta, tulis '600 juta'."
    ]


@pytest.mark.parametrize(
    ("vocabulary", "word", "key"),
    [("fund kind", "Dana sendiri", "own"), ("fund kind", "dana mitra", "partner"), ("fund kind", "hibah", None),
     ("per", "per kelas", "class")],
)  # fmt: skip
def test_words_that_reports_and_offices_use_are_understood_too(vocabulary: str, word: str, key: str | None) -> None:
    assert understood(vocabulary, word) == key
