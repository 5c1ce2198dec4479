"""Every figure of a plan's documents with the name of what it is: (name, scope) -> values and where they stand.

    of_page(scenario, page)          tables, key figures and sentences of the report
    of_workbook(scenario, content)   tables and key figures of the results workbook
    of_plan(scenario, plan)          plan.json and the CSV tables

The scope is the whole plan, or one group, agency, programme, competency or fund, or a programme and a fund. A name in
several documents is the same name: the header of a column, or what CANONICAL says it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineWorkbook

from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.plans.tables import table_rows
from tests.pages.markup import Element

WHOLE: Final = ("plan",)
COST: Final = "Biaya (Rp)"
HOURS_EACH: Final = "JP per orang"
WEIGHTED: Final = "Tertutup menurut bobot"
NET: Final = "Tertutup menurut bobot, dikurangi penalti sasaran"
OPEN: Final = "Masih terbuka"
KINDS: Final = {
    "Program": "programme",
    "Kelompok": "group",
    "Perangkat daerah": "agency",
    "Kompetensi": "competency",
    "Sumber dana": "fund",
}
"""What the rows of a table are, by the header of its first column."""

CANONICAL: Final = {
    "Jumlah (Rp)": COST,
    "Jumlah biaya (Rp)": COST,
    "Jumlah biaya": COST,
    "Jumlah per kode rekening (Rp)": COST,
    "Terpakai (Rp)": COST,
    "Kesenjangan terbuka": OPEN,
    "Kesenjangan tertutup": "Tertutup",
    "Kebutuhan (kesenjangan)": "Kebutuhan",
    "Dibayar mitra (Rp)": "Dibayar mitra",
    "JP per orang setahun": HOURS_EACH,
    "JP per ASN": HOURS_EACH,
    "JP per ASN setahun": HOURS_EACH,
    "JP seluruhnya": "JP",
    "Realisasi dan sisa": COST,
    "Dibayar dana sendiri (Rp)": "Dibayar dana sendiri",
}
SUMMED: Final = frozenset(
    {"Peserta", "JP seluruhnya", "Tertutup", "Kebutuhan", OPEN, "Cakupan", "Jumlah (Rp)", "Terpakai (Rp)"}
)
"""Columns of the workbook with a total of the whole plan."""
ELSEWHERE: Final = frozenset(
    {"table-levels", "table-rules", "table-days", "table-rka-form", "table-conformity", "causes", "table-resources"}
)
"""Tables whose columns are not figures of the entity of their row."""

_NUMBER: Final = re.compile(r"(?:Rp\s?)?\u2212?\d[\d.]*(?:,\d+)?%?\Z")
_SENTENCES: Final = tuple(
    map(
        re.compile,
        (
            r"menutup (?P<Tertutup>[\d.,]+) dari (?P<Kebutuhan>[\d.,]+) kesenjangan kompetensi"
            r" \((?P<Cakupan>[\d,]+%)\)",
            r"(?:Sebanyak )?(?P<open>[\d.,]+) kesenjangan \([\d,]+%\) masih terbuka",
            r"Biayanya (?P<cost>Rp[\d.]+)",
            r"Rp[\d.]+ dari dana sendiri dan (?P<partners>Rp[\d.]+) dari mitra",
            r"Sebanyak (?P<Peserta>[\d.]+) peserta mengikuti",
            r"(?P<Peserta>[\d.]+) peserta \(orang yang mengikuti",
            r"(?P<Tertutup>[\d.,]+) dari (?P<Kebutuhan>[\d.]+) kesenjangan kompetensi tertutup"
            r" \((?P<Cakupan>[\d,]+%)\)",
            r"Di samping itu mitra membayar (?P<partners>Rp[\d.]+):",
            r"Diselenggarakan (?P<Angkatan>[\d.]+) angkatan",
            r"Menurut bobot, rencana ini menutup (?P<weighted>[\d.,]+)[.;] ",
            r"untuk sasaran yang tidak tercapai menjadi (?P<net>[\d.,]+)\. ",
            r"Rencana ini menutup (?P<Tertutup>[\d.,]+) kesenjangan, masing-masing dihitung satu",
            r"(?:ASN memperoleh|memperoleh rata-rata|rencana ini memberi rata-rata) (?P<each>[\d.,]+) JP",
        ),
    )
)
_GROUPS: Final = {
    "open": OPEN,
    "cost": COST,
    "partners": "Dibayar mitra",
    "weighted": WEIGHTED,
    "net": NET,
    "each": HOURS_EACH,
}

Scope = tuple[str, ...]
Key = tuple[str, Scope]


@dataclass(frozen=True)
class Figure:
    """A figure as it is printed."""

    value: float
    decimals: int
    place: str

    def agrees(self, other: Figure) -> bool:
        """Whether both are one value, as far as the one with fewer decimals prints it."""
        step = 10.0 ** -min(self.decimals, other.decimals)
        return abs(self.value - other.value) <= step / 2 + 1e-9 * max(1.0, abs(self.value))


Found = Iterator[tuple[Key, Figure]]


def printed(text: str, place: str) -> Figure | None:
    """A figure as an Indonesian document prints it; None where the text is none. A dash is 0."""
    text = text.strip()
    if text == "\u2013":
        return Figure(0.0, 9, place)
    if not _NUMBER.match(text):
        return None
    plain = text.removeprefix("Rp").strip().replace("\u2212", "-")
    part = plain.endswith("%")
    whole, _, after = plain.removesuffix("%").replace(".", "").partition(",")
    value = float(f"{whole}.{after or 0}")
    return Figure(value / 100, len(after) + 2, place) if part else Figure(value, len(after), place)


def exact(value: float, place: str) -> Figure:
    return Figure(float(value), 9, place)


_EXPECTED: Final = re.compile(r" \(perkiraan\)|\b[Pp]erkiraan (?=\d)")


def name_of(label: str) -> str:
    """The name of a figure in a label that also says that it is expected."""
    return _EXPECTED.sub("", label)


def by_name(page: Element) -> Element:
    """A page without the words that say that a figure is expected: what it is called is the rest."""
    content = [name_of(part) if isinstance(part, str) else by_name(part) for part in page.content]
    return Element(page.tag, page.attributes, content)


class Names:
    """The labels of a scenario's records, by kind."""

    def __init__(self, scenario: Scenario) -> None:
        agencies = {group.agency for group in scenario.groups if group.agency}
        self.of: dict[str, set[str]] = {
            "programme": {p.label for p in scenario.programmes},
            "group": {g.label for g in scenario.groups},
            "agency": agencies or {"Tanpa perangkat daerah"},
            "competency": {c.label for c in scenario.competencies},
            "fund": {f.label for f in scenario.funds},
        }
        self.periods = frozenset(scenario.horizon)
        self.single = len(agencies) <= 1
        self.rka = ("year", scenario.years[0]) if len(scenario.years) > 1 else ()
        """The year of the RKA, where the plan has several."""

    def scope(self, kind: str | None, label: str) -> Scope | None:
        return (kind, label) if kind is not None and label in self.of[kind] else None

    def fund(self, header: str) -> str | None:
        """The fund that a column is about: "A: APBD" or "APBD"."""
        name = re.sub(r"^[A-Z]{1,2}: ", "", header)
        return name if name in self.of["fund"] else None


