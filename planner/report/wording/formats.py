"""Numbers, money, shares and dates as Indonesian and English readers write them.

Babel knows the marks; every figure is formatted from its exact value, and never becomes a binary
float on the way.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_compact_decimal, parse_pattern

_LOCALES: Final = {"id": "id_ID", "en": "en_GB"}
_WHOLE: Final = parse_pattern("#,##0")
_MONEY: Final = parse_pattern("'Rp'#,##0")
_UP_TO: Final = tuple(parse_pattern("#,##0" + ("." + "#" * places if places else "")) for places in range(7))
_FIXED: Final = tuple(parse_pattern("#,##0" + ("." + "0" * places if places else "")) for places in range(7))
_MILLION: Final = 10**6
NOTHING: Final = "\u2013"
"""Stands in a cell where there is nothing to say: an en dash."""
NO_BREAK: Final = "\u00a0"
"""Keeps "Rp" and its number on one line."""

Number = int | Fraction


@lru_cache(maxsize=65536)
def _applied(pattern: NumberPattern, value: int | Decimal, locale: Locale) -> str:
    return str(pattern.apply(value, locale))


def rounded(value: Number, places: int) -> Decimal:
    """`value` with `places` decimals, ties to even, computed exactly."""
    scaled = value * 10**places
    whole = scaled if isinstance(scaled, int) else round(scaled)
    return Decimal(f"{whole}e-{places}")


@dataclass(frozen=True)
class Formats:
    """Formats of one language: "id" or "en"."""

    language: str

    @cached_property
    def locale(self) -> Locale:
        return Locale.parse(_LOCALES[self.language])

    def count(self, value: int) -> str:
        """People, classes, seats: 1.234."""
        return _applied(_WHOLE, value, self.locale)

    def number(self, value: Number, places: int = 2) -> str:
        """A quantity with as many decimals as it needs, at most `places`: 1.234,5."""
        if isinstance(value, int):
            return self.count(value)
        return _applied(_UP_TO[places], rounded(value, places), self.locale)

    def fixed(self, value: Number, places: int) -> str:
        """A quantity with exactly `places` decimals, for columns: 1.234,50."""
        return _applied(_FIXED[places], rounded(value, places), self.locale)

    def rupiah(self, amount: int) -> str:
        """Rupiah in full: Rp1.250.000.000."""
        return _applied(_MONEY, amount, self.locale)

    def rupiah_in_words(self, amount: int) -> str:
        """Rupiah as read aloud, rounded to two decimals: Rp 1,25 miliar. Below a million it is given in full."""
        if abs(amount) < _MILLION:
            return self.rupiah(amount)
        scale = 1000 ** ((len(str(abs(amount))) - 1) // 3)
        near = int(rounded(Fraction(amount, scale), 2) * scale)
        text = format_compact_decimal(near, format_type="long", locale=self.locale, fraction_digits=2)
        return f"Rp{NO_BREAK}{text.replace(' ', NO_BREAK)}"

    def share(self, value: Fraction, places: int = 1) -> str:
        """A share [0-1] in percent: 12,3%; 37,0% with the same decimals, so that columns align, but 0% and 100%.

        100% is printed for the whole alone and 0% for nothing alone, so that rounding never
        tells that a goal is reached.
        """
        percent = rounded(value * 100, places)
        step = Decimal(1).scaleb(-places)
        if percent == 100 and value < 1:
            percent -= step
        elif percent == 0 and value > 0:
            return f"<{_applied(_UP_TO[places], step, self.locale)}%"
        pattern = _WHOLE if percent in (0, 100) else _FIXED[places]
        return f"{_applied(pattern, percent, self.locale)}%"

    def given_share(self, value: Fraction) -> str:
        """A share that somebody has set, with as many decimals as it needs: 0,34%."""
        return f"{_applied(_UP_TO[6], rounded(value * 100, 6), self.locale)}%"

    def float_share(self, value: float) -> str:
        """A small share that is a float by nature, such as a relative gap, with two significant digits: 0,0081%."""
        percent = Decimal(repr(value)) * 100
        if percent <= 0:
            return "0%"
        places = min(6, max(0, 1 - percent.adjusted()))
        shown = percent.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
        if shown == 0:
            return f"<{_applied(_UP_TO[places], Decimal(1).scaleb(-places), self.locale)}%"
        return f"{_applied(_UP_TO[places], shown, self.locale)}%"

    def date(self, day: datetime.date) -> str:
        """17 Agustus 2027."""
        return format_date(day, "long", locale=self.locale)


def places_needed(values: list[Fraction], most: int = 2) -> int:
    """The fewest decimals, at most `most`, with which all `values` are exact; `most` where none are."""
    for places in range(most):
        if all((value * 10**places).denominator == 1 for value in values):
            return places
    return most
