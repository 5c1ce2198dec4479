"""The annex by agency: groups, training, gaps left open, and the reasons where they are certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.domain.groups import Group
from planner.locale import _
from planner.report.material import Material
from planner.report.views.agency_groups import training_and_gaps
from planner.report.views.agency_page import figures_of
from planner.report.views.annexed import annexed, of_all_agencies
from planner.report.views.heading import Heading
from planner.report.views.table import Table

OPEN_AGENCIES: Final = 3
"""Maximum number of agencies whose parts are unfolded on screen; in print all are."""
DENSE: Final = 52
"""Number of lines above which an agency is printed in the smallest size."""
KEPT: Final = 24
"""Number of lines up to which an agency is not divided between two pages."""


@dataclass(frozen=True)
class AgencyPart:
    """One agency with its groups; in print as many follow each other as fit on a page."""

    name: str
    coverage: str
    """Share of its gaps that is closed, in words."""
    figures: str
    """People, seats, gaps and cost of all its groups together."""
    training: Table
    folded: bool

    @property
    def dense(self) -> bool:
        """Whether it has so many lines that it needs the smallest print."""
        return self._lines > DENSE

    @property
    def kept(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        return self._lines <= KEPT

    @property
    def _lines(self) -> int:
        """Its lines in print."""
        lines = sum(1 + text.count("\n") for row in self.training.rows for text in row.cells[:2] if text)
        return lines - len(self.training.rows)


@dataclass(frozen=True)
class Agencies:
    """The section on agencies and groups."""

    heading: Heading
    intro: str
    agencies: tuple[AgencyPart, ...]


def agencies(material: Material, heading: Heading) -> Agencies:
    shown = annexed(material)
    return Agencies(
        heading=heading,
        intro=_(
            "A reason is given for a gap left open only where it is certain: where, with the rest of the plan as it "
            "is, that reason alone rules out one more participant."
        )
        + of_all_agencies(material)
        + _of_no_agency(material),
        agencies=tuple(
            _agency(material, number, agency, groups)
            for number, (agency, groups) in enumerate(material.measures.agencies.items(), start=1)
            if agency in shown
        ),
    )


def _of_no_agency(material: Material) -> str:
    """Say what the costs of the agencies leave out of the cost of the plan."""
    agreements = material.measures.agreement_cost
    if not agreements:
        return ""
    return " " + _(
        "The costs of the agencies add up to the cost of the plan but for {amount}: agreements with partners are no "
        "agency's."
    ).format(amount=material.formats.rupiah(agreements))


def _agency(material: Material, number: int, agency: str | None, groups: list[Group]) -> AgencyPart:
    every = len(material.measures.agencies)
    name = material.agency(agency) if every > 1 or agency else _("All groups")
    coverage = material.measures.coverage_by_agency[agency]
    return AgencyPart(
        name=name,
        coverage=_("{share} of gaps closed").format(share=material.coverage(coverage)) if coverage.need else "",
        figures=figures_of(material, groups, coverage),
        training=training_and_gaps(material, number, name, groups),
        folded=every > OPEN_AGENCIES,
    )
