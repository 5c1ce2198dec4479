"""Days as planners write them: one, or the first and the last of several."""

from __future__ import annotations

import datetime
import re
from typing import Final

from planner.locale import _
from planner.units.said import quoted

_MONTHS: Final = (
    "januari january jan", "februari february feb", "maret march mar", "april apr", "mei may", "juni june jun",
    "juli july jul", "agustus august agu agt aug", "september sep sept", "oktober october okt oct",
    "november nopember nov nop", "desember december des dec",
)  # fmt: skip
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_DAY_IN_WORDS: Final = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\.?\s+(\d{4})\Z", re.ASCII)
_UNTIL: Final = r"\s*(?:[-/\u2013]|s\.?\s?[./]?\s?d\b\.?|sampai(?:\s+dengan)?\b|to\b)\s*"
_DAYS: Final = re.compile(rf"(\d{{4}}-\d\d-\d\d){_UNTIL}(\d{{4}}-\d\d-\d\d)\Z", re.ASCII)
_DAYS_IN_WORDS: Final = re.compile(
    rf"(\d{{1,2}})(?:\s+([A-Za-z]+)\.?)?(?:\s+(\d{{4}}))?{_UNTIL}(\d{{1,2}}\s+([A-Za-z]+)\.?\s+(\d{{4}}))\Z", re.ASCII
)


def read_date(value: object) -> datetime.date:
    """Return a day from "2027-01-04", "4 Januari 2027" or "4 January 2027".

    Figures alone, such as 4/1/2027, are refused with ValueError: programs do not agree on which is the month.
    """
    text = value.isoformat()[:10] if isinstance(value, datetime.date) else str(value).strip()
    if written := _DAY_IN_WORDS.match(text):
        months = [n for n, names in enumerate(_MONTHS, start=1) if written[2].casefold() in names.split()]
        text = f"{written[3]}-{(months or [0])[0]:02}-{int(written[1]):02}"
    try:
        return datetime.date.fromisoformat(text) if _DAY.match(text) else datetime.date.min.replace(year=0)
    except ValueError:
        raise ValueError(
            _("{value} is not a date. Write it as 2027-01-04 or 4 Januari 2027.").format(value=quoted(value))
        ) from None


def read_days(value: object) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day from "5-7 April 2027", "29 April s.d. 3 Mei 2027", "2027-04-05/2027-04-07", or
    one day.

    Where the first day has no month or year, they are those of the last. Raises ValueError.
    """
    text = " ".join(str(value).split())
    parts = (text, text)
    if written := _DAYS.match(text):
        parts = written[1], written[2]
    elif written := _DAYS_IN_WORDS.match(text):
        parts = f"{written[1]} {written[2] or written[5]} {written[3] or written[6]}", written[4]
    try:
        first, last = map(read_date, parts)
    except ValueError:
        message = _("{value} is not a date or a range of dates. Write it as 5-7 April 2027 or 2027-04-05/2027-04-07.")
        raise ValueError(message.format(value=quoted(value))) from None
    if last < first:
        raise ValueError(_("{value} ends before it begins.").format(value=quoted(value)))
    return first, last