def of_page(scenario: Scenario, page: Element) -> Found:
    page, names = by_name(page), Names(scenario)
    for table in page.all("table"):
        yield from _of_table(names, table)
    for tile in page.all("div", class_="tile"):
        label, value, *notes = (p.text for p in tile.all("p"))
        yield from _of_tile(label, value, notes)
    text = page.visible_text()
    for pattern in _SENTENCES:
        for match in pattern.finditer(text):
            for name, found in match.groupdict().items():
                figure = printed(found, f"sentence: {match[0][:60]}")
                if figure is not None:
                    yield (_GROUPS.get(name, name), WHOLE), figure
    for part in agency_parts(page):
        result = [span.text for span in part.all("span", class_="result")]
        if result and (figure := printed(result[0].split(" ")[0], "annex")) is not None:
            yield ("Cakupan", ("agency", part.all("h3")[0].text)), figure


def agency_parts(page: Element) -> list[Element]:
    return [part for part in page.all("div") if part.attributes.get("class", "").startswith("agency-part")]


def _of_tile(label: str, value: str, notes: Sequence[str]) -> Found:
    place = f"tile {label}"
    if label == "Kesenjangan tertutup" and value.endswith("%"):
        closed, need = notes[0].split(" dari ")
        for name, text in (("Cakupan", value), ("Tertutup", closed), ("Kebutuhan", need)):
            if (figure := printed(text, place)) is not None:
                yield (name, WHOLE), figure
    elif label == "Dibayar mitra":
        if (figure := printed(notes[0].split(" ")[0], place)) is not None:
            yield ("Bagian mitra", WHOLE), figure
    elif label in ("Jumlah biaya", "Peserta"):
        text = notes[0] if label == "Jumlah biaya" else value
        if (figure := printed(text, place)) is not None:
            yield (CANONICAL.get(label, label), WHOLE), figure


