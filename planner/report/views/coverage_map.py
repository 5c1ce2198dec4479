"""The heat map of coverage: groups, or larger units where there are many, by competencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.locale import _
from planner.plans.coverage import Coverage
from planner.report.charts.heat import COLUMNS, Heat, heat_map
from planner.report.charts.palette import step_of
from planner.report.material import Material
from planner.report.views.table import Column, Figure, Table, TableRow, table
from planner.report.wording.formats import NOTHING

MOST_ROWS: Final = 80
"""Maximum number of groups in the map; with more it shows agencies or locations, and another table shows the groups."""


@dataclass(frozen=True)
class Rows:
    """The rows of the map, and the row of each group."""

    title: str
    names: Mapping[str | None, str]
    row_of: Mapping[str, str | None]
    note: str = ""
    groups: bool = False
    """Whether each row is a group, whose figures the annex shows too."""


def coverage_map(material: Material) -> Figure:
    """Return the coverage of each (row, competency), as a drawing and as closed / needed."""
    scenario, measures = material.scenario, material.measures
    rows = _rows(material)
    found = measures.coverage_by(lambda closing: (rows.row_of[closing.group], closing.competency))
    columns = [c for c in scenario.competencies if measures.coverage_by_competency[c.id].need]
    numbers = {key: number for number, key in enumerate(rows.names)}
    places = {c.id: number for number, c in enumerate(columns)}
    by_place = {
        (numbers[row], places[c]): coverage for (row, c), coverage in found.items() if coverage.need and row in numbers
    }
    of_rows, of_columns = list(rows.names.values()), [c.label for c in columns]
    description = _(
        "Each row is a part of the civil servants, each column a competency; each cell gives the percentage of gaps "
        "closed. An empty cell means that there is no gap."
    )
    cells = {(r, c): _cell(material, part, of_rows[r], of_columns[c]) for (r, c), part in by_place.items()}
    drawings = heat_map("chart-heat", rows.title, description, of_rows, of_columns, cells, step_words())
    return Figure(tuple(drawings), tuple(_matrix(material, rows, of_columns, by_place)), rows.note)


def _rows(material: Material) -> Rows:
    """Return the finest rows that are not too many: groups, agencies, or locations; else the agencies with the most
    gaps left open."""
    groups = [group for of_agency in material.measures.agencies.values() for group in of_agency]
    if len(groups) <= MOST_ROWS:
        title = _("Share of gaps closed (expected), by group and competency")
        note = _("How many gaps there are in each cell, and why some stay open, stands in the annex.")
        names: dict[str | None, str] = {group.id: group.label for group in groups}
        return Rows(title, names, {group.id: group.id for group in groups}, note, groups=True)
    agencies = {agency: material.agency(agency) for agency in material.measures.agencies}
    row_of = {group.id: group.agency for group in groups}
    title = _("Share of gaps closed (expected), by agency and competency")
    if 1 < len(agencies) <= MOST_ROWS:
        return Rows(title, agencies, row_of)
    locations = {group.location: group.location or _("no location named") for group in groups}
    if 1 < len(locations) <= MOST_ROWS:
        title = _("Share of gaps closed (expected), by location and competency")
        return Rows(title, locations, {group.id: group.location for group in groups})
    left = material.measures.coverage_by_agency
    largest = set(sorted(agencies, key=lambda agency: -left[agency].left)[:MOST_ROWS])
    note = _("The map shows the {shown} agencies with the most gaps left open; the tables by group show all.")
    shown = {agency: name for agency, name in agencies.items() if agency in largest}
    return Rows(title, shown, row_of, note.format(shown=len(shown)) if len(shown) < len(agencies) else "")


def _cell(material: Material, coverage: Coverage, row: str, column: str) -> Heat:
    percent = material.formats.share(coverage.share, 0).removesuffix("%")
    hint = _("{row}, {column}: {closed} of {need} closed").format(
        row=row,
        column=column,
        closed=material.gaps_in_words(coverage.closed),
        need=material.formats.count(coverage.need),
    )
    return Heat(step_of(coverage.share), percent, hint)


def step_words() -> tuple[str, ...]:
    """Return the words of the legend, one for each colour step."""
    return (
        "0%",
        *(f"{low}\u2013{high}%" for low, high in ((1, 24), (25, 49), (50, 74), (75, 99))),
        "100%",
    )


def _matrix(
    material: Material,
    rows: Rows,
    columns: Sequence[str],
    found: Mapping[tuple[int, int], Coverage],
) -> list[Table]:
    """Return closed / needed of each cell, in tables of as many columns as a drawing has."""
    names, title = list(rows.names.values()), rows.title
    made = []
    for first in range(0, len(columns), COLUMNS):
        block = range(first, min(first + COLUMNS, len(columns)))
        made.append(
            table(
                "table-heat" if first == 0 else f"table-heat-{first // COLUMNS + 1}",
                _("{title}: closed / needed").format(title=title),
                [Column(_("Name"), "name"), *(Column(columns[c], "number") for c in block)],
                [
                    TableRow((name, *(_both(material, found.get((r, c))) for c in block)))
                    for r, name in enumerate(names)
                ],
                folded=True,
                printed_in=_("the annex of agencies") if rows.groups else "",
            )
        )
    return made or [table("table-heat", title, [Column(_("Name"), "name")], [(name,) for name in names], folded=True)]


def _both(material: Material, coverage: Coverage | None) -> str:
    if coverage is None:
        return NOTHING
    return f"{material.gaps_in_words(coverage.closed)}/{material.formats.count(coverage.need)}"
