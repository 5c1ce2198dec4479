"""Say what each text of a PDF is: the structure tree that screen readers follow, as PDF/UA-1 asks for it.

WeasyPrint 70 writes a tree of its own, with list items outside lists, cells tied to headings by an order that spans
upset, page numbers read out as text, and one table for each page that it runs over. This one has an element for each
element of the report, however many pages it runs over: headings of tables say what they head (Scope), what is repeated
on each page is an artifact, which is not read out, and links say where they lead. With another version of WeasyPrint
its own tree stays. docs/decisions/0014-pdf-ua.md lists what is checked, and what remains.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream

VERSION: Final = "70."
"""The versions of WeasyPrint whose boxes are understood here."""
PART_OF_UA: Final = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
"""Metadata that name PDF/UA-1, with the description of their names that PDF/A-2 asks for."""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_KINDS: Final = {
    **{tag: tag.upper() for tag in ("h1", "h2", "h3", "h4", "p", "tr", "th", "td")},
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "caption": "Caption",
    "section": "Sect",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LBody",
    "dt": "Lbl",
    "dd": "LBody",
    "li::marker": "Lbl",
    "a": "Link",
    "figcaption": "P",
    "summary": "P",
    f"{_SVG}svg": "Figure",
    "img": "Figure",
}
"""Kind of the structure element by the tag of the box; other boxes are not elements of their own."""
_GROUPS: Final = frozenset({"Document", "Sect", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR", "TOC", "TOCI"})
"""Kinds that have no text of their own."""
_KEPT: Final = frozenset({"TH", "TD"})
"""Kinds that stay when they are empty, so that rows have all of their cells."""
_NUMBERING: Final = {"decimal": "Decimal", "disc": "Disc"}


class Tagged(pydyf.Object):  # type: ignore[misc]  # pydyf ships no types
    """One structure element: its kind, and its content in the order in which it is read."""

    def __init__(self, kind: str, parent: Tagged | None, page: bytes) -> None:
        super().__init__()
        self.kind, self.parent, self.page = kind, parent, page
        self.kids: list[Tagged | int | bytes] = []
        self.attributes = b""
        self._written = b""
        if parent is not None:
            parent.kids.append(self)

    def has_content(self) -> bool:
        """Drop what is empty within it; whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Tagged) or kid.has_content()]
        return bool(self.kids) or self.kind in _KEPT

    def nodes(self) -> Iterator[Tagged]:
        """Yield itself and all within it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tagged):
                yield from kid.nodes()

    @property
    def data(self) -> bytes:
        """The object as the file has it; written once, after all have their numbers."""
        if not self._written:
            kids = b" ".join(
                kid.reference if isinstance(kid, Tagged) else kid if isinstance(kid, bytes) else b"%d" % kid
                for kid in self.kids
            )
            above = self.parent.reference if self.parent is not None else b""
            self._written = b"<</Type/StructElem/S/%s/P %s/Pg %s/K %s%s>>" % (
                self.kind.encode(),
                above,
                self.page,
                kids if len(self.kids) == 1 else b"[%s]" % kids,
                self.attributes,
            )
        return self._written


def write_structure() -> bool:
    """Make WeasyPrint write this tree from here on in this process; False if its version is another."""
    if not weasyprint.VERSION.startswith(VERSION):
        return False
    weasyprint.pdf.add_tags = _add_structure
    Stream.marked = lambda stream, box, tag: _Marked(stream, box, tag)
    return True


class _Marked:
    """Mark what is drawn in the block, and remember where, so that it can become an artifact afterwards."""

    def __init__(self, stream: Any, box: Any, tag: str) -> None:
        self.stream = stream
        if stream._tags is not None:
            number = len(stream._tags)
            stream._tags[box] = (number, len(stream.stream))
            stream.stream.extend((b"/%s" % tag.encode(), b"<</MCID %d>>" % number, b"BDC"))

    def __enter__(self) -> None:
        pass

    def __exit__(self, *exc: object) -> None:
        if self.stream._tags is not None:
            self.stream.end_marked_content()


def _add_structure(pdf: Any, document: Any, _version: object, streams: list[Any]) -> None:
    """Add the structure tree of a document, in place of WeasyPrint's function of the same parameters."""
    tree = _Tree(pdf)
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tree.add_page(number, page, stream)
    tree.finish()
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog.setdefault("Lang", pydyf.String("id"))


