"""The section on programmes: form, route and provider of each programme held."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from planner.locale import _, ngettext
from planner.report.material import Material, listed
from planner.report.views.days import days_each, tells_days
from planner.report.views.heading import Heading
from planner.report.views.table import Column, Table, table
from planner.report.wording import labels
from planner.report.wording.formats import NOTHING


@dataclass(frozen=True)
class Offers:
    """The section on forms, routes and providers."""

    heading: Heading
    intro: str
    programmes: Table | None
    forms: Table | None
    idle: str


def offers(material: Material, heading: Heading) -> Offers:
    running = set(material.measures.running)
    idle = [p.label for p in material.scenario.programmes if p.id not in running]
    return Offers(
        heading=heading,
        intro=_("A dash: not stated in the scenario, not known, or a programme without classes.")
        if running
        else _("No programme is held."),
        programmes=_programmes(material) if running else None,
        forms=_forms(material) if running else None,
        idle=ngettext(
            "One programme is not held: {programmes}.", "{number} programmes are not held: {programmes}.", len(idle)
        ).format(number=material.formats.count(len(idle)), programmes=listed(idle))
        if idle
        else "",
    )


def _programmes(material: Material) -> Table:
    """Return form, route, provider, JP and size of the programmes held."""
    measures, formats = material.measures, material.formats
    days = tells_days(material)
    long = any(programme.lasts > 1 for programme in material.scenario.programmes)
    rows = []
    for id in measures.running:
        programme = material.scenario.programme[id]
        people, classes = measures.participants_by_programme[id], measures.classes_by_programme[id]
        rows.append(
            (
                programme.label,
                labels.form(programme.form),
                labels.route(programme.form) or NOTHING,
                programme.provider or NOTHING,
                material.zero_as_dash(formats.number(programme.hours), programme.hours),
                *([formats.number(days_each(material, id), 1)] if days else ()),
                *([formats.count(programme.lasts)] if long else ()),
                formats.count(people),
                formats.number(Fraction(people, classes), 1) if classes else NOTHING,
            )
        )
    return table(
        "table-programmes",
        _("The programmes held"),
        [
            Column(_("Programme"), "name"),
            Column(_("Form")),
            Column(_("Route")),
            Column(_("Provider")),
            Column(_("JP"), "number"),
            *([Column(_("Days"), "number")] if days else ()),
            *([Column(_("Periods"), "number")] if long else ()),
            Column(_("Participants"), "number"),
            Column(_("Per class on average"), "number"),
        ],
        rows,
    )


def _forms(material: Material) -> Table:
    """Return programmes, participants and cost of each form."""
    measures, formats = material.measures, material.formats
    found: dict[str, list[int]] = {}
    for id in measures.running:
        sums = found.setdefault(labels.form(material.scenario.programme[id].form), [0, 0, 0])
        for place, amount in enumerate((1, measures.participants_by_programme[id], measures.cost_by_programme[id])):
            sums[place] += amount
    rows = [
        (form, formats.count(n), formats.count(people), material.money(cost))
        for form, (n, people, cost) in found.items()
    ]
    if other := material.plan.total_cost - sum(cost for _n, _people, cost in found.values()):
        rows.append((_("Socialization and agreements"), NOTHING, NOTHING, material.money(other)))
    return table(
        "table-forms",
        _("Programmes, participants and cost by form"),
        [
            Column(_("Form"), "name"),
            Column(_("Programmes"), "number"),
            Column(_("Participants"), "number"),
            Column(_("Cost (Rp)"), "number"),
        ],
        rows,
        total=(
            _("Total"),
            formats.count(len(measures.running)),
            formats.count(measures.participants),
            material.money(material.plan.total_cost),
        ),
    )
