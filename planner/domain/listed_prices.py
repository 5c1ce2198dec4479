"""Prices taken from a price list of the region (SSH, SBU), and the units in which such lists count."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import Field

from planner.domain.base import Name, Record, Rupiah, Text
from planner.domain.codes import Accounts
from planner.units.texts import name_key


class ListedPrice(Record):
    """One entry of a price list, as the scenario that uses it keeps it."""

    from_: Name = Field(alias="from")
    """Id of the price list."""
    code: Name
    """Code of the price, as the list writes it."""
    of: Name | None = None
    """Where the price of the item depends on the group or the year: the value that this entry is for."""
    name: Text = ""
    """What the list calls it (uraian)."""
    spec: Text = ""
    """Specification (spek)."""
    unit: Name | None = None
    """Unit of the price, such as OJ or Orang/Hari."""
    price: Rupiah
    """Price of one unit in the list [rupiah]."""
    accounts: Accounts = ()
    """Accounts that the list allows; any when empty."""
    group: Name | None = None
    """Kind of the list: SSH, HSPK, ASB or SBU."""


def as_several(value: Any) -> Any:
    """Return one entry as a list of one."""
    return (value,) if isinstance(value, Mapping | ListedPrice) else value


_SHORT: Final = {
    "oj": "orang jam", "ojp": "orang jam pelajaran", "oh": "orang hari", "ok": "orang kali", "ob": "orang bulan",
    "ot": "orang tahun", "or": "orang", "jp": "jam pelajaran",
}  # fmt: skip
"""Short units, written out."""

_ALIKE: Final = {"kegiatan": "kali", "peserta": "orang", "org": "orang", "jpl": "jam pelajaran"}
"""Words that stand for one another in units."""


def unit_words(unit: str) -> frozenset[str]:
    """Return the words of a unit, equal for OH, Orang/Hari and orang x hari."""
    words = re.split(r"[^\w]+", unit.casefold())
    spelled = " ".join(_SHORT.get(word, _ALIKE.get(word, word)) for word in words if word and word != "x")
    return frozenset(spelled.split()) or frozenset([name_key(unit)])
