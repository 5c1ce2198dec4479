"""How rows of sums call themselves, in capitals or small letters: regular expressions for Python and the database."""

from __future__ import annotations

from typing import Final

BEGINS_SUM: Final = r"(?:(?:grand|sub)[\s-]*)?(?:total|jumlah|jml|rata[\s-]*rata|rerata|average)\b"
"""What a text begins with that may be the word of a sum."""
WHOLE_SUM: Final = (
    BEGINS_SUM
    + r"\.?(?:\s+(?:seluruh(?:nya)?|keseluruhan|semua|umum|akhir|besar|kotor|bersih|biaya|harga|anggaran|belanja"
    r"|peserta|orang|pegawai|asn|dana|kebutuhan|kesenjangan|kelompok|program|angkatan|rp|[ivx]+|[a-z]|\d+))*\s*(?:\(.*\))?"
    r"\s*[:.=]*"
)
"""The whole of a text that is nothing but the word of a sum."""
