"""What an Excel or Word file must be before a parser may read it: a plain zip of harmless XML, not a zip bomb."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import Final, NamedTuple

MAX_EXPANDED: Final = 50 * 2**20
"""Most bytes that a file may unpack to [bytes]."""
MAX_PARTS: Final = 2_000
SMALL: Final = 2**20
"""Parts up to this size may have any compression ratio [bytes]."""
TYPES: Final = "[Content_Types].xml"
"""The part that gives the types of the others."""
OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""First bytes of files of old programs, and of files with a password."""
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for damage, encryption and unknown compression."""

_ENCODING: Final = re.compile(rb"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']*)""", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Unpacked(NamedTuple):
    """What an archive would unpack to."""

    size: int
    """Size of all parts unpacked [bytes]."""
    packed: int
    """Size of all parts in the archive [bytes]."""
    is_bomb: bool
    """Whether it has too many parts, or one with a higher compression ratio than any genuine file."""


def unpacked(archive: zipfile.ZipFile, most_ratio: int) -> Unpacked:
    """Return what an archive says it would unpack to; genuine files are compressed at most to 1/`most_ratio`."""
    parts = archive.infolist()
    steep = any(part.file_size > SMALL and part.file_size > most_ratio * part.compress_size for part in parts)
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    return Unpacked(size, packed, steep or len(parts) > MAX_PARTS)


def is_xml(content: bytes) -> bool:
    """Return whether a parser would take a part for XML, whatever its name."""
    return content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def is_harmless(content: bytes) -> bool:
    """Return whether XML declares no entities and uses an encoding in which a declaration cannot be hidden."""
    declared = _ENCODING.search(content[: content.find(b">") + 1])
    named = declared[1].lower() if declared else b"utf-8"
    readable = b"\0" not in content[:200] and named in (b"utf-8", b"us-ascii", b"ascii")
    return readable and not _DECLARED.search(content)
