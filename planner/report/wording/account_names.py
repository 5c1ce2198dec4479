"""Names of accounts (uraian) where a source gives them; every other name is left to the planner.

Sources: public tables of accounts of local governments (kode rekening), read in November 2026; check them against SIPD.
"""

from __future__ import annotations

from typing import Final

ACCOUNT_NAMES: Final = {
    "5.1.02.01.01.0025": "Kertas dan Cover",
    "5.1.02.01.01.0026": "Bahan Cetak",
    "5.1.02.01.01.0052": "Makanan dan Minuman Rapat",
    "5.1.02.02.01.0003": "Honorarium Narasumber atau Pembahas, Moderator, Pembawa Acara, dan Panitia",
    "5.1.02.02.01.0026": "Jasa Tenaga Administrasi",
    "5.1.02.02.01.0047": "Jasa Penyelenggaraan Acara",
    "5.1.02.02.04.0036": "Sewa Kendaraan Bermotor Penumpang",
    "5.1.02.02.11.0002": "Beasiswa Tugas Belajar S2",
    "5.1.02.02.12": "Belanja Kursus/Pelatihan, Sosialisasi, Bimbingan Teknis serta Pendidikan dan Pelatihan",
    "5.1.02.02.12.0001": "Kursus Singkat/Pelatihan",
    "5.1.02.02.12.0002": "Sosialisasi",
    "5.1.02.02.12.0003": "Bimbingan Teknis",
    "5.1.02.02.12.0004": "Diklat Kepemimpinan",
    "5.1.02.04.01.0001": "Perjalanan Dinas Biasa",
    "5.1.02.04.01.0002": "Perjalanan Dinas Tetap",
    "5.1.02.04.01.0003": "Perjalanan Dinas Dalam Kota",
    "5.1.02.04.01.0004": "Perjalanan Dinas Paket Meeting Dalam Kota",
    "5.1.02.04.01.0005": "Perjalanan Dinas Paket Meeting Luar Kota",
}
"""Names by code, as the source writes them: some are shorter than in SIPD."""


def account_name(code: str) -> str:
    """Return the name of an account or of a level above; dots to fill in where no source gives it."""
    return ACCOUNT_NAMES.get(code, "\u2026" * 8)
