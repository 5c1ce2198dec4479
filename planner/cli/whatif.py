"""`planner whatif`: vary something, and see what becomes of gaps closed and cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planner.cli import asking, spoken
from planner.cli.asking import Asking
from planner.cli.files import refuse_to_overwrite, write_file
from planner.errors import InputError, Problem
from planner.locale import N_, _

if TYPE_CHECKING:
    from planner.analysis.sweep.grid import Sweep
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario

PARQUET: Final = ".parquet"


@spoken.command(
    "whatif",
    help=N_(
        "What if this were otherwise: makes a plan for each value of something that is varied, and for each combination"
        " where several things are. PATH is that of --set, or own-budget (all own funds together), partner:ID (what one"
        " partner gives), partners (what all of them offer) or prices. The values are FROM:TO:STEP, or a list; amounts"
        " and shares are written as in scenarios. A point without a plan is told and never stops the others."
    ),
    examples=(
        (
            "planner whatif scenarios/jambi-2027.yaml --vary own-budget=80%:120%:10%",
            N_("With up to a fifth more or less of own funds:"),
        ),
        (
            "planner whatif scenarios/jambi-2027.yaml --vary partner:unja='0:650 juta:130 juta' --csv unja.csv",
            N_("If a partner gives less, as a table too:"),
        ),
        (
            "planner whatif scenarios/jambi-2027.yaml --vary prices=100%:120%:10% --vary partners=0%,50%,100%",
            N_("Two things at once, as a grid:"),
        ),
        (
            "planner whatif scenarios/jambi-2027.yaml --vary rules.teknis-30.at_least=0%:60%:20%",
            N_("Any value of the scenario, by its path:"),
        ),
    ),
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option(
    "--vary",
    "varied",
    multiple=True,
    required=True,
    metavar=N_("PATH=VALUES"),
    help=N_(
        "What to vary, and over which values: FROM:TO:STEP, or a list parted by commas, or by semicolons where a comma"
        " could be a decimal one. May be given several times, for a grid."
    ),
)
@spoken.option(
    "--csv",
    "table_file",
    metavar=N_("FILE"),
    help=N_("Write the points as a table too: CSV, or Parquet where the name ends in .parquet."),
)
def command(asked: Asking, varied: tuple[str, ...], table_file: str | None) -> int:
    """Answer on the page whatif.html."""
    from planner.analysis.sweep.vary import read_grid

    target = None if table_file is None else Path(table_file)
    if target is not None:
        refuse_to_overwrite(target, ours=_is_ours(target), force=asked.force)
    grid = read_grid(asked.scenario, asked.changes, varied)

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.sweep.grid import sweep

        answer = sweep(inquiry, grid)
        if target is not None:
            write_table(answer, target)
        return [answer]

    code = asking.answer(asked, "whatif", question)
    if target is not None and target.exists() and code == 0:
        click.echo(_("Table: {path}").format(path=target))
    return code


def write_table(answer: Sweep, target: Path) -> None:
    """The points as CSV or Parquet, by the name of the file; InputError where it cannot be written."""
    from planner.analysis.sweep.table import csv_bytes, parquet_bytes, sweep_table

    table = sweep_table(answer)
    content = parquet_bytes(table) if target.suffix.lower() == PARQUET else csv_bytes(table)
    try:
        write_file(target, content)
    except OSError as error:
        message = _("cannot be written here.")
        raise InputError([Problem(message, _("Choose another place."), file=str(target))]) from error


def _is_ours(target: Path) -> bool:
    """Whether the file is a table of points, made earlier, which may be replaced."""
    from planner.analysis.sweep.table import FIGURES

    try:
        with target.open("rb") as file:
            if target.suffix.lower() == PARQUET:
                import pyarrow.parquet as pq

                return tuple(pq.read_schema(file).names[-len(FIGURES) :]) == FIGURES
            return file.readline(10_000).decode("utf-8-sig").strip().endswith(",".join(FIGURES))
    except (OSError, ValueError, ImportError):
        return False
