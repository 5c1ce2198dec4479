"""A price list as read: its rows by the code of the price, each judged only when somebody uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Final

from planner.domain.checks.did_you_mean import did_you_mean
from planner.domain.checks.problem import rupiah
from planner.domain.codes import joined_key, price_key, read_account
from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.price_lists.layout import (
    Layout,
    Role,
    fits,
    is_head,
    is_help,
    layout_of,
    layout_without_codes,
    taxes_of,
)
from planner.scenario_io.price_lists.remarks import no_list, tell_remarks, told_otherwise, words_around
from planner.scenario_io.price_lists.rival_columns import rival_columns, tell_unread
from planner.scenario_io.price_lists.validity import Validity
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tables.hidden_cells import tell_disguised, tell_hidden
from planner.scenario_io.tables.notes import numbers_columns
from planner.scenario_io.tables.number_formats import shown_number
from planner.scenario_io.tables.repeated_heads import repeats, tell_heads
from planner.scenario_io.tables.sheet import InputRow, RawSheet, TextRow, number_of
from planner.scenario_io.tables.sum_rows import is_sum_word
from planner.scenario_io.tree import UNREADABLE, Place, ScalarValue, Whole
from planner.units.numbers import read_rupiah
from planner.units.said import count_said
from planner.units.texts import name_key

GROUPS: Final = {"1": "SSH", "2": "HSPK", "3": "ASB", "4": "SBU"}
"""What the numbers of the import template stand for."""

_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """One price of a list, read."""

    code: str
    name: str
    spec: str
    unit: str
    price: int
    """[rupiah per unit]"""
    accounts: tuple[str, ...]
    group: str


@dataclass(eq=False)
class PriceTable(Whole):
    """The rows of one price list."""

    layout: Layout
    rows: dict[str, list[InputRow]] = field(default_factory=dict)
    """Rows with a price of each code, by what its spellings have in common."""
    blank: dict[str, InputRow] = field(default_factory=dict)
    """A row of each code that has no price, such as the head of a group."""
    spoilt: list[InputRow] = field(default_factory=list)
    """Rows whose code is a number that may have lost digits; nobody can ask for them."""
    nameless: list[InputRow] = field(default_factory=list)
    """Rows with a price and without a code, or with one that is a date; nobody can ask for them either."""
    heads: dict[int, str] = field(default_factory=dict)
    """What the columns are called, by their position."""
    taxed: str = ""
    """Words by which all prices include their tax."""
    validity: Validity = field(default_factory=Validity)
    """Of which year all prices are, and until when they hold."""
    only_offered: bool = False
    """Whether it is there to choose from, so that nobody asks why it is not used."""

    @cached_property
    def joined(self) -> dict[str, list[str]]:
        """The codes that read alike without their dots."""
        found: dict[str, list[str]] = {}
        for key, rows in self.rows.items():
            found.setdefault(joined_key(self.text(rows[0], "code")), []).append(key)
        return found

    def take(self, rows: Iterable[InputRow], notices: list[Problem]) -> None:
        """Keep rows by their codes; what is dubious among them is named in a notice."""
        code_at, price_at = self.layout.column["code"], self.layout.column["price"]
        for row in rows:
            values = row.values
            code, priced = values.get(code_at), price_at in values
            if code is None:
                self.nameless.extend([row] if priced else ())
            elif isinstance(code, Decimal) or code is UNREADABLE:
                self.spoilt.append(row)
            elif priced:
                self.rows.setdefault(price_key(code), []).append(row)
            else:
                self.blank.setdefault(price_key(code), row)
        self._tell(self.nameless, _nameless_words(), notices)
        self._tell(self.spoilt, _spoilt_words(), notices)

    def tell_twice(self, notices: list[Problem]) -> None:
        """Name the rows whose code is there before with another price; whoever asks for such a code is told anyway."""
        twice = [rows[1] for rows in self.rows.values() if len(rows) > 1 and self._differ(rows)]
        self._tell(twice, _("the codes of these rows stand further up with another price: {rows}."), notices)

    def _tell(self, odd: list[InputRow], message: str, notices: list[Problem]) -> None:
        if odd:
            notices.append(located(self.place(odd[0], "code"), message.format(rows=_row_numbers(odd))))

    def _differ(self, rows: list[InputRow]) -> bool:
        """Return whether rows of one code say different things."""
        said = {(str(self.cell(row, "price")), name_key(self.text(row, "unit"))) for row in rows}
        return len(said) > 1

    def cell(self, row: InputRow, role: Role) -> ScalarValue:
        """Return the value of a row in the column of a role; None where it is blank or there is no such column."""
        return row.values.get(self.layout.column.get(role, -1))

    def text(self, row: InputRow, role: Role) -> str:
        """Return the same as text on one line, TRUE and FALSE as Excel shows them."""
        value = self.cell(row, role)
        said = "" if value is None or value is UNREADABLE else str(value)
        return re.sub(r"[\n\r\t]+", " ", said.upper() if isinstance(value, bool) else said).strip()

    def place(self, row: InputRow, role: Role) -> Place:
        """Return where the cell of a role stands or would stand."""
        return self._place_at(row, self.layout.column.get(role))

    @staticmethod
    def _place_at(row: InputRow, at: int | None) -> Place:
        return row.place if at is None or not isinstance(row, TextRow) else row.place_in(at)

    def rows_of(self, code: object) -> list[InputRow]:
        """Return the rows of a code, in whatever spelling it is asked for; none for an unknown one."""
        if found := self.rows.get(price_key(code)):
            return found
        keys = self.joined.get(joined_key(code), [])
        if len(keys) == 1 and ("." not in str(code) or "." not in self.text(self.rows[keys[0]][0], "code")):
            return self.rows[keys[0]]
        return [self.blank[key]] if (key := price_key(code)) in self.blank else []

    def near(self, code: str) -> str:
        """Return a sentence that names codes like an unknown one, each with what it is, and the rows without a sure
        code."""
        said = [(self.spoilt, _spoilt_words()), (self.nameless, _nameless_words())]
        words = [text.format(rows=_row_numbers(rows)) for rows, text in said if rows]
        return " ".join([*(text[0].upper() + text[1:] for text in words), self._alike(code)]).strip()

    def _alike(self, code: str) -> str:
        key = price_key(code)
        stem = key
        while "." in stem:
            stem = stem.rpartition(".")[0]
            alike = [rows[0] for known, rows in self.rows.items() if known.startswith(stem + ".")]
            if alike:
                alike.sort(key=lambda row: _distance(key, price_key(self.text(row, "code"))))
                named = ", ".join(f"'{self.text(row, 'code')}' ({self.text(row, 'name')[:60]})" for row in alike[:3])
                return _("Near it are: {codes}.").format(codes=named)
        return did_you_mean(code, (self.text(rows[0], "code") for rows in self.rows.values()))

    def entry(self, rows: list[InputRow], problems: Problems) -> PriceEntry | None:
        """Return the price that stands in `rows`, all of one code; None where they say none, with the reason."""
        found = [self._entry(row, problems) for row in rows]
        if None in found:
            return None
        entries = [entry for entry in found if entry is not None]
        first = entries[0]
        for row, entry in zip(rows[1:], entries[1:], strict=True):
            what: Role = "price" if entry.price != first.price else "unit"
            if (entry.price, name_key(entry.unit)) != (first.price, name_key(first.unit)):
                message = _("the code '{code}' is there twice: {price} for one '{unit}' here, {other} for one"
                            " '{other_unit}' at {place}.")  # fmt: skip
                message = message.format(
                    code=entry.code, price=rupiah(entry.price), unit=entry.unit, other=rupiah(first.price),
                    other_unit=first.unit, place=self.place(rows[0], what),
                )  # fmt: skip
                problems.add(self.place(row, what), message, _("Keep one of them, or give each a code of its own."))
                return None
        accounts = tuple(dict.fromkeys(account for entry in entries for account in entry.accounts))
        if not all(entry.accounts for entry in entries):
            accounts = ()  # one of the rows allows any
        return PriceEntry(first.code, first.name, first.spec, first.unit, first.price, accounts, first.group)

    def _entry(self, row: InputRow, problems: Problems) -> PriceEntry | None:
        code = self.text(row, "code")
        if (told := told_otherwise(code, self.words(row))) is not None:
            problems.add(self._place_at(row, told[0]), *told[1])
            return None
        try:
            price_at = self.layout.column["price"]
            if (fault := row.faults.get(price_at)) is not None:
                raise ValueError(" ".join(fault).strip())
            price = read_price(row.values.get(price_at))
        except ValueError as error:
            message = _("the price of '{code}': {reason}").format(code=code, reason=error)
            problems.add(self.place(row, "price"), message)
            return None
        accounts: list[str] = []
        for at in self.layout.accounts:
            value = row.values.get(at)
            for part in re.split(r"[;,|\n]", str(value)) if value is not None else ():
                if part.strip() in ("", "-"):
                    continue
                try:
                    accounts.append(read_account(part.strip()))
                except ValueError as error:
                    message = _("the price '{code}': {reason}").format(code=code, reason=error)
                    problems.add(self._place_at(row, at), message)
                    return None
        group = self.text(row, "group")
        return PriceEntry(
            code, self.text(row, "name"), self.text(row, "spec"), self.text(row, "unit"), price,
            tuple(dict.fromkeys(accounts)), GROUPS.get(group, group),
        )  # fmt: skip

    def words(self, row: InputRow) -> dict[int, tuple[str, str]]:
        """Return the texts of a row that may speak of its price, with the role of their column, or else its head."""
        column = self.layout.column
        found = {column[role]: (role, self.text(row, role)) for role in ("unit", "spec", "name") if role in column}
        passed = {column["code"], column["price"], *self.layout.accounts}
        others = {
            at: cell for at, cell in row.values.items() if isinstance(cell, str) and at not in found.keys() | passed
        }
        return found | {at: (self.heads.get(at, ""), " ".join(cell.split())) for at, cell in others.items()}

    def validity_of(self, row: InputRow) -> Validity:
        """Return of which year the price of a row is: by its own columns, or else by what stands around the list."""
        read = {*self.layout.column.values(), *self.layout.accounts}
        cells = {self.heads[at]: text for at, text in row.said().items() if at in self.heads and at not in read}
        return Validity.of_row(cells) or self.validity

    def entries(self, problems: Problems) -> Iterator[PriceEntry]:
        """Yield every price that can be used, in the order of the list; what is wrong with the others goes to
        `problems`."""
        for rows in self.rows.values():
            if (entry := self.entry(rows, problems)) is not None:
                yield entry


def _nameless_words() -> str:
    return _("these rows have a price and no code, and are not used: {rows}.")


def _spoilt_words() -> str:
    return _("the codes of these rows are numbers that lost digits, and are not used: {rows}.")


def _row_numbers(rows: list[InputRow]) -> str:
    more = _(", … ({count} rows)").format(count=count_said(len(rows))) if len(rows) > _SHOWN else ""
    return ", ".join(map(number_of, rows[:_SHOWN])) + more


def read_price(value: ScalarValue) -> int:
    """Return the whole rupiah of a cell; ValueError with the reason where there are none."""
    if value is None:
        raise ValueError(_("there is no price."))
    if isinstance(value, Decimal):
        raise ValueError(_("{value} is not a whole number of rupiah.").format(value=value))
    amount = read_rupiah(value)
    if amount == 0:
        raise ValueError(_("it is Rp0. Fill in the price."))
    return amount


def _distance(key: str, other: str) -> tuple[int, int]:
    """Return how far two codes of one stem are apart: by number where the last level is one."""
    last, other_last = key.rpartition(".")[2], other.rpartition(".")[2]
    digits = last.isdecimal() and other_last.isdecimal()
    return (abs(key.count(".") - other.count(".")), abs(int(last) - int(other_last)) if digits else 10**9)


def price_table(
    sheets: list[RawSheet], file: str, problems: Problems, notices: list[Problem], column: str | None = None
) -> PriceTable:
    """Return the price list among the sheets of a file; raises Refused where none or several of them are one."""
    found = [(sheet, layout) for sheet in sheets if (layout := layout_of(sheet, column)) is not None]
    if not found and column is None:
        found = [(sheet, layout) for sheet in sheets if (layout := layout_without_codes(sheet)) is not None]
    if not found:
        raise Refused(no_list(sheets, file, column))
    if len(found) > 1:
        names = ", ".join(f"'{sheet.place.file.rpartition(':')[2]}'" for sheet, _layout in found)
        message = _("several sheets hold prices: {names}.").format(names=names)
        raise Refused(located(Place(file), message, _("Add 'sheet: …'.")))
    sheet, layout = found[0]
    if "unit" not in layout.column:
        message = _("this price list has no column for the unit.")
        raise Refused(located(sheet.rows[layout.head].place, message, _("Add a column 'Satuan'.")))
    head = sheet.rows[layout.head]
    if column is None and (rival := rival_columns(sheet, layout)) is not None:
        problems.extend([rival])
    elif column is None:
        tell_unread(sheet, layout, notices)
    taxed = tell_remarks(sheet, layout, problems, notices)
    if tax := taxes_of(head):
        message = _("the column '{name}' is not read: give the tax in the cost line, with 'tax'.").format(name=tax)
        notices.append(located(head.place, message))
    rows = _without_heads([row for row in sheet.rows[layout.head + 1 :] if not row.marked], head, layout, notices)
    if rows and numbers_columns(rows[0], head):
        del rows[0]
    if rows and is_help(rows[0], layout):
        notices.append(located(rows[0].place, _("this row is help text and was passed over.")))
        del rows[0]
    unseen = sheet.unseen(layout.column["price"])
    for row in rows if unseen else ():
        if row.number in unseen:
            row.faults[layout.column["price"]] = unseen[row.number]
    columns = {layout.column[role] + 1 for role in layout.column} | {at + 1 for at in layout.accounts}
    tell_hidden(sheet.hidden(), {row.number for row in rows}, columns, sheet.place, notices)
    tell_disguised(_disguised(sheet, rows, layout.column["price"]), notices)
    table = PriceTable(layout, heads={at: str(cell) for at, cell in head.values.items()}, taxed=taxed)
    table.validity = Validity.of(words_around(sheet, layout)) or Validity.of_name(Path(file).stem)
    table.take([row for row in rows if not is_sum_word(table.text(row, "code"))], notices)
    return table


def _disguised(sheet: RawSheet, rows: list[InputRow], at: int) -> list[tuple[Place, tuple[str, str]]]:
    """Return the prices whose cells show another number, with what is shown and held."""
    formats = sheet.disguised(at)
    prices = [(row, row.values.get(at)) for row in rows if row.number in formats]
    numbers = [(row, Decimal(price)) for row, price in prices if isinstance(price, int) and not isinstance(price, bool)]
    shown = [(row.cells[at].place, shown_number(price, formats[row.number])) for row, price in numbers]
    return [(place, differs) for place, differs in shown if differs is not None]


def _without_heads(rows: list[InputRow], head: InputRow, layout: Layout, notices: list[Problem]) -> list[InputRow]:
    """Return the rows that are no heads once more, as printed pages begin with; these are named in a notice.

    Raises Refused where heads stand in another order: what is below them would be read under the wrong ones.
    """
    again = [row for row in rows if repeats(head, row) or is_head(row)]
    for row in again:
        if not fits(row, layout):
            message = _("a second table begins in this row.")
            remedy = _("Put it on a sheet or in a file of its own, or its rows below those of the first one.")
            raise Refused(located(row.place, message, remedy))
    if again:
        tell_heads(again, notices)
    passed_over = {row.number for row in again}
    return [row for row in rows if row.number not in passed_over]
