"""Of which year the prices of a list are, and until when they hold, by its title, its notes, and the words of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from planner.units.dates import read_date

_BOOK: Final = r"20\d\d"
_REGULATION: Final = re.compile(
    rf"\b(?:nomor|no\b\.?|number)\s*:?\s*[^,;]{{0,40}}?\b(?:tahun|of)\s+{_BOOK}", re.IGNORECASE
)
"""The year of a regulation, which is not that of the prices it sets."""
_UNTO: Final = r"(?:s\.?\s?[./]?\s?d\b\.?|sampai(?:\s+dengan)?|hingga|until|till|through|to\b|[-\u2013])"
_YEARS: Final = re.compile(
    rf"\b(?:tahun(?:\s+anggaran)?|t\.?\s?a\b\.?|fiscal year|budget year|year)\s*:?\s*({_BOOK})"
    rf"(?:\s*(?:{_UNTO}|/|dan|and|,)\s*({_BOOK}))?",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(
    rf"\b(?:berlaku|valid|kedaluwarsa|kadaluarsa|expires?)\b[^.;]{{0,60}}?{_UNTO}?\s*:?\s*(?:akhir\s+)?(?:tanggal\s+)?"
    rf"({_BOOK}-\d\d-\d\d|\d{{1,2}}\s+[a-z]+\.?\s+{_BOOK}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{_BOOK})\W*\Z",
    re.IGNORECASE,
)
"""The last day that is named after words of validity, at the end of what is said."""
_UNTIL_YEAR: Final = re.compile(
    rf"\b(?:berlaku|valid)\b[^.;]{{0,40}}?{_UNTO}\s*:?\s*(?:akhir\s+)?(?:tahun\s+(?:anggaran\s+)?)?({_BOOK})\b",
    re.IGNORECASE,
)
_FROM: Final = re.compile(rf"\b(?:mulai|sejak|dari|from|since)\b(?!.*{_UNTO})", re.IGNORECASE)
_HEAD_OF_YEAR: Final = re.compile(r"(?:tahun|ta|year)(?:anggaran|berlaku|harga)?\Z")
_HEAD_OF_END: Final = re.compile(r"berlaku|valid|kedaluwarsa|kadaluarsa|expir", re.IGNORECASE)
_LONE: Final = re.compile(rf"(?<!\d)({_BOOK})(?!\d)")


@dataclass(frozen=True, slots=True)
class Validity:
    """What a list, or one of its rows, says of the time of its prices."""

    years: frozenset[int] = frozenset()
    """Years of the prices; none where nothing is said."""
    until: date | None = None
    """Last day on which they hold."""
    words: str = ""
    """What says so."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return what is said by the first text that names a last day, or else by the first that names a year."""
        years: frozenset[int] = frozenset()
        words = ""
        for text in texts:
            if (last := _last_day(text)) is not None:
                return cls(until=last, words=text)
            found = frozenset(int(year) for each in _YEARS.findall(_REGULATION.sub(" ", text)) for year in each if year)
            if found and not years:
                years, words = found, text
        return cls(years, None, words)

    @classmethod
    def of_row(cls, cells: Mapping[str, str]) -> Self:
        """Return what a row says in columns of its own, such as Tahun or Berlaku sampai, by their heads."""
        for head, cell in cells.items():
            text = " ".join(cell.split())
            if _HEAD_OF_END.search(head) and (last := _last_day(f"berlaku {head} {text}")) is not None:
                return cls(until=last, words=f"{head}: {text}")
            name = re.sub("[^a-z]", "", head.casefold())
            if _HEAD_OF_YEAR.match(name) and (year := _LONE.fullmatch(text.strip())):
                return cls(frozenset({int(year[1])}), None, f"{head}: {text}")
        return cls()

    @classmethod
    def of_name(cls, name: str) -> Self:
        """Return the year in the name of a file or a list; nothing where it has none, or several."""
        years = {int(year) for year in _LONE.findall(name)}
        return cls(frozenset(years), None, name) if len(years) == 1 else cls()

    def __bool__(self) -> bool:
        return bool(self.years) or self.until is not None

    def misses(self, first: int, last: int) -> bool:
        """Return whether the prices are of none of the years `first` to `last`, or hold no longer before `first` ends.

        Prices of the first year are raised by `price_growth` for later ones, so that those of one year are enough.
        """
        if self.until is not None:
            return self.until < date(first, 12, 31)
        return bool(self.years) and not any(first <= year <= last for year in self.years)


def _last_day(text: str) -> date | None:
    """Return the last day that a text names for prices; of a year alone its last."""
    if (found := _UNTIL.search(text)) is not None and not _FROM.search(found[0]):
        said = found[1]
        if figures := re.fullmatch(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.]({_BOOK})", said):
            day, month, year = map(int, figures.groups())  # the day first, as Indonesia writes it
            said = f"{year}-{month:02}-{day:02}"
        try:
            return read_date(said)
        except ValueError:
            return None
    year_only = _UNTIL_YEAR.search(text)
    return date(int(year_only[1]), 12, 31) if year_only is not None else None


def planned_years(data: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the first and the last year of a scenario's plain data; None where it names no fiscal year."""
    head = data.get("scenario")
    first = head.get("fiscal_year") if isinstance(head, dict) else None
    if not isinstance(first, int):
        return None
    periods = data.get("periods")
    named = [each.get("year") for each in periods if isinstance(each, dict)] if isinstance(periods, list) else []
    return first, max([first, *(year for year in named if isinstance(year, int))])
