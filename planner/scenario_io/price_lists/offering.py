"""All prices of a list, for a workbook whose cost lines are to choose from them."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from planner.errors import InputError, Problem
from planner.locale import _, ngettext
from planner.scenario_io.price_lists.price_table import PriceEntry, PriceTable
from planner.scenario_io.price_lists.reading import read_price_list
from planner.scenario_io.price_lists.validity import Validity
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tree import Path as TreePath
from planner.scenario_io.tree import Place
from planner.units.said import count_said

type Entry = Mapping[str, Any]
"""An entry of a list as a scenario keeps it: {from, code, name, spec, unit, price, accounts, group}; with VALIDITY,
which a scenario does not keep, where the list says it."""

VALIDITY: Final = "validity"
"""Of which year the price is, or until when it holds."""

_TOLD: Final = 5


def offered_prices(
    file: Path, *, column: str | None = None, year: int | None = None
) -> tuple[list[Entry], list[Problem]]:
    """Return the prices of the list in a file, which is named after it, and what is dubious; raises Refused.

    Of a list with prices in several columns those of `column` are taken, where it has that one. A price that could not
    be used by any cost line is left out and told, and how many are not of `year`, that of the scenario.
    """
    doubts: list[Problem] = []
    faults = Problems()
    table = _table(file, column, faults, doubts)
    faults.raise_any()
    name = re.sub(r"[\s:=;]+", "-", file.stem.casefold()).strip("-") or "ssh"
    problems = Faults()
    offered = list(dated_entries(table, name, problems))
    doubts.extend(problems.found[:_TOLD])
    if len(problems.found) > _TOLD:
        count = len(problems.found)
        doubts.append(
            located(Place(str(file)), _("{count} prices in all are left out.").format(count=count_said(count)))
        )
    doubts.extend(() if year is None else _of_another_year(table, name, Path(file), year))
    if not offered:
        raise InputError([*problems.found[:_TOLD], *located_nothing(str(file))])
    return offered, doubts


def dated_entries(table: PriceTable, name: str, problems: Problems) -> Iterator[Entry]:
    """Yield every price of a list that can be used, with what the list says of its time."""
    for entry in table.entries(problems):
        said = table.validity_of(table.rows_of(entry.code)[0])
        yield plain_entry(name, entry) | ({VALIDITY: said.short} if said else {})


def _table(file: Path, column: str | None, faults: Problems, doubts: list[Problem]) -> PriceTable:
    """Return the list in a file, with the prices in `column`; those under 'Harga' where it has no such column."""
    place = Place(str(file))
    try:
        return read_price_list(file, None, place, faults, doubts, column=column)
    except Refused:
        if column is None:
            raise
        with contextlib.suppress(Refused):
            return read_price_list(file, None, place, faults, doubts)
        raise


def _of_another_year(table: PriceTable, name: str, file: Path, year: int) -> Iterator[Problem]:
    """Yield what to tell of prices that are of another year, or hold no longer, by the words that say so."""
    said = (table.validity_of(rows[0]) for rows in table.rows.values())
    for each, count in Counter(each for each in said if each.misses(year)).items():
        yield of_another_year(Place(str(file)), (), name, each, count, ServedYear(year, ServesAs.OFFERED))


class ServesAs(StrEnum):
    """What a scenario does with prices of a list."""

    PRICE = "price"
    CEILING = "ceiling"
    OFFERED = "offered"


class ServedYear(NamedTuple):
    """For which year prices of a list are asked for, and for what."""

    year: int
    use: ServesAs
    grows: bool = False
    """Whether `price_growth` raises them for later years."""


def of_another_year(place: Place, path: TreePath, name: str, said: Validity, count: int, asked: ServedYear) -> Problem:
    """Return the warning that so many prices of a list are, by its words, of another year than the one they serve."""
    year = asked.year
    message = {
        ServesAs.PRICE: ngettext(
            "{count} price of the list '{name}', which says '{words}', is used for {year}.",
            "{count} prices of the list '{name}', which says '{words}', are used for {year}.",
            count,
        ),
        ServesAs.CEILING: ngettext(
            "{count} price of the list '{name}', which says '{words}', is a ceiling for {year}.",
            "{count} prices of the list '{name}', which says '{words}', are ceilings for {year}.",
            count,
        ),
        ServesAs.OFFERED: ngettext(
            "{count} price of the list '{name}', which says '{words}', is offered for {year}.",
            "{count} prices of the list '{name}', which says '{words}', are offered for {year}.",
            count,
        ),
    }[asked.use]
    if asked.grows and said.is_later(year):
        remedy = _(
            "They count as prices of {year}, and 'price_growth' raises them for later years: give those of {year}, or "
            "those of each year with 'by: year'."
        ).format(year=year)
    else:
        remedy = _("Take the list of {year}, or make sure that these prices still hold then.").format(year=year)
    message = message.format(count=count_said(count), name=name, words=said.words, year=year)
    return located(place, message, remedy, path)


def located_nothing(name: str) -> list[Problem]:
    """Return the problem of a list without any price."""
    return [located(Place(name), _("this price list has no price that can be used."))]


class Faults(Problems):
    """Problems of entries that are left out, however many."""

    def extend(self, problems: Any) -> None:
        """Note problems."""
        self.found.extend(problems)


def plain_entry(name: str, entry: PriceEntry) -> dict[str, Any]:
    """Return an entry as a scenario keeps it."""
    kept: dict[str, Any] = {"from": name, "code": entry.code, "price": entry.price, "accounts": list(entry.accounts)}
    texts = {"name": entry.name, "spec": entry.spec, "unit": entry.unit, "group": entry.group}
    return kept | {key: text for key, text in texts.items() if text}