def _of_table(names: Names, table: Element) -> Found:
    id = table.attributes["id"]
    if id in ELSEWHERE or id.startswith(("table-heat", "table-releases", "table-years", "gaps-")):
        return
    head, *rows = table.rows()
    feet = [[cell.text for cell in row.cells()] for foot in table.all("tfoot") for row in foot.all("tr")]
    kind = KINDS.get(head[0])
    for row in rows:
        if len(row) != len(head):
            continue
        total = row in feet
        by_year = id == "table-funds-by-year"  # of which only the total is of the whole plan
        scope = _scope_of_total(names, table) if total else None if by_year else names.scope(kind, row[0])
        if scope is not None:
            yield from _of_row(names, id, head, row, scope)


def _scope_of_total(names: Names, table: Element) -> Scope | None:
    """What the last row of a table is about: the whole plan, or what its caption names."""
    id = table.attributes["id"]
    caption = " ".join(each.text for each in table.all("caption"))
    if id.startswith("agency-") and id != "table-agencies":
        return next(
            (("agency", a) for a in names.of["agency"] if caption.startswith(f"{a}: ")), WHOLE if names.single else None
        )
    if id.startswith("rka-"):
        return next((("programme", p, *names.rka) for p in names.of["programme"] if caption.startswith(f"{p}: ")), None)
    return (names.rka or WHOLE) if id == "table-rka-accounts" else WHOLE


def _of_row(names: Names, id: str, head: Sequence[str], row: Sequence[str], scope: Scope) -> Found:
    place = f"{id}: {row[0]}"
    for header, cell in zip(head[1:], row[1:], strict=True):
        if id == "table-calendar":
            if header == "Jumlah":
                classes, people = (printed(part, place) for part in f"{cell} / {cell}".split(" / ")[:2])
                for name, figure in (("Angkatan", classes), ("Peserta", people)):
                    if figure is not None:
                        yield (name, scope), figure
            continue
        figure = printed(cell, place)
        if figure is None:
            continue
        if header in names.periods:
            if id.startswith("agency-"):
                yield ("Peserta", (*scope, "period", header)), figure
            continue
        fund = names.fund(header)
        if fund is not None:
            yield (COST, _of_fund(names, fund, scope)), figure
        elif id.startswith("table-flow"):
            if header == "Jumlah (Rp)":
                yield (COST, scope), figure
        elif not (header == "Terpakai" or (id == "table-programmes" and header in ("JP", "Hari", "Per angkatan"))):
            yield (CANONICAL.get(header, header), scope), figure


