"""Word files as archives: a template before anything parses it, and documents whose bytes do not tell the time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from planner.errors import InputError, Problem
from planner.locale import _
from planner.office_archive import DAMAGED, MAX_EXPANDED, OLD_OR_LOCKED, TYPES, is_harmless, unpacked

MAX_BYTES: Final = 10 * 2**20
"""Largest template taken [bytes]."""
MAX_RATIO: Final = 200
_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MAIN: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_MACROS: Final = re.compile(rb"macroEnabled|template\.main\+xml", re.IGNORECASE)


def ensure_template(data: bytes, file: str) -> None:
    """Raise InputError, with what to do, unless `data` is a Word document that can be opened within bounds."""
    if fault := _fault(data):
        raise InputError([Problem(*fault, file=file)])


def _fault(data: bytes) -> tuple[str, str] | None:
    save = _("Save it in Word as a Word document (.docx).")
    if len(data) > MAX_BYTES:
        message = _("the template is larger than {most} MB.").format(most=MAX_BYTES // 2**20)
        return message, _("Remove large pictures from it.")
    if data.startswith(OLD_OR_LOCKED):
        message = _("this document has a password, or is an old .doc.")
        return message, _("Remove the password in Word, and save it as a Word document (.docx).")
    if not data.startswith(b"PK"):
        return _("this is no Word document (.docx), whatever its name says."), save
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _fault_of_archive(archive, save)
    except DAMAGED:
        return _("the document is damaged or was cut off."), save


def _fault_of_archive(archive: zipfile.ZipFile, save: str) -> tuple[str, str] | None:
    found = unpacked(archive, MAX_RATIO)
    if found.is_bomb or found.size > MAX_EXPANDED:
        return _("the document would unpack to far more than its size and is refused."), save
    names = set(archive.namelist())
    types = archive.read(TYPES) if TYPES in names else b""
    if _MACROS.search(types):
        return _("this is a Word template (.dotx) or a document with macros (.docm)."), save
    if _MAIN not in types:
        return _("this is a zip file but no Word document (.docx)."), save
    for name in names:
        content = archive.read(name)
        if name.endswith((".xml", ".rels")) and not is_harmless(content):
            return _("the document declares entities or has a foreign encoding."), save
        if name == "word/document.xml" and _STRICT in content:
            return _("this is a Strict Open XML document."), save
    return None


def fixed(data: bytes) -> bytes:
    """Return the same archive with the same time on every part, so that the same content gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != TYPES, name)):
            part = zipfile.ZipInfo(name, _FIXED_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 3
            target.writestr(part, source.read(name))
    return made.getvalue()
