"""Columns to attributes: which place of a record a column fills, and what its cells then mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import Final, NamedTuple

from planner.domain.checks.did_you_mean import suggestion
from planner.locale import _
from planner.scenario_io.fields import Expected, Kind, Unit
from planner.scenario_io.problems import Problems
from planner.scenario_io.tables.cell_text import Fault
from planner.scenario_io.tables.competency_heads import by_competency
from planner.scenario_io.tables.head_remarks import fault_of, fits, head_of
from planner.scenario_io.tables.layout import Known
from planner.scenario_io.tables.numbers import (
    disguised,
    long_number,
    looks_like_figures,
    number_of,
    percentage,
    shown_otherwise,
    stored_as_text,
)
from planner.scenario_io.tables.sheet import InputCell, InputRow, InputTable
from planner.scenario_io.tree import UNREADABLE, Bare, Listing, Mapping, Node, Place, Scalar, ScalarValue
from planner.scenario_io.words import understood
from planner.units.said import decimal_said

_NEW_GAP: Final = "new_gap:"
_PREFIXES: Final = {"gap:": "gaps", "closed:": "closed"}
"""Beginnings of columns that fill a mapping by competency, and its key."""


class FieldColumn(NamedTuple):
    """What a column fills."""

    path: tuple[str, ...]
    kind: Kind
    unit: Unit = ""
    words: str = ""
    """Vocabulary of its values, which may be written in Indonesian."""


def known_in(record: Expected, extra: tuple[str, ...] = ()) -> Known:
    """Return the columns that a table of such records has, however they are capitalised."""
    names = {name.casefold(): name for name in (*extra, *_names(record))}
    names |= _ALSO_CALLED.get(record.model.__name__ if record.model else "", {})
    names |= dict.fromkeys(_TOTALS, TOTAL) if TOTAL in extra else {}

    @cache
    def known(name: str) -> str | None:
        said = head_of(name)
        bare = said.name if said.known and said.meanings == {"people"} else name
        mark = next((mark for mark in (*_PREFIXES, _NEW_GAP) if bare.casefold().startswith(mark)), None)
        if mark is not None and _column(mark + bare[len(mark) :], record) is not None:
            return mark + bare[len(mark) :]
        if name in extra or _column(name, record) is not None:
            return name
        found = names.get(_folded(name))
        if found is None and said.remark and (found := names.get(_folded(said.name))) is not None:
            column = _column(found, record)
            if found in extra:
                return found if fits(said, "amount") else None
            return found if column is not None and fits(said, _figures(column)) else None
        return found

    return known


def known_in_prices(attribute: str) -> Known:
    """Return the columns of a table of prices by an attribute of groups, or by year, however they are capitalised."""
    office = {name: field for name, field in (_ALSO_CALLED["Group"] | _PLACES).items() if field == attribute}
    names = {attribute.casefold(): attribute, "price": "price"} | dict.fromkeys(_PRICES, "price") | office

    @cache
    def known(name: str) -> str | None:
        said = head_of(name)
        found = names.get(_folded(name))
        if found is None and said.remark and names.get(_folded(said.name)) == "price" and fits(said, "amount"):
            return "price"
        return found

    return known


def _folded(name: str) -> str:
    return "_".join(name.casefold().split())


def _figures(column: FieldColumn) -> str:
    """Return what the figures of a column are of, as remarks beside its name say it."""
    return "hours" if not column.unit and column.path[-1].endswith("hours") else column.unit


def columns_of(
    table: InputTable, record: Expected, extra: tuple[str, ...], problems: Problems
) -> dict[int, FieldColumn]:
    """Return the columns that fill attributes, by position; unknown ones are reported, `extra` ones ignored."""
    found: dict[int, FieldColumn] = {}
    filled: dict[tuple[str, ...], InputCell] = {}
    for position, header in table.columns.items():
        name = str(header.value)
        if name in extra:
            continue
        column = _column(name, record)
        if column is None:
            known = [*_names(record), *extra]
            said = head_of(name)
            if said.meanings and known_in(record, extra)(said.name) is not None and (fault := fault_of(said)):
                problems.add(header.place, *fault)
                continue
            note = _("If the column is a note of your own, begin its name with '#'.")
            remedy = f"{suggestion(name, known)} {by_competency(table, position, record)}{note}"
            problems.add(header.place, _("unknown column '{name}'.").format(name=name), remedy)
            continue
        if column.path in filled:
            problems.add(
                header.place,
                _("'{name}' and '{other}' are the same attribute.").format(name=name, other=filled[column.path].value),
                _("Remove one of the columns."),
            )
            continue
        filled[column.path] = header
        found[position] = column
        tell_remark(table, position, column, problems)
    return found


def tell_remark(table: InputTable, at: int, column: FieldColumn, problems: Problems) -> None:
    """Refuse a column whose name says that its figures are none of those that are read; take percent as percent."""
    header = table.columns[at]
    said = head_of(table.called.get(str(header.value), ""))
    figures = _figures(column)
    if not said.remark or not fits(said, figures):
        return
    if (fault := fault_of(said, figures)) is not None:
        problems.add(header.place, *fault)
    if "percent" not in said.meanings:
        return
    for row in table.rows:
        value = row.values.get(at)
        number = number_of(value, commas=table.decimal_comma) if isinstance(value, str) and not table.typed else value
        if isinstance(number, bool) or not isinstance(number, int | Decimal) or not number or row.cells[at].percent:
            continue
        if number > 1:
            row.put(at, f"{number}%")
        elif number > 0:
            words = _("'{name}': {value} could be read in two ways, as {first} or as {second}.")
            first, second = decimal_said(Fraction(number)) + "%", percentage(number)
            message = words.format(name=said.remark, value=decimal_said(Fraction(number)), first=first, second=second)
            problems.add(row.cells[at].place, message, _("Write it with a percent sign."))
            row.put(at, UNREADABLE)


def _column(name: str, record: Expected) -> FieldColumn | None:
    """Return the column of a name: gap:<competency>, closed:<competency>, new_gap:<year>:<competency>, an attribute, or
    a dotted one; None for any other.

    After a mapping with free keys the rest is the key.
    """
    if name.startswith(_NEW_GAP) and "new_gaps" in record.known_keys():
        year, _colon, competency = name.removeprefix(_NEW_GAP).partition(":")
        if competency.strip():
            return FieldColumn(("new_gaps", year.strip(), competency.strip()), "number", "count")
    for prefix, key in _PREFIXES.items():
        if name.startswith(prefix) and key in record.known_keys():
            return FieldColumn((key, name.removeprefix(prefix).strip()), "number", "count")
    path: list[str] = []
    here: Expected | None = record
    rest = name
    while rest:
        if here is None:
            return None
        if here.kind == "keyed" or (here.kind == "price" and rest not in here.known_keys()):
            step, rest = rest, ""
        else:
            step, _dot, rest = rest.partition(".")
        if here.kind == "record" and step not in here.known_keys():
            return None
        path.append(step)
        here = here.below(step)
    if here is None or here.kind not in _CELLS:
        return None
    words = _WORDS.get((record.model.__name__ if record.model else "", name), "")
    return FieldColumn(tuple(path), here.kind, here.unit, words)


_WORDS: Final = {
    ("CostItem", "per"): "per", ("Competency", "kind"): "competency kind", ("Fund", "kind"): "fund kind",
    ("Group", "employment"): "employment",
}  # fmt: skip
"""The vocabulary of a column, by record and name."""

_WHICH: Final = {
    "program": "programme", "nama_program": "programme", "periode": "period", "triwulan": "period", "kelompok": "group",
    "sumber_dana": "fund", "dana": "fund",
}  # fmt: skip
"""The same of columns by which a row of facts says of what it is."""

_ALSO_CALLED: Final = {
    "Group": {
        "nama": "name", "kelompok": "name", "nama_kelompok": "name", "perangkat_daerah": "agency", "opd": "agency",
        "skpd": "agency", "instansi": "agency", "unit_kerja": "agency", "lokasi": "location", "tempat": "location",
        "jenjang": "level", "jumlah_orang": "headcount", "jumlah_asn": "headcount", "jumlah_pegawai": "headcount",
        "orang": "headcount", "kesediaan": "uptake", "status_kepegawaian": "employment",
        "kode": "id", "kode_kelompok": "id",
    },
    "Competency": {"nama": "name", "kompetensi": "name", "nama_kompetensi": "name", "jenis": "kind", "bobot": "weight",
        "kode": "id", "kode_kompetensi": "id"},
    "Programme": {"nama": "name", "nama_program": "name", "bentuk": "form", "jp": "hours", "jumlah_jp": "hours",
        "kode": "id", "kode_program": "id"},
    "Fund": {"kode": "id", "kode_dana": "id",
        "nama": "name", "sumber_dana": "name", "jenis": "kind", "pagu": "amount", "jumlah_dana": "amount",
        "anggaran": "amount", "pagu_anggaran": "amount", "jumlah_anggaran": "amount", "jumlah": "amount"},
    "CostItem": {
        "program": "programme", "uraian": "item", "rincian": "item", "kode_rekening": "account", "rekening": "account",
        "dihitung_per": "per", "koefisien": "quantity", "volume": "quantity", "satuan": "unit", "harga": "price",
        "harga_satuan": "price", "biaya_satuan": "price", "satuan_biaya": "price", "pajak": "tax", "ppn": "tax",
    },
    "Attended": {**_WHICH, "peserta": "participants", "jumlah_peserta": "participants"},
    "Held": {**_WHICH, "angkatan": "classes", "jumlah_angkatan": "classes"},
    "CommittedClasses": {**_WHICH, "angkatan": "classes", "jumlah_angkatan": "classes"},
    "SeatsGiven": {**_WHICH, "kursi": "seats", "jumlah_kursi": "seats"},
    "Paid": {
        **_WHICH, "uraian": "item", "rincian": "item", "kode_rekening": "account", "rekening": "account",
        **dict.fromkeys(("jumlah", "nilai", "realisasi", "jumlah_realisasi", "jumlah_dibayar"), "amount"),
    },
}  # fmt: skip
"""Names that offices give to the columns of such records, in small letters."""

TOTAL: Final = "amount"
"""What a table of cost lines knows a column of totals as."""
_TOTALS: Final = (
    "jumlah", "total", "jumlah_harga", "total_harga", "jumlah_biaya", "total_biaya", "biaya", "nilai", "jumlah_total",
    "sub_total", "subtotal",
)  # fmt: skip
"""What offices call it, in small letters."""

_PRICES: Final = ("harga", "harga_satuan", "tarif", "biaya", "satuan_biaya", "jumlah", "nilai", "besaran")
_PLACES: Final = {
    **dict.fromkeys(("kabupaten", "kabupaten/kota", "kab/kota", "kab./kota", "kota", "daerah", "tujuan"), "location"),
    "tahun": "year",
}
"""The same for a table of prices."""

_CELLS: Final = ("text", "number", "numbers", "names", "price")
"""Kinds that one cell can hold."""


def _names(record: Expected) -> Iterator[str]:
    for key in record.known_keys():
        below = record.below(key)
        if below is not None and below.kind in _CELLS:
            yield key
        elif below is not None and below.kind == "record":
            yield from (f"{key}.{inner}" for inner in _names(below))


def value_of(value: ScalarValue, column: FieldColumn, table: InputTable) -> ScalarValue | list[ScalarValue]:
    """Return what a cell means in a column; the text of a file without types may be a number."""
    kind = column.kind
    if kind == "numbers" and isinstance(value, str) and ";" in value:
        return [number_of(part.strip(), commas=table.decimal_comma) for part in value.split(";") if part.strip()]
    if kind == "names" and isinstance(value, str):
        return [name for part in re.split("[;\n]", value) if (name := part.strip())]  # Alt+Enter begins another
    if kind in ("text", "names"):
        if column.words and isinstance(value, str):
            return understood(column.words, value) or value
        return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
    if isinstance(value, str) and not table.typed:
        return number_of(value, commas=table.decimal_comma)
    return value


def tell_unfit(table: InputTable, columns: dict[int, FieldColumn], problems: Problems) -> None:
    """Report cells of a workbook whose number is not what it seems to be: stored as text, shown as another code."""
    if not table.typed:
        return
    for row in table.rows:
        for at, cell in row.cells.items():
            if (column := columns.get(at)) is None:
                continue
            fault = _unfit(cell, column)
            if fault is not None:
                problems.add(cell.place, *fault)
                cell.value = UNREADABLE
            elif column.unit == "bound" and cell.percent and isinstance(cell.value, int | Decimal):
                cell.value = percentage(cell.value)


def _unfit(cell: InputCell, column: FieldColumn) -> Fault | None:
    if column.kind in ("text", "names"):
        if isinstance(cell.value, bool):
            return _("this cell holds TRUE or FALSE."), _("Type a text or a number.")
        return disguised(cell)
    if isinstance(cell.value, str):
        words = column.unit in ("amount", "bound") or long_number(cell.value) is not None
        return None if words or not looks_like_figures(cell.value) else stored_as_text(cell.value)
    return shown_otherwise(cell, _figures(column))


def node_of(cell: InputCell, column: FieldColumn, table: InputTable) -> Node:
    """Return a cell as the value its column means, at its place."""
    value = value_of(cell.value, column, table)
    if isinstance(value, list):
        return Listing([Scalar(name, cell.place) for name in value], cell.place)
    return Scalar(value, cell.place)


def record_of(row: InputRow, columns: dict[int, FieldColumn], table: InputTable, place: Place) -> Mapping:
    """Return a row as a record; its nodes are made when they are asked for."""
    bare: dict[str, Bare] = {}
    for position, value in row.values.items():
        if (column := columns.get(position)) is not None:
            inner: Bare = bare
            for step in column.path[:-1]:
                inner = inner.setdefault(step, {}) if isinstance(inner, dict) else None
            if isinstance(inner, dict):
                inner[column.path[-1]] = value_of(value, column, table)
    record = Mapping.of_bare(bare, partial(_filled, row, columns, table), place)
    record.called = table.called
    return record


def _filled(
    row: InputRow, columns: dict[int, FieldColumn], table: InputTable
) -> tuple[dict[str, Node], dict[str, Place]]:
    record = Mapping({}, {}, row.place)
    for position, cell in row.cells.items():
        if (column := columns.get(position)) is not None:
            _fill(record, column.path, node_of(cell, column, table), cell.place)
    return record.entries, record.keys


def _fill(record: Mapping, path: tuple[str, ...], node: Node, place: Place) -> None:
    """Put `node` at `path` inside `record`."""
    for step in path[:-1]:
        if step not in record.entries:
            record.put(step, Mapping({}, {}, place), place)
        inner = record.entries[step]
        if not isinstance(inner, Mapping):
            return
        record = inner
    record.put(path[-1], node, place)
