"""Conformity with the job standard: the competencies that each programme closes, and for how many people."""

from __future__ import annotations

from dataclasses import dataclass

from planner.locale import _
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Table, table
from planner.report.wording import labels


@dataclass(frozen=True)
class Conformity:
    """The section on conformity."""

    heading: Heading
    sentences: tuple[str, ...]
    programmes: Table | None


def conformity(material: Material, heading: Heading) -> Conformity:
    running = bool(material.measures.running)
    return Conformity(
        heading=heading,
        sentences=(
            _(
                "The scenario states for each programme which competencies of the job standard it closes, and what "
                "share of its participants is expected to reach the standard. Only people below the standard in one of "
                "these competencies are given a seat."
            ),
            _("It does not hold the curricula themselves; attach them where the proposal must show them."),
        )
        if running
        else (_("No programme is held."),),
        programmes=_programmes(material) if running else None,
    )


def _programmes(material: Material) -> Table:
    """Return a table with one row for each programme and competency."""
    scenario, formats = material.scenario, material.formats
    rows = []
    for id in material.measures.running:
        programme = scenario.programme[id]
        people = material.measures.participants_by_programme[id]
        for competency, share in programme.closes.items():
            record = scenario.competency[competency]
            rows.append(
                (
                    programme.label,
                    record.label,
                    labels.competency_kind(record.kind),
                    formats.count(people),
                    formats.given_share(share),
                )
            )
    return table(
        "table-conformity",
        _("Competencies that each programme is to close"),
        [
            Column(_("Programme"), "name"),
            Column(_("Competency of the job standard")),
            Column(_("Kind")),
            Column(_("Participants"), "number"),
            Column(_("Expected to reach the standard"), "number"),
        ],
        rows,
    )
