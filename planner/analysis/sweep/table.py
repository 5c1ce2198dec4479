"""A sweep as a table for other programs: varied values, state and figures of each point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.analysis.sweep.grid import Sweep, SweepRow
from planner.analysis.sweep.values import Value

if TYPE_CHECKING:
    import pandas as pd

FIGURES: Final = ("status", "gaps_closed", "weighted_gaps_closed", "total_cost", "own_cost", "relative_gap")
"""Columns after those of the varied inputs."""

_TYPES: Final = {"status": "str", "total_cost": "Int64", "own_cost": "Int64"}


def sweep_table(sweep: Sweep) -> pd.DataFrame:
    """Return one row per point; figures are empty where there is no plan.

    Units: gaps [expected people], costs [rupiah], relative_gap [0-1]. Varied values in rupiah and whole numbers are
    int, shares [0-1] and other numbers float, all others the text as given.
    """
    import pandas as pd  # takes longer to load than all other questions together

    columns: dict[str, pd.Series[Any]] = {}
    for number, axis in enumerate(sweep.axes):
        values = [_plain(row.values[number], axis.numeric) for row in sweep.rows]
        columns[axis.path] = pd.Series(values, dtype=_type_of(values))
    for name in FIGURES:
        figures = [_figure(row, name) for row in sweep.rows]
        columns[name] = pd.Series(figures, dtype=_TYPES.get(name, "Float64"))
    return pd.DataFrame(columns)


def _figure(row: SweepRow, name: str) -> int | float | str | None:
    value = row.state if name == "status" else getattr(row, name)
    return value if value is None or isinstance(value, int | str) else float(value)


def _plain(value: Value, numeric: bool) -> int | float | str:
    if not numeric or value.number is None:
        return value.text
    whole = value.number.denominator == 1 and value.kind != "share"
    return int(value.number) if whole else float(value.number)


def _type_of(values: list[int | float | str]) -> str:
    if any(isinstance(value, str) for value in values):
        return "str"
    return "Int64" if all(isinstance(value, int) for value in values) else "Float64"
