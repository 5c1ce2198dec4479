"""Values that a conditional format hides are told as hidden rows are, by every reader of workbooks."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting import rule as of_openpyxl
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from planner.scenario_io.tables.conditional_looks import conditionally_hidden
from planner.scenario_io.tables.conditions import At, CellValue, Unreckoned
from planner.scenario_io.tables.long_lists import sheets_of
from planner.scenario_io.tables.xlsx_table import read_xlsx

RULES: Any = of_openpyxl
"""Its functions have no types."""
WHITE = Font(color="FFFFFFFF")
HIDES = DifferentialStyle(font=WHITE)
ROWS: list[list[Any]] = [["id", "headcount", "gap:keu"], ["a", 10, 5], ["b", 0, 4], ["c", 9, 4], ["d", -3, 0]]


def book(*rules: Rule, cells: str = "A1:C5") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Data"
    for row in ROWS:
        sheet.append(row)
    for rule in rules:
        sheet.conditional_formatting.add(cells, rule)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def told(data: bytes) -> str:
    notices: list[object] = []
    read_xlsx(data, "f.xlsx", None, notices)  # type: ignore[arg-type]  # problems are objects
    return "\n".join(map(str, notices))


def hidden(data: bytes) -> tuple[list[int], list[int], list[int]]:
    """Rows of which the reader of long lists says that they are hidden, may be, and are struck through."""
    found = next(sheets_of(data, "f.xlsx", None)).hidden()
    return sorted(found.masked), sorted(found.maybe), sorted(found.struck)


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        (RULES.CellIsRule(operator="equal", formula=["0"], font=WHITE), [3, 5]),
        (RULES.CellIsRule(operator="between", formula=["6", "9"], font=WHITE), [4]),
        (RULES.CellIsRule(operator="equal", formula=["4"], fill=PatternFill(bgColor="FF000000")), [3, 4]),
        (RULES.FormulaRule(formula=["$B1=9"], font=WHITE), [4]),
        (RULES.FormulaRule(formula=['AND(ISTEXT($A1),$A1<>"id",$B1<0)'], font=WHITE), [5]),
        (RULES.FormulaRule(formula=["$C1=$C2"], font=WHITE), [3, 5]),
        (Rule(type="duplicateValues", dxf=HIDES), [3, 4, 5]),
        (Rule(type="beginsWith", operator="beginsWith", text="b", formula=['LEFT(A1,1)="b"'], dxf=HIDES), [3]),
        (Rule(type="cellIs", operator="lessThan", formula=["0"],
              dxf=DifferentialStyle(numFmt=NumberFormat(170, ";;;"))), [5]),
        (RULES.DataBarRule("min", None, "max", None, color="FF0000", showValue=False), [2, 3, 4, 5]),
        (RULES.IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False), [2, 3, 4, 5]),
    ],
)  # fmt: skip
def test_rows_that_a_condition_hides_are_told(rule: Rule, rows: list[int]) -> None:
    data = book(rule)
    assert hidden(data) == (rows, [], [])
    assert f"that the format of their cells hides w{'as' if len(rows) == 1 else 'ere'} read: {str(rows)[1:-1]}." in (
        told(data)
    )


@pytest.mark.parametrize(
    "rule",
    [
        RULES.FormulaRule(formula=["MOD(ROW(),2)=0"], fill=PatternFill(bgColor="FFDDDDDD")),
        RULES.FormulaRule(formula=["ISERROR(A1)"], font=WHITE),
        RULES.FormulaRule(formula=["TRUE"], font=WHITE, fill=PatternFill(bgColor="FF0000FF")),
        RULES.FormulaRule(formula=["LEN(TRIM(A1))=0"], font=WHITE),
        Rule(type="containsErrors", dxf=HIDES),
        RULES.CellIsRule(operator="lessThan", formula=["-1000"], font=WHITE),
        RULES.DataBarRule("min", None, "max", None, color="FF0000"),
    ],
)
def test_rows_that_are_seen_are_not_told(rule: Rule) -> None:
    assert hidden(book(rule)) == ([], [], [])
    assert told(book(rule)) == ""


def test_the_first_of_two_rules_decides() -> None:
    seen = RULES.CellIsRule(operator="equal", formula=["9"], font=Font(color="FFFF0000"))
    assert hidden(book(seen, RULES.CellIsRule(operator="greaterThan", formula=["8"], font=WHITE), cells="B2:B5"))[
        0
    ] == [2]


def test_a_condition_that_only_a_spreadsheet_knows_is_told_as_such() -> None:
    data = book(RULES.FormulaRule(formula=["COUNTIF($A$1:$A1,A1)>1"], font=WHITE), cells="A2:A3")
    assert hidden(data) == ([], [2, 3], [])
    assert "2 rows with values that a conditional format may hide were read: 2, 3." in told(data)


def test_rows_that_a_condition_strikes_through_are_told() -> None:
    data = book(RULES.FormulaRule(formula=['$A1="c"'], font=Font(strike=True)))
    assert hidden(data) == ([], [], [4])
    assert "1 row with values struck through was read: 4." in told(data)


@pytest.mark.parametrize(
    ("code", "rows"),
    [('0".000"', [2, 4]), ("0,", [2, 4]), ("0%", [2, 4]), ("[$$-409]0", [2, 4]), ("0", []), ('"Rp"#,##0', [])],
)
def test_numbers_that_a_condition_shows_as_other_ones_are_told(code: str, rows: list[int]) -> None:
    look = DifferentialStyle(numFmt=NumberFormat(170, code))
    rule = Rule(type="cellIs", operator="greaterThan", formula=["8"], dxf=look)
    data = book(rule, cells="B2:B5")
    assert sorted(next(sheets_of(data, "f.xlsx", None)).hidden().otherwise) == rows
    assert ("shows as other ones; what the cells hold is read: 2, 4." in told(data)) == bool(rows)


def test_texts_of_a_format_that_shows_none_are_told() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book()))
    made["Data"]["A3"].number_format = ";;;"
    file = io.BytesIO()
    made.save(file)
    assert hidden(file.getvalue())[0] == [3]
    assert "1 row with values that the format of their cells hides was read: 3." in told(file.getvalue())


def test_rules_of_excel_2010_are_seen() -> None:
    """They stand at the end of a sheet, with their looks in themselves."""
    written = (
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2"><v>6</v></c></row>'
        b'</sheetData><extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="m">'
        b'<x14:cfRule type="cellIs" priority="1" operator="equal" id="{0}"><xm:f>6</xm:f><x14:dxf><font>'
        b'<color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule><xm:sqref>A1:A2</xm:sqref>'
        b"</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    with zipfile.ZipFile(io.BytesIO(book())) as archive:
        assert conditionally_hidden(archive, written).hidden == {2}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=A1=5", True), ("$A1+1", Unreckoned), ('B1="X"', True), ("NOT(A1>3)", False), ("OR(FALSE(),A1=5)", True),
        ("A$1<>5", False), ("-5<A1", True), ("C1=0", True), ('C1=""', True), ("VLOOKUP(A1,B:C,2,0)", Unreckoned),
        ("(A1)=(5", Unreckoned), ('B1>"w"', True), ("B1>10", True), ("Data!A1=5", Unreckoned), ("LEN(B1)", 1.0),
    ],
)  # fmt: skip
def test_conditions_are_reckoned_as_spreadsheets_do(formula: str, value: object) -> None:
    cells: dict[tuple[int, int], CellValue] = {(1, 1): 5.0, (1, 2): "x"}
    at = At(cells, (1, 1), (1, 1))
    if value is Unreckoned:
        with pytest.raises(Unreckoned):
            at.value(formula)
    else:
        assert at.value(formula) == value
