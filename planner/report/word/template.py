"""A Word template filled with the values of one document, through docxtpl.

Blocks pass through docxtpl as marks, whose paragraphs are then replaced by elements: no text of a user is ever read as
a template or as XML, and it makes no difference how a tag of a block is written.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final

from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from planner.domain.logo import PNG, picture
from planner.errors import InputError, Problem
from planner.locale import _, language_in_force
from planner.report.word import tags
from planner.report.word.archive import ensure_template, fixed
from planner.report.word.elements import Element, Writer
from planner.report.word.numbering import Numbering
from planner.report.word.placing import PARTED, columns_of, mark_of, place_blocks, safe, section_of, width_of
from planner.report.word.properties import set_properties
from planner.report.word.styles import styles_of
from planner.report.word.variables import (
    BLOCKS,
    KNOWN,
    LOGO,
    OF_SECTION,
    SIGNATORIES,
    TEXTS,
    TRIALS,
    WITHOUT_TABLES,
    Filling,
)

LOGO_HEIGHT: Final = Mm(22)
LOGO_WIDTH: Final = Mm(27)
"""Largest size of a logo; it fits into the letterhead of the shipped template."""
_NOTES: Final = ("footnotes", "endnotes", "comments")
_PARTS: Final = (DocxTemplate.HEADER_URI, DocxTemplate.FOOTER_URI)


class WordTemplate:
    """One template, checked once and filled for each document."""

    def __init__(self, data: bytes, file: str) -> None:
        """Check the template; raise InputError with everything that is wrong in it, and what to do."""
        self.data = data
        self.file = file
        ensure_template(data, file)
        self.names = self._checked()
        for trial in TRIALS:  # before anybody plans for it
            self.filled(trial, logo=None, language=language_in_force(), agency="", day=None)

    @property
    def is_for_both(self) -> bool:
        """Whether it makes terms of reference and letters: it asks for the whole document, or for the letter too."""
        return bool({"isi", "isi_surat"} & self.names)

    def ensure_terms(self) -> None:
        """Raise InputError for a template that would leave terms of reference without their text."""
        if not {"isi", *OF_SECTION.values()} & self.names:
            message = _("the template has no block of terms of reference, so their text would not be in them.")
            remedy = _("Write {tag} in a paragraph of its own where the text belongs. A template of the letter alone is"
                       " given with --letter-template.").format(tag="{{ isi }}")  # fmt: skip
            raise self._refused([Problem(message, remedy)])

    def ensure_letter(self) -> None:
        """Raise InputError for a template of terms of reference alone, which would leave the letter blank."""
        if not self.is_for_both and set(OF_SECTION.values()) & self.names:
            message = _("the template has blocks of terms of reference and none of the letter, which would be blank.")
            remedy = _("Write {tag} or {other} in a paragraph of its own where the text of the letter belongs.")
            tag, other = "{{ isi_surat }}", "{{ isi }}"
            raise self._refused([Problem(message, remedy.format(tag=tag, other=other))])

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)

    def _checked(self) -> set[str]:
        """Return the variables that it asks for."""
        try:
            opened = _Opened(io.BytesIO(self.data))
            opened.open()
        except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError):
            message = _("the document is damaged: Word may be able to repair it.")
            raise self._refused([Problem(message, _("Open it in Word and save it again as .docx."))]) from None
        problems = [fault for root in opened.roots() for fault in tags.faults_of(root)]
        names: set[str] = set()
        if not problems:
            for xml in opened.patched():
                try:
                    names |= tags.names_in(xml, self._environment)
                except TemplateSyntaxError as error:
                    problems.append(tags.refused(error, xml, KNOWN))
                    names |= tags.names_alone(xml, KNOWN)
        problems += [fault for root in opened.roots() for fault in tags.beside_blocks(root, BLOCKS)]
        if not problems:
            problems += opened.faults_of_margins(self._environment)
        problems += opened.faults_of_columns()
        problems += opened.faults_of_notes(self._environment)
        problems += tags.unknown(names, KNOWN)
        if not problems and not names:
            message = _("the document has no tag, so nothing of the plan would be in it.")
            remedy = _("Write {tag} where the text belongs; docs/word.md lists all tags.").format(tag="{{ isi }}")
            problems.append(Problem(message, remedy))
        if problems:
            raise self._refused(problems)
        return names

    def _refused(self, problems: Iterable[Problem]) -> InputError:
        return InputError([Problem(each.message, each.remedy, file=self.file) for each in problems])

    def filled(self, filling: Filling, *, logo: str | None, language: str, agency: str, day: Any) -> bytes:
        """Return the document as bytes; the same values give the same bytes. Raises InputError where a tag fails."""
        opened = _Opened(io.BytesIO(self.data))
        opened.open()
        styles = styles_of(opened.docx)
        context: dict[str, Any] = {name: safe(text) for name, text in filling.texts.items()}
        context |= {name: mark_of(name) if filling.blocks[name] else "" for name in BLOCKS}
        context[SIGNATORIES] = [{key: safe(value) for key, value in each.items()} for each in filling.signatories]
        context[LOGO] = ""
        if logo is not None and picture(logo)[0] == PNG:
            context[LOGO] = _logo(opened, picture(logo)[1])
        try:
            opened.render(context, self._environment)
        except TemplateError as error:
            raise self._refused([tags.refused(error)]) from None
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, etree.XMLSyntaxError):
            message = _("the tags do not fit together.")
            remedy = _("Loops and conditions begin and end in rows or paragraphs of their own; see docs/word.md.")
            raise self._refused([Problem(message, remedy)]) from None
        writer = Writer(styles, Numbering(opened.docx), width_of(opened.docx.sections[0]._sectPr))
        for root in opened.roots():
            place_blocks(root, filling, writer)
            _describe_pictures(root, agency)
        opened.clean_notes()
        set_properties(opened.docx, title=filling.title, agency=agency, language=language, day=day)
        made = io.BytesIO()
        opened.save(made)
        return fixed(made.getvalue())


class _Opened(DocxTemplate):  # type: ignore[misc]  # ships no types
    """docxtpl with whole tags, a strict reading of what it renders, and no rendering of properties."""

    def open(self) -> None:
        self.init_docx()
        for root in self.roots():
            tags.make_whole(root)

    def roots(self) -> Iterator[Element]:
        """Yield the elements of the body, the heads and the feet of the pages."""
        yield self.docx._element.body
        for uri in _PARTS:
            for _key, part in self.get_headers_footers(uri):
                yield part._element

    def patched(self) -> Iterator[str]:
        """Yield the XML of each of them as Jinja reads it."""
        for root in self.roots():
            yield self.patch_xml(self.xml_to_string(root))

    def faults_of_margins(self, environment: Environment) -> Iterator[Problem]:
        """Yield blocks of text in the head or the foot of the pages, which cannot go on from one page to the next."""
        _body, *margins = self.patched()
        placed = {name for xml in margins for name in tags.names_in(xml, environment)}
        for name in sorted(placed & {"isi", "isi_surat", *OF_SECTION.values()}):
            message = _(
                "{tag} stands in the head or the foot of the pages, where a text cannot go on to the next page."
            )
            remedy = _("Move it into the text of the document.")
            yield Problem(message.format(tag=f"{{{{ {name} }}}}"), remedy)

    def faults_of_columns(self) -> Iterator[Problem]:
        """Yield blocks in a section with several columns of text, into which no table fits."""
        for found in self.docx._element.body.iter(qn("w:p")):
            section = section_of(found)
            if section is None or columns_of(section) < 2:
                continue
            for name in sorted(tags.blocks_in(found, BLOCKS) - WITHOUT_TABLES):
                message = _("{tag} stands in a section with several columns of text, which are too narrow for tables.")
                remedy = _("Give that section one column, or move the tag to one that has one.")
                yield Problem(message.format(tag=f"{{{{ {name} }}}}"), remedy)

    def faults_of_notes(self, environment: Environment) -> Iterator[Problem]:
        """Yield the tags below the text: docxtpl fills texts in footnotes and nothing in endnotes and comments."""
        for part in self.docx.part.package.parts:
            kind = next((each for each in _NOTES if part.content_type.endswith(f"{each}+xml")), "")
            words = part.blob.decode("utf-8", "replace") if kind else ""
            if "{{" not in words and "{%" not in words:
                continue
            try:
                names = tags.names_in(self.patch_xml(words), environment)
            except TemplateSyntaxError as error:
                yield tags.refused(error)
                continue
            if kind != "footnotes" or names - TEXTS.keys():
                message = _("a tag stands in a note, where only texts in footnotes are filled in.")
                yield Problem(message, _("Move it into the text of the document."))

    def clean_notes(self) -> None:
        """Take what parts braces out of footnotes again."""
        for part in self.docx.part.package.parts:
            if part.content_type.endswith("footnotes+xml"):
                part._blob = part.blob.replace(PARTED.encode(), b"")

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)  # docxtpl would repair broken XML, and drop what does not fit
        return super().fix_tables(xml)

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """Leave the properties alone: they are set afterwards."""


def _logo(opened: DocxTemplate, content: bytes) -> InlineImage:
    """Return the logo, as high or as wide as it may be."""
    width, height = struct.unpack(">II", content[16:24])
    if width * LOGO_HEIGHT > height * LOGO_WIDTH:
        return InlineImage(opened, io.BytesIO(content), width=LOGO_WIDTH)
    return InlineImage(opened, io.BytesIO(content), height=LOGO_HEIGHT)


def _describe_pictures(root: Element, agency: str) -> None:
    """Give pictures without a description one, for those who cannot see them."""
    for picture_in in root.iter(qn("wp:docPr")):
        if not picture_in.get("descr"):
            picture_in.set("descr", _("Logo of {agency}").format(agency=agency) if agency else _("Logo"))
