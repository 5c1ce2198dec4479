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


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def made(folder: Path, environment: dict[str, str], options: list[str], cores: int | None) -> dict[str, str]:
    """SHA-256 of every file of the results, by name."""
    folder.mkdir()
    shutil.copy(ROOT / "scenarios" / "contoh-kecil.yaml", folder)
    subprocess.run(
        [sys.executable, "-c", "from planner.cli import main; main()", "plan", "contoh-kecil.yaml", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1800000000", **environment},
        check=True,
        capture_output=True,
        preexec_fn=None if cores is None else lambda: os.sched_setaffinity(0, set(range(cores))),
    )
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
