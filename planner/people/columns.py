"""Which columns of a table hold which field, and how the database reads their cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from planner.domain.people import UNREAD, Layout, PeopleColumns
from planner.locale import _
from planner.people.bare_cells import NO_WIDTH, SPACES, bare
from planner.people.database import identifier, literal
from planner.people.heads import heads_of, with_remark
from planner.people.ids import PRINTED
from planner.people.layouts import EMPLOYMENT, ROW_NUMBER_HEADS, VALUES, key_of
from planner.people.sources import TableSource, matching

YES: Final = ("1", "ya", "y", "x", "v", "true", "yes", "ada", "1.0")
NO: Final = ("0", "tidak", "n", "false", "no", "tidak ada", "0.0")
_WHOLE: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")
_APOSTROPHE: Final = "'"
_BELOW_ZERO: Final = "[-\u2212\u2013] ?[0-9]+([.,][0-9]+)?"
_IN_BRACKETS: Final = "[(] ?[0-9]+([.,][0-9]+)? ?[)]"
FIRST: Final = "first_"
"""Name of the column with the text of the first column of a table, where no field is read of it."""
AGAIN: Final = identifier("repeats heads")
"""The column of a relation that says whether a row repeats the column headings."""
_FRACTION: Final[tuple[str, ...]] = ("FLOAT", "DOUBLE", "DECIMAL")


MARK: Final = identifier("mark of row")
"""The column of a history that is equal in equal rows."""

_NUMBERS: Final = ("hours", "measured", "standard", "gap")
"""Fields of numbers, with or without a competency behind them; a flag is 1 or 0."""

_NAMES: Final = ("name", "agency", "unit", "location", "level", "tags")
"""Fields of text that is shown as it is written."""

_NEEDED: Final[Mapping[Layout | None, Sequence[str]]] = {"units": ("unit_id", "unit"), "training": ("id", "hours")}
"""Fields that a table must have, by layout; any other table must have the id."""


class UnknownColumns(Exception):
    """Columns that cannot be used: (what is wrong, what to do) for each."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(message for message, _remedy in faults))
        self.faults = faults


