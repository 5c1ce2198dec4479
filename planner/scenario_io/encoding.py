"""Bytes of a text file to text: UTF-8 or UTF-16, or an error that names the encoding and the byte."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from planner.errors import Problem
from planner.locale import _
from planner.scenario_io.problems import Refused, located
from planner.scenario_io.tree import Place

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"), (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"), (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)  # fmt: skip
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(data: bytes, file: str) -> str:
    """Return the text of `data`, without a byte-order mark; raises Refused."""
    codec, label = "utf-8", "UTF-8"
    for mark, mark_codec, mark_label in _MARKS:
        if data.startswith(mark):
            data, codec, label = data[len(mark) :], mark_codec, mark_label
            break
    else:
        if b"\0" in data:
            raise Refused(_zero_byte(data, file))
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(codec, "replace")
        if label == "UTF-8":
            message = _("the file is not UTF-8: byte {position} is 0x{byte:02X} (it may be Latin-1 or Windows-1252).")
        else:
            message = _("the file begins as {label}, but byte {position} (0x{byte:02X}) does not fit that encoding.")
        raise Refused(
            located(
                _place(before, file),
                message.format(position=error.start + 1, byte=data[error.start], label=label),
                _("Save the file as UTF-8."),
            )
        ) from None
    return readable(text, file)


def readable(text: str, file: str) -> str:
    """Return `text`, if it holds none of the characters that no file may hold; raises Refused."""
    if bad := _FORBIDDEN.search(text):
        code = ord(bad[0])
        name = unicodedata.name(bad[0], "NUL" if code == 0 else _("control character"))
        raise Refused(
            located(
                _place(text[: bad.start()], file),
                _("the invisible character U+{code:04X} ({name}) is not allowed here.").format(code=code, name=name),
                _("Remove it."),
            )
        )
    return text


def _zero_byte(data: bytes, file: str) -> Problem:
    position = data.index(b"\0")
    if data[:64].count(b"\0") * 3 >= len(data[:64]):
        return located(
            Place(file, 1, 1),
            _("byte {position} is NUL; the file seems to be UTF-16 or UTF-32 without a byte-order mark.").format(
                position=position + 1
            ),
            _("Save the file as UTF-8."),
        )
    return located(
        _place(data[:position].decode("utf-8", "replace"), file),
        _("byte {position} is NUL, which no text file holds.").format(position=position + 1),
        _("Remove it, or save the file as UTF-8."),
    )


def _place(before: str, file: str) -> Place:
    """Return the place right after `before`; lines end with LF, CR LF or CR."""
    lines = re.split("\r\n|\r|\n", before)
    return Place(file, len(lines), len(lines[-1]) + 1)
