"""`planner prove`: a certificate beside a stored plan, which `planner verify` checks too."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import Result

from planner.certificate import certify
from tests.faults.broken_disk import BrokenDisk

Run = Callable[..., Result]


def test_the_certificate_stands_beside_the_plan_and_is_checked_with_it(run: Run, stored: Path) -> None:
    assert "planner prove" in run("verify", stored).stdout
    result = run("prove", stored)
    assert result.exit_code == 0, result.stderr
    assert "tidak ada rencana yang lebih baik dengan selisih di atas" in result.stdout
    names = {file.name for file in (stored / "certificate").iterdir()}
    assert names == {"plan.json", "verify.py", "gaps_closed.vipr"}
    told = run("verify", stored).stdout
    assert "Sertifikatnya benar" in told
    assert "TIDAK" not in told
    for name in sorted(names):
        file = stored / "certificate" / name
        content = file.read_bytes()
        for missing in (False, True):
            file.unlink() if missing else file.write_bytes(b"print('ok')\n")
            spoiled = run("verify", stored)
            assert (spoiled.exit_code, name in spoiled.stderr) == (5, True), name
            assert "sertifikatnya TIDAK benar" in spoiled.stderr
            assert "Sertifikatnya benar" not in spoiled.stdout
        file.write_bytes(content)


def test_a_disk_that_fails_at_any_operation_keeps_the_certificate_that_is_there(run: Run, stored: Path) -> None:
    folder = stored / "certificate"
    with BrokenDisk(stored, at=10**9) as disk:
        assert run("prove", stored).exit_code == 0
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    for there in (True, False):
        for number in range(1, disk.operations + 1):
            if not there and folder.exists():
                shutil.rmtree(folder)
            with BrokenDisk(stored, number):
                code = run("prove", stored).exit_code
            held = {file.name: file.read_bytes() for file in folder.iterdir()} if folder.exists() else {}
            assert held == (before if there or code == 0 else {}), number


def test_a_certificate_with_another_row_is_found(run: Run, stored: Path) -> None:
    run("prove", stored)
    file = stored / "certificate" / "gaps_closed.vipr"
    content = file.read_text(encoding="utf-8").partition("\n")[2]
    lines = content.split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("fund_amount[") and " L " in line)
    name, sense, side, *rest = lines[place].split()
    lines[place] = " ".join([name, sense, str(int(side) + 1), *rest])
    changed = "\n".join(lines)
    file.write_text(
        f"% planner-certificate 1 {hashlib.sha256(changed.encode()).hexdigest()}\n{changed}", encoding="utf-8"
    )
    result = run("verify", stored)
    assert result.exit_code == 5
    assert "gaps_closed.vipr" in result.stderr


def test_a_plan_that_does_not_hold_has_no_certificate(run: Run, stored: Path) -> None:
    file = stored / "plan.json"
    file.write_text(
        file.read_text(encoding="utf-8").replace('"participants": 1', '"participants": 2'), encoding="utf-8"
    )
    result = run("prove", stored)
    assert result.exit_code == 5
    assert not (stored / "certificate").exists()


def test_a_certificate_that_does_not_prove_what_the_plan_says_is_told(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--effort" not in run("prove", stored).stdout
    monkeypatch.setattr(certify, "TRIES", ((0, 0),))
    monkeypatch.setattr("planner.certificate.folder.wanted", lambda plan, level: Fraction(0))
    result = run("prove", stored)
    assert result.exit_code == 0
    assert "--effort 4" in result.stdout


def test_the_check_says_which_certificate_does_not_prove_what_the_plan_states(
    run: Run, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("prove", stored)
    monkeypatch.setattr("planner.certificate.folder.proves", lambda *_: False)
    told = run("verify", stored)
    assert told.exit_code == 0
    assert "gaps_closed.vipr: ini TIDAK membuktikan mutu yang disebut rencana ini: Terbukti terbaik" in told.stdout
