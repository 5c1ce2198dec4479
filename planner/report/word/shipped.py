"""The template that comes with the program, built here so that it can be read: A4, letterhead, text, page numbers."""

from __future__ import annotations

import io
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor

from planner.locale import N_, _
from planner.report.views.word.reference import TITLES
from planner.report.word.archive import fixed
from planner.report.word.properties import set_properties
from planner.report.word.variables import OF_SECTION

_TYPEFACE: Final = "Arial"
_SIZE: Final = Pt(11)
_LOGO_COLUMN: Final = Mm(28)
_TEXT_COLUMN: Final = Mm(138)
_ADDRESS: Final = N_("Address, telephone, e-mail and web site of the agency")


def template_bytes(language: str, *, sections: bool = False) -> bytes:
    """Return the shipped template; with `sections` one that has a heading and a tag for each section of terms of
    reference."""
    document = Document()
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    _page(document)
    _look(document)
    _letterhead(document)
    if sections:
        _sections(document)
    else:
        document.add_paragraph("{{ isi }}")
    _page_number(document)
    _without_thumbnail(document)
    set_properties(document, title=_("Template of the training planner"), agency="", language=language, day=None)
    made = io.BytesIO()
    document.save(made)
    return fixed(made.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)


def _look(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _TYPEFACE, _SIZE
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Heading 1", Pt(12)), ("Caption", Pt(9.5))):
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = size, True, RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        if fonts is not None:
            properties.remove(fonts)  # headings and captions in the typeface of the text
        style.paragraph_format.keep_with_next = True
    document.styles["Heading 1"].paragraph_format.space_before = Pt(12)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(4)


def _letterhead(document: Any) -> None:
    """Add logo and name of the agency above a double line; an agency puts its own in its place."""
    head = document.add_table(rows=1, cols=2)
    head.alignment = WD_TABLE_ALIGNMENT.CENTER
    head.autofit = False
    logo, name = head.rows[0].cells
    logo.width, name.width = _LOGO_COLUMN, _TEXT_COLUMN
    head.columns[0].width, head.columns[1].width = _LOGO_COLUMN, _TEXT_COLUMN
    logo.paragraphs[0].add_run("{{ logo }}")
    agency = name.paragraphs[0]
    agency.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = agency.add_run("{{ instansi }}")
    run.bold, run.font.size = True, Pt(15)
    address = name.add_paragraph()
    address.alignment = WD_ALIGN_PARAGRAPH.CENTER
    address.add_run(_(_ADDRESS)).font.size = Pt(9)
    head._tbl.tblPr.append(
        parse_xml(
            f'<w:tblBorders {nsdecls("w")}><w:bottom w:val="double" w:sz="6" w:space="0" w:color="000000"/>'
            "</w:tblBorders>"
        )
    )
    document.add_paragraph()


def _sections(document: Any) -> None:
    for tag in ("judul", "sub_kegiatan"):
        title = document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.add_run(_tag(tag)).bold = True
    document.add_paragraph("{{ identitas }}")
    for letter, (section, title) in zip("ABCDEFGHIJ", TITLES.items(), strict=False):
        document.add_paragraph(f"{letter}. {_(title)}", style="Heading 1")
        document.add_paragraph(_tag(OF_SECTION[section]))
    document.add_paragraph("{{ tanda_tangan }}")


def _tag(name: str) -> str:
    return "{{ " + name + " }}"


def _page_number(document: Any) -> None:
    """Add page number and number of pages at the foot, as fields."""
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in ((_("Page") + " ", "PAGE"), (" / ", "NUMPAGES")):
        foot.add_run(text)
        foot._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )


def _without_thumbnail(document: Any) -> None:
    """Take away the picture of a first page that is not ours."""
    of_package = document.part.package.rels
    for key in [key for key, each in of_package.items() if each.reltype.endswith("/thumbnail")]:
        del of_package[key]
