"""Tables of answers as files for other programs: CSV and Parquet."""

from __future__ import annotations

from io import BytesIO

import pandas as pd

from planner.spreadsheets.text_cells import inert


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return the table as CSV: comma, decimal point, CRLF; numbers read back unchanged.

    UTF-8, with a byte order mark where Excel needs it for letters beyond ASCII. A text that a spreadsheet would
    evaluate as a formula gets an apostrophe in front.
    """
    guarded = table.copy()
    for column in table.columns:
        if table[column].dtype == "str":
            guarded[column] = table[column].map(inert)
    text = str(guarded.to_csv(index=False, lineterminator="\r\n"))
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def parquet_bytes(table: pd.DataFrame) -> bytes:
    """Return the table as Parquet."""
    file = BytesIO()
    table.to_parquet(file, index=False)
    return file.getvalue()
