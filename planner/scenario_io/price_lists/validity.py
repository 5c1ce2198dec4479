"""Of which year the prices of a list are, and until when they hold, by its title, its notes, and the words of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from planner.scenario_io.price_lists.validity_words import (
    BOOK_YEAR,
    day_alone,
    is_open_ended,
    last_day_said,
    with_days,
    years_said,
)

_HEAD_OF_YEAR: Final = re.compile(r"(?:tahun|thn|th|ta|year|fiscalyear|budgetyear|fy)(?:anggaran|berlaku|harga)?\Z")
_YEARS_ALONE: Final = re.compile(rf"(?:tahun|thn|th|t\.?\s?a|fy)?[\s.:]*({BOOK_YEAR})(?:[.,]0)?\Z", re.IGNORECASE)
_HEAD_OF_END: Final = re.compile(
    r"\b(?:berlaku|valid|harga|price)\b.*?(?:\bs\.?\s?[./]?\s?d\b|\bsampai\b|\bhingga\b|\buntil\b|\btill\b|\bthrough\b"
    r"|\bto\b)|\bkedaluwarsa\b|\bkadaluw?arsa\b|\bexpir|\bberakhir|\bakhir\s+(?:masa\s+)?berlaku\b",
    re.IGNORECASE,
)
_HEAD_OF_TIME: Final = re.compile(r"\bmasa\s+(?:ber)?laku\b|\bvalidity\b|\bperiode\s+berlaku\b", re.IGNORECASE)
_HEAD_OF_START: Final = re.compile(r"\b(?:mulai|sejak|dari|tmt|awal|from|since|start\w*)\b", re.IGNORECASE)
_IN_NAME: Final = re.compile(rf"{BOOK_YEAR}(?![-_.]?\d\d?[-_.]\d)")
_NO_YEAR_IN_NAME: Final = re.compile(
    r"(?<![a-z])(?:per(?:pres|gub|bup|wal|wako|da|men[a-z]*|aturan)|kep(?:pres|gub|bup|wal|men[a-z]*|utusan)|pmk|pp|uu|sk|se"
    r"|nomor|no|mulai|sejak|from|since|tmt|tanggal|tgl|unduh[a-z]*)(?![a-z])",
    re.IGNORECASE,
)
"""Words in the name of a file whose year may be that of a regulation or of a beginning."""


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
        """Return the latest last day that texts name, or else all years they name; nothing where prices hold until
        something happens."""
        texts = list(texts)
        ends = [(last, text) for text in texts if (last := last_day_said(text)) is not None]
        if ends:
            last, words = max(ends, key=lambda each: each[0])
            return cls(until=last, words=words)
        named = [(years, text) for text in texts if (years := years_said(text))]
        if not named or any(map(is_open_ended, texts)):
            return cls()
        return cls(frozenset().union(*(years for years, _text in named)), None, named[0][1])

    @classmethod
    def of_row(cls, cells: Mapping[str, str]) -> Self:
        """Return what a row says in columns of its own, such as Tahun or Berlaku sampai, by their heads."""
        said = [cls._of_cell(head, " ".join(cell.split())) for head, cell in cells.items()]
        return next((each for each in said if each.until), None) or next(filter(None, said), cls())

    @classmethod
    def _of_cell(cls, head: str, text: str) -> Self:
        words = f"{head}: {text}"
        name = re.sub("[^a-z]", "", head.casefold())
        if _HEAD_OF_YEAR.match(name):
            year = _YEARS_ALONE.match(text)
            return cls(frozenset({int(year[1])}) if year else years_said(f"tahun {text}"), None, words)
        starts, text = _HEAD_OF_START.search(head) is not None, with_days(text)
        if _HEAD_OF_TIME.search(head) and not starts:
            if years := years_said(f"tahun {text}") or years_said(text):
                return cls(years, None, words)
            last = last_day_said(f"berlaku {text}")
            if last is None and (alone := day_alone(text)) is not None and alone.day > 1:
                last = alone  # a first of a month may be the beginning
            return cls(until=last, words=words)
        ends = _HEAD_OF_END.search(head) is not None
        if not ends and not re.search(r"\b(?:berlaku|valid)\b", head, re.IGNORECASE):
            return cls()
        last = last_day_said(f"berlaku {text}")
        if last is None and ends and not starts:
            last = day_alone(text)
        return cls(until=last, words=words)

    @classmethod
    def of_name(cls, name: str) -> Self:
        """Return the year in the name of a file or a list; nothing where it has none or several, a day or a
        regulation."""
        years = {int(year) for year in re.findall(BOOK_YEAR, name)}
        certain = len(years) == 1 and _IN_NAME.search(name) and not _NO_YEAR_IN_NAME.search(name)
        return cls(frozenset(years), None, name) if certain else cls()

    def __bool__(self) -> bool:
        return bool(self.years) or self.until is not None

    @property
    def short(self) -> str:
        """The same as a column of its own says it: the years, or the last day."""
        return ", ".join(map(str, sorted(self.years))) if self.until is None else f"s.d. {self.until:%d-%m-%Y}"

    def misses(self, year: int) -> bool:
        """Return whether the prices are of other years than `year`, or hold no longer before it ends.

        Prices of a list are those of the first year, and `price_growth` raises them for later ones.
        """
        if self.until is not None:
            return self.until < date(year, 12, 31)
        return bool(self.years) and year not in self.years

    def is_later(self, year: int) -> bool:
        """Return whether the prices are of years after `year` alone."""
        return self.until is None and bool(self.years) and min(self.years) > year


def planned_years(data: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the first and the last year of a scenario's plain data; None where it names no fiscal year."""
    head = data.get("scenario")
    first = head.get("fiscal_year") if isinstance(head, dict) else None
    if not isinstance(first, int):
        return None
    periods = data.get("periods")
    named = [each.get("year") for each in periods if isinstance(each, dict)] if isinstance(periods, list) else []
    return first, max([first, *(year for year in named if isinstance(year, int))])
