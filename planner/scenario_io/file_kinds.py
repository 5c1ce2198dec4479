"""Files of other programs, told by their first bytes and called what they are, with what to do."""

from __future__ import annotations

import io
import re
from typing import Final

from planner.locale import N_, _
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tree import Place

ZIP: Final = b"PK"
_OLD: Final = b"\xd0\xcf\x11\xe0"

_AS_XLSX: Final = N_("Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx).")
_AS_TABLE: Final = N_(
    "Ask for the spreadsheet it was made from, or put its table into a workbook (.xlsx) or a CSV file."
)
_UNPACK: Final = N_("Unpack it, and name the file inside.")

_BEGINNINGS: Final = (
    (b"%PDF", N_("a PDF document"), _AS_TABLE),
    (_OLD, N_("an old Office file (.xls or .doc), or one with a password"), _AS_XLSX),
    (b"{\\rtf", N_("a text document (.rtf)"), _AS_TABLE),
    (b"PAR1", N_("a Parquet table"), N_("Name it in a scenario: groups: {table: FILE.parquet}")),
    (b"\x89PNG", N_("a picture"), _AS_TABLE),
    (b"\xff\xd8\xff", N_("a picture"), _AS_TABLE),
    (b"\x1f\x8b", N_("a packed file"), _UNPACK),
    (b"7z\xbc\xaf", N_("a packed file"), _UNPACK),
    (b"Rar!", N_("a packed file"), _UNPACK),
)
_PARTS: Final = (
    ("word/document.xml", N_("a Word document (.docx)"), _AS_TABLE),
    ("ppt/presentation.xml", N_("a presentation (.pptx)"), _AS_TABLE),
    ("xl/workbook.bin", N_("a binary Excel workbook (.xlsb)"), _AS_XLSX),
)
_HTML: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE
)
_WEB_PAGE: Final = N_("a web page (HTML), even if it is called .xls")
_XML_SHEET: Final = b"urn:schemas-microsoft-com:office:spreadsheet"

type Kind = tuple[str, str]
"""What a file is, and what to do with it, both in English."""


def other_kind(data: bytes) -> Kind | None:
    """Return what a file is that is neither text nor an XLSX workbook; None for one that may be either."""
    for beginning, name, remedy in _BEGINNINGS:
        if data.startswith(beginning):
            return name, remedy
    start = data[:4_096].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return _WEB_PAGE, _AS_XLSX
    if _XML_SHEET in start:
        return N_("an XML workbook of Excel 2003"), _AS_XLSX
    return _packed(data) if data.startswith(ZIP) else None


def _packed(data: bytes) -> Kind | None:
    import zipfile  # a scenario in YAML does without

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            for part, name, remedy in _PARTS:
                if part in names:
                    return name, remedy
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                text = archive.read("mimetype")
                if b"opendocument.spreadsheet" in text:
                    return N_("an OpenDocument workbook (ODS)"), _AS_XLSX
                if b"opendocument" in text:
                    return N_("an OpenDocument text (.odt)"), _AS_TABLE
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return None
    return None


def refuse_other_kinds(data: bytes, place: Place) -> None:
    """Raise Refused, with its name and what to do, for a file that is neither text nor an XLSX workbook."""
    kind = other_kind(data)
    if kind is not None:
        name, remedy = kind
        if name == _WEB_PAGE and place.file.lower().endswith((".html", ".htm")):
            name = N_("a web page (HTML)")
        raise Refused(located(place, _("this is {kind}; it cannot be read here.").format(kind=_(name)), _(remedy)))
