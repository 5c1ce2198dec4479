"""No command reaches another machine, and neither does a process that it starts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.cli.group import COMMANDS
from tests.faults.served import Served
from tests.sampled import sampled
from tests.unit.people.people_files import GOOD, write

ROOT = Path(__file__).parents[2]
GUARD = Path(__file__).parent / "guarded"
CLIENTS = {"urllib.request", "http.client", "ftplib", "smtplib", "poplib", "imaplib", "requests", "httpx", "aiohttp"}
"""Modules that speak with other machines."""
LISTENERS = {"planner/web/server.py"}
"""Files that may use sockets: they listen."""

SMALL = "skenario/contoh-kecil.yaml"
STORED = "reports/contoh-kecil"
BUILT_ON = "skenario/contoh-kecil-perubahan.yaml"

ARGUMENTS: dict[str, list[str]] = {
    "init": ["init", "baru"],
    "template": ["template", "isian.xlsx", SMALL],
    "import": ["import", "isi.xlsx", "--out", "dari-excel.yaml"],
    "check": ["check", SMALL],
    "schema": ["schema"],
    "plan": ["plan", SMALL, "--pdf", "--xlsx", "--docx", "--out", "keluar"],
    "replan": ["replan", STORED, "--actuals", "realisasi.xlsx", "--out", "sisa"],
    "export": ["export", STORED, "--pdf", "--xlsx", "--docx"],
    "serve": ["serve", "--help"],  # a test of its own serves
    "account": ["account"],
    "backup": ["backup", "cadangan.zip", "skenario"],
    "restore": ["restore", "cadangan-lama.zip", "pulih", "--out", "pulih-hasil"],
    "whatif": ["whatif", SMALL, "--vary", "own-budget=0:60 juta:60 juta"],
    "curve": ["curve", SMALL, "--step", "60_000_000"],
    "compare": ["compare", STORED, BUILT_ON],
    "verify": ["verify", STORED],
    "prove": ["prove", STORED],
    "assign": ["assign", "orang/hasil/orang", "--people", "orang"],
    "forget": ["forget", "198001012005011002", "orang"],
    "model": ["model", SMALL, "--out", "model.lp"],
    "habits": ["habits", SMALL],
    "repair": ["repair", SMALL],
    "why": ["why", SMALL, "--group", "analis", "--programme", "bimtek-keuangan"],
}
"""What is typed; a command that is not named here is asked about the small example."""


def ended(folder: Path, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, guarded."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{GUARD}{os.pathsep}{ROOT}",
        "PLANNER_GUARD": str(folder / "keluar.log"),
        "PLANNER_LANG": "en",
    }
    code = "from planner.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired as late:
        return subprocess.CompletedProcess(command, 124, str(late.stdout), str(late.stderr))


def notes(folder: Path) -> str:
    path = folder / "keluar.log"
    return path.read_text() if path.exists() else ""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the small example, its stored plan and what else the commands ask for."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "skenario")
    shutil.copytree(ROOT / "reports" / "gallery" / "contoh-kecil", tmp_path / STORED)
    return tmp_path


@pytest.mark.parametrize("name", sampled(COMMANDS, 12))
def test_no_command_reaches_another_machine(place: Path, name: str) -> None:
    if name == "import":
        assert ended(place, "template", "isi.xlsx", SMALL).returncode == 0
    if name == "restore":
        assert ended(place, "backup", "cadangan-lama.zip", "skenario").returncode == 0
    if name == "replan":
        assert ended(place, "template", "realisasi.xlsx", "--actuals", STORED).returncode == 0
    if name in ("assign", "forget"):
        (place / "orang").mkdir()
        write(place / "orang", GOOD)
    if name == "assign":
        assert ended(place, "plan", "orang/skenario.yaml", "--out", "orang/hasil").returncode == 0
    done = ended(place, *ARGUMENTS.get(name, [name, SMALL]))
    assert notes(place) == ""
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.more
def test_the_workbench_reaches_no_other_machine_while_it_plans_and_answers(place: Path) -> None:
    log = {"PLANNER_GUARD": str(place / "keluar.log"), "PYTHONPATH": f"{GUARD}{os.pathsep}{ROOT}"}
    top = "skenario/contoh-kecil.yaml"
    with Served(place, **log) as bench:
        bench.post(f"{top}/susun")
        runs, end = place / "reports" / ".runs", time.monotonic() + 90
        while not list(runs.glob("2*")):
            assert time.monotonic() < end, bench.get(f"{top}/")
            time.sleep(0.2)
        for page in ("", "riwayat", "baru", f"{top}/", f"{top}/ubah", f"{top}/tanya/", f"{top}/peta", f"{top}/laporan"):
            assert "</html>" in bench.get(page), page
    assert notes(place) == ""


def test_the_guard_sees_who_would_leave(tmp_path: Path) -> None:
    """Also in a process that another has started."""
    inner = "import socket; socket.socket().connect(('192.0.2.1', 80))"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-P', '-c', {inner!r}], capture_output=True)"
    environment = {**os.environ, "PYTHONPATH": str(GUARD), "PLANNER_GUARD": str(tmp_path / "keluar.log")}
    subprocess.run([sys.executable, "-c", outer], env=environment, check=True)
    assert notes(tmp_path).startswith("socket.connect 192.0.2.1")


def test_no_part_of_the_program_has_a_client_of_the_network() -> None:
    imports = re.compile(rf"^ *(?:import|from) +({'|'.join(map(re.escape, CLIENTS))}|socket)\b", re.MULTILINE)
    found = {
        (path.relative_to(ROOT).as_posix(), match[1])
        for path in (ROOT / "planner").rglob("*.py")
        for match in imports.finditer(path.read_text(encoding="utf-8"))
    }
    assert {one for one in found if one[1] != "socket"} == set()
    assert {file for file, _module in found} <= LISTENERS
