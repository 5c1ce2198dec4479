"""The fixed words of the format as a drop-down shows them, in Indonesian and in English.

They are part of the workbook's format, like the names of its sheets: a workbook made in one language
is read in the other, and a change of a catalog does not make old workbooks unreadable.
"""

from __future__ import annotations

from typing import Final

from planner.locale import language_in_force

WORDS: Final[dict[str, dict[str, str]]] = {
    "competency kind": {
        "technical": "teknis",
        "managerial": "manajerial",
        "socio_cultural": "sosial kultural",
    },
    "fund kind": {"own": "sendiri", "partner": "mitra"},
    "employment": {"pns": "PNS", "pppk": "PPPK"},
    "per": {"participant": "peserta", "class": "angkatan", "programme": "program"},
    "relation": {
        "together": "bersama",
        "at_most_one_of": "paling banyak satu",
        "only_if": "hanya bila",
    },
    "measure": {
        "cost": "biaya",
        "participants": "peserta",
        "hours": "JP",
        "classes": "angkatan",
        "gaps_closed": "kesenjangan tertutup",
    },
    "language": {"id": "id", "en": "en"},
    "maximize": {"gaps_closed": "kesenjangan tertutup", "smallest_coverage": "cakupan terkecil"},
    "minimize": {"own_cost": "biaya dana sendiri", "total_cost": "biaya seluruhnya"},
    "bucket": {
        "agency": "perangkat daerah",
        "location": "lokasi",
        "group": "kelompok",
        "competency": "kompetensi",
    },
    "unit of rule": {
        "programme": "program",
        "group": "kelompok",
        "agency": "perangkat daerah",
        "location": "lokasi",
    },
    "years of share": {"same": "sama"},
    "price by": {
        "id": "kelompok",
        "agency": "perangkat daerah",
        "location": "lokasi",
        "level": "jenjang",
        "employment": "status",
        "year": "tahun",
    },
    "yes or no": {"true": "ya", "false": "tidak"},
}
"""Key of the format and Indonesian word, by vocabulary; in English the key itself is the word."""


def shown(vocabulary: str, key: str) -> str:
    """Return the word for `key` in the language in force; a key without one is shown as it is."""
    return WORDS[vocabulary].get(key, key) if language_in_force() == "id" else key


def choices(vocabulary: str) -> list[str]:
    """Return the words of a drop-down, in the language in force."""
    return [shown(vocabulary, key) for key in WORDS[vocabulary]]


_ALSO_CALLED: Final[dict[str, dict[str, str]]] = {
    "per": {"orang": "participant", "pax": "participant", "kelas": "class"},
    "fund kind": {"dana sendiri": "own", "own funds": "own", "dana mitra": "partner"},
}
"""Other words of offices, by vocabulary."""


def understood(vocabulary: str, word: str) -> str | None:
    """Return the key that `word` stands for, in whatever language and case; None for an unknown word."""
    sought = " ".join(word.casefold().replace("_", " ").split())
    if vocabulary == "per":
        sought = sought.removeprefix("per ")
    for key, indonesian in WORDS[vocabulary].items():
        if sought in (key.replace("_", " "), indonesian.casefold()):
            return key
    return _ALSO_CALLED.get(vocabulary, {}).get(sought)
