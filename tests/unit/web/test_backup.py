"""A backup has everything, a restored workbench is the same, and no file that only looks like one does anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from planner.errors import InputError
from planner.locale import speaking
from planner.web.archive import Archive
from tests.unit.web.conftest import Desk, use_database
from tests.unit.web.plans import kept_run


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


def test_what_was_backed_up_comes_back(desk: Desk, tmp_path: Path) -> None:
    from planner.web.accounts import register
    from planner.web.backup import back_up, restore

    run = kept_run(desk)
    archive = desk.bench.archive
    register.make(archive, "budi", "Budi Santoso", "kapal-layar-77", [("planner", "Contoh")])
    archive.write("pinned", run)
    (desk.folder / ".planner-history" / "contoh-kecil.yaml").mkdir(parents=True)
    (desk.folder / ".planner-history" / "contoh-kecil.yaml" / "1.yaml").write_text("# dulu\n")
    file = tmp_path / "cadangan.zip"
    count = back_up(desk.folder, desk.results, file)
    before = {name: content for name, content in desk.files().items() if "sqlite" not in name}
    assert count == len(before)
    assert not list(tmp_path.glob(".*partial"))

    folder, results = tmp_path / "baru" / "skenario", tmp_path / "baru" / "hasil"
    use_database(results)
    assert restore(file, folder, results) == count
    found = (path for top in (folder, results) for path in top.rglob("*") if path.is_file())
    after = {str(path.relative_to(tmp_path / "baru")): path.read_bytes() for path in found}
    assert {name: content for name, content in after.items() if "sqlite" not in name} == before
    restored = Archive(results)
    assert restored.run(run).pinned
    assert restored.journal.fault() is None
    (account,) = register.plain_accounts()
    assert (account["full_name"], account["rights"]) == ("Budi Santoso", [["planner", "Contoh"]])
    whole = tmp_path / "semua.zip"
    assert back_up(tmp_path / "baru", results, whole) == count
    with pytest.raises(InputError, match="not empty"):
        restore(file, folder, results)


@pytest.mark.parametrize(
    "name",
    ["../keluar.yaml", "scenarios/../../keluar.yaml", "/keluar", "lain/x", "results\\..\\x", "scenarios", "C:/x"],
)
def test_a_file_that_would_write_elsewhere_is_refused(desk: Desk, tmp_path: Path, name: str) -> None:
    from planner.web.backup import restore

    file = tmp_path / "jahat.zip"
    with ZipFile(file, "w") as made:
        made.writestr(name, "x")
        made.writestr("planner-backup.json", json.dumps({"format": 1, "files": 1, "accounts": []}))
    before = set(tmp_path.rglob("*"))
    with pytest.raises(InputError, match="no backup"):
        restore(file, tmp_path / "a" / "b", tmp_path / "a" / "c")
    assert set(tmp_path.rglob("*")) == before


def test_a_damaged_backup_is_refused(desk: Desk, tmp_path: Path) -> None:
    from planner.web.backup import back_up, restore

    desk.bench.archive.open()
    file = tmp_path / "cadangan.zip"
    back_up(desk.folder, desk.results, file)
    whole = file.read_bytes()
    for broken in (b"", whole[: len(whole) // 2], whole[:200] + b"xxxx" + whole[204:], b"PK\x03\x04"):
        file.write_bytes(broken)
        with pytest.raises(InputError):
            restore(file, tmp_path / "a", tmp_path / "b")
        assert not (tmp_path / "a").exists()
        assert not (tmp_path / "b").exists()