def _of_fund(names: Names, fund: str, scope: Scope) -> Scope:
    """What a fund's column is about: the fund, in a year or in the plan, or a programme and the fund."""
    if scope == WHOLE:
        return ("fund", fund)
    return ("fund", fund, *scope) if scope == names.rka else (*scope, fund)


def of_workbook(scenario: Scenario, content: bytes) -> Found:
    names = Names(scenario)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for cells in _sheet(book, "Ringkasan"):
        label, value = str(cells[0]), cells[3]
        if isinstance(value, float) and label in (*CANONICAL, "Cakupan", "Peserta", "Angkatan", HOURS_EACH):
            yield (CANONICAL.get(label, label), WHOLE), exact(value, f"workbook: {label}")
    for sheet in ("Alokasi", "Angkatan", "Pendanaan", "Kesenjangan", "Harga satuan"):
        yield from _of_sheet(names, sheet, _sheet(book, sheet))
    for cells in _sheet(book, "Kesenjangan"):
        if cells[1] in names.of["group"]:
            for header, cell in (("Kebutuhan", cells[6]), ("Tertutup", cells[7]), (OPEN, cells[8])):
                yield (header, ("group", cells[1], cells[4])), exact(cell, "workbook Kesenjangan")
    for cells in _sheet(book, "Angkatan"):
        if cells[0] == "Peserta seluruhnya":
            yield ("Peserta", WHOLE), exact(cells[5], "workbook Angkatan")
    for cells in _sheet(book, "Aturan"):
        if isinstance(cells[5], float):
            yield ("Dalam rencana", ("rule", cells[0])), exact(cells[5], "workbook Aturan")
    for cells in _sheet(book, "Menurut tahun") if names.rka else ():
        if cells[1] == "Jumlah":
            for header, cell in (("Kebutuhan", cells[4]), ("Tertutup", cells[6]), (OPEN, cells[7])):
                yield (header, ("year", cells[0], *WHOLE)), exact(cell, "workbook Menurut tahun")


def _sheet(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    rows = book.get_sheet_by_name(name).to_python()
    return [[name_of(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _of_sheet(names: Names, sheet: str, rows: list[list[Any]]) -> Found:
    head: list[str] = []
    for cells in rows:
        texts = [str(cell) for cell in cells]
        if texts[0] in ("Kelompok", "Program", "No.", "No. kompetensi"):
            head = texts
        elif "Jumlah" in texts[:3] and head:
            for header, cell in zip(head, cells, strict=True):
                if not isinstance(cell, float) or not header:
                    continue
                place, fund = f"workbook {sheet}: {header}", names.fund(header)
                if fund is not None:
                    yield (COST, ("fund", fund)), exact(cell, place)
                elif header in SUMMED and (sheet, header) != ("Angkatan", "Peserta"):  # of programmes with classes only
                    yield (CANONICAL.get(header, header), WHOLE), exact(cell, place)


def of_plan(scenario: Scenario, plan: Plan) -> Found:
    plain: Mapping[str, Any] = plan.to_plain()
    for key, name in (
        ("gaps_closed", "Tertutup"),
        ("weighted_gaps_closed", WEIGHTED),
        ("total_need", "Kebutuhan"),
        ("total_cost", COST),
        ("own_cost", "Dibayar dana sendiri"),
        ("partner_cost", "Dibayar mitra"),
    ):
        yield (name, WHOLE), exact(plain[key], f"plan.json: {key}")
    for row in plain["funds"]:
        yield (COST, ("fund", scenario.fund[row["fund"]].label)), exact(row["spent"], "plan.json: funds")
    tables = table_rows(scenario, plan)
    for table, column, name in (
        ("payments", "amount", COST),
        ("allocations", "participants", "Peserta"),
        ("classes", "classes", "Angkatan"),
    ):
        if table in tables:
            total = sum(float(row[column]) for row in tables[table])
            yield (name, WHOLE), exact(total, f"{table}.csv")
