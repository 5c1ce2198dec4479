"""Title, author, language and dates of a Word document: from the scenario, never from the clock or the template."""

from __future__ import annotations

import datetime
from typing import Any, Final

from docx.oxml.ns import qn
from lxml import etree

from planner.report.wording.escape import visible

_TAGS: Final = {"id": "id-ID", "en": "en-GB"}
_LONGEST: Final = 255
"""Longest property that Word takes."""
_DATES: Final = ("dcterms:created", "dcterms:modified", "cp:lastPrinted")


def set_properties(document: Any, *, title: str, agency: str, language: str, day: datetime.date | None) -> None:
    """Set the core properties and the language of the text; without a date there is none."""
    core = document.core_properties
    for name in ("category", "comments", "content_status", "identifier", "keywords", "subject", "version"):
        setattr(core, name, "")
    core.title = str(visible(title))[:_LONGEST]
    core.author = core.last_modified_by = str(visible(agency))[:_LONGEST]
    core.language = _TAGS[language]
    core.revision = 1
    for name in _DATES:
        for found in core._element.findall(qn(name) if not name.startswith("cp:") else _printed()):
            core._element.remove(found)
    if day is not None:
        core.created = core.modified = datetime.datetime.combine(day, datetime.time())
    _speak(document, _TAGS[language])


def _printed() -> str:
    return "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastPrinted"


def _speak(document: Any, tag: str) -> None:
    """Make `tag` the language of all text that names none."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = etree.Element(qn("w:docDefaults"))
        styles.insert(0, defaults)
    run = _within(_within(defaults, "w:rPrDefault", first=True), "w:rPr")
    spoken = _within(run, "w:lang")
    spoken.set(qn("w:val"), tag)
    spoken.set(qn("w:eastAsia"), tag)


def _within(parent: Any, name: str, *, first: bool = False) -> Any:
    found = parent.find(qn(name))
    if found is None:
        found = etree.Element(qn(name))
        if first:
            parent.insert(0, found)
        else:
            parent.append(found)
    return found
