"""`planner plan` and `planner export` on a disk that fails: whole results or none, and what to do is said."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from planner.report import documents
from planner.store.stored_plan import read_stored
from tests.faults.broken_disk import BrokenDisk
from tests.sampled import some
from tests.unit.cli.engine import Engine

Run = Callable[..., Result]
REMEDIES = {errno.ENOSPC: "kosongkan", errno.EIO: "pilih tempat lain"}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["plan", "export"])
@pytest.mark.parametrize("code", REMEDIES)
def test_whole_results_or_those_before_at_every_operation(
    run: Run, stored: Path, scenario: Path, tmp_path: Path, command: str, code: int
) -> None:
    arguments = ("plan", scenario) if command == "plan" else ("export", stored, "--xlsx", "--ics")
    before = contents(tmp_path)
    with BrokenDisk(tmp_path, at=10**9) as disk:
        assert run(*arguments).exit_code in (0, 2)
    after = contents(tmp_path).keys()
    for number in some(range(1, disk.operations + 1), 40 if command == "plan" else 6):
        with BrokenDisk(tmp_path, number, code=code):
            result = run(*arguments)
        assert result.exit_code in (0, 2), result.stderr
        assert "Maaf" not in result.stderr
        assert "Traceback" not in result.stderr
        if result.exit_code:
            assert REMEDIES[code] in result.stderr, result.stderr
            assert str(stored.name) in result.stderr
        assert read_stored(stored).verdict().passed
        assert contents(tmp_path).keys() in (before.keys(), after), number


@pytest.mark.parametrize(
    "words",
    [
        ("init", "mulai"),
        ("import", "isi.xlsx", "--out", "diimpor"),
        ("model", "skenario.yaml", "--out", "m/model.mps"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_that_writes_several_files_leaves_all_or_none(
    run: Run, scenario: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert scenario.name == "skenario.yaml"
    if words[0] == "import":
        assert run("template", "isi.xlsx", scenario).exit_code == 0
    before, number, code = contents(tmp_path), 0, 2
    while code:
        number += 1
        with BrokenDisk(tmp_path, number, once=True):
            result = run(*words)
        code = result.exit_code
        assert code in (0, 2), result.stderr
        assert "Maaf" not in result.stderr
        if code:
            assert REMEDIES[errno.ENOSPC] in result.stderr, result.stderr
            assert contents(tmp_path) == before, number
    assert number > 3
    assert len(contents(tmp_path)) == len(before) + 2


def test_memory_that_runs_out_while_documents_are_made_keeps_what_was_there(
    run: Run, stored: Path, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(*_: object, **__: object) -> None:
        raise MemoryError

    before = contents(tmp_path)
    monkeypatch.setattr(documents, "write_tables", out_of_memory)
    result = run("plan", scenario)
    assert result.exit_code == 1
    assert "Memori" in result.stderr
    assert contents(tmp_path) == before


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_planned(
    run: Run, engine: Engine, scenario: Path, tmp_path: Path, code: int
) -> None:
    before = contents(tmp_path)
    with BrokenDisk(tmp_path, 1, code=code):
        result = run("plan", scenario)
    assert result.exit_code == 2
    assert engine.asked == []
    assert "reports" in result.stderr
    assert contents(tmp_path) == before
