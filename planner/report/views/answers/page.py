"""The document of answers to what-if questions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from planner.locale import _
from planner.report.material import Material
from planner.report.views.answers.listing import sections
from planner.report.views.cover import Fact
from planner.report.views.heading import Heading
from planner.report.views.quality import quality_in_short
from planner.report.views.section import Section


@dataclass(frozen=True)
class Answers:
    """A document of answers about one scenario."""

    agency: str
    kind: str
    title: str
    facts: tuple[Fact, ...]
    contents: tuple[Heading, ...]
    """The headings, where there are several."""
    sections: tuple[Section, ...]
    lacking: str
    """What of the answers is not finished; empty where all is."""


def answers_page(
    material: Material, answers: Sequence[object], made_on: datetime.date, *, planned: bool = True, lacking: str = ""
) -> Answers:
    """Return the answers in the order given; `planned` is whether they are about the plan of `material`."""
    identity = material.scenario.scenario
    made = sections(material, answers, 1)
    headings = tuple(section.heading for section in made)
    return Answers(
        agency=identity.agency or "",
        kind=_("What if: questions about the competency development plan"),
        title=identity.label,
        facts=(
            Fact(_("Scenario"), identity.id),
            Fact(_("Made on"), material.formats.date(made_on)),
            Fact(_("Plan in question"), quality_in_short(material) if planned else _("no plan keeps all rules")),
            Fact(_("Independent check"), _("✓ Every plan used here keeps all rules, to the rupiah")),
        ),
        contents=headings if len(headings) > 1 else (),
        sections=made,
        lacking=lacking,
    )
