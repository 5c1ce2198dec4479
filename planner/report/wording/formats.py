"""Numbers, money, shares and dates in Indonesian and English notation.

Babel provides the notation; figures are formatted from their exact values, never from binary floats.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_interval
from babel.numbers import NumberPattern, format_compact_decimal, parse_pattern

_LOCALES: Final = {"id": "id_ID", "en": "en_GB"}
_MARKS: Final = {"id": (".", ","), "en": (",", ".")}
"""Marks of thousands and of decimals."""
_WHOLE: Final = parse_pattern("#,##0")
_MONEY: Final = parse_pattern("'Rp'#,##0")
_UP_TO: Final = tuple(parse_pattern("#,##0" + ("." + "#" * places if places else "")) for places in range(7))
_FIXED: Final = tuple(parse_pattern("#,##0" + ("." + "0" * places if places else "")) for places in range(7))
_MILLION: Final = 10**6
_TENTH: Final = Fraction(1, 10)
"""Smallest number of gaps that is told from none where one decimal is shown."""
NOTHING: Final = "\u2013"
"""The content of a cell without a value: an en dash."""
BLANK: Final = "\u2026" * 8
"""A dotted line for filling in by hand."""
NO_BREAK: Final = "\u00a0"
"""No-break space, which keeps "Rp" and its number on one line."""

Number = int | Fraction | Decimal


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[language])


@lru_cache(maxsize=65536)
def _applied(pattern: NumberPattern, value: int | Decimal, language: str) -> str:
    return str(pattern.apply(value, _locale(language)))  # kept by the language: Babel's locales are slow to look up


def rounded(value: Number, places: int) -> Decimal:
    """Return `value` with `places` decimals, halves away from zero as spreadsheets show them, computed exactly."""
    top, bottom = value.as_integer_ratio()  # in whole numbers: no fraction is reduced for it
    near = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return Decimal(f"{near if top > 0 else -near}e-{places}")


@dataclass(frozen=True)
class Formats:
    """Formats of one language: "id" or "en"."""

    language: str

    @property
    def locale(self) -> Locale:
        return _locale(self.language)

    def count(self, value: int) -> str:
        """Format people, classes, seats: 1.234."""
        return _applied(_WHOLE, value, self.language)

    def number(self, value: Number, places: int = 2) -> str:
        """Format a quantity with as many decimals as it needs, at most `places`: 1.234,5."""
        if isinstance(value, int):
            return self.count(value)
        return _applied(_UP_TO[places], rounded(value, places), self.language)

    def gaps_in_words(self, value: Number) -> str:
        """Format a number of gaps where no table has it: one decimal is enough there; no gap alone is 0."""
        return f"<{self.number(_TENTH, 1)}" if 0 < value < _TENTH / 2 else self.number(value, 1)

    def fixed(self, value: Number, places: int) -> str:
        """Format a quantity with exactly `places` decimals, for columns: 1.234,50."""
        return _applied(_FIXED[places], rounded(value, places), self.language)

    def rupiah(self, amount: int) -> str:
        """Format rupiah in full: Rp1.250.000.000."""
        return _applied(_MONEY, amount, self.language)

    def rupiah_in_words(self, amount: int) -> str:
        """Format rupiah as read aloud, rounded to two decimals: Rp 1,25 miliar; below a million in full."""
        if abs(amount) < _MILLION:
            return self.rupiah(amount)
        scale = 1000 ** ((len(str(abs(amount))) - 1) // 3)
        near = int(rounded(Fraction(amount, scale), 2) * scale)
        text = format_compact_decimal(near, format_type="long", locale=self.locale, fraction_digits=2)
        return f"Rp{NO_BREAK}{text.replace(' ', NO_BREAK)}"

    def share(self, value: Fraction, places: int = 1) -> str:
        """Format a share [0-1] in percent: 12,3%; 37,0% with the same decimals, so that columns align, but 0% and 100%.

        Only the whole is 100% and only nothing is 0%, so that rounding never suggests that a goal is reached.
        """
        percent = rounded(value, places + 2).scaleb(2)
        step = Decimal(1).scaleb(-places)
        if percent == 100 and value < 1:
            percent -= step
        elif percent == 0 and value > 0:
            return f"<{_applied(_UP_TO[places], step, self.language)}%"
        pattern = _WHOLE if percent in (0, 100) else _FIXED[places]
        return f"{_applied(pattern, percent, self.language)}%"

    def given_share(self, value: Fraction) -> str:
        """Format an input share, with as many decimals as it needs: 0,34%."""
        return f"{_applied(_UP_TO[6], rounded(value * 100, 6), self.language)}%"

    def float_share(self, value: float) -> str:
        """Format a small share that is a float, such as a relative gap, with two significant digits: 0,0081%."""
        percent = Decimal(repr(value)) * 100
        if percent <= 0:
            return "0%"
        places = min(6, max(0, 1 - percent.adjusted()))
        shown = rounded(Fraction(percent), places)
        if shown == 0:
            return f"<{_applied(_UP_TO[places], Decimal(1).scaleb(-places), self.language)}%"
        return f"{_applied(_UP_TO[places], shown, self.language)}%"

    def date(self, day: datetime.date) -> str:
        """Format a date: 17 Agustus 2027."""
        return format_date(day, "long", locale=self.locale)

    def days(self, first: datetime.date, last: datetime.date) -> str:
        """Format days from the first to the last: 5 to 7 April as one text."""
        if first == last:
            return self.date(first)
        return str(format_interval(first, last, "yMMMd", locale=self.locale)).replace("\u2009", " ")


def alike(figures: Sequence[str], language: str) -> list[str]:
    """Return the figures of a column with the same number of decimals each, as many as one of them has: 39,0 beside
    39,3.

    Whatever is no plain figure stays as it is: a dash, `<0,1`, a share, which has its own rule (`Formats.share`).
    """
    thousands, mark = _MARKS[language]
    plain = re.compile(
        rf"[-+\u2212\u00b1]?(\d{{1,3}}({re.escape(thousands)}\d{{3}})+|\d+)({re.escape(mark)}(?P<decimals>\d+))?"
    )
    found = [plain.fullmatch(figure) for figure in figures]
    places = max((len(one["decimals"] or "") for one in found if one), default=0)
    missing = [places - len(one["decimals"] or "") if one else 0 for one in found]
    return [
        f"{figure}{mark if lacking == places else ''}{'0' * lacking}" if lacking else figure
        for figure, lacking in zip(figures, missing, strict=True)
    ]


def places_needed(values: list[Fraction]) -> int:
    """Return the fewest decimals with which all `values` are exact, if four are enough; else two.

    Shares of people and of success in whole percent give four: rows then sum to the totals printed.
    """
    for places in range(5):
        if all((value * 10**places).denominator == 1 for value in values):
            return places
    return 2


def places_of(value: Fraction, most: int = 6) -> int:
    """Return the number of decimals with which a number is exact, at most `most`."""
    for places in range(most):
        if (value * 10**places).denominator == 1:
            return places
    return most
