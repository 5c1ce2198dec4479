"""The agency's own words for its documents: sentences by section, signatories, date, addressee and number."""

import datetime
import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.domain.base import Name, Record, Text
from planner.domain.codes import ActivityCode
from planner.locale import _

_DIGITS_OF_NIP: Final = 18
_DAY: Final = re.compile(r"(\d{1,2})\s+([^\W\d]+)\s+(\d{4})\Z")


def _nip(text: str) -> str:
    """Return the 18 digits of a NIP, which may be grouped by spaces; ValueError for anything else."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == _DIGITS_OF_NIP):
        words = _("'{text}' is not a NIP: a NIP has 18 digits, and this has {count}. Check it, or remove it.")
        sentence = words.format(text=text, count=sum(map(str.isdigit, text)))
        raise PydanticCustomError("planner", "{sentence}", {"sentence": sentence})
    return digits


Nip = Annotated[Name, AfterValidator(_nip)]
"""Employee number: 18 digits."""


def _day(value: Any) -> datetime.date:
    """Return the day written as "30 November 2026" or "2026-11-30"; ValueError for anything else."""
    if isinstance(value, datetime.date):
        return value
    text = " ".join(value.split()) if isinstance(value, str) else ""
    try:
        if (named := _DAY.match(text)) is None:
            return datetime.date.fromisoformat(text)
        return datetime.date(int(named[3]), _months()[named[2].casefold()], int(named[1]))
    except (KeyError, ValueError):
        sentence = _("'{text}' is not a date. Write it as in: 30 November 2026").format(text=value)
        raise PydanticCustomError("planner", "{sentence}", {"sentence": sentence}) from None


def _months() -> dict[str, int]:
    """Return the numbers of the months by their names in both languages."""
    from babel.dates import get_month_names  # only a scenario with a date needs it

    names = (get_month_names("wide", locale=locale) for locale in ("id", "en"))
    return {name.casefold(): number for of_locale in names for number, name in of_locale.items()}


def _written(day: datetime.date) -> str:
    return day.isoformat()


Day = Annotated[
    datetime.date, BeforeValidator(_day), PlainSerializer(_written), WithJsonSchema({"type": ["string", "number"]})
]
"""One day."""


class Signatory(Record):
    """Who signs the documents."""

    role: Name
    """Post as printed above the name, such as Kepala BPSDM Provinsi Jambi."""
    name: Name | None = None
    """Name with titles; a dotted line when absent."""
    nip: Nip | None = None
    """Employee number (NIP), 18 digits; blanks between them do no harm."""
    rank: Name | None = None
    """Rank (pangkat, golongan), such as Pembina Utama Madya (IV/d)."""


class Sections(Record):
    """Own sentences, section by section, in simple Markdown: paragraphs, bold, italics, lists and tables."""

    legal_basis: Text = ""
    """Legal basis (dasar hukum), after the laws that the document names by itself."""
    background: Text = ""
    """Background (latar belakang)."""
    aims: Text = ""
    """Aims (maksud dan tujuan)."""
    indicators: Text = ""
    """Performance indicators (indikator kinerja)."""
    beneficiaries: Text = ""
    """Who is trained (penerima manfaat)."""
    method: Text = ""
    """Method (metode pelaksanaan)."""
    schedule: Text = ""
    """Schedule (jadwal)."""
    cost: Text = ""
    """Cost (biaya)."""
    closing: Text = ""
    """Last words (penutup)."""
    letter: Text = ""
    """Text of the covering letter (surat pengantar)."""

    def of(self, section: str) -> str:
        """Return the sentences of one section; empty where there are none."""
        return str(getattr(self, section))


Replaceable = Literal["legal_basis", "background", "aims", "closing", "letter"]
"""Sections without figures of the plan, which own sentences may replace."""


class Narrative(Sections):
    """Own sentences for all terms of reference, and for single sub-activities."""

    activities: dict[ActivityCode, Sections] = Field(default_factory=dict)
    """Own sentences for one sub-activity, by its code; they stand in place of those for all."""
    replaces: tuple[Replaceable, ...] = ()
    """Sections in which own sentences replace what the document says by itself, rather than stand beside it."""

    def words(self, section: str, activity: str | None = None) -> str:
        """Return the sentences of a section in the terms of reference of `activity`."""
        own = self.activities.get(activity) if activity is not None else None
        return (own.of(section) if own is not None else "") or self.of(section)


SECTIONS: Final = tuple(Sections.model_fields)
"""Names of the sections, in the order of a document."""
