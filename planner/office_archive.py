"""What a file of Excel or Word must be before a parser may see it: a plain zip of harmless XML, not a bomb."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import Final, NamedTuple

MAX_EXPANDED: Final = 50 * 2**20
"""Most that a file may unpack to [bytes]."""
MAX_PARTS: Final = 2_000
SMALL: Final = 2**20
"""Parts up to this size may be packed as tightly as they like [bytes]."""
TYPES: Final = "[Content_Types].xml"
"""The part that says what the others are."""
OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""How files of old programs begin, and those with a password."""
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for damage, encryption and unknown compression."""

_ENCODING: Final = re.compile(rb"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)""", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Unpacked(NamedTuple):
    """What an archive would unpack to."""

    size: int
    """Of all parts [bytes]."""
    packed: int
    """As they are in the archive [bytes]."""
    is_bomb: bool
    """Whether it has too many parts, or one that is packed more tightly than honest files are."""


def unpacked(archive: zipfile.ZipFile, most_ratio: int) -> Unpacked:
    """What an archive says it would unpack to; honest files are packed at most to 1/`most_ratio`."""
    parts = archive.infolist()
    steep = any(part.file_size > SMALL and part.file_size > most_ratio * part.compress_size for part in parts)
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    return Unpacked(size, packed, steep or len(parts) > MAX_PARTS)


def is_xml(content: bytes) -> bool:
    """Whether a parser would take a part for XML, whatever it is called."""
    return content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def is_harmless(content: bytes) -> bool:
    """Whether XML declares no entities, and is what it seems to be byte by byte: no encoding hides a declaration."""
    declared = _ENCODING.search(content[: content.find(b">") + 1])
    named = declared[1].lower() if declared else b"utf-8"
    readable = b"\0" not in content[:200] and named in (b"utf-8", b"us-ascii", b"ascii")
    return readable and not _DECLARED.search(content)
