"""Word documents as tests read them, and templates made by hand."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def lines(content: bytes) -> Iterator[str]:
    """The text of the body, a paragraph or a row of a table a line."""
    document = opened(content)
    for element in document.element.body:
        if element.tag == f"{W}p":
            yield Paragraph(element, document).text
        elif element.tag == f"{W}tbl":
            for row in Table(element, document).rows:
                yield " | ".join(cell.text for cell in row.cells)


def text(content: bytes) -> str:
    return "\n".join(lines(content))


def table_after(content: bytes, caption: str) -> list[list[str]]:
    """The rows of the table below a caption."""
    document = opened(content)
    below = False
    for element in document.element.body:
        if element.tag == f"{W}p" and Paragraph(element, document).text:
            below = Paragraph(element, document).text == caption
        elif element.tag == f"{W}tbl" and below:
            return [[cell.text for cell in row.cells] for row in Table(element, document).rows]
    raise AssertionError(f"no table is called {caption}")


def faults(content: bytes) -> list[str]:
    """What Word would have to repair: parts, relations, styles, lists, cells that do not fit, marks left over."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        told = {each.get("PartName", "").lstrip("/") for each in types} | {each.get("Extension", "") for each in types}
        trees = {name: etree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))}
        found += [f"{name} has no type" for name in names if name not in told and name.rpartition(".")[2] not in told]
    for name, tree in trees.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in tree:
                target = posixpath.normpath(posixpath.join(base, relation.get("Target", ""))).lstrip("/")
                if relation.get("TargetMode") != "External" and target not in names:
                    found.append(f"{name} leads to {target}")
        elif name.startswith("word/") and (name == "word/document.xml" or "header" in name or "footer" in name):
            found += _faults_of_text(name, tree, trees)
    return found


def _faults_of_text(name: str, tree: Any, trees: dict[str, Any]) -> Iterator[str]:
    styles = {style.get(f"{W}styleId") for style in trees["word/styles.xml"].iter(f"{W}style")}
    numbering = trees.get("word/numbering.xml")
    lists = set() if numbering is None else {each.get(f"{W}numId") for each in numbering.findall(f"{W}num")}
    rels = trees.get(f"word/_rels/{name.removeprefix('word/')}.rels")
    known = set() if rels is None else {each.get("Id") for each in rels}
    for kind, there in (("pStyle", styles), ("rStyle", styles), ("tblStyle", styles), ("numId", lists)):
        for each in tree.iter(f"{W}{kind}"):
            if each.get(f"{W}val") not in there:
                yield f"{name}: {kind} {each.get(f'{W}val')} is not defined"
    for each in tree.iter():
        for attribute in (f"{R}embed", f"{R}id"):
            if each.get(attribute) and each.get(attribute) not in known:
                yield f"{name}: relation {each.get(attribute)} is not there"
    for cell in tree.iter(f"{W}tc"):
        if list(cell)[-1].tag != f"{W}p":
            yield f"{name}: a cell ends in no paragraph"
    for table in tree.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            if sum(1 if span is None else int(span.get(f"{W}val") or 0) for span in spans) != columns:
                yield f"{name}: a row has not {columns} columns"
    ids = [each.get("id") for each in tree.iter() if str(each.tag).endswith("}docPr")]
    if len(ids) != len(set(ids)):
        yield f"{name}: two pictures have one id"
    if any(mark in (each.text or "") for each in tree.iter(f"{W}t") for mark in ("\ue000", "\ue001")):
        yield f"{name}: a mark is left over"


def template(*paragraphs: str, header: str = "", table: list[list[str]] | None = None) -> bytes:
    """A template of an agency with its own letterhead; a list of parts makes runs of one paragraph."""
    document = Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                made.cell(at, column).text = cell
    return saved(document)


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def png(width: int = 40, height: int = 20) -> bytes:
    """A picture of one colour."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    row = b"\0" + bytes([40, 90, 160]) * width
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
