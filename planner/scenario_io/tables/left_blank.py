"""The notice that an agency or a place stands in the first row of a block alone, as merged cells leave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from planner.errors import Problem
from planner.locale import _, ngettext
from planner.scenario_io.problems import located
from planner.scenario_io.tables.sheet import InputRow, numbers_of

_OF_A_BLOCK: Final = ("agency", "location")


def tell_left_blank(
    body: Sequence[InputRow], names: Mapping[int, str], own: Mapping[int, str], notices: list[Problem]
) -> None:
    """Note the rows that leave such a column blank below one that fills it; `own` is what the file calls columns."""
    for at, name in names.items():
        blank = [row for row in body if at not in row.values]
        if name not in _OF_A_BLOCK or not blank or at not in body[0].values:
            continue
        message = ngettext(
            "{count} row leaves '{name}' blank below one that fills it: {rows}. It is read as having none.",
            "{count} rows leave '{name}' blank below one that fills it: {rows}. They are read as having none.",
            len(blank),
        ).format(count=len(blank), name=own[at], rows=numbers_of(blank))
        remedy = _("Of merged cells only the first keeps the value: fill in each row, if that is meant.")
        notices.append(located(blank[0].place, message, remedy))
