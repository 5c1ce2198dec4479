"""The option --csv, which writes an answer as a table: for people, and in the folder `data` beside it for programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planner.cli import files, translated
from planner.errors import InputError, Problem, reason_of
from planner.locale import N_, _, speaking
from planner.spreadsheets.text_cells import DATA, SEPARATORS, csv_for_people
from planner.whole_file import write_together

if TYPE_CHECKING:
    import pandas as pd

    from planner.analysis.question import AnswerTable

PARQUET: Final = ".parquet"

option: Final[Callable[[Callable[..., Any]], Callable[..., Any]]] = translated.option(
    "--csv",
    "table_file",
    metavar=N_("FILE"),
    help=N_(
        "Write the points as a table too: as CSV that Excel in the scenario's language opens, with the same for"
        " programs in the folder data beside it; or as Parquet where the name ends in .parquet."
    ),
)


def refuse_to_overwrite(target: Path, table: AnswerTable, *, force: bool) -> None:
    """Raise InputError if a file to be written exists and is not such a table written by an earlier run."""
    for file in _files(target):
        files.refuse_to_overwrite(file, ours=_is_ours(file, table.columns), force=force)


def write(table: pd.DataFrame, target: Path, language: str) -> None:
    """Write the table as CSV or Parquet, by the file's extension. Raise InputError if it cannot be written.

    CSV for people is in the words and the notation of `language`.
    """
    from planner.analysis.table_bytes import csv_bytes, parquet_bytes

    if target.suffix.lower() == PARQUET:
        contents = [parquet_bytes(table)]
    else:
        contents = [_for_people(table, language), csv_bytes(table)]
    try:
        write_together(dict(zip(_files(target), contents, strict=True)))
    except OSError as error:
        message = _("'{file}' cannot be written: {reason}.").format(file=target, reason=reason_of(error))
        raise InputError([Problem(message)]) from error


def print_path(target: Path) -> None:
    """Print the paths of the table."""
    for file in _files(target):
        if file.exists():
            click.echo(_("Table: {path}").format(path=file))


def _files(target: Path) -> tuple[Path, ...]:
    """Return the files of a table: a Parquet file alone; a CSV file for people, and one for programs."""
    return (target,) if target.suffix.lower() == PARQUET else (target, target.parent / DATA / target.name)


def _for_people(table: pd.DataFrame, language: str) -> bytes:
    from planner.report.views.answers.sweep import STATES
    from planner.report.wording.table_words import heading

    known = table.astype(object).where(table.notna(), None)
    with speaking(language):
        if "status" in table.columns:
            known["status"] = known["status"].map(lambda state: _(STATES[state]))
        rows = [[heading("", str(column)) for column in table.columns], *known.itertuples(index=False, name=None)]
    return csv_for_people(rows, language)


def _is_ours(target: Path, columns: tuple[str, ...]) -> bool:
    """Return whether the file is a table whose last columns are `columns`, by name or in the words of a language."""
    try:
        with target.open("rb") as file:
            if target.suffix.lower() == PARQUET:
                import pyarrow.parquet as pq

                return tuple(pq.read_schema(file).names[-len(columns) :]) == columns
            first = file.readline(10_000).decode("utf-8-sig").strip()
    except (OSError, ValueError, ImportError):
        return False
    return any(first.endswith(ending) for ending in (",".join(columns), *map(partial(_heads, columns), SEPARATORS)))


def _heads(columns: tuple[str, ...], language: str) -> str:
    """Return the end of the first line for people in a language."""
    from planner.report.wording.table_words import heading

    with speaking(language):
        return SEPARATORS[language][0].join(heading("", column) for column in columns)
