"""Which column of a price list is which: the list as uploaded to SIPD, its import template, or a plain one.

SIPD: Kode | Uraian | Spek | Satuan | Harga | Rekening 1 ... Rekening 10 | Kelompok | Nilai TKDN. Import template:
kode_standar_harga, nama_standar_harga, satuan, spek, kelompok (1 SSH, 2 HSPK, 3 ASB, 4 SBU), harga, ...; its second row
is help text. Plain: code, name, unit, price. Columns are known by their heads, in any order. A list with a price in
each of several columns (SBU: rows of provinces and columns of kinds, or the other way round) is read by one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from planner.errors import Problem
from planner.locale import N_, _
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tables.head_remarks import head_of
from planner.scenario_io.tables.layout import running_number
from planner.scenario_io.tables.notes import is_figure
from planner.scenario_io.tables.sheet import InputRow, RawSheet
from planner.scenario_io.tree import ScalarValue
from planner.units.numbers import read_rupiah
from planner.units.texts import name_key

HEADS_WITHIN: Final = 30
"""Rows within which the heads must stand; titles may stand above."""

Role = Literal["code", "name", "spec", "unit", "price", "place", "group", "account"]
"""What a column of a price list holds."""

_HEADS: Final[Mapping[Role, Sequence[str]]] = {
    "code": ("kode", "code", "codes", "kode_standar_harga", "kode_barang", "kode_harga", "kode_ssh", "kode_sbu"),
    "name": ("uraian", "name", "nama", "nama_standar_harga", "uraian_barang", "nama_barang", "nama_item"),
    "spec": ("spek", "spec", "spesifikasi", "specification"),
    "unit": ("satuan", "unit", "satuan_barang"),
    "price": ("harga", "price", "prices", "harga_satuan", "harga_rp", "harga_satuan_rp"),
    "place": (
        "provinsi",
        "kabupaten",
        "kabupaten_kota",
        "kab_kota",
        "kota",
        "tempat",
        "lokasi",
        "daerah",
        "tujuan",
        "place",
        "location",
        "province",
    ),
    "group": ("kelompok", "group", "jenis_standar_harga", "tipe_standar_harga"),
}
_LEAST_PRICE: Final = 1_000
"""Numbers below it are rather those of columns and rows than prices [rupiah]."""

_ROLE: Final = {re.sub("[^a-z]", "", head): role for role, heads in _HEADS.items() for head in heads}
_ACCOUNT: Final = re.compile(r"(?:kode)?(?:rekening|rek|accounts?|akun)(?:belanja)?([0-9]{0,2})\Z")


_TWICE: Final[Mapping[Role, str]] = {
    "code": N_("the columns '{name}' and '{other}' both hold the code of a price; the other is at {place}."),
    "unit": N_("the columns '{name}' and '{other}' both hold the unit of a price; the other is at {place}."),
    "price": N_("the columns '{name}' and '{other}' both hold the amount of a price; the other is at {place}."),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a price list are, from 0."""

    head: int
    """Row of the heads."""
    column: dict[Role, int]
    """Column of each role. Of a list without codes names or places are codes."""
    accounts: list[int] = field(default_factory=list)
    """Columns of accounts: up to ten."""


def layout_of(sheet: RawSheet, price: str | None = None) -> Layout | None:
    """Return the columns by the first row that has heads for a code and a price; None where no row has.

    `price` is the head of the column of the prices where there are several; it may stand one row lower than the others.
    Raises Refused where two columns could be the code, the unit or the price.
    """
    for at, row in enumerate(sheet.rows[:HEADS_WITHIN]):
        if price is None and {"code", "price"} <= set(_roles(row).values()):
            return layout_at(sheet, at)
        if price is not None and _key(_roles(row).values()) is not None:
            below = sheet.rows[at + 1 : at + 2]
            for head, lower in enumerate([row, *below], start=at):
                if found := [n for n, cell in lower.values.items() if _same_head(cell, price)]:
                    if len(found) > 1:
                        raise Refused(_twice("price", lower, found[1], found[0]))
                    return _by_column(sheet, at, head, found[0])
    return None


def layout_without_codes(sheet: RawSheet) -> Layout | None:
    """Return the columns by the first row that has heads for a place or a name, a unit and a price: then the codes."""
    for at, row in enumerate(sheet.rows[:HEADS_WITHIN]):
        roles = _roles(row)
        if {"unit", "price"} <= set(roles.values()) and _key(roles.values()) is not None:
            return _by_column(sheet, at, at, layout_at(sheet, at).column["price"])
    return None


def taxes_of(row: InputRow) -> str:
    """Return the head of a column of taxes, which is not read; empty where there is none."""
    heads = (str(cell) for cell in row.values.values() if isinstance(cell, str))
    return next((head for head in heads if re.fullmatch(r"(?:ppn|pajak|tax)\b.*", head.strip().casefold())), "")


