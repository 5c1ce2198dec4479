"""The years and the last day that words name for prices, where that is certain; a regulation's year or a first day is
neither."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from planner.units.dates import read_date

BOOK_YEAR: Final = r"(?<!\d)20\d\d(?!\d)"
_UNTO: Final = (
    r"(?<![a-z])(?:s\.?\s?[./]?\s?d\b\.?|sampai(?:\s+dengan)?\b|hingga\b|until\b|till\b|through\b|to\b)"
    r"|(?<=20\d\d)\s*[-\u2013\u2014](?=\s*\d)"
    r"|(?<=[\da-z])\s+[-\u2013\u2014](?=\s+(?:\d{1,2}\s+[a-z]|[a-z]{3,}\s+20\d\d))"
)
"""Words, or a dash behind a year or before a month, that lead from the first to the last."""
_HOLDS: Final = r"\b(?:berlaku(?:nya)?|valid(?:ity)?|diperpanjang|extended)\b"
_EXPIRES: Final = (
    r"\b(?:kedaluwarsa|kadaluarsa|kadaluwarsa|expir(?:es?|y|ed|ing)|berakhir|akhir\s+(?:masa\s+)?berlaku)\b"
)
_MONTH: Final = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|agt|aug|sep|o[kc]t|no[vp]|de[sc])[a-z]*\.?"
_DAY: Final = (
    rf"20\d\d-\d\d-\d\d|\d{{1,2}}[\s-]+{_MONTH}[\s-]+20\d\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.]20\d\d|{_MONTH}[\s-]+20\d\d"
    r"|(?<![\d/.-])(?:0?[1-9]|1[0-2])[/-]20\d\d"
    r"|20\d\d(?=\s*(?:\Z|[^\w\s]|(?:dan|atau|kecuali|untuk|belum|sudah|and|or|unless)\b))"
)
_BEFORE: Final = (
    r"\s*:?\s*(?:(?:pada|dengan|akhir|tanggal|tgl\.?|bulan|tahun|anggaran|thn\.?|t\.?a\.?|the|end|of|fy)\s*)*"
)
_TO_DAY: Final = re.compile(rf"(?:{_UNTO}){_BEFORE}({_DAY})(?!\d)", re.IGNORECASE)
_EXPIRES_ON: Final = re.compile(rf"{_EXPIRES}{_BEFORE}({_DAY})(?!\d)", re.IGNORECASE)
_ONE_DAY: Final = re.compile(rf"{_BEFORE}({_DAY})\W*\Z", re.IGNORECASE)
_OF_HOLDING: Final = re.compile(rf"{_HOLDS}|{_EXPIRES}", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[a-z)\d]\.\s+(?=[A-Z])|;")
_NOT: Final = re.compile(
    r"\b(?:tidak|belum|not|no longer|dicabut dan)\b[^.;]{0,30}\b(?:berlaku|valid)\b", re.IGNORECASE
)
_OPEN: Final = re.compile(
    rf"(?:{_UNTO})\s+(?:ada|adanya|di\w{{3,}}|ter\w+|keluar\w*|further|revoked|replaced|changed|there)\b"
    r"|\bdst\b|\bdan\s+(?:seterusnya|tahun[- ]tahun)\b|\bonwards?\b",
    re.IGNORECASE,
)
"""Prices that hold until something happens, of which nobody knows when."""

_REGULATED: Final = (
    r"\b(?:peraturan|keputusan|undang-?undang|instruksi|surat\s+edaran|per(?:pres|gub|bup|wal|wako|da|men\w*)"
    r"|kep(?:pres|gub|bup|wal|men\w*)|inpres|pmk|regulation|decree)\b|\b(?:pp|uu|sk|se)\b(?=\s*(?:no|\d))"
)
_REGULATION: Final = re.compile(
    rf"(?:{_REGULATED})(?:(?!\btentang\b)[^,;]){{0,160}}?\b(?:tahun|of)\s+{BOOK_YEAR}"
    rf"|\b(?:nomor|no\b\.?|number)\s*:?\s*[^,;]{{0,60}}?\b(?:tahun|of)\s+{BOOK_YEAR}"
    rf"|(?<![\w./-])(?!20\d\d\b)[\w./-]{{0,80}}\d[\w./-]{{0,80}}\s+tahun\s+{BOOK_YEAR}"
    rf"|\btahun\s+{BOOK_YEAR}\s*,?\s*(?:nomor|no)\b",
    re.IGNORECASE,
)
"""The year of a regulation, which is not that of the prices it sets."""
_YEAR_WORD: Final = (
    r"(?:\b(?:tahun(?:\s+anggaran)?|thn\b\.?(?:\s+anggaran)?|t\.?\s?a\b\.?|fiscal\s+year|budget\s+year|year"
    r"|masa\s+berlaku(?:\s+harga)?)\s*:?\s*|\b(?:ta|fy)(?=20))"
)
_JOINED: Final = rf"\s*(?:{_UNTO}|/|\bdan\b|\band\b|&|,)\s*(?:{_YEAR_WORD})?"
_YEARS: Final = re.compile(
    rf"(?:{_YEAR_WORD}){BOOK_YEAR}(?![-./]\d\d?(?!\d))(?:(?:{_JOINED}){BOOK_YEAR}(?![-./]\d\d?(?!\d)))*", re.IGNORECASE
)
_TITLE: Final = re.compile(
    r"\b(?:standar(?:isasi)?\s+(?:satuan\s+)?(?:harga|biaya)|harga\s+satuan|daftar\s+harga|ssh|sbu|sbm|hspk|asb|shsr"
    rf"|price\s+list)\b((?:[^\W\d_]|[\s()'-]){{0,80}}?)(?<![a-z])({BOOK_YEAR}(?:(?:{_JOINED}){BOOK_YEAR})*)"
    r"(?:\W*\Z|\s*(?:\(|kab\w*|kota|prov\w*|pem\w+)\D*\Z)",
    re.IGNORECASE,
)
"""What a list calls itself, with the year at its end: Standar Satuan Harga 2026."""
_ASIDE: Final = re.compile(
    r"\b(?:mulai|sejak|dari|from|since|tmt|survei|survey|di(?:tetapkan|undangkan|sahkan|cetak|susun|terbitkan|dasarkan)"
    r"|terbit\w*|\w*banding\w*|kenaikan|inflasi|realisasi|data|dasar|unduh\w*|tanggal|tgl|per|pada|update|revisi"
    rf"|versi|versus)\b|{_REGULATED}|\b{_MONTH}\s*\Z",
    re.IGNORECASE,
)
"""Words after which a year may be that of a beginning, a survey or a signature."""
_BEGINS: Final = re.compile(r"\b(?:mulai|sejak|dari|from|since|tmt)\b[^;]*\b20\d\d\b", re.IGNORECASE)
_RANGE: Final = re.compile(_UNTO, re.IGNORECASE)
_PART: Final = (
    r"(?:semester|sem\b\.?|smt\b\.?|triwulan|tri\s+wulan|tw\b\.?|caturwulan|catur\s+wulan|ku?artal|quarter|half)"
)
_NTH: Final = r"(?:ke\s*-?\s*)?(?P<{}>iv|i{{1,3}}|[1-4]|pertama|kedua|ketiga|keempat)(?![\w-])"
_YEAR_OF_PART: Final = rf"(?:\s*[-,/]?\s*(?:{_YEAR_WORD})?)"
_PARTS: Final = re.compile(
    rf"(?:(?:{_YEAR_WORD})?(?P<before>{BOOK_YEAR})\s*[-,/]?\s*)?\b(?P<part>{_PART})\s*{_NTH.format('first')}"
    rf"(?:(?:{_JOINED}|\s*[-\u2013]\s*)(?:{_PART}\s*)?{_NTH.format('last')})?(?:{_YEAR_OF_PART}(?P<after>{BOOK_YEAR}))?",
    re.IGNORECASE,
)
"""A semester, a quarter or four months of a year, or the last of several."""
_NUMBERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}


def years_said(text: str) -> frozenset[int]:
    """Return the years that a text certainly names for prices, with all between those of a range."""
    told = _REGULATION.sub(", ", text)
    if _OPEN.search(told):
        return frozenset()
    found = _titled(told)
    for said in _YEARS.finditer(told):
        years = _years_in(said[0])
        before = re.split(r"[,;.(]", told[: said.start()])[-1]
        if len(years) == 1 and _ASIDE.search(before[-40:]):
            continue
        found |= years
    return found


def _titled(text: str) -> frozenset[int]:
    title = _TITLE.search(text)
    return _years_in(title[2]) if title is not None and not _ASIDE.search(title[1]) else frozenset()


def _years_in(said: str) -> frozenset[int]:
    """Return the years of a list such as 2026 dan 2028, or of a range such as 2026 s.d. 2028."""
    years = [int(year) for year in re.findall(BOOK_YEAR, said)]
    if len(years) == 2 and years[0] < years[1] and _RANGE.search(said):
        years = list(range(years[0], years[1] + 1))
    return frozenset(years)


def is_open_ended(text: str) -> bool:
    """Return whether prices hold until something happens."""
    return _OF_HOLDING.search(text) is not None and _OPEN.search(text) is not None


def begins_alone(text: str) -> bool:
    """Return whether a text says since when prices hold, and not until when."""
    return _BEGINS.search(text) is not None and last_day_said(f"berlaku {text}") is None


def with_days(text: str) -> str:
    """Return a text with the last day in place of a part of a year, such as Semester I 2027 or TA 2027 Triwulan III."""
    return _PARTS.sub(_last_of_part, text)


def _last_of_part(found: re.Match[str]) -> str:
    named, year = (found["last"] or found["first"]).casefold(), found["after"] or found["before"]
    part = found["part"].casefold()
    months = 6 if part[0] in "sh" else 4 if part[0] == "c" else 3
    month = (int(named) if named.isdecimal() else _NUMBERS[named]) * months
    return found[0] if year is None or month > 12 else f"{_last_of(date(int(year), month, 1)):%d-%m-%Y}"


def last_day_said(text: str) -> date | None:
    """Return the last day until which prices certainly hold, by a text; of several the latest."""
    days: list[date] = []
    for sentence in _SENTENCE.split(with_days(text)):
        holding = _OF_HOLDING.search(sentence)
        if holding is None or _NOT.search(sentence):
            continue
        after = sentence[holding.start() :]
        if _OPEN.search(after):
            return None
        found = [*_TO_DAY.finditer(after), *_EXPIRES_ON.finditer(after)]
        days.extend(day for each in found if (day := _day_of(each[1])) is not None)
    return max(days, default=None)


def day_alone(text: str) -> date | None:
    """Return the day, or the last one of the month or year, that is all a text says."""
    found = _ONE_DAY.match(text)
    return _day_of(found[1]) if found is not None else None


def _day_of(said: str) -> date | None:
    """Return a day; of a month or a year the last one; None where there is no such day."""
    if re.fullmatch(r"20\d\d", said):
        return date(int(said), 12, 31)
    if figures := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d)", said):
        day, month, year = map(int, figures.groups())  # the day first, as Indonesia writes it
        said = f"{year}-{month:02}-{day:02}"
    elif figures := re.fullmatch(r"(\d\d?)[-/](20\d\d)", said):
        return _last_of(date(int(figures[2]), int(figures[1]), 1))
    elif not re.fullmatch(r"20\d\d-\d\d-\d\d", said):
        said = " ".join(re.split(r"[\s-]+", said.replace(".", " ")))
    try:
        if said[0].isdecimal():
            return read_date(said)
        return _last_of(read_date(f"1 {said}"))
    except ValueError:
        return None


def _last_of(day: date) -> date:
    """Return the last day of a month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
