"""Files in other encodings are read, or refused with the encoding and the byte named."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from planner.scenario_io import read_scenario
from tests.unit.scenario_io.minimal import MINIMAL, changed, only, write

ACCENTED = changed("id: analis", "id: analis\n    name: Café Ñandú")


@pytest.mark.parametrize(
    "data",
    [
        ACCENTED.encode(),
        codecs.BOM_UTF8 + ACCENTED.encode(),
        codecs.BOM_UTF16_LE + ACCENTED.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + ACCENTED.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + ACCENTED.encode("utf-32-le"),
        ACCENTED.replace("\n", "\r\n").encode(),
        ACCENTED.replace("\n", "\r").encode(),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16 LE", "UTF-16 BE", "UTF-32", "CR LF", "CR"],
)
def test_unicode_files_are_read(tmp_path: Path, data: bytes) -> None:
    assert read_scenario(write(tmp_path, data)).group["analis"].name == "Café Ñandú"


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (ACCENTED.encode("latin-1"), 7, 14, ["not UTF-8", "0xE9", "Latin-1", "Save the file as UTF-8"]),
        (ACCENTED.encode("utf-16-le"), 1, 1, ["UTF-16", "byte-order mark"]),
        (MINIMAL.replace("analis", "ana\0lis").encode(), 6, 12, ["NUL"]),
        (MINIMAL.replace("analis", "ana\x07lis").encode(), 6, 12, ["U+0007"]),
        (MINIMAL.replace("analis", "ana\u2028lis").encode(), 6, 12, ["U+2028", "LINE SEPARATOR"]),
        (MINIMAL.replace("analis", "ana\x85lis").encode(), 6, 12, ["U+0085"]),
        (codecs.BOM_UTF16_LE + MINIMAL.encode("utf-16-le") + b"x", 16, 1, ["UTF-16", "does not fit"]),
    ],
    ids=["Latin-1", "UTF-16 without mark", "NUL", "bell", "line separator", "next line", "odd UTF-16"],
)
def test_other_bytes_are_named(tmp_path: Path, data: bytes, line: int, column: int, words: list[str]) -> None:
    problem = only(write(tmp_path, data))

    assert (problem.line, problem.column) == (line, column), str(problem)
    for word in words:
        assert word in str(problem)


def test_invisible_characters_in_text_are_refused(tmp_path: Path) -> None:
    problem = only(write(tmp_path, changed("id: analis", "id: ana\u202elis")))

    assert (problem.line, problem.column, problem.path) == (6, 9, "groups[0].id")
    assert "U+202E" in problem.message


def test_columns_count_characters_not_bytes(tmp_path: Path) -> None:
    problem = only(write(tmp_path, changed("{id: keu, kind: technical}", "{id: keu, name: ÉÉ😀, kind: x}")))

    assert (problem.line, problem.column) == (4, 32)
