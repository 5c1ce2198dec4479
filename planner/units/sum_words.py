"""Names of rows of sums, in any letter case: regular expressions for Python and the database."""

from __future__ import annotations

from typing import Final

BEGINS_SUM: Final = r"(?:(?:grand|sub)[\s-]*)?(?:total|jumlah|jml|rata[\s-]*rata|rerata|average)\b"
"""Start of a text that may be the name of a sum."""
WHOLE_SUM: Final = (
    BEGINS_SUM
    + r"\.?(?:\s+(?:seluruh(?:nya)?|keseluruhan|semua|umum|akhir|besar|kotor|bersih|biaya|harga|anggaran|belanja"
    r"|peserta|orang|pegawai|asn|dana|kebutuhan|kesenjangan|kelompok|program|angkatan|rp|[ivx]+|[a-z]|\d+))*\s*(?:\(.*\))?"
    r"\s*[:.=]*"
)
"""A whole text that is nothing but the name of a sum."""
