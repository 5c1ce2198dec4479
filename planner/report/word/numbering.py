"""Lists in a Word document: definitions of numbered and dotted lists, added to those that a template has."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart

_STEP: Final = 480
"""Indentation of each level [twips]."""
_FORMS: Final = ("decimal", "lowerLetter", "lowerRoman")
_DOTS: Final = ("\u2022", "\u2013", "\u2022")


class Numbering:
    """The lists of one document; every list that begins counts anew."""

    LEVELS: ClassVar = 9
    """Levels that Word knows."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._abstract: dict[bool, int] = {}

    @staticmethod
    def indent(level: int) -> int:
        """Return the indentation of the text of a level [twips]."""
        return _STEP * (min(level, Numbering.LEVELS - 1) + 1)

    def begin(self, *, ordered: bool, first: int, level: int) -> int:
        """Return the id of a new list; an ordered one counts from `first` at its level."""
        root = self._root
        if ordered not in self._abstract:
            self._abstract[ordered] = self._define(root, ordered)
        number = _next(root, "w:num", "w:numId")
        made = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{self._abstract[ordered]}"/>'
            f'<w:lvlOverride w:ilvl="{min(level, self.LEVELS - 1)}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
            "</w:num>"
        )
        last = root.find(qn("w:numIdMacAtCleanup"))
        if last is None:
            root.append(made)
        else:
            last.addprevious(made)
        return number

    @property
    def _root(self) -> Any:
        """The element of all lists; a template may have none."""
        part = self._document.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)._element  # type: ignore[attr-defined]
        except KeyError:
            content = f"<w:numbering {nsdecls('w')}/>".encode()
            made = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, content, part.package)
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            return made._element

    def _define(self, root: Any, ordered: bool) -> int:
        number = _next(root, "w:abstractNum", "w:abstractNumId")
        levels = "".join(_level(level, ordered) for level in range(self.LEVELS))
        made = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        )
        first = root.find(qn("w:num"))
        if first is None:
            root.append(made)
        else:
            first.addprevious(made)
        return number


def _level(level: int, ordered: bool) -> str:
    form, text = (_FORMS[level % 3], f"%{level + 1}.") if ordered else ("bullet", _DOTS[level % 3])
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{Numbering.indent(level)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )


def _next(root: Any, element: str, attribute: str) -> int:
    """Return a number that no definition has yet."""
    return max((int(each.get(qn(attribute))) for each in root.findall(qn(element))), default=0) + 1
