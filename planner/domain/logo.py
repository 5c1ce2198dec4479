"""The logo of an agency: a picture without scripts or links, kept in the scenario as a data URI.

A scenario file names a PNG or SVG file; reading replaces the name by the picture, so that a resolved scenario needs no
further file.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.locale import _

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PNG: Final = "image/png"
SVG: Final = "image/svg+xml"
MOST_BYTES: Final = 300_000
"""Largest file taken [bytes]: a logo of 25 mm needs a tenth of it."""
MOST_PIXELS: Final = 4_000
"""Most pixels of one side."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_URI: Final = re.compile(r"data:(image/png|image/svg\+xml);base64,([A-Za-z0-9+/=]*)\Z")
_ACTIVE: Final = frozenset({"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "a"})
"""Elements of SVG that run scripts, load files or link elsewhere."""
_OUTSIDE: Final = re.compile(r"@import|url\(\s*[\"']?(?!#|data:image/)", re.IGNORECASE)
_LARGEST_CHANNELS: Final = 8
"""Bytes of one pixel at most: four channels of 16 bits."""


def _read(value: Any) -> str:
    """Return the data URI of a picture that was read; ValueError for anything else."""
    if isinstance(value, str) and (found := _URI.match(value)):
        fault = fault_of(base64.b64decode(found[2]), found[1])
    else:
        fault = _("a logo is the name of a PNG or SVG file beside the scenario.")
    if fault:
        raise PydanticCustomError("planner", "{sentence}", {"sentence": fault})
    return str(value)


Logo = Annotated[str, BeforeValidator(_read), WithJsonSchema({"type": "string"})]
"""A picture as a data URI; in a file, the name of a PNG or SVG file."""


def data_uri(data: bytes) -> str:
    """Return `data` as a data URI: of PNG if it begins like one, otherwise of SVG."""
    kind = PNG if data.startswith(_SIGNATURE) else SVG
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def picture(logo: str) -> tuple[str, bytes]:
    """Return the kind and the content of a logo."""
    kind, _comma, content = logo.removeprefix("data:").partition(";base64,")
    return kind, base64.b64decode(content)


def fault_of(data: bytes, kind: str) -> str:
    """Return what is wrong with a picture and what to do; empty where nothing is."""
    if len(data) > MOST_BYTES:
        return _("the logo has {size} bytes, more than {most}. Make it smaller.").format(
            size=len(data), most=MOST_BYTES
        )
    return _fault_of_png(data) if kind == PNG else _fault_of_svg(data)


def _fault_of_png(data: bytes) -> str:
    damaged = _("the logo is not a complete PNG picture. Save it again as PNG.")
    if not data.startswith(_SIGNATURE):
        return damaged
    try:
        chunks = list(_chunks(data))
    except (struct.error, ValueError):
        return damaged
    if [chunks[0][0], chunks[-1][0]] != [b"IHDR", b"IEND"] or len(chunks[0][1]) != 13:
        return damaged
    width, height = struct.unpack(">II", chunks[0][1][:8])
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        return _("the logo has {width} x {height} pixels, more than {most} a side. Make it smaller.").format(
            width=width, height=height, most=MOST_PIXELS
        )
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(
            b"".join(content for name, content in chunks if name == b"IDAT"),
            (width * _LARGEST_CHANNELS + 8) * (height + 8),
        )
    except zlib.error:
        return damaged
    return "" if pixels and unpacking.eof else damaged


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield names and contents of the chunks of a PNG up to the last; ValueError or struct.error where one is
    damaged."""
    at = len(_SIGNATURE)
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(name + content) != check:
            raise ValueError(name)
        yield name, content
        at += length + 12
        if name == b"IEND":
            return


def _fault_of_svg(data: bytes) -> str:
    from defusedxml import DefusedXmlException  # only a logo in SVG needs it
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError, RecursionError):
        return _("the logo is neither a PNG picture nor plain SVG. Save it as PNG, or as plain SVG without DOCTYPE.")
    if not isinstance(root.tag, str) or _local(root.tag) != "svg":
        return _("the logo is neither a PNG picture nor plain SVG. Save it as PNG, or as plain SVG without DOCTYPE.")
    if any(map(_acts, root.iter())):
        return _("the logo has a script, a link or a picture from elsewhere. Save it as plain SVG, or as PNG.")
    return ""


def _acts(element: Element) -> bool:
    """Return whether an element of an SVG runs a script or asks for something outside the picture."""
    name = _local(element.tag) if isinstance(element.tag, str) else ""
    if name in _ACTIVE or (name == "style" and _OUTSIDE.search(element.text or "")):
        return True
    for key, value in element.attrib.items():
        attribute = _local(key)
        if attribute.startswith("on") or _OUTSIDE.search(value):
            return True
        if attribute in ("href", "src") and not value.strip().startswith(("#", "data:image/png", "data:image/jpeg")):
            return True
    return False


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
