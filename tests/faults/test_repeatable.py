"""The same scenario gives the same bytes: twice, with another hash seed, locale, time zone and number of cores."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ONE = {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
OTHERS = {
    "everything": {"PYTHONHASHSEED": "4294967295", "LC_ALL": "id_ID.UTF-8", "TZ": "Asia/Jayapura", "LANG": "de_DE"},
    "nothing": ONE,
    "hash seed": {**ONE, "PYTHONHASHSEED": "77"},
    "locale": {**ONE, "LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    "time zone": {**ONE, "TZ": "Pacific/Kiritimati"},
}
OPTIONS = {"plain": ["--xlsx"], "with all documents": ["--xlsx", "--pdf", "--docx"]}


NAMED = """
format: 1
scenario: {id: bimbing, name: Rencana bimbingan, agency: BPSDM, fiscal_year: 2027, hours_target: 20}
periods: [TW1, TW2, TW3]
competencies: [{id: keu, name: Keuangan, kind: technical}, {id: kom, name: Komunikasi, kind: managerial}]
people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency, Jenjang: level, JP: hours}}
groups:
  - {id: guru, name: Guru, agency: Dinas, level: senior, headcount: 2, gaps: {}}
programmes:
  - {id: bina, name: Bina, hours: 10, lasts: 2, closes: {keu: 0.5}, mentors: {pool: senior, mentees_each: 2},
     costs: [{item: Modul, per: participant, price: 300_000}]}
  - {id: kelas, name: Kelas, hours: 12, closes: {keu: 0.9, kom: 0.6}, class_size: {min: 2, max: 4},
     costs: [{item: Narasumber, per: class, price: 2_000_000}, {item: Konsumsi, per: participant, price: 100_000}]}
mentor_pools: [{id: senior, from: {level: [senior]}, share: 100%}]
funds:
  - {id: apbd, kind: own, amount: 4_500_000}
  - {id: unja, name: Universitas, kind: partner, amount: 2_000_000, max_share: 50%, seats: {kelas: 1}, chance: 80%}
  - {id: bank, name: Bank, kind: partner, amount: 900_000, minimum: 300_000, agreement_cost: {amount: 50_000}}
rules: [{name: Bagian BPKAD, measure: participants, where: {groups: {agency: [BPKAD]}}, at_most: 70%}]
"""
"""Periods, mentors, people by name and beside the list, and partners."""
LIST = "NIP;Nama;OPD;Jenjang;JP;gap:keu;gap:kom\n" + "".join(
    f"1980010120050110{n:02d};Orang {n};{'Dinas' if n % 3 else 'BPKAD'};{'senior' if n % 6 == 0 else 'staf'};"
    f"{n % 5};{int(n % 6 > 0)};{n % 2}\n"
    for n in range(1, 15)
)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(folder: Path, environment: dict[str, str], cores: int | None, *arguments: str) -> None:
    """Give a command in a folder."""
    subprocess.run(
        [sys.executable, "-c", "from planner.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1800000000", **environment},
        check=True,
        capture_output=True,
        preexec_fn=None if cores is None else lambda: os.sched_setaffinity(0, set(range(cores))),
    )


def made(folder: Path, environment: dict[str, str], options: list[str], cores: int | None) -> dict[str, str]:
    """SHA-256 of every file of the results, by name."""
    folder.mkdir()
    shutil.copy(ROOT / "scenarios" / "contoh-kecil.yaml", folder)
    run(folder, environment, cores, "plan", "contoh-kecil.yaml", *options)
    return digests(folder / "reports")


def made_with_names(folder: Path, environment: dict[str, str], cores: int | None) -> dict[str, str]:
    """The same of a plan with names, its lists and its certificate."""
    folder.mkdir()
    (folder / "bimbing.yaml").write_text(NAMED, encoding="utf-8")
    (folder / "pegawai.csv").write_text(LIST, encoding="utf-8")
    run(folder, environment, cores, "plan", "bimbing.yaml", "--xlsx", "--pdf", "--docx")
    run(folder, environment, cores, "prove", "reports/bimbing")
    run(folder, environment, cores, "assign", "reports/bimbing", "--people", ".", "--out", "reports/peserta")
    return digests(folder / "reports")


WRITING = """
from planner.processes.lean import set_up_process
set_up_process()
import sys
from functools import partial
from pathlib import Path
from planner.report.documents import write_documents
from planner.store.results import write_results
from tests.scenarios.builders import plan, scenario
documents = partial(write_documents, scenario(), plan(), xlsx=True)
write_results(scenario(), plan(), Path(sys.argv[1]), documents, force=True)
"""


def test_documents_of_one_plan_have_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name, environment in (("satu", ONE), ("dua", OTHERS["everything"])):
        place = tmp_path / name / "contoh-uji"
        place.parent.mkdir()
        every = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1800000000", **environment}
        subprocess.run([sys.executable, "-c", WRITING, str(place)], env=every, check=True, capture_output=True)
        found.append(digests(place))
    assert {"plan.json", "report.html", "rencana.xlsx"} < found[0].keys()
    assert found[0] == found[1]


@pytest.mark.more
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("options", OPTIONS)
def test_every_file_of_the_results_has_the_same_bytes(tmp_path: Path, other: str, options: str) -> None:
    one_core = 1 if hasattr(os, "sched_setaffinity") else None
    first = made(tmp_path / "satu", ONE, OPTIONS[options], None)
    second = made(tmp_path / "dua", OTHERS[other], OPTIONS[options], one_core)
    assert "contoh-kecil/plan.json" in first
    assert {name for name in first if first[name] != second.get(name)} == set()
    assert first.keys() == second.keys()


@pytest.mark.parametrize("other", ["everything", *(pytest.param(name, marks=pytest.mark.more) for name in OTHERS)])
def test_names_mentors_partners_and_periods_have_the_same_bytes(tmp_path: Path, other: str) -> None:
    one_core = 1 if hasattr(os, "sched_setaffinity") else None
    first = made_with_names(tmp_path / "satu", ONE, None)
    second = made_with_names(tmp_path / "dua", OTHERS[other], one_core)
    assert {"bimbing/rencana.pdf", "bimbing/certificate/gaps_closed.vipr", "peserta/lampiran.xlsx"} <= first.keys()
    assert {name for name in first if first[name] != second.get(name)} == set()
    assert first.keys() == second.keys()
