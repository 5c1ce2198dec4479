#!/usr/bin/env bash
# XlsxWriter changes the texts inside formulas: ="Agenda: MAP(2)" is shown in Excel as Agenda: _xlfn.MAP(2).
#
# Functions newer than Excel 2010 are stored under a prefix. XlsxWriter puts it in by search and replace over the whole
# formula, quoted texts too, for about thirty names such as MAP, FILTER, SORT, TAKE, DROP, EXPAND, SWITCH and UNIQUE; it
# does so without use_future_functions, and takes the formula for one of a dynamic array, which Excel shows in braces.
# One of the names is searched as any sign but a blank, followed by INGLE( : the letter before is taken for an S, so that
# a defined function MINGLE becomes SINGLE. Worksheets whose formulas are as they should be stored already can override
# _prepare_formula.
#
# Seen with Python 3.12 on Linux x86-64 and XlsxWriter 3.3.1, formula as written and as it is in the file:
#
#     ="Agenda: MAP(2)"          ="Agenda: _xlfn.MAP(2)"                array
#     =IF(A1>0,"SORT(A)","")     =IF(A1>0,"_xlfn._xlws.SORT(A)","")     array
#     =MINGLE(A1)                =_xlfn.SINGLE(A1)
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: xlsxwriter==3.3.1 2>pip.log || {
    cat pip.log >&2
    exit 2
}

venv/bin/python - <<'END' | tee seen
import re
import zipfile
from xml.sax.saxutils import unescape

import xlsxwriter

formulas = ('="Agenda: MAP(2)"', '=IF(A1>0,"SORT(A)","")', "=MINGLE(A1)")
with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet()
    for row, formula in enumerate(formulas):
        sheet.write_formula(row, 1, formula)
text = zipfile.ZipFile("book.xlsx").read("xl/worksheets/sheet1.xml").decode()
for written, (kind, stored) in zip(formulas, re.findall("<f([^>]*)>(.*?)</f>", text), strict=True):
    print(f"{written:<26} {'=' + unescape(stored):<38} {'array' if 'array' in kind else ''}".rstrip())
END

cat >expected <<'END'
="Agenda: MAP(2)"          ="Agenda: _xlfn.MAP(2)"                array
=IF(A1>0,"SORT(A)","")     =IF(A1>0,"_xlfn._xlws.SORT(A)","")     array
=MINGLE(A1)                =_xlfn.SINGLE(A1)
END
if diff expected seen; then
    echo "as described"
else
    echo "the behaviour has changed"
    exit 1
fi
