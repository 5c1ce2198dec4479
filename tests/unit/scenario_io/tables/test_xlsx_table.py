"""Reading a workbook changes nothing for other threads: their warnings are heard, those of openpyxl are not."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from planner.scenario_io.tables.long_lists import sheets_of
from planner.scenario_io.tables.xlsx_table import read_sheets, read_xlsx

READ = """
import sys
from pathlib import Path
from planner.scenario_io.tables.xlsx_table import read_xlsx
print(len(read_xlsx(Path(sys.argv[1]).read_bytes(), "buku.xlsx", None, []).rows))
"""


def unstyled() -> bytes:
    """A workbook of two rows without the part of its styles, of which openpyxl warns."""
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["id", "headcount"])
    workbook.worksheets[0].append(["analis", 100])
    data, bare = io.BytesIO(), io.BytesIO()
    workbook.save(data)
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    return bare.getvalue()


def test_warnings_of_others_are_heard_while_a_workbook_is_read() -> None:
    def chosen(names: list[str]) -> list[str]:
        warnings.warn("of another thread", UserWarning, stacklevel=1)
        return names

    with pytest.warns(UserWarning, match="of another thread"):
        read_sheets(unstyled(), "buku.xlsx", chosen, [])


def test_the_switches_of_warnings_stay_as_they_were_while_a_workbook_is_read() -> None:
    before = list(warnings.filters)
    seen: list[object] = []

    def chosen(names: list[str]) -> list[str]:
        seen.extend(warnings.filters)
        return names

    read_sheets(unstyled(), "buku.xlsx", chosen, [])
    assert seen == before


def test_what_openpyxl_drops_is_no_fault_of_a_workbook() -> None:
    assert len(read_xlsx(unstyled(), "buku.xlsx", None, []).rows) == 2


def test_openpyxl_warns_nobody_whatever_python_is_told_of_warnings(tmp_path: Path) -> None:
    (tmp_path / "buku.xlsx").write_bytes(unstyled())
    command = [sys.executable, "-W", "error::UserWarning", "-c", READ, str(tmp_path / "buku.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("2\n", "")


def written(*, results: bool, asks: bool) -> bytes:
    """A table made by XlsxWriter, which stores 0 for each result that it is not told, and asks for a calculation."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("Data")
        for row, cells in enumerate((["id", "amount", "pos"], ["a", 5, 1])):
            sheet.write_row(row, 0, cells)
        sheet.write_formula("B2", "=250*2", None, 500 if results else 0)
    if asks:
        return data.getvalue()
    target = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b' fullCalcOnLoad="1"', b""))
    return target.getvalue()


@pytest.mark.parametrize(
    ("results", "asks", "fault"), [(False, True, True), (True, True, False), (False, False, False)]
)
def test_a_result_of_0_that_was_never_calculated_is_none(results: bool, asks: bool, fault: bool) -> None:
    data = written(results=results, asks=asks)
    told = read_xlsx(data, "t.xlsx", None, []).rows[1].faults
    assert (told.get(1, [""])[0] != "") == fault
    unseen = next(sheets_of(data, "t.xlsx", None)).unseen(1)
    assert (2 in unseen) == fault
