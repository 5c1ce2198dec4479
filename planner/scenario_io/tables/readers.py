"""Files of tables by the ending of their name; each kind has its own reader, imported when first met."""

from __future__ import annotations

from pathlib import Path

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.file_kinds import refuse_other_kinds
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.layout import Known
from planner.scenario_io.tables.sheet import RawSheet
from planner.scenario_io.tree import Path as TreePath
from planner.scenario_io.tree import Place


def raw_sheet(
    data: bytes,
    file: Path,
    sheet: str | None,
    place: Place,
    path: TreePath,
    problems: Problems,
    notices: list[Problem],
    known: Known | None,
) -> RawSheet:
    """Return all rows of the table in `data`; raises Refused. `place` names the table; `known` are its columns."""
    ending = file.suffix.lower()
    if sheet is not None and ending in (".csv", ".parquet"):
        problems.add(place, _("'sheet' belongs to an XLSX workbook."), _("Remove it."), path)
    if ending == ".csv":
        from planner.scenario_io.tables.csv_table import read_csv

        return read_csv(data, str(file), known)
    if ending == ".parquet":
        from planner.scenario_io.tables.parquet_table import read_parquet

        return read_parquet(data, str(file), problems)
    if ending == ".xlsx":
        from planner.scenario_io.tables.xlsx_table import read_xlsx

        return read_xlsx(data, str(file), sheet, notices)
    refuse_other_kinds(data, Place(str(file)))
    raise Refused(
        located(
            place,
            _("'{name}' is not a kind of table that can be read.").format(name=file.name),
            _("Save it as .csv, .parquet or .xlsx."),
            path,
        )
    )
