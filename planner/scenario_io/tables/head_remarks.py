"""What the name of a column says beside it, as in Harga (ribuan), Pagu (juta Rp), Jumlah (orang), Kesediaan (%).

A remark that changes nothing is taken off the name. One that would change what the figures are, such as thousands or
a foreign currency, is refused in its own words; a name with any other remark is another name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple

from planner.domain.several_units import DIGITS, IN_WORDS, is_several, prices_of_several
from planner.locale import N_, _
from planner.scenario_io.problems import Problems
from planner.scenario_io.tables.cell_text import Fault
from planner.scenario_io.tables.sheet import InputRow
from planner.units.currencies import FOREIGN_WORDS, in_foreign_currency
from planner.units.scales import SCALE_WORDS, SEVERAL_POWERS, table_in_thousands

type Meaning = Literal[
    "money", "scale", "foreign", "letter", "taxed", "people", "hours", "other hours", "percent", "several"
]

_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+|[%$\u20ac\u00a3\u00a5+/]")
_WORDS_OF: Final[dict[Meaning, Iterable[str]]] = {
    "money": ("rp", "idr", "rupiah"),
    "scale": SCALE_WORDS,
    "foreign": FOREIGN_WORDS,
    "letter": SEVERAL_POWERS,
    "taxed": ("ppn", "pph", "pajak", "tax", "vat"),
    "people": ("orang", "org", "jiwa", "asn", "pegawai", "peserta", "people", "persons"),
    "hours": ("jp", "pelajaran"),
    "other hours": ("jam", "menit", "hours", "minutes"),
    "percent": ("%", "persen", "percent"),
}
_MEANINGS: Final = {word: meaning for meaning, words in _WORDS_OF.items() for word in words}
"""What single words of a remark say."""

_FILLING: Final = frozenset(
    {"dalam", "dlm", "in", "of", "x", "nilai", "dari", "sudah", "termasuk", "incl", "including", "dan", "and", "plus",
     "dengan", "+", "/"}
)  # fmt: skip
"""Words of a remark that say nothing by themselves."""
_NOT_TAXED: Final = frozenset({"sebelum", "belum", "tanpa", "excl", "excluding", "before", "without", "diluar", "luar"})
_PEOPLE: Final = frozenset({*_WORDS_OF["people"], "penduduk", "pns", "pppk", "karyawan", "employees", "staff"})
_MONEY: Final = frozenset(
    {*_WORDS_OF["money"], "harga", "biaya", "anggaran", "pagu", "dana", "nilai", "tarif", "honorarium", "belanja",
     "uang", "price", "prices", "cost", "costs", "budget", "money", "amount", "amounts"}
)  # fmt: skip
"""Words by which a remark about thousands or millions is about people, or about money."""
_ZEROS: Final = re.compile(r"1?0*000\Z")
_BEHIND: Final = frozenset[Meaning](("money", "scale", "foreign", "percent", "taxed"))
"""What the last words of a name say that has no brackets."""

_MONTH: Final = re.compile(
    r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|aug|sep|okt|oct|nov|des|dec)"
    r"(?:[a-z]*(?:uari|uary|et|il|i|ch|y|e|stus|ust|ber))?\Z"
)
_YEARS: Final = range(1990, 2100)


class ColumnHead(NamedTuple):
    """The name of a column without what it says beside it."""

    name: str
    remark: str = ""
    """Its words, as a message quotes them."""
    meanings: frozenset[Meaning] = frozenset()
    known: bool = True
    """Whether every word of the remark is understood."""


def head_of(text: str) -> ColumnHead:
    """Return the name in the head of a column, and the remark in brackets, or in the last words, beside it."""
    plain = " ".join(text.split())
    remarks = _IN_BRACKETS.findall(plain)
    name = " ".join(_IN_BRACKETS.sub(" ", plain).split())
    if not remarks:
        name, remarks = _last_words(plain)
    several = _several(plain, remarks)
    if not remarks:
        return ColumnHead(plain, several, frozenset(("several",))) if several else ColumnHead(plain)
    remark = " ".join(remarks).strip()
    words = _WORD.findall(remark.casefold())
    meanings = frozenset(_said_by(words))
    known = bool(meanings) and _understood(words)
    return ColumnHead(name, remark, meanings | {"several"} if several else meanings, known)


@cache
def _per_several() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?:per|tiap|setiap|untuk|each|for)\b\.?|(?<!\d)/)\s*"
        rf"(?:({DIGITS})|(?:{IN_WORDS})\b)(?:\s*(?:([^\W\d_]+)|([/-])))?",
        re.IGNORECASE,
    )


@cache
def _many() -> re.Pattern[str]:
    """Return several units in brackets: (10 orang)."""
    return re.compile(
        rf"(?:^|[(\[,;x]|\brp\b\.?|/)\s*(?:({DIGITS})|({IN_WORDS}))\s*"
        r"(orang|org|peserta|oh|oj|ojp|ok|ob|jp|jam|hari|malam|bulan|kali"
        r"|lembar|lbr|buah|bh|unit|paket|pkt|eksemplar|eks|box|dus|pak|pack|set|rim|kg|liter|meter|kegiatan|kelas"
        r"|angkatan|people|persons|participants|days|nights|months|hours|classes)\b",
        re.IGNORECASE,
    )


def _several(plain: str, remarks: Sequence[str]) -> str:
    """Return the words of a head by which its figures would be for several units, as in Rp/10 orang; no day, and no
    year."""
    for found in _per_several().finditer(plain):
        number, word, day = found.groups()
        count = int(re.sub("[.,]", "", number)) if number else 0  # in words it is more than one
        if not day and count != 1 and not (count in _YEARS and not word) and not _MONTH.match((word or "").casefold()):
            return found[0].strip()
    for remark in remarks:
        for found in _many().finditer(remark):
            if found[2] or is_several(found[1]):
                return f"{found[1] or found[2]} {found[3]}"
    return ""


def _last_words(plain: str) -> tuple[str, list[str]]:
    """Return the name and the words behind it that say a unit: Pagu Rp, Harga dalam ribuan rupiah, Harga + PPN."""
    found = list(_WORD.finditer(plain.casefold()))
    begins = len(found)
    while begins > 1:
        word, before = found[begins - 1][0], found[begins - 2][0]
        unit = _MEANINGS.get(word) in _BEHIND or (bool(_ZEROS.match(word)) and before in ("rp", "x"))
        inside = word in _FILLING or word in _NOT_TAXED or (word == "satuan" and before in ("dalam", "dlm"))
        if not unit and (begins == len(found) or not inside):
            break
        begins -= 1
    if begins == len(found):
        return plain, []
    start = found[begins].start()
    return plain[:start].rstrip(" ,;:-_.'"), [plain[start:]]


def _said_by(words: Sequence[str]) -> Iterator[Meaning]:
    untaxed = any(word in _NOT_TAXED for word in words)
    per = next((at for at, word in enumerate(words) if word in ("per", "/")), len(words))
    for word in words[: per + 1]:
        meaning: Meaning | None = "scale" if _ZEROS.match(word) else _MEANINGS.get(word)
        if meaning == "taxed" and untaxed:
            yield "money"
        elif meaning is not None and not (meaning == "other hours" and "pelajaran" in words):
            yield meaning


def _understood(words: Sequence[str]) -> bool:
    per = next((at for at, word in enumerate(words) if word in ("per", "/")), len(words))
    sizes = ("1", "satuan")
    return all(
        word in _MEANINGS or word in _FILLING or word in _NOT_TAXED or word in sizes or bool(_ZEROS.match(word))
        for word in words[:per]
    )


_FITTING: Final[dict[str, frozenset[Meaning]]] = {
    "amount": frozenset(("money", "scale", "foreign", "letter", "taxed", "several")),
    "count": frozenset(("people", "scale")),
    "share": frozenset(("percent",)),
    "hours": frozenset(("hours", "other hours")),
}


def fits(head: ColumnHead, unit: str) -> bool:
    """Return whether the remark of a head can be about figures of a unit: amount, count, share or hours."""
    return head.known and head.meanings <= _FITTING.get(unit, frozenset())


class _Refusal(NamedTuple):
    """Why a remark of one meaning is refused, and what to do instead."""

    meaning: Meaning
    message: str
    remedy: str
    unit: str = ""
    """The unit of the figures that it is about; empty for all."""


_WHOLE_RUPIAH: Final = N_("Write whole rupiah in all its cells, and take this remark out.")
_REFUSALS: Final = (
    _Refusal(
        "scale",
        N_("{text}: by this remark amounts of the column are in thousands or millions, but they are read in rupiah."),
        _WHOLE_RUPIAH,
        "amount",
    ),
    _Refusal(
        "scale",
        N_("{text}: by this remark numbers of the column are in thousands or millions, but people are counted singly."),
        N_("Write whole numbers in all its cells, and take this remark out."),
    ),
    _Refusal(
        "several",
        N_("{text}: by this remark amounts of the column are for several units together, but they are read for one."),
        N_("Write the amount for one unit in all its cells, and take this remark out."),
    ),
    _Refusal(
        "foreign",
        N_("{text}: by this remark amounts of the column are in a foreign currency, but they are read in rupiah."),
        N_("Write rupiah in all its cells, and take this remark out."),
    ),
    _Refusal(
        "letter",
        N_("{text}: the letter in the name of this column could mean several things."),
        _WHOLE_RUPIAH,
    ),
    _Refusal(
        "taxed",
        N_("{text}: by this remark amounts of the column include a tax, but a price is read without it."),
        N_("Write prices before tax; the tax has its own column, PPN or Pajak."),
    ),
    _Refusal(
        "other hours",
        N_("{text}: by this remark numbers of the column are hours or minutes, but JP are read, of 45 minutes each."),
        N_("Write JP in all its cells, and take this remark out."),
    ),
)
"""What changes the figures of a column, the gravest first."""


def fault_of(head: ColumnHead, unit: str = "amount") -> Fault | None:
    """Return why figures of a unit under a head would not be what they are read as; None where its remark changes
    nothing."""
    for refusal in _REFUSALS:
        if refusal.meaning in head.meanings and refusal.unit in ("", unit):
            return _(refusal.message).format(text=f"'{head.remark}'"), _(refusal.remedy)
    return None


def refuse_amounts(rows: Sequence[InputRow], problems: Problems) -> bool:
    """Refuse a table that says around it that its amounts are in thousands or millions, in a foreign currency, or for
    several units together.

    True where it does: they are read as rupiah.
    """
    for row in rows:
        for at, value in row.values.items():
            if not isinstance(value, str):
                continue
            if (said := table_in_thousands(value)) and not _of_people(value):
                message = _("'{text}': by this remark amounts of the table are in thousands or "
                            "millions, but they are read in rupiah.")  # fmt: skip
                problems.add(row.cells[at].place, message.format(text=said), _(_WHOLE_RUPIAH))
                return True
            if words := prices_of_several(value):
                problems.add(row.cells[at].place, *_priced_together(words))
                return True
            if words := in_foreign_currency(value):
                message = _("'{text}': by this remark amounts of the table are in a foreign currency,"
                            " but they are read in rupiah.")  # fmt: skip
                remedy = _("Write rupiah in all its cells, and take this remark out.")
                problems.add(row.cells[at].place, message.format(text=words), remedy)
                return True
    return False


def refuse_people(rows: Sequence[InputRow], problems: Problems) -> None:
    """Refuse a table that says around it that its people are in thousands: they are counted singly."""
    for row in rows:
        for at, value in row.values.items():
            if isinstance(value, str) and (said := table_in_thousands(value)) and _of_people(value):
                message = _(
                    "{text}: by this remark numbers of the table are in thousands or millions, but "
                    "people are counted singly."
                )
                remedy = _("Write whole numbers in all its cells, and take this remark out.")
                problems.add(row.cells[at].place, message.format(text=f"'{said}'"), remedy)
                return


def _of_people(text: str) -> bool:
    """Return whether words about thousands or millions are about people: Jumlah pegawai (dalam ribuan), and no
    money."""
    words = frozenset(_WORD.findall(text.casefold()))
    return bool(words & _PEOPLE) and not words & _MONEY


def refuse_heads(rows: Iterable[InputRow], columns: Collection[int], problems: Problems, unit: str = "amount") -> bool:
    """Refuse remarks in cells above columns of amounts by which they would be no rupiah, or people in thousands.

    True where there is one.
    """
    refused = False
    for row in rows:
        for at in columns:
            if isinstance(text := row.values.get(at), str) and (fault := fault_of(head_of(text), unit)) is not None:
                problems.add(row.cells[at].place, *fault)
                refused = True
    return refused


def refuse_several(rows: Iterable[InputRow], columns: Collection[int], problems: Problems) -> bool:
    """Refuse heads of units or names by which each price is for several of them, as in Satuan (per 100).

    True where there is one.
    """
    refused = False
    for row in rows:
        for at in columns:
            said = head_of(text) if isinstance(text := row.values.get(at), str) else ColumnHead("")
            if said.meanings & {"scale", "foreign"} and (fault := fault_of(said)) is not None:
                problems.add(row.cells[at].place, *fault)
                refused = True
            elif "several" in said.meanings:
                problems.add(row.cells[at].place, *_priced_together(said.remark))
                refused = True
    return refused


def _priced_together(said: str) -> Fault:
    message = _("{text}: by this remark prices are for several units together, but each is read for one.")
    remedy = _("Write the price of one unit in each row, and take these words out.")
    return message.format(text=f"'{said}'"), remedy
