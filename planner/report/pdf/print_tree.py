"""Parse a report as XML and remove what only a screen needs, so that the PDF is made faster.

docs/decisions/0006-pdf-tricks.md has the figures.
"""

from __future__ import annotations

import base64
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

ON_SCREEN: Final = "screen"
"""The class of elements that are not printed."""
_BETWEEN: Final = frozenset(("table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"))
"""Elements whose own text is never more than line breaks of the file."""
_SVG: Final = "{http://www.w3.org/2000/svg}"


def print_tree(html: str) -> Element | None:
    """Return the tree of a report without the elements that are not printed, its charts as images; None if it is not
    well-formed XML.
    """
    try:
        root = fromstring(html)
    except ParseError:
        return None
    targets = {link.get("href", "").removeprefix("#") for link in root.iter("a")}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("class") == ON_SCREEN or (child.tag == f"{_SVG}title" and parent.tag != f"{_SVG}svg"):
                parent.remove(child)  # also the hints of shapes, which only a pointer shows
            elif parent.tag in _BETWEEN:
                child.tail = None  # line breaks of the file, each of which would become a box
        if parent.tag in _BETWEEN:
            parent.text = None
        if not parent.tag.startswith(_SVG) and parent.get("id") not in targets:
            parent.attrib.pop("id", None)  # WeasyPrint computes a separate style for each element with an id
        for place, child in enumerate(parent):
            if child.tag == f"{_SVG}svg":
                parent[place] = _image(child)
    return root


def _image(chart: Element) -> Element:
    """Return a chart as an image with its title and description, whose parts are no elements of the page."""
    parts = [chart.findtext(f"{_SVG}{part}") or "" for part in ("title", "desc")]
    alt = ". ".join(part.strip().rstrip(".") for part in parts if part.strip())
    data = base64.b64encode(tostring(chart)).decode("ascii")
    image = Element("img", {"class": chart.get("class", ""), "alt": alt, "src": f"data:image/svg+xml;base64,{data}"})
    image.tail = chart.tail
    return image
