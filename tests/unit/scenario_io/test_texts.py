"""Scenarios read from text: the same errors at the same places as from a file, and files only with a folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.errors import InputError, Problem
from planner.locale import speaking
from planner.scenario_io import read_located_text, read_scenario, read_text
from tests.unit.scenario_io.minimal import MINIMAL, changed, problems, write

WITH_TABLE = "\n".join(
    line if not line.startswith("  - id: analis") else "" for line in MINIMAL.splitlines() if "gaps:" not in line
).replace("groups:\n\n    headcount: 100", "groups: {table: groups.csv}")
GROUPS = "id,headcount,gap:keu\nanalis,100,60\n"


def faults(text: str, *changes: str, folder: Path | None = None) -> tuple[Problem, ...]:
    """What is wrong with a text that is called s.yaml."""
    with pytest.raises(InputError) as refused:
        read_text(text, changes, name="s.yaml", folder=folder)
    return refused.value.problems


def test_a_text_is_read_as_the_same_file_is(tmp_path: Path) -> None:
    assert read_text(MINIMAL) == read_scenario(write(tmp_path, MINIMAL))
    assert read_text("\ufeff" + MINIMAL) == read_text(MINIMAL)
    assert read_text(MINIMAL, ["funds.apbd.amount=0"]).fund["apbd"].amount == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("headcount: 100", "headcount: 0100"),
        ("headcount: 100", "headcont: 100"),
        ("id: analis", "id: &a analis"),
        ("gaps: {keu: 60}", "gaps: {keu: 60"),
        ("gaps: {keu: 60}", "gaps: {kue: 60}"),
        ("    headcount: 100\n", "    headcount: 100\n    headcount: 90\n"),
    ],
)
def test_faults_of_a_text_have_the_places_of_a_file(tmp_path: Path, old: str, new: str) -> None:
    text = changed(old, new)
    in_file = [problem._replace(file="s.yaml") for problem in problems(write(tmp_path, text))]
    assert list(faults(text)) == in_file
    assert in_file[0].line


def test_a_text_with_a_folder_names_files_in_it(tmp_path: Path) -> None:
    write(tmp_path, GROUPS, "groups.csv")
    write(tmp_path, MINIMAL, "base.yaml")

    loaded = read_located_text(WITH_TABLE, folder=tmp_path)

    assert loaded.scenario == read_text(MINIMAL)
    assert loaded.files == (tmp_path / "groups.csv",)
    assert loaded.where(("groups", 0, "headcount")) == (str(tmp_path / "groups.csv"), 2, 2)
    assert read_text("extends: base.yaml\nfunds: [{id: apbd, amount: 5}]", folder=tmp_path).fund["apbd"].amount == 5
    assert "there is no file 'tiada.csv'" in str(
        faults(WITH_TABLE.replace("groups.csv", "tiada.csv"), folder=tmp_path)[0]
    )


def test_a_text_without_a_folder_names_no_files() -> None:
    (table,) = faults(WITH_TABLE)
    assert (table.file, table.line, table.path) == ("s.yaml", 5, "groups.table")
    assert "a scenario without a folder cannot name the file 'groups.csv'. Give its folder" in str(table)
    (base,) = faults("extends: base.yaml\n")
    assert (base.line, base.column, base.path) == (1, 10, "extends")
    assert "a scenario without a folder cannot name the file 'base.yaml'." in str(base)


def test_a_text_is_refused_where_a_file_would_be() -> None:
    assert "the file is empty" in str(faults("")[0])
    assert str(faults("\n" + MINIMAL.replace("contoh", "con\ud800toh"))[0]).startswith("s.yaml:3:19: the invisible")
    assert "larger than 2 MB" in str(faults(MINIMAL + "#" * 2_000_000)[0])
    assert str(faults(MINIMAL, "funds.apbd.amout=0")[0]).startswith("--set funds.apbd.amout: ")


def test_threads_read_at_the_same_time() -> None:
    texts = [changed("headcount: 100", f"headcount: {100 + n}") for n in range(24)]
    wrong = [changed("headcount: 100", f"headcount: {n}") for n in range(24)]

    def read(n: int) -> tuple[int, str]:
        with speaking("en"):  # a new thread speaks the language of the product
            return read_text(texts[n]).groups[0].headcount, str(faults(wrong[n])[0])

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(read, range(24)))

    assert [headcount for headcount, _fault in found] == [100 + n for n in range(24)]
    assert all(f"only {n} {'person' if n == 1 else 'people'}" in fault for n, (_headcount, fault) in enumerate(found))
