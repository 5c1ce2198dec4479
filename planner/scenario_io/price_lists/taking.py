"""Prices of a scenario taken from its price lists: `price: {from: ssh, code: ...}` becomes the price and its origin.

This is done when everything that a scenario builds on has been laid over one another, so that another list gives other
prices. What the scenario then holds is the entries it uses, and no list: it can be read, kept and compared without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from planner.domain.checks.did_you_mean import did_you_mean, suggestion
from planner.domain.checks.warnings_kinds import priced_for_several, priced_together, taxed_twice
from planner.domain.several_units import several_by_name, several_of_unit
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.fields import FROM_A_LIST, PRICE_LISTS
from planner.scenario_io.price_lists.offering import ServedYear, ServesAs, of_another_year, plain_entry
from planner.scenario_io.price_lists.price_table import PriceEntry, PriceTable
from planner.scenario_io.price_lists.validity import Validity, planned_years
from planner.scenario_io.price_lists.withdrawals import withdrawn
from planner.scenario_io.price_references import is_listed
from planner.scenario_io.problems import Problems, located
from planner.scenario_io.tables.sheet import InputRow
from planner.scenario_io.tree import Mapping, Place, Unreadable, place_of
from planner.scenario_io.tree import Path as TreePath
from planner.units.taxes import includes_tax

_OF: Final = "of"
_ENTRY: Final = ("unit", "spec", "name")
"""What an entry keeps of the words of its row."""


def with_listed_prices(
    data: dict[str, Any], tree: Mapping, problems: Problems, notices: list[Problem]
) -> dict[str, Any]:
    """Return `data`, the plain data of `tree`, with the prices of its lists; `data` itself is not changed."""
    lists = data.get(PRICE_LISTS)
    data = {key: value for key, value in data.items() if key != PRICE_LISTS}
    if isinstance(lists, Unreadable):
        lists = None
    elif lists is not None and not isinstance(lists, dict):
        message, remedy = _("each price list has a name."), _("Write for example: {ssh: {table: ssh-2027.xlsx}}")
        problems.extend([located(place_of(tree, (PRICE_LISTS,)), message, remedy, (PRICE_LISTS,))])
        lists = {}
    known = {name: table for name, table in (lists or {}).items() if table is not None}
    taking = _Taking(known, tree, problems, notices)
    programmes = data.get("programmes")
    if isinstance(programmes, list):
        data["programmes"] = [
            _programme(taking, programme, ("programmes", at)) for at, programme in enumerate(programmes)
        ]
    for name, table in taking.lists.items():
        if not isinstance(table, PriceTable | Unreadable):
            message, remedy = _("a price list is a file."), _("Write for example: {table: ssh-2027.xlsx}")
            problems.extend([located(place_of(tree, (PRICE_LISTS, name)), message, remedy, (PRICE_LISTS, name))])
        if isinstance(table, PriceTable):
            taking.tell_years(name, table, data)
        if isinstance(table, PriceTable) and name not in taking.used and not table.only_offered:
            path = (PRICE_LISTS, name)
            message = _("no price is taken from the list '{name}'.").format(name=name)
            notices.append(located(place_of(tree, path), message, "", path))
    return data


def _programme(taking: _Taking, programme: Any, path: TreePath) -> Any:
    lines = programme.get("costs") if isinstance(programme, dict) else None
    if not isinstance(lines, list):
        return programme
    return programme | {"costs": [taking.line(line, (*path, "costs", at)) for at, line in enumerate(lines)]}


class _Taking:
    """The lists of one scenario, and what was taken from them."""

    def __init__(self, lists: dict[str, Any], tree: Mapping, problems: Problems, notices: list[Problem]) -> None:
        self.lists = lists
        self.used: set[str] = set()
        self._tree = tree
        self._problems = problems
        self._notices = notices
        self._entries: dict[tuple[str, int], PriceEntry | None] = {}
        self._served: dict[tuple[str, int], tuple[InputRow, set[tuple[ServesAs, int | None]]]] = {}
        """Rows taken, and for what: prices or ceilings of a year, of the first one where None."""

    def line(self, line: Any, path: TreePath) -> Any:
        """Return a cost line with the prices, and of a single price the unit and the account, that its lists give."""
        if not isinstance(line, dict):
            return line
        price, ceiling = line.get("price"), line.get("ceiling")
        if isinstance(price, dict) and is_listed(price):
            here = (*path, "price")
            if "by" in price:
                line = line | self._by(price, here)
            else:
                entry = self._taken(price, here)
                line = line | {"price": 0 if entry is None else entry["price"]}
                if entry is not None:
                    line = self._carried(line | {"listed": [entry]}, entry)
                    self._tell_beside(line, price, path)
        if isinstance(ceiling, dict | list):
            several = enumerate(ceiling) if isinstance(ceiling, list) else ((None, ceiling),)
            taken = [
                self._taken(each, (*path, "ceiling", *(() if at is None else (at,))), (_OF,), use=ServesAs.CEILING)
                for at, each in several
            ]
            line = line | {"ceiling": [entry for entry in taken if entry is not None]}
        return line

    def _by(self, price: dict[str, Any], path: TreePath) -> dict[str, Any]:
        """Return prices by location, level or year, some of which stand in a list."""
        amounts, listed = dict(price), []
        for key in FROM_A_LIST:
            if key in amounts:
                del amounts[key]
                message = _("'{key}' cannot stand beside 'by'.").format(key=key)
                remedy = _("Write it for each value: Kerinci: {from: sbu, code: …}")
                self._tell((*path, key), message, remedy, of_key=True)
        for value, amount in price.items():
            if isinstance(amount, dict):
                entry = self._taken(amount, (*path, value), year=_year_named(price["by"], value))
                amounts[value] = 0 if entry is None else entry["price"]
                if entry is not None:
                    listed.append(entry | {_OF: value})
        return {"price": amounts, "listed": listed} if listed else {"price": amounts}

    @staticmethod
    def _carried(line: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
        """Return what a price carries along: its unit, unless factors name units, and its account where it has only
        one."""
        if line.get("unit") is None and "unit" in entry and not isinstance(line.get("quantity"), dict | str):
            line = line | {"unit": entry["unit"]}
        if line.get("account") is None and len(entry["accounts"]) == 1:
            line = line | {"account": entry["accounts"][0]}
        return line

    def _taken(
        self,
        asked: Any,
        path: TreePath,
        further: tuple[str, ...] = (),
        *,
        use: ServesAs = ServesAs.PRICE,
        year: int | None = None,
    ) -> dict[str, Any] | None:
        """Return the entry that {from, code} asks for; None where there is none, with the reason."""
        if not isinstance(asked, dict):
            self._tell(
                path, _("a price of a list names the list and the code."), "{from: ssh, code: 1.1.12.03.01.0001}"
            )
            return None
        name, code = asked.get("from"), asked.get("code")
        if str(name) not in self.lists and "price" in asked:
            return asked  # a scenario that was resolved before holds the entry itself
        unknown = [key for key in asked if key not in (*FROM_A_LIST, *further) and "price" not in asked]
        for key in unknown:
            message = _("unknown key '{key}' beside 'from'.").format(key=key)
            self._tell((*path, key), message, suggestion(key, (*FROM_A_LIST, *further)), of_key=True)
        for key, value in (("from", name), ("code", code)):
            if isinstance(value, Unreadable):
                return None
            if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
                reason = _("a price of a list needs '{key}'.") if value is None else _("'{key}' must be a name.")
                self._tell((*path, key) if value is not None else path, reason.format(key=key), "")
                return None
        found = self._found(str(name), str(code), path, (use, year))
        kept = {key: asked[key] for key in further if key in asked}
        return None if found is None else plain_entry(str(name), found) | kept

    def _tell_beside(self, line: dict[str, Any], asked: dict[str, Any], path: TreePath) -> None:
        """Warn where a line adds a tax to a price that includes it, pays for each participant what is for several, or
        takes a price that holds no longer, by what stands around the prices or in a further column of its row. Words
        that an entry keeps are heeded with those of the scenario."""
        table = self.lists.get(str(asked.get("from")))
        if not isinstance(table, PriceTable):
            return
        rows, item = table.rows_of(str(asked.get("code"))), str(line.get("item", ""))
        beside = [text for row in rows[:1] for role, text in table.words(row).values() if role not in _ENTRY]
        taxed = table.taxed or next(filter(None, map(includes_tax, beside)), "")
        if taxed and line.get("tax") not in (None, 0):
            self._warn((*path, "tax"), taxed_twice(item, taxed))
        words = [text for row in rows[:1] for _role, text in table.words(row).values()]
        if gone := next(filter(None, map(withdrawn, words)), ""):
            message = _("'{item}' takes the price '{code}', of which the list says '{words}'.")
            self._warn((*path, "price"), message.format(item=item, code=asked.get("code"), words=gone))
        unit = table.text(rows[0], "unit") if rows else ""
        if said := next(filter(None, (several_of_unit(text, unit) for text in beside)), ""):
            self._warn((*path, "price"), priced_for_several(item, said, unit))
        elif line.get("per") == "participant" and (said := next(filter(None, map(several_by_name, beside)), "")):
            self._warn((*path, "price"), priced_together(item, said))

    def tell_years(self, name: str, table: PriceTable, data: dict[str, Any]) -> None:
        """Warn of prices taken from a list that are of another year than the scenario, or hold no longer then."""
        if (years := planned_years(data)) is None:
            return
        of_another: Counter[tuple[Validity, ServedYear]] = Counter()
        for (listed, _row), (row, uses) in self._served.items():
            if listed == name and (said := table.validity_of(row) or Validity.of_name(name)):
                of_another.update((said, asked) for asked in _asked(uses, data, *years) if said.misses(asked.year))
        path = (PRICE_LISTS, name)
        for (said, asked), count in of_another.items():
            self._notices.append(of_another_year(place_of(self._tree, path), path, name, said, count, asked))

    def _warn(self, path: TreePath, message: str) -> None:
        self._notices.append(located(place_of(self._tree, path), message, "", path))

    def _found(self, name: str, code: str, path: TreePath, use: tuple[ServesAs, int | None]) -> PriceEntry | None:
        table = self.lists.get(name)
        if name in self.lists and not isinstance(table, PriceTable):
            return None  # told already
        self.used.add(name)
        if not isinstance(table, PriceTable):
            known = did_you_mean(name, self.lists) or suggestion(name, self.lists)
            remedy = known or _("Name it: price_lists: {ssh: {table: ssh-2027.xlsx}}")
            self._tell((*path, "from"), _("there is no price list '{name}'.").format(name=name), remedy)
            return None
        rows = table.rows_of(code)
        if not rows:
            message = _("the price list '{name}' has no code '{code}'.").format(name=name, code=code)
            self._tell((*path, "code"), message, table.near(code))
            return None
        key = (name, id(rows[0]))
        if key not in self._entries:
            self._entries[key] = table.entry(rows, self._problems)
        self._served.setdefault(key, (rows[0], set()))[1].add(use)
        return self._entries[key]

    def _tell(self, path: TreePath, message: str, remedy: str, *, of_key: bool = False) -> None:
        place: Place = place_of(self._tree, path, of_key=of_key)
        self._problems.extend([located(place, message, remedy, path)])


def _year_named(by: Any, value: str) -> int | None:
    """Return the year whose price stands in a table of prices; None for a price that counts from the first year."""
    return int(value) if by == "year" and str(value).isdecimal() else None


def _asked(uses: set[tuple[ServesAs, int | None]], data: dict[str, Any], first: int, last: int) -> Iterator[ServedYear]:
    """Yield for which years a price serves, and for what; a ceiling only where the price is not taken as one anyway."""
    grows = last > first and data.get("price_growth") not in (None, 0, "0", "0%")
    prices = {year for use, year in uses if use is ServesAs.PRICE}
    for year in sorted(prices, key=lambda each: each or first):
        yield ServedYear(year or first, ServesAs.PRICE, grows=grows and year is None)
    if not prices and uses:
        yield ServedYear(first, ServesAs.CEILING)
