"""The styles that blocks are written in: those of the template by their names, or our own where it has none."""

from __future__ import annotations

from typing import Any, Final

from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from planner.report.word.elements import Styles

CELL: Final = "Planner Cell"
"""Name of the style of text in tables."""

_DEFINITIONS: Final = {
    "heading 1": (
        "PlannerHeading",
        '<w:next w:val="{normal}"/><w:uiPriority w:val="9"/><w:qFormat/>'
        '<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr>'
        "<w:rPr><w:b/><w:bCs/></w:rPr>",
    ),
    "caption": (
        "PlannerCaption",
        '<w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60"/></w:pPr>'
        '<w:rPr><w:b/><w:bCs/><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>',
    ),
    "list paragraph": (
        "PlannerList",
        '<w:qFormat/><w:pPr><w:spacing w:after="40"/></w:pPr>',
    ),
    CELL: (
        "PlannerCell",
        '<w:qFormat/><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLine="0"/><w:jc w:val="left"/></w:pPr><w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>',
    ),
}
"""Id and content of the styles that a template may lack, by name."""


def styles_of(document: Any) -> Styles:
    """Return the ids of the styles by which blocks are written; those that are missing are added to the document.

    Word calls its own styles by English names in every language, and gives them ids in the language of its user.
    """
    root = document.styles.element
    ids = {}
    normal = "Normal"
    for style in root.findall(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and style.get(qn("w:type")) == "paragraph":
            ids[str(name.get(qn("w:val"))).lower()] = str(style.get(qn("w:styleId")))
            if style.get(qn("w:default")) in ("1", "true", "on"):
                normal = str(style.get(qn("w:styleId")))
    for name, (id, content) in _DEFINITIONS.items():
        if name.lower() not in ids:
            root.append(_style(name, id, content.format(normal=normal), normal))
            ids[name.lower()] = id
    return Styles(ids["heading 1"], ids["caption"], ids[CELL.lower()], ids["list paragraph"])


def _style(name: str, id: str, content: str, normal: str) -> Any:
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{normal}"/>{content}</w:style>'
    )
