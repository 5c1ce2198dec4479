"""What nobody sees of the participants' lists that came back is told, and a row that begins with # is not read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any, Final

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font

from planner import planning
from planner.errors import InputError
from planner.scenario_io import read_located
from planner.store.attended_lists import presence_in
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import StoredPlan, read_stored
from tests.unit.people.people_files import GOOD, write

FILE: Final = "daftar-peserta/dua-2027.xlsx"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> StoredPlan:
    folder = tmp_path_factory.mktemp("people")
    loaded = read_located(write(folder, GOOD))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / "orang")
    found = read_stored(folder / "orang")
    write_name_lists(found, folder, folder / "lists")
    return found


def noticed(stored: StoredPlan, to: Path, change: Callable[[Any], Any]) -> list[str]:
    """What is noticed in lists in which everybody was present, after a change of the first class."""
    copytree(stored.path.parent.parent / "lists", to)
    for file in (to / "daftar-peserta").glob("*.xlsx"):
        book = load_workbook(file)
        for sheet in book:
            for row in sheet.iter_rows(min_row=6):
                if isinstance(row[0].value, int):
                    row[5].value = "ya"
        if file == to / FILE:
            change(book.worksheets[0])
        book.save(file)
    return [str(notice) for notice in presence_in(stored.scenario, to).notices]


def white(sheet: Any) -> None:
    sheet["F7"].font = Font(color="FFFFFFFF")


def by_rule(sheet: Any) -> None:
    make_rule: Any = CellIsRule  # openpyxl ships no types
    rule = make_rule("equal", ['"ya"'], font=Font(color="FFFFFFFF"))
    sheet.conditional_formatting.add("F7:F7", rule)


def hidden(sheet: Any) -> None:
    sheet.row_dimensions[7].hidden = True


def test_lists_as_they_were_sent_have_nothing_hidden_but_their_code(stored: StoredPlan, tmp_path: Path) -> None:
    assert noticed(stored, tmp_path / "names", lambda _sheet: None) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (hidden, "1 hidden row was read: 7."),
        (white, "1 row with values in the colour of their cells, which nobody sees, was read: 7."),
        (by_rule, "1 row with values that the format of their cells hides was read: 7."),
    ],
)
def test_hidden_answers_of_participants_are_told(
    stored: StoredPlan, tmp_path: Path, change: Callable[[Any], Any], said: str
) -> None:
    (told,) = noticed(stored, tmp_path / "names", change)
    assert said in told
    assert "dua-2027.xlsx" in told


def test_a_row_with_a_mark_is_not_read(stored: StoredPlan, tmp_path: Path) -> None:
    def mark(sheet: Any) -> None:
        sheet["A7"].value = "# batal"

    with pytest.raises(InputError, match="1 person who was named stands on no row"):
        noticed(stored, tmp_path / "names", mark)
