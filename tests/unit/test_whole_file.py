from __future__ import annotations

from pathlib import Path

import pytest

from planner.whole_file import making, write_whole


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