@dataclass
class PeopleCells:
    """Which field each column of one table holds."""

    source: TableSource
    heads: dict[str, list[str]]
    """Headings by field; where there are several, the first with a value counts."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What words mean, by field."""
    fill: Mapping[str, str] = field(default_factory=dict)
    """What blank cells mean, by field."""
    layout: Layout | None = None
    dropped: tuple[str, ...] = ()
    """Headings of columns that are not read and were not declared unused; a layout lists what else it may have."""
    last_appointed: int = 2200
    """The last year in which anybody in the table can have been appointed."""

    @property
    def says_which(self) -> bool:
        """Whether a row of a history also says which training it was, besides id, JP and date."""
        read = {head for heads in self.heads.values() for head in heads}
        return any(head not in read and not _numbers_rows(head) for head in self.source.columns)

    @property
    def history(self) -> bool:
        """Whether an id may occur several times, with JP that add up."""
        return self.layout == "training"

    def has(self, name: str) -> bool:
        """Return whether some column or `fill` gives the field."""
        return name in self.heads or name in self.fill

    def head_of(self, name: str) -> str:
        """Return the heading of the one column that holds a field; empty where there is none, or several."""
        heads = self.heads.get(name, [])
        return heads[0].split("\0")[0] if len(heads) == 1 else ""

    def rounded(self) -> dict[str, Sequence[int]]:
        """Return the rows of a sheet whose cells show another number than is read of them, by head."""
        numbers = {head for name, heads in self.heads.items() if name.split(":")[0] in _NUMBERS for head in heads}
        return {head: rows for head, rows in self.source.rounded.items() if head in numbers}

    def competencies(self, kind: str) -> list[str]:
        """Return the competencies that have columns of a kind."""
        names = dict.fromkeys([*self.heads, *self.fill])
        return [name.split(":", 1)[1] for name in names if name.startswith(kind + ":")]

    def said(self, name: str) -> str:
        """Return SQL of a cell, NULL where it is blank: text, or the value of a typed column."""
        return identifier(f"t:{name}") if self.has(name) else "NULL::VARCHAR"

    def text(self, name: str) -> str:
        """Return SQL of a cell as text."""
        return self.said(name) if self._type(name) == "VARCHAR" else f"CAST({self.said(name)} AS VARCHAR)"

    def value(self, name: str) -> str:
        """Return SQL of what a cell means, NULL where it is blank or unreadable: a flag, a number, a day, pns or
        pppk."""
        return identifier(f"p:{name}")

    def meant(self, name: str) -> str:
        """Return SQL of what a cell means as text, in small letters unless it is a number or day, or unreadable."""
        text = f"lower({self.text(name)})"
        if name.startswith("gap:") and self._type(name) in _WHOLE:
            return f"CAST({self.said(name)} = 1 AS VARCHAR)"
        return f"coalesce(CAST({self.value(name)} AS VARCHAR), {text})" if self._value(name) else text

    def gap(self, competency: str) -> str:
        """Return SQL of 1 where a flag says that somebody lacks a competency, otherwise 0."""
        name = f"gap:{competency}"
        if self._type(name) in _WHOLE:
            return f"coalesce({self.said(name)} & 1, 0)::BIGINT"
        return f"coalesce({self.value(name)}, false)::BIGINT"

    def faulty(self, name: str) -> str:
        """Return SQL of whether a cell holds something that could not be read."""
        if name.startswith("gap:") and self._type(name) in _WHOLE:
            return f"coalesce({self.said(name)} NOT BETWEEN 0 AND 1, false)"
        return f"{self.said(name)} IS NOT NULL AND {self.value(name)} IS NULL"

    def of_two_readings(self, name: str) -> str:
        """Return SQL of whether a text is 1.200 or 1,200: twelve hundred to one reader, one and a fifth to another."""
        if self._type(name) != "VARCHAR":
            return "false"
        return f"coalesce(regexp_full_match({self.said(name)}, '[1-9][0-9]{{0,2}}[.,][0-9]{{3}}'), false)"

    def unread(self, name: str) -> str:
        """Return SQL of whether a cell holds an error of a spreadsheet, or something that could not be read there."""
        if not self.has(name) or self._type(name) != "VARCHAR":
            return "false"
        text, error = self.said(name), literal("#(N/A|[A-Z]+(/0)?[!?])")
        marked = f"coalesce(starts_with({text}, {literal(UNREAD)}), false)"
        return f"CASE WHEN starts_with({text}, '#') THEN regexp_full_match({text}, {error}) ELSE {marked} END"

    def kind(self, name: str) -> str:
        """Return SQL of the kind of content of a cell; the cell itself may be a name or NIP and is never shown."""
        text = self.text(name)
        return (
            f"CASE WHEN starts_with({text}, {literal(UNREAD)}) THEN {text}[2:] WHEN {self.unread(name)} THEN {text}"
            f" WHEN regexp_full_match({text}, {literal(_BELOW_ZERO)}) THEN {literal(_('a negative number'))}"
            f" WHEN regexp_full_match({text}, {literal(_IN_BRACKETS)})"
            f" THEN {literal(_('a negative number in the brackets of accounts'))}"
            f" WHEN regexp_full_match({text}, '[0-9]+') THEN length({text}) || {literal(' ' + _('figures'))}"
            f" ELSE {literal(_('text') + ', ')} || length({text}) || {literal(' ' + _('characters'))} END"
        )

    @property
    def _first_unread(self) -> str | None:
        """The heading of the first column of a written table, where no field is read of it: sums are often named
        there."""
        head = next(iter(self.source.columns), None)
        if head is None or self.source.types[head] != "VARCHAR" or self.source.first_row == 1:
            return None
        return None if any(head in heads for heads in self.heads.values()) else head

    @property
    def first(self) -> str:
        """SQL of the text of that column; NULL where there is none."""
        return "NULL" if self._first_unread is None else FIRST

    @property
    def relation(self) -> str:
        """The rows of the table, with `said` and `value` of every field: step by step, since each is used
        often."""
        fields = dict.fromkeys([*self.heads, *self.fill])
        heads = dict.fromkeys(head for name in fields for head in self.heads.get(name, []))
        cells = ", ".join(f"{self._trimmed(head)} AS {identifier(f'c:{head}')}" for head in heads) or "1"
        said = ", ".join(f"{self._said(name)} AS {self.said(name)}" for name in fields)
        if (head := self._first_unread) is not None:
            cells += f", {self._trimmed(head)} AS {FIRST}"
            said += f", {FIRST}"
        values = {name: self._value(name) for name in fields}
        read = ", ".join(["*", *(f"{sql} AS {self.value(name)}" for name, sql in values.items() if sql)])
        again = f"{self._repeats_heads(list(heads))} AS {AGAIN}"
        if self.history:  # equal for rows that are equal in every column
            told = [cell for head, cell in self.source.columns.items() if not _numbers_rows(head)]
            cells += f", hash({', '.join(told)}) AS {MARK}"
            said += f", {MARK}"
        return f"(SELECT {read} FROM (SELECT {said}, {again} FROM (SELECT {cells} FROM {self.source.relation})))"

    def _repeats_heads(self, heads: Sequence[str]) -> str:
        """Return SQL of whether a row only repeats the column headings, as at the top of a printed page."""
        first = next(iter(self.heads.get("id", self.heads.get("unit_id", []))), "")
        texts = [head for head in heads if self.source.types[head] == "VARCHAR" and not head.startswith("\0")]
        if first not in texts or len(texts) < 2:
            return "false"
        cell = {head: identifier(f"c:{head}") for head in heads}
        same = {head: f"coalesce({cell[head]} = {literal(_even(head.lstrip(_APOSTROPHE)))}, false)" for head in texts}
        blank = {head: f"coalesce(CAST({cell[head]} AS VARCHAR) = '', true)" for head in heads}
        others = [head for head in heads if head != first]
        all_ = " AND ".join(f"({same.get(head, 'false')} OR {blank[head]})" for head in others)
        some = " OR ".join(same[head] for head in texts if head != first)
        return f"CASE WHEN {same[first]} THEN ({some}) AND {all_} ELSE false END"  # one test for nearly every row

    def _trimmed(self, head: str) -> str:
        """Return a cell as it is read of a sheet, without what surrounds it."""
        of_numbers = any(name.split(":")[0] in _NUMBERS for name, heads in self.heads.items() if head in heads)
        otherwise = self.source.as_numbers if of_numbers else self.source.as_codes
        cell = otherwise.get(head, self.source.columns[head])
        if self.source.types[head] != "VARCHAR":
            return cell
        of_names = any(head in self.heads.get(name, ()) for name in _NAMES)
        return bare(cell, of_ids=head in self.heads.get("id", ()), of_names=of_names)

    def _said(self, name: str) -> str:
        if self._type(name) != "VARCHAR":
            return identifier(f"c:{self.heads[name][0]}")
        cells = [_text(identifier(f"c:{head}"), self.source.types[head]) for head in self.heads.get(name, [])]
        cell = cells[0] if len(cells) == 1 else f"coalesce({', '.join(cells)})" if cells else "NULL::VARCHAR"
        if name.split(":")[0] == "id":
            printed = f"length({cell}) > 18 AND regexp_full_match({cell}, {literal(PRINTED)})"
            cell = f"CASE WHEN {printed} THEN regexp_replace({cell}, '[^0-9]', '', 'g') ELSE {cell} END"
        if words := self.values.get(name) or self.values.get(name.split(":")[0]):
            told = {_even(word.lower()): meant for word, meant in words.items()}
            whens = " ".join(f"WHEN {literal(word)} THEN {literal(meant)}" for word, meant in told.items())
            cell = f"CASE lower({cell}) {whens} ELSE {cell} END"
        if name in self.fill:
            cell = f"coalesce({cell}, {literal(self.fill[name])})"
        return cell

    def _value(self, name: str) -> str:
        """Return SQL that reads a field; empty for text."""
        kind = name.split(":")[0]
        if kind == "gap":
            return self._flag(name)
        if kind in ("measured", "standard", "hours"):
            return self._number(name)
        if kind == "last_training":
            return self._day(name)
        if kind == "employment":
            return self._employment(name)
        return f"try_cast({self.text(name)} AS BIGINT)" if kind == "id" else ""

    def _flag(self, name: str) -> str:
        cell, kind = self.said(name), self._type(name)
        if kind == "BOOLEAN":
            return cell
        if kind in _WHOLE:
            return ""  # `gap` and `faulty` use it unchanged
        text = f"lower({self.text(name)})"
        return f"CASE WHEN {text} IN {_list(YES)} THEN true WHEN {text} IN {_list(NO)} THEN false END"

    def _number(self, name: str) -> str:
        """Return SQL for a number of at least 0 and under 100000, with at most three decimals."""
        cell, kind = self.said(name), self._type(name)
        if kind in _WHOLE or kind.startswith(_FRACTION):
            # more decimals are not rounded: a level just below the standard would be the standard
            exact = "true" if kind in _WHOLE else f"abs({cell} - round({cell}, 3)) < 1e-6"
            return f"CASE WHEN {cell} BETWEEN 0 AND 99999 AND {exact} THEN try_cast({cell} AS DECIMAL(12, 3)) END"
        text = self.text(name)
        return (
            f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,5}}([.,][0-9]{{1,3}})?')"
            f" THEN replace({text}, ',', '.')::DECIMAL(12, 3) END"
        )

    def _day(self, name: str) -> str:
        """Return SQL for a day as 31-12-2026, 31/12/2026 or 2026-12-31, in a year in which somebody may have been
        trained."""
        kind = self._type(name)
        forms = "['%d-%m-%Y', '%d/%m/%Y', '%Y-%m-%d', '%Y-%m-%d %H:%M:%S']"
        read = f"try_strptime({self.text(name)}, {forms})::DATE"
        if kind == "DATE" or kind.startswith("TIMESTAMP"):
            read = f"{self.said(name)}::DATE"
        return f"CASE WHEN {read} BETWEEN DATE '1940-01-01' AND DATE '2199-12-31' THEN {read} END"

    def _employment(self, name: str) -> str:
        cell = f"lower({self.text(name)})"
        whens = " ".join(f"WHEN {literal(word)} THEN {literal(kind)}" for word, kind in EMPLOYMENT.items())
        # a kedudukan hukum that is not of PPPK is one of PNS
        pns = f"CASE WHEN regexp_full_match({cell}, '[0-9]{{1,2}}') THEN 'pns' END"
        other = pns if self.layout == "siasn" else "NULL"
        return f"CASE {cell} {whens} ELSE {other} END"

    def _type(self, name: str) -> str:
        """Return the type of the column, where its text needs no reading."""
        heads = self.heads.get(name, [])
        alone = len(heads) == 1 and not {name, name.split(":")[0]} & {*self.values, *self.fill}
        return self.source.types[heads[0]] if alone else "VARCHAR"


