"""Columns of tables that are known by name, and how column headings are compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from planner.domain.people import Layout

LAYOUTS: Final[Mapping[Layout, Mapping[str, str]]] = {
    "siasn": {
        "nip_baru": "id",
        "nama": "name",
        "unor_id": "unit_id",
        "unor_nama": "unit",
        "unor_induk_nama": "agency",
        "lokasi_kerja_nama": "location",
        "eselon": "level",
        "eselon_nama": "level",
        "jenis_jabatan_nama": "level",
        "jenis_jabatan_id": "level",
        "kedudukan_hukum_id": "employment",
    },
    "ip-asn": {"nip": "id", "nip_baru": "id", "nama": "name", "unor": "unit"},
    "training": {
        "nip": "id",
        "nip_baru": "id",
        "nipbaru": "id",
        "jumlahjam": "hours",
        "jumlah_jam": "hours",
        "jp": "hours",
        "jumlah_jp": "hours",
        "jam_pelajaran": "hours",
        "tanggalselesai": "last_training",
        "tanggal_selesai": "last_training",
        "tanggalselesaikursus": "last_training",
        "tanggal_selesai_kursus": "last_training",
    },
    "units": {"id": "unit_id", "namaunit": "unit", "nama_unit": "unit", "nama": "unit", "namaunor": "unit",
              "nama_unor": "unit", "diatasanid": "parent", "diatasan_id": "parent", "id_atasan": "parent"},
}  # fmt: skip
"""Which field the columns of a layout hold, by the key of their heading; the first with a value counts for a field."""

NIP_HEADS: Final = frozenset({"nip", "nip_baru", "nipbaru"})
"""Keys of headings of a column of ids in a table of any kind, where no other column has ids."""

ROW_NUMBER_HEADS: Final = frozenset({"", "no", "nomor", "no_urut", "nomor_urut", "urut", "urutan", "number"})
"""Keys of headings of columns that number the rows, and of headings without letters and digits."""

VALUES: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "siasn": {
        "level": {"1": "struktural", "2": "fungsional", "3": "struktural dan fungsional", "4": "pelaksana"},
        "employment": {"71": "pppk", "72": "pppk"},
    },
}
"""What codes of a layout mean. A kedudukan hukum of 71 or 72 is that of PPPK; any other number is that of PNS."""

EMPLOYMENT: Final[Mapping[str, str]] = {
    "pns": "pns",
    "pppk": "pppk",
    "p3k": "pppk",
    "pegawai negeri sipil": "pns",
    "pegawai pemerintah dengan perjanjian kerja": "pppk",
}
"""Words for the two kinds of employment, in small letters."""

_MARKS: Final = re.compile(r"[^0-9a-z]+")


def key_of(head: str) -> str:
    """Return a heading as headings are compared: small letters and digits, with one underscore for anything else."""
    return _MARKS.sub("_", head.strip().lstrip("\ufeff'").lower()).strip("_")
