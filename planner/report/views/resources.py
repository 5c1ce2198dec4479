"""Places, trainers and rooms in the report: what there is, what is used, and what is left in each period."""

from __future__ import annotations

from planner.locale import _
from planner.report.material import Material
from planner.report.views.table import Column, Table, table
from planner.report.wording.formats import NOTHING


def resource_table(material: Material) -> Table:
    """Return a row for each resource: used of what there is, by period."""
    scenario, formats, used = material.scenario, material.formats, material.resource_use.used
    return table(
        "table-resources",
        _("Places, trainers and rooms: used of what there is, by period"),
        [
            Column(_("Resource"), "name"),
            Column(_("Unit")),
            *(Column(period, "number", mixed=True) for period in scenario.horizon),
        ],
        [
            (
                resource.label,
                resource.unit or NOTHING,
                *(
                    _("{used} of {there}").format(
                        used=formats.number(used[resource.id, period]),
                        there=formats.number(resource.in_period(period)),
                    )
                    for period in scenario.horizon
                ),
            )
            for resource in scenario.resources
        ],
        folded=False,
    )