def _even(text: str) -> str:
    """Return text with the spaces that a cell with it is read with."""
    return re.sub(f"[{SPACES}]+", " ", re.sub(f"[{NO_WIDTH}]+", "", text))


def _text(cell: str, kind: str) -> str:
    """Return a cell as text; NULL where it is blank."""
    if kind != "VARCHAR":
        return f"CAST({cell} AS VARCHAR)"
    return f"CASE WHEN {cell} NOT IN ('', 'null', 'NULL', '-') THEN {cell} END"


def columns_of(
    source: TableSource,
    table: PeopleColumns,
    competencies: Collection[str],
    values: Mapping[str, Mapping[str, str]],
    fill: Mapping[str, str],
    *,
    joined: bool = False,
) -> PeopleCells:
    """Return which field each column of a table holds, and how its cells are read. Raises UnknownColumns."""
    heads, faults = heads_of(source, table, competencies)
    for key in _NEEDED.get(table.layout, ("id",)) if not faults else ():
        if key not in heads:
            message = _("no column holds '{name}'.").format(name=key)
            example = {"hours": "JP", "unit": "nama_unit", "unit_id": "id_unit"}.get(key, "nip_baru")
            example = with_remark(source, table, key) or example
            remedy = _("Name it under columns, for example columns: {{{head}: {name}}}.").format(head=example, name=key)
            faults.append((message, remedy))
    if faults:
        raise UnknownColumns(faults)
    meant = {name: dict(words) for name, words in (VALUES.get(table.layout, {}) if table.layout else {}).items()}
    for name, words in values.items():
        meant[name] = {**meant.get(name, {}), **words}
    filled = {} if joined else dict(fill)
    dropped = () if table.layout else _dropped(source, table, heads)
    return PeopleCells(source, heads, meant, filled, table.layout, dropped)


def _dropped(source: TableSource, table: PeopleColumns, heads: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return headings that neither hold a field nor are declared unused, except those of row numbers."""
    said = {head for of_field in heads.values() for head in of_field} | {matching(source, n) for n in table.columns}
    return tuple(head for head in source.columns if head not in said and not _numbers_rows(head))


def _numbers_rows(head: str) -> bool:
    return key_of(head.split("\0")[0]) in ROW_NUMBER_HEADS


def _list(words: Collection[str]) -> str:
    return "(" + ", ".join(map(literal, words)) + ")"