def _same_head(cell: ScalarValue, head: str) -> bool:
    return cell is not None and name_key(str(cell)) == name_key(head)


def _key(roles: Iterable[Role]) -> Role | None:
    """Return the role by which prices are found: their code, or else the place or the name."""
    keys: tuple[Role, ...] = ("code", "place", "name")
    return next((role for role in keys if role in set(roles)), None)


def _by_column(sheet: RawSheet, at: int, head: int, price: int) -> Layout:
    """Return the columns by the heads in row `at`, with the prices in the column `price`, whose head is in row
    `head`."""
    roles = {n: role for n, role in _roles(sheet.rows[at]).items() if role != "price"}
    column: dict[Role, int] = {}
    for n, role in roles.items():
        if role != "account" and n != price:
            column.setdefault(role, n)
    key = column[_key(column) or "code"]
    accounts = [n for n, role in roles.items() if role == "account"]
    column.setdefault("name", key)
    column["code"], column["price"] = key, price
    return Layout(head, column, accounts)


def price_columns(sheet: RawSheet) -> list[str]:
    """Return the heads of the columns with amounts of a list that has none that is called a price."""
    for at, row in enumerate(sheet.rows[:HEADS_WITHIN]):
        roles = _roles(row)
        if _key(roles.values()) is not None and "price" not in roles.values():
            below = sheet.rows[at + 1 : at + 6]
            filled = {n for each in below for n, cell in each.values.items() if is_amount(cell)} - roles.keys()
            heads = [str(each.values[n]) for each in (row, *below[:1]) for n in sorted(filled) if _is_head(each, n)]
            if len(heads) > 1 or any(re.search("harga|price|tarif|biaya", head.casefold()) for head in heads):
                return heads
    return []


def _is_head(row: InputRow, at: int) -> bool:
    cell = row.values.get(at)
    return isinstance(cell, str) and cell[:1].isalpha() and not running_number(cell) and not is_amount(cell)


def is_amount(cell: ScalarValue) -> bool:
    """Return whether a cell may be a price: rupiah, and not the number of a row or a column."""
    try:
        return read_rupiah(cell) >= _LEAST_PRICE
    except ValueError:
        return False


def _roles(row: InputRow) -> dict[int, Role]:
    return {at: role for at, cell in row.values.items() if isinstance(cell, str) and (role := role_of(cell))}


def role_of(text: str) -> Role | None:
    """Return what the column under a head holds; None for a head that says nothing of a price."""
    head = re.sub(r"\([^)]*\)", "", head_of(text).name.casefold())
    if _ACCOUNT.match(re.sub("[^a-z0-9]", "", head)):
        return "account"
    return _ROLE.get(re.sub("[^a-z]", "", head))


def layout_at(sheet: RawSheet, at: int) -> Layout:
    """Return the columns by the heads in a row; raises Refused where two could be the code, the unit or the price."""
    row = sheet.rows[at]
    column: dict[Role, int] = {}
    roles = _roles(row)
    for position, role in roles.items():
        if role == "account":
            continue
        if role in column and role in _TWICE:
            raise Refused(_twice(role, row, position, column[role]))
        column.setdefault(role, position)
    return Layout(at, column, [position for position, role in roles.items() if role == "account"])


def _twice(role: Role, row: InputRow, at: int, before: int) -> Problem:
    """Return the problem that two columns could hold the same of a price. Of two prices one is chosen by its head,
    unless both have the same head."""
    name, other = str(row.values[at]), str(row.values[before])
    message = _(_TWICE[role]).format(name=name, other=other, place=row.cells[before].place)
    remedy = _("Remove or rename one of them.")
    if role == "price" and not _same_head(name, other):
        remedy += " " + _("In price_lists 'column: {name}' chooses one.").format(name=name)
        remedy += " " + _("For the template: --prices-column.")
    return located(row.cells[at].place, message, remedy)


def is_head(row: InputRow) -> bool:
    """Return whether a row below the heads has heads again, as at the top of a printed page, in whatever letters and
    order."""
    roles = _roles(row)
    named = set(roles.values())
    figures = any(is_figure(cell) for cell in row.values.values())
    return len(named) > 1 and _key(named) is not None and 2 * len(roles) > len(row.values) and not figures


def fits(row: InputRow, layout: Layout) -> bool:
    """Return whether every head of a row stands in the column that the layout has for it."""
    return all(
        at in layout.accounts if role == "account" else layout.column.get(role, at) == at
        for at, role in _roles(row).items()
    )


def is_help(row: InputRow, layout: Layout) -> bool:
    """Return whether a row explains how the columns are filled in, as the second row of the import template does.

    It has words where a price has an amount, and where a price has a code.
    """

    def words(role: Role) -> bool:
        text = str(row.values.get(layout.column[role], ""))
        return bool(re.search(r"[^\W\d_]{3,}", text)) and not re.match(r"\s*rp", text, re.IGNORECASE)

    return words("price") and (words("code") or layout.column["code"] not in row.values)
