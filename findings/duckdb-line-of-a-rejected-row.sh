#!/usr/bin/env bash
# DuckDB names a line that is not the file's: reject_errors.line does not count line breaks inside quoted cells.
#
# A CSV file read with store_rejects keeps the rows that cannot be cast in the table reject_errors, with their line. Where
# cells before it hold line breaks, as addresses and names of agencies exported from spreadsheets do, each break is left
# out, while blank lines are counted. So the line is neither that of an editor nor the number of the row. The column
# line_byte_position is right, counted from 1: the line of an editor is the number of line ends in the bytes before it,
# plus 1. Where a blank line goes before the row, it is taken for the row's beginning, in csv_line too.
#
# Seen with Python 3.12 on Linux x86-64 and DuckDB 2.0.1 (told: reject_errors.line; true: the line in the file):
#
#     plain                   told 4  true 4  from the bytes 4  '3,C,dua'
#     break in a cell         told 4  true 5  from the bytes 5  '3,C,dua'
#     two breaks in cells     told 4  true 6  from the bytes 6  '3,C,dua'
#     blank line before       told 5  true 5  from the bytes 4  '\n3,C,dua'
#
# Exits with 0 while this is so, with 1 once it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${PYTHON:-python3}" -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: duckdb==2.0.1 2>pip.log || {
    cat pip.log >&2
    exit 2
}

venv/bin/python - <<'END' | tee seen
from pathlib import Path

import duckdb

READ = """select * from read_csv('list.csv', header = true, store_rejects = true, ignore_errors = true,
          columns = {'id': 'VARCHAR', 'name': 'VARCHAR', 'hours': 'INTEGER'})"""
files = {
    "plain": 'id,name,hours\n1,A,20\n2,B,8\n3,C,dua\n',
    "break in a cell": 'id,name,hours\n1,"A\nof P",20\n2,B,8\n3,C,dua\n',
    "two breaks in cells": 'id,name,hours\n1,"A\nof P",20\n2,"B\nof Q",8\n3,C,dua\n',
    "blank line before": 'id,name,hours\n1,A,20\n2,B,8\n\n3,C,dua\n',
}
for kind, text in files.items():
    Path("list.csv").write_text(text, encoding="utf-8")
    connection = duckdb.connect()
    connection.execute(READ).fetchall()
    told, at, row = connection.execute("select line, line_byte_position, csv_line from reject_errors").fetchall()[0]
    true = text[: text.index("3,C")].count("\n") + 1
    counted = text.encode()[: at - 1].count(b"\n") + 1
    print(f"{kind:<22}  told {told}  true {true}  from the bytes {counted}  {row!r}")
END

cat >expected <<'END'
plain                   told 4  true 4  from the bytes 4  '3,C,dua'
break in a cell         told 4  true 5  from the bytes 5  '3,C,dua'
two breaks in cells     told 4  true 6  from the bytes 6  '3,C,dua'
blank line before       told 5  true 5  from the bytes 4  '\n3,C,dua'
END
if diff expected seen; then
    echo "as described"
else
    echo "the behaviour has changed"
    exit 1
fi
