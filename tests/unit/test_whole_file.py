from __future__ import annotations

from pathlib import Path

import pytest

from planner.whole_file import making, write_together, write_whole
from tests.faults.broken_disk import BrokenDisk


def test_bytes_and_text_as_utf_8_take_the_place_of_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "berkas"
    write_whole(target, b"\xff")
    assert target.read_bytes() == b"\xff"
    write_whole(target, "é\n")
    assert target.read_bytes() == "é\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.json"
    write_whole(target, "lama\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, "baru\n")
    assert target.read_text(encoding="utf-8") == "lama\n"
    assert list(tmp_path.iterdir()) == [target]


def test_folders_made_for_what_fails_go_again(tmp_path: Path) -> None:
    with pytest.raises(MemoryError), making(tmp_path / "reports" / "year"):
        raise MemoryError
    assert not list(tmp_path.iterdir())


def test_folders_that_were_there_or_hold_something_stay(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    taken = tmp_path / "reports" / "year" / "month"

    def write_and_fail() -> None:
        with making(taken):
            (taken.parent / "note.txt").open("x").close()
            taken.mkdir()

    with pytest.raises(FileExistsError):
        write_and_fail()
    assert [path.name for path in (tmp_path / "reports" / "year").iterdir()] == ["note.txt"]


def test_of_files_that_belong_together_all_are_written_or_none_that_is_new(tmp_path: Path) -> None:
    old = tmp_path / "lama.txt"
    files = {tmp_path / "a" / "satu.txt": "1", old: "baru", tmp_path / "a" / "b" / "dua.txt": "2"}
    with BrokenDisk(tmp_path / "lain", at=10**9) as counted:
        write_together({tmp_path / "lain" / path.name: text for path, text in files.items()})
    assert counted.operations > len(files)
    for number in range(1, counted.operations + 5):
        write_whole(old, "lama")
        with BrokenDisk(tmp_path, number, once=True) as disk:
            try:
                write_together(files)
            except OSError:
                assert [path for path in files if path.exists()] == [old]
                assert not (tmp_path / "a").exists()
                assert old.read_text() in ("lama", "baru")
            else:
                assert {path: path.read_text() for path in files} == files
                for path in files:
                    path.unlink()
                (tmp_path / "a" / "b").rmdir()
                (tmp_path / "a").rmdir()
        assert disk.failed or not old.exists()