class _Tree:
    """The structure tree while it grows, page by page."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages: tuple[bytes, ...] = pdf.page_references
        self.root = Tagged("Document", None, self.pages[0])
        self.by_box: dict[tuple[int, str], Tagged] = {}
        """The element that holds the content of an element of the report."""
        self.items: dict[int, Tagged] = {}
        """The list item of each element that is one."""
        self.owners: list[dict[int, Tagged]] = []
        """Of each page, the element of each number of marked content."""
        self.links: list[tuple[Any, Tagged]] = []
        self.heads: set[int] = set()
        self.heads_before: set[int] = set()
        """Heads of tables that were shown so far, and on pages before."""
        self.number, self.tags, self.stream = 0, {}, None  # type: int, dict[Any, tuple[int, int]], Any

    def add_page(self, number: int, page: Any, stream: Any) -> None:
        self.number, self.page, self.stream, self.tags = number, page, stream, stream._tags
        self.owners.append({})
        for box in page._page_box.children:
            if isinstance(box, boxes.MarginBox):
                self._outside(box)
            else:
                self._inside(box, self.root)
        for place in self.tags.values():  # drawn, but of no element
            self._artifact(place)
        self.heads_before |= self.heads

    def finish(self) -> None:
        """Number all elements, and tie marked content and links to them."""
        self.root.has_content()
        for node in self.root.nodes():
            self.pdf.add_object(node)
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            last = max(owners, default=-1)
            row = [owners[mcid].reference if mcid in owners else b"null" for mcid in range(last + 1)]
            numbers.extend((page, pydyf.Array(row)))
        for number, (annotation, node) in enumerate(self.links, start=len(self.owners)):
            annotation["StructParent"] = number
            numbers.extend((number, node.reference))
        parents = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(parents)
        root = pydyf.Dictionary(
            {
                "Type": "/StructTreeRoot",
                "K": pydyf.Array([self.root.reference]),
                "ParentTree": parents.reference,
                "ParentTreeNextKey": len(self.owners) + len(self.links),
            }
        )
        self.pdf.add_object(root)
        self.root.attributes = b""
        self.root.parent = root
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _outside(self, box: Any) -> None:
        """Make artifacts of all that a box has drawn: it is repeated on pages and not read out."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if (place := self.tags.pop(box, None)) is not None:
            self._artifact(place)
        for child in getattr(box, "children", ()):
            self._outside(child)

    def _artifact(self, place: tuple[int, int]) -> None:
        at = place[1]
        self.stream.stream[at : at + 3] = b"/Artifact", b"<</Type/Pagination>>", b"BDC"

    def _inside(self, box: Any, parent: Tagged) -> None:
        """Place a box and its children below `parent`."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if box.element_tag == "thead":
            self.heads.add(id(box.element))
            if id(box.element) in self.heads_before:
                self._outside(box)  # again, on a later page
                return
        node = self._node(box, parent)
        if annotation := box.link_annotation:
            self._link(annotation, node, box)
        if (place := self.tags.pop(box, None)) is not None:
            self._add_content(node, place[0], box)
        for child in getattr(box, "children", ()):
            self._inside(child, node)

    def _node(self, box: Any, parent: Tagged) -> Tagged:
        """Return the element that holds the content of the box."""
        element, tag = box.element, box.element_tag
        if element is None or tag in (None, "html"):
            return parent
        key = (id(element), tag)
        if (known := self.by_box.get(key)) is not None:
            return known
        kind = _KINDS.get(tag)
        if tag == "div" and parent.kind == "L":  # a term and its description
            kind = "LI"
        elif element.get("lang") and kind is None:
            kind = "Span"
        if kind is None:
            return parent
        node = self._new(kind, box, parent)
        self.by_box[key] = node
        return node

    def _new(self, kind: str, box: Any, parent: Tagged) -> Tagged:
        element, tag, page = box.element, box.element_tag, self.pages[self.number]
        if tag == "li":
            inside = parent.kind == "TOC"
            item = self.items[id(element)] = Tagged("TOCI" if inside else "LI", parent, page)
            return Tagged("Reference" if inside else "LBody", item, page)
        if tag == "li::marker":
            parent = self.items.get(id(element), parent)
            node = Tagged(kind, parent, page)
            parent.kids.insert(0, parent.kids.pop())
            return node
        if kind in ("Lbl", "LBody") and parent.kind == "L":  # a term without a box around it and its description
            last = parent.kids[-1] if parent.kids else None
            parent = last if kind == "LBody" and isinstance(last, Tagged) else Tagged("LI", parent, page)
        if tag == "ol" and self._of_contents(box):
            kind = "TOC"
        node = Tagged(kind, parent, page)
        node.attributes = _attributes(kind, box, self.page)
        return node

    @staticmethod
    def _of_contents(box: Any) -> bool:
        """Return whether a list is the table of contents: its links lead into the report."""
        links = list(box.element.iter("a"))
        return bool(links) and len(links) == len(list(box.element.iter("li")))

    def _add_content(self, node: Tagged, mcid: int, box: Any) -> None:
        """Add marked content to an element; text of a group becomes a paragraph of it."""
        page = self.pages[self.number]
        if node.kind in _GROUPS:
            key = (id(box.element), f"{node.kind}/P")
            known = self.by_box.get(key)
            if known is None or node.kids[-1] is not known:
                known = self.by_box[key] = Tagged("LBody" if node.kind == "LI" else "P", node, page)
            node = known
        node.kids.append(mcid if node.page == page else b"<</Type/MCR/Pg %s/MCID %d>>" % (page, mcid))
        self.owners[-1][mcid] = node

    def _link(self, annotation: Any, node: Tagged, box: Any) -> None:
        """Tie the area of a link to its element, and say in words where it leads."""
        page = self.pages[self.number]
        words = " ".join("".join(box.element.itertext()).split()) if box.element is not None else ""
        if words:
            annotation["Contents"] = pydyf.String(words)
        node.kids.append(b"<</Type/OBJR/Obj %s/Pg %s>>" % (annotation.reference, page))
        self.links.append((annotation, node))


def _attributes(kind: str, box: Any, page: Any) -> bytes:
    """Return what is said of an element beside its kind: language, alternative text, scope and span of a cell."""
    element, written = box.element, b""
    if language := element.get("lang"):
        written += b"/Lang " + pydyf.String(language).data
    if kind == "Figure":
        parts = [element.findtext(f"{_SVG}{part}") or "" for part in ("title", "desc")]
        alt = element.get("alt") or ". ".join(part.strip().rstrip(".") for part in parts if part.strip())
        left, right = box.content_box_x(), box.content_box_x() + box.width
        top, bottom = box.content_box_y(), box.content_box_y() + box.height
        corners = [round(0.75 * x, 2) for x in (left, page.height - bottom, right, page.height - top)]
        written += (
            b"/Alt "
            + pydyf.String(alt).data
            + b"/A<</O/Layout/Placement/Block/BBox[%s]>>" % (" ".join(map(str, corners)).encode())
        )
    elif kind in ("TH", "TD"):
        told = b""
        if kind == "TH":
            told += b"/Scope/Row" if element.get("scope") == "row" else b"/Scope/Column"
        if box.colspan != 1:
            told += b"/ColSpan %d" % box.colspan
        if box.rowspan != 1:
            told += b"/RowSpan %d" % box.rowspan
        if told:
            written += b"/A<</O/Table%s>>" % told
    elif kind == "L" and element.tag != "dl" and (style := _NUMBERING.get(box.style["list_style_type"])):
        written += b"/A<</O/List/ListNumbering/%s>>" % style.encode()
    return written
