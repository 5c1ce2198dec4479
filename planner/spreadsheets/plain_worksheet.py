"""A worksheet of XlsxWriter that takes formulas as they are written."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet for formulas of functions that Excel has always had.

    XlsxWriter looks in every formula for each of the 29 functions that are stored under another name, which takes a
    tenth of the time of writing a workbook. No formula of ours uses any.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> Any:
        return formula.removeprefix("=")
