"""The agency's own sentences as a section of the report: for all sub-activities, then for single ones."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from planner.domain.words import SECTIONS, Narrative, Sections
from planner.locale import N_, _
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.word.reference import TITLES
from planner.report.wording.markdown import blocks_of
from planner.report.wording.markdown_html import html_of


@dataclass(frozen=True, slots=True)
class OwnText:
    """The sentences of one section."""

    title: str
    html: Markup


@dataclass(frozen=True)
class OwnWords:
    """The section."""

    heading: Heading
    texts: tuple[OwnText, ...]


def has_own_words(narrative: Narrative) -> bool:
    return narrative != Narrative.model_construct()


def own_words(material: Material, heading: Heading) -> OwnWords:
    narrative = material.scenario.narrative
    texts = [*_texts(narrative, "")]
    for code, sections in narrative.activities.items():
        texts += _texts(sections, f"{code}: ")
    return OwnWords(heading, tuple(texts))


def _texts(sections: Sections, before: str) -> list[OwnText]:
    titles = TITLES | {"letter": N_("Covering letter")}
    return [
        OwnText(before + _(titles[name]), html_of(blocks_of(text))) for name in SECTIONS if (text := sections.of(name))
    ]
