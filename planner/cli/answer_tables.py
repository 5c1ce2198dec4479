"""The option --csv, which writes an answer as a table for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli import files, translated
from planner.errors import InputError, Problem
from planner.locale import N_, _

if TYPE_CHECKING:
    import pandas as pd

    from planner.analysis.question import AnswerTable

PARQUET: Final = ".parquet"

option: Final[Callable[[Callable[..., Any]], Callable[..., Any]]] = translated.option(
    "--csv",
    "table_file",
    metavar=N_("FILE"),
    help=N_("Write the points as a table too: CSV, or Parquet where the name ends in .parquet."),
)


def refuse_to_overwrite(target: Path, table: AnswerTable, *, force: bool) -> None:
    """Raise InputError if `target` exists and is not such a table written by an earlier run."""
    files.refuse_to_overwrite(target, ours=_is_ours(target, table.columns), force=force)


def write(table: pd.DataFrame, target: Path) -> None:
    """Write the table as CSV or Parquet, by the file's extension. Raise InputError if it cannot be written."""
    from planner.analysis.table_bytes import csv_bytes, parquet_bytes

    content = parquet_bytes(table) if target.suffix.lower() == PARQUET else csv_bytes(table)
    try:
        files.write_file(target, content)
    except OSError as error:
        message = _("cannot be written here.")
        raise InputError([Problem(message, _("Choose another place."), file=str(target))]) from error


def print_path(target: Path) -> None:
    """Print the path of the table."""
    if target.exists():
        click.echo(_("Table: {path}").format(path=target))


def _is_ours(target: Path, columns: tuple[str, ...]) -> bool:
    """Whether the file is a table whose last columns are `columns`."""
    try:
        with target.open("rb") as file:
            if target.suffix.lower() == PARQUET:
                import pyarrow.parquet as pq

                return tuple(pq.read_schema(file).names[-len(columns) :]) == columns
            return file.readline(10_000).decode("utf-8-sig").strip().endswith(",".join(columns))
    except (OSError, ValueError, ImportError):
        return False
